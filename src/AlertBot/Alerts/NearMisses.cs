using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Alerts;

/// <summary>
/// What of a story nearly led to a follow that did not match: names that it has only in passing, words that were read as somebody
/// else or as nobody, topics that fell short of their threshold, and what keeps the follow back. Told from the text as it would be read now.
/// </summary>
internal sealed class NearMisses(KnowledgeBase knowledge, StoryTagger tagger, AlertComposer composer)
{
    private const int MostOfOne = 3;
    private const int Around = 90;

    /// <param name="story">Null where its text is no longer kept: then its tags tell what they can.</param>
    public IEnumerable<CardItem> Of(IEnumerable<FollowExpression> follows, IReadOnlyList<Tag> tags, Story? story)
    {
        var read = story is null ? null : tagger.Tag(StoryText.Of(story));
        return follows.SelectMany(follow => follow.Names.Distinct(), (follow, name) =>
            tags.FirstOrDefault(t => t.Name == name) is { } tag ? Of(follow, tag, tags)
            : read is null ? []
            : name.Kind == TagKind.Topic ? Topics(follow, name, tags, read)
            : Mentions(follow, name, tags, story!, read)).SelectMany(items => items);
    }

    private IEnumerable<CardItem> Of(FollowExpression follow, Tag tag, IReadOnlyList<Tag> tags)
    {
        var words = Words(tag.Name, tag.Evidence);
        return follow.Matches(AlertPlanner.Seen([.. tags.Where(t => t != tag)]), []) ? [words with { Text = $"{follow}: kept back by {words.Text}" }]
            : tag is { Salience: Salience.Mentioned, Name.Kind: TagKind.Actor } ? [words with { Text = $"{follow}: only in passing, {Lacks(follow, tags, tag.Name)}{words.Text}" }]
            : [];
    }

    private IEnumerable<CardItem> Topics(FollowExpression follow, TagName name, IReadOnlyList<Tag> tags, TaggedText read) =>
        read.NearTopics.Where(t => t.Name == name).Select(t => (Topic: t, Words: Words(name, t.Evidence)))
            .Select(n => n.Words with { Text = $"{follow}: {Lacks(follow, tags, name)}{Number(n.Topic.Score)} of the {Number(n.Topic.Threshold)} that it needs, {n.Words.Text}" });

    private IEnumerable<CardItem> Mentions(FollowExpression follow, TagName name, IReadOnlyList<Tag> tags, Story story, TaggedText read) => knowledge.FindActor(name.Slug) is { } actor
        ? read.Mentions.Where(m => m.Slug != actor.Slug && (m.Candidates.Any(c => c.Slug == actor.Slug) || MayMean(m.Text, actor))).DistinctBy(m => (m.Text, m.Slug, m.Rule)).Take(MostOfOne).Select(m => Told(follow, name, tags, story, m))
        : [];

    private CardItem Words(TagName name, IReadOnlyList<Evidence> evidence) =>
        composer.Told(evidence is [var first, ..] ? new AlertTag(name.ToString(), first.Text, first.Rule, first.Sentence) : new AlertTag(name.ToString(), "", "", ""));

    private static string Number(double score) => score.ToString("0.#", CultureInfo.InvariantCulture);

    private CardItem Told(FollowExpression follow, TagName name, IReadOnlyList<Tag> tags, Story story, Mention mention)
    {
        var read = mention.Slug is { } slug ? $"was read as {knowledge.NameOf(new TagName(TagKind.Actor, slug))}" : "names nobody";
        return new CardItem($"{follow}: {Lacks(follow, tags, name)}“{mention.Text}” {read} ({mention.Rule})", Detail: $"{(mention.Candidates.Count > 1 ? $"{Weighed(mention.Candidates)} · " : "")}{PlaceOf(mention, story)}");
    }

    /// <summary>Those who were weighed, each with what it came to and why.</summary>
    public static string Weighed(IEnumerable<Candidate> candidates) => string.Join(", ", candidates.Select(c => $"{c.Name} {Number(c.Score)}{(c.Why.Length > 0 ? $" ({c.Why})" : "")}"));

    /// <summary>Said where a follow would not match even if the story were about the name.</summary>
    private static string Lacks(FollowExpression follow, IReadOnlyList<Tag> tags, TagName name)
    {
        var all = tags.Select(t => t.Name).Append(name).ToHashSet();
        return follow.Matches(new StoryTags(all, all), []) ? "" : "and it asks for more than that; ";
    }

    private static bool MayMean(string words, Actor actor)
    {
        var key = NameKey.Of(words);
        return actor.Aliases.Concat(actor.Metonyms).Concat(actor.Demonyms).Append(actor.Name).Append(actor.Surname ?? "").Any(n => NameKey.Of(n) is { Length: > 0 } own && own == key);
    }

    private static string PlaceOf(Mention mention, Story story)
    {
        var text = mention.Section == TextSection.Title ? story.Title : story.Body;
        var (from, to) = (Math.Max(0, mention.Start - Around), Math.Min(text.Length, mention.Start + mention.Text.Length + Around));
        from -= char.IsLowSurrogate(text[from]) ? 1 : 0;
        to += to < text.Length && char.IsLowSurrogate(text[to]) ? 1 : 0;
        return $"{(from > 0 ? "…" : "")}{text[from..to].ReplaceLineEndings(" ").Trim()}{(to < text.Length ? "…" : "")}";
    }
}
