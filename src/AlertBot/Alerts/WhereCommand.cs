using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Subscriptions;
using AlertBot.Tagging;
using NodaTime;

namespace AlertBot.Alerts;

/// <summary>
/// /where: the ledger of one story, from the feed to the channel: seen, tagged, matched, queued, sent, edited. Everybody sees the own
/// channel; moderators see those of their server or workspace, too.
/// </summary>
internal sealed class WhereCommand(
    StoryReferences references, StoryLedger ledger, StoryStore stories, TagStore tags, SubscriptionStore subscriptions, NearMisses misses, KnowledgeBase knowledge, ChannelSettingsStore settings, TimeProvider time) : IChatCommand
{
    private const int MostTags = 12;
    private const int MostChannels = 10;
    private const int MostNear = 5;

    private const string Option = "story";

    public CommandDescription Description { get; } = new(
        "where",
        "Show what became of a story: seen, tagged, matched, queued, sent, edited",
        new CommandOption(Option, StoryReferences.Summary, OptionKind.Rest) { Required = true })
    {
        Example = "where missile east sea",
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        return await references.FindAsync(invocation[Option], invocation.Channel.ToString(), cancellationToken) switch
        {
            StoryReference.Found(var id, var others) => await TellAsync(invocation, id, [.. others.Select(o => new CardItem(o))], cancellationToken),
            StoryReference.Missing(var what, var advice) => Card.Problem(what, new CardBlock.Paragraph(advice)),
            _ => throw new InvalidOperationException(),
        };
    }

    private async Task<Card> TellAsync(CommandInvocation invocation, StoryId id, IReadOnlyList<CardItem> others, CancellationToken cancellationToken)
    {
        var story = await stories.FindAsync(id, cancellationToken);
        var seen = await ledger.SeenAsync(id, cancellationToken);
        var tagged = await tags.OfAsync(id, cancellationToken);
        var names = await ChannelsAsync(invocation, cancellationToken);
        var messages = await ledger.MessagesAsync(id, names.Keys.ToList(), cancellationToken);
        var here = messages.Where(m => m.Channel == invocation.Channel).ToList();
        var elsewhere = messages.Where(m => m.Channel != invocation.Channel).ToList();
        var stored = await ledger.StoredAtAsync(id, cancellationToken);
        var zones = new Dictionary<ChannelAddress, DateTimeZone>();
        foreach (var channel in messages.Select(m => m.Channel).Distinct())
        {
            zones[channel] = TimeZones.Of(await settings.FindAsync(channel, cancellationToken));
        }

        return Card.Answer(
            story?.Title ?? "The text of this story is no longer kept",
            [
                new CardBlock.Items("Seen", seen),
                new CardBlock.Items("Tagged", [.. tagged.Take(MostTags).Select(t => new CardItem($"{knowledge.NameOf(t.Name)} ({(t.Salience == Salience.Main ? "main" : "in passing")})"))]),
                .. here.Select(m => new CardBlock.Items($"{Kind(m)} {m.Id} for this channel", [.. Lines(m, id, zones[m.Channel])])),
                .. here.Count == 0 ? [await NotHereAsync(invocation, story, tagged, stored, cancellationToken)] : Array.Empty<CardBlock>(),
                new CardBlock.Items("In other channels", [.. elsewhere.Take(MostChannels).Select(m => new CardItem($"{names[m.Channel]}: {m.StandingAt(time.GetUtcNow(), zones[m.Channel])}", At: m.SentAt ?? m.QueuedAt)), .. More(elsewhere.Count - MostChannels)]),
                .. invocation.User.IsModerator ? [new CardBlock.Facts([.. (await ledger.CountAsync(id, cancellationToken)).Select(c => new CardFact($"In all channels: {c.State}", c.Count.ToString(CultureInfo.InvariantCulture)))])] : Array.Empty<CardBlock>(),
                new CardBlock.Items("Other stories with these words", others),
            ]) with
        {
            Link = story?.Link,
            At = stored,
            Footer = story?.Source,
        };
    }

    // The own channel, and for moderators those of their community.
    private async Task<Dictionary<ChannelAddress, string>> ChannelsAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var channels = invocation.User.IsModerator
            ? (await subscriptions.ListChannelsAsync(invocation.Channel.Platform, invocation.Community, cancellationToken)).Where(c => c.Community == invocation.Community).ToDictionary(c => c.Channel, c => c.Name)
            : [];
        channels[invocation.Channel] = invocation.NameOf(invocation.Channel);
        return channels;
    }

    private IEnumerable<CardItem> Lines(LedgerEntry message, StoryId story, DateTimeZone zone)
    {
        yield return new CardItem(message switch
        {
            { About: { } about, IsUnder: true } => $"queued for the thread under alert {about}",
            { About: { } about } => $"queued as news since alert {about}",
            _ when message.Story == story || message.Story is null => "queued",
            _ => "queued for an earlier story of the same event",
        }, At: message.QueuedAt);
        foreach (var line in message.Log)
        {
            yield return new CardItem(line.What, Detail: line.Detail, At: line.At);
        }

        if (message.Called is { } called)
        {
            yield return new CardItem(called);
        }

        yield return new CardItem(message.StandingAt(time.GetUtcNow(), zone), Detail: message.Attempts > 1 ? $"attempt {message.Attempts}" : null, At: message.SentAt);
    }

    private async Task<CardBlock> NotHereAsync(CommandInvocation invocation, Story? story, IReadOnlyList<Tag> tagged, DateTimeOffset? stored, CancellationToken cancellationToken)
    {
        const string Heading = "Not for this channel";
        var follows = await subscriptions.ListAsync(invocation.Channel, cancellationToken);
        if (follows.Count == 0)
        {
            return new CardBlock.Items(Heading, [new CardItem("it follows nothing")]);
        }

        var matching = follows.Where(f => f.Expression.Matches(AlertPlanner.Seen(tagged), [])).ToList();
        if (matching.Count == 0)
        {
            var near = misses.Of(follows.Select(f => f.Expression), tagged, story).Take(MostNear).ToList();
            return new CardBlock.Items(Heading, [new CardItem("none of its follows matches these tags"), .. near]);
        }

        return new CardBlock.Items(Heading, [.. matching.Select(f => new CardItem($"{f.Expression} matches, {Reason(f, stored)}"))]);
    }

    private static string Reason(Subscription follow, DateTimeOffset? stored) =>
        follow.CreatedAt > stored ? $"but was made later, at {follow.CreatedAt:u}"
        : follow.MutedUntil is { } until && until > stored ? $"but was muted until {until:u}"
        : "but nothing was queued: the story was old when its feed was read first, was tagged anew since, or the channel was gone";

    private static string Kind(LedgerEntry message) => message.Kind switch
    {
        "development" => "Development",
        _ => "Alert",
    };

    private static IEnumerable<CardItem> More(int more) => more > 0 ? [new CardItem(string.Create(CultureInfo.InvariantCulture, $"and {more} more"))] : [];
}
