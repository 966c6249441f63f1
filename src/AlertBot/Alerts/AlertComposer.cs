using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Stories.Events;

namespace AlertBot.Alerts;

/// <summary>Turns an alert into a card: the story, the words that matter, and why this channel sees it. A function of values.</summary>
internal sealed class AlertComposer(KnowledgeBase knowledge)
{
    private const int MaxExcerpt = 400;
    private const int MaxPeople = 2;
    private const int MaxOutlets = 8;

    /// <param name="happening">The event that the story belongs to, as far as it is told; null where that is not known.</param>
    public Card Compose(AlertId id, Alert alert, Story story, StoryEvent? happening)
    {
        var tags = alert.Reasons.SelectMany(r => r.Tags).DistinctBy(t => t.Name).ToList();
        var names = tags.ConvertAll(t => TagName.Parse(t.Name));
        return new Card(story.Title)
        {
            Tone = CardTone.Alert,
            Link = story.Link,
            At = story.SortedAt,
            Blocks =
            [
                .. Excerpt(tags, story),
                new CardBlock.Facts([.. tags.Select(t => new CardFact(knowledge.NameOf(TagName.Parse(t.Name)), $"“{t.Matched}” ({t.Rule})"))]),
                .. Outlets(story, happening),
            ],
            Footer = $"{story.Source} · because this channel follows {string.Join("; ", alert.Reasons.Select(r => r.Follow))} · alert {id}",
            Topic = names.Where(n => n.Kind == TagKind.Topic).Select(n => n.Slug).FirstOrDefault(),
            Actions =
            [
                new CardAction("Why?", $"/why {id}"),
                new CardAction("Discuss", $"/discuss {id}"),
                .. names.Take(1).Select(n => new CardAction("More", $"/latest {n}")),
                new CardAction("Mute 24 h", $"/mute hours:24 {alert.Reasons[0].Follow}"),
                new CardAction("Wrong tag", $"/wrong-tag {id}"),
                .. names.Where(n => n.Kind == TagKind.Actor).Take(MaxPeople).Select(n => new CardAction($"Who: {knowledge.NameOf(n)}", $"/who {n.Slug}")),
            ],
        };
    }

    /// <summary>The card of what goes on after an alert: the story, and how it can be gone on from there.</summary>
    /// <param name="about">The alert.</param>
    /// <param name="isUnder">It goes into the alert's thread, where the alert's own buttons are near.</param>
    public Card ComposeDevelopment(AlertId id, AlertId about, Alert alert, Story story, StoryEvent? happening, bool isUnder)
    {
        var tags = alert.Reasons.SelectMany(r => r.Tags).DistinctBy(t => t.Name).ToList();
        var names = tags.ConvertAll(t => TagName.Parse(t.Name));
        return new Card(story.Title)
        {
            Tone = CardTone.Alert,
            Link = story.Link,
            At = story.SortedAt,
            Blocks = [.. Excerpt(tags, story), .. isUnder ? [] : Outlets(story, happening)],
            Footer = $"{story.Source} · what went on since alert {about} · message {id}",
            Topic = names.Where(n => n.Kind == TagKind.Topic).Select(n => n.Slug).FirstOrDefault(),
            Actions =
            [
                .. isUnder ? Array.Empty<CardAction>() : [new CardAction("Why?", $"/why {id}"), new CardAction("Mute 24 h", $"/mute hours:24 {alert.Reasons[0].Follow}")],
                .. names.Where(n => n.Kind == TagKind.Actor).Take(MaxPeople).Select(n => new CardAction($"Who: {knowledge.NameOf(n)}", $"/who {n.Slug}")),
            ],
        };
    }

    /// <summary>The card that a talk about an alert begins with: all the words that led to it, and what else there is about its actors.</summary>
    /// <param name="others">Other stories about its main actors, newest first.</param>
    public Card ComposeDiscussion(AlertId id, Alert alert, Story story, IEnumerable<Story> others) => new(story.Title)
    {
        Link = story.Link,
        At = story.SortedAt,
        Blocks =
        [
            new CardBlock.Items("What led to the alert", [.. alert.Reasons.SelectMany(r => r.Tags).DistinctBy(t => t.Name).Select(Told)]),
            new CardBlock.Items("Other stories about its actors", [.. others.Select(s => new CardItem(s.Title, s.Link, s.Source, s.SortedAt))]),
        ],
        Footer = $"{story.Source} · alert {id}",
        Actions =
        [
            .. alert.Reasons.SelectMany(r => r.Tags).DistinctBy(t => t.Name).Select(t => TagName.Parse(t.Name))
                .Where(n => n.Kind == TagKind.Actor).Take(MaxPeople).Select(n => new CardAction($"Who: {knowledge.NameOf(n)}", $"/who {n.Slug}")),
        ],
    };

    /// <summary>A tag with the words that led to it and where they stand.</summary>
    public CardItem Told(AlertTag tag)
    {
        var name = knowledge.NameOf(TagName.Parse(tag.Name));
        return new CardItem(tag.Matched.Length > 0 ? $"{name}: “{tag.Matched}” ({tag.Rule})" : name, Detail: tag.Sentence.Length > 0 ? tag.Sentence : null);
    }

    /// <summary>The stories of an event, each with the words that joined it to those before; nothing where it has only one.</summary>
    public static CardBlock Joined(StoryEvent? happening) => new CardBlock.Items(
        "What the outlets of this event share",
        [.. happening is { Tellings.Count: > 1 }
            ? happening.Tellings.Where(t => t.Title.Length > 0).Take(MaxOutlets).Select(t => new CardItem(t.Title, t.Link, $"{t.Source} · {SharedBy(t)}", t.At))
            : []]);

    private static string SharedBy(Telling telling) =>
        telling.Shared.Length == 0 ? "the first" : $"shares {telling.Shared.Replace(" ", ", ", StringComparison.Ordinal)}{(telling.IsCopy ? " · mostly a copy" : "")}";

    /// <summary>Two cards that show the same have the same hash.</summary>
    public static string HashOf(Card card) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(card)).AsSpan(0, 16));

    /// <summary>The reason in one line, for logs and transcripts.</summary>
    public static string Reason(Alert alert) => string.Join("; ", alert.Reasons.Select(r => $"{r.Follow}: {string.Join(", ", r.Tags.Select(t => $"{t.Name} “{t.Matched}” ({t.Rule})"))}"));

    // Which outlets have it, besides the one that the card is of.
    private static IEnumerable<CardBlock> Outlets(Story story, StoryEvent? happening)
    {
        if (happening is not { Outlets.Count: > 1 })
        {
            yield break;
        }

        var first = happening.Tellings[0];
        var own = happening.Tellings.First(t => t.Story == story.Id).Outlet;
        var others = happening.Outlets.Where(t => t.Outlet != own && t.Title.Length > 0).ToList();
        var more = others.Count - MaxOutlets;
        yield return new CardBlock.Items(
            string.Create(CultureInfo.InvariantCulture, $"{happening.Outlets.Count} outlets · first {first.Source} {first.At.UtcDateTime:HH:mm} UTC · {happening.Independent} independent"),
            [
                .. others.Take(MaxOutlets).Select(t => new CardItem(t.Title, t.Link, t.Source, t.At)),
                .. more > 0 ? [new CardItem($"and {more} more")] : Array.Empty<CardItem>(),
            ]);
    }

    // The first sentence that led to a tag, with the words marked. One that an edit took back since is not shown.
    private static IEnumerable<CardBlock> Excerpt(IReadOnlyList<AlertTag> tags, Story story)
    {
        if (tags.FirstOrDefault(t => t.Sentence.Length > 0 && t.Sentence != story.Title && story.Body.Contains(t.Sentence, StringComparison.Ordinal)) is not { } tag)
        {
            yield break;
        }

        var text = tag.Sentence.ReplaceLineEndings(" ");
        var at = text.IndexOf(tag.Matched, StringComparison.Ordinal);
        if (text.Length > MaxExcerpt)
        {
            var from = Math.Clamp(at - MaxExcerpt / 2, 0, text.Length - MaxExcerpt);
            text = (from > 0 ? "…" : "") + text.Substring(from, MaxExcerpt).Trim() + "…";
            at = text.IndexOf(tag.Matched, StringComparison.Ordinal);
        }

        yield return at < 0 ? new CardBlock.Excerpt(text) : new CardBlock.Excerpt(text, at, tag.Matched.Length);
    }
}
