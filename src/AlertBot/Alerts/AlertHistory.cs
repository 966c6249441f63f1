using System.Globalization;
using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Subscriptions;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>The alerts of the past, each for its own channel alone, and for those whose follows led to it: no channel sees another's.</summary>
internal sealed class AlertHistory(KnowledgeBase knowledge, Database database)
{
    private const int MostLookedThrough = 200;

    /// <summary>The option that names an alert of the channel; without it the latest is meant.</summary>
    public static CommandOption Option { get; } = new("alert", "The number under the alert; the latest if left out", OptionKind.Integer) { Min = 1 };

    /// <summary>The alert that an invocation means; null if its channel has no such one.</summary>
    public async Task<PastAlert?> FindAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var number = invocation.Find(Option.Name) is { } given ? long.Parse(given, CultureInfo.InvariantCulture) : (long?)null;
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(
            $"SELECT id, story_id AS StoryId, reasons, message_id AS MessageId, discussed_in AS DiscussedIn FROM outbox WHERE channel = @Channel AND story_id IS NOT NULL AND under_id IS NULL AND {(number is null ? "state = 'sent'" : "id = @Id")} ORDER BY id DESC LIMIT 1",
            new { Channel = invocation.Channel.ToString(), Id = number });
        return row is null
            ? null
            : new PastAlert(new AlertId(row.Id), new Alert(new StoryId(row.StoryId), invocation.Channel, Read(row.Reasons)))
            {
                MessageId = row.MessageId,
                DiscussedIn = row.DiscussedIn is { } place ? ChannelAddress.Parse(place) : null,
            };
    }

    /// <summary>The newest alerts that were shown under any of these follows, newest first, each with its follow and channel.</summary>
    public async Task<IReadOnlyList<CardItem>> LatestAsync(IReadOnlyList<NamedFollow> follows, int most, CancellationToken cancellationToken)
    {
        var under = follows.ToLookup(f => f.Follow.Channel.ToString());
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Channel, string Reasons, long SentAt, string Title, string? Link)>(
            """
            SELECT o.channel, o.reasons, o.sent_at, s.title, s.link FROM outbox o JOIN stories s ON s.id = o.story_id
            WHERE o.channel IN @Channels AND o.state = 'sent' AND s.title IS NOT NULL ORDER BY o.id DESC LIMIT @MostLookedThrough
            """,
            new { Channels = under.Select(u => u.Key), MostLookedThrough });
        return [.. rows.Select(r => (Row: r, Follow: Of(r.Channel, r.Reasons))).Where(r => r.Follow is not null).Take(most).Select(r => Told(r.Row.Title, r.Row.Link, r.Row.SentAt, r.Follow!))];

        NamedFollow? Of(string channel, string reasons)
        {
            var names = Read(reasons).ConvertAll(r => r.Follow);
            return under[channel].FirstOrDefault(f => names.Contains(f.Follow.Expression.ToString()));
        }

        static CardItem Told(string title, string? link, long sentAt, NamedFollow follow) =>
            new(title, link, $"{follow.Follow.Expression} in {follow.ChannelName}", DateTimeOffset.FromUnixTimeMilliseconds(sentAt));
    }

    /// <summary>The alerts about a story that were shown, with their reasons as they were.</summary>
    public async Task<IReadOnlyList<Alert>> ShownAsync(StoryId story, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Channel, string Reasons)>(
            "SELECT channel, reasons FROM outbox WHERE story_id = @Story AND state = 'sent' ORDER BY id", new { Story = story.Value });
        return [.. rows.Select(r => new Alert(story, ChannelAddress.Parse(r.Channel), JsonSerializer.Deserialize<List<AlertReason>>(r.Reasons)!))];
    }

    /// <summary>Remembers where an alert is discussed.</summary>
    public Task NoteDiscussionAsync(AlertId id, ChannelAddress place, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "UPDATE outbox SET discussed_in = @Place WHERE id = @Id", new { Id = id.Value, Place = place.ToString() }, transaction),
            cancellationToken);

    public static Card NotFound(CommandInvocation invocation) => invocation.Find(Option.Name) is { } given
        ? Card.Problem($"This channel has no alert {given}", new CardBlock.Paragraph("The number stands under each alert. Only alerts of this channel can be asked for here."))
        : Card.Problem("This channel has had no alert yet", new CardBlock.Paragraph("/following shows what it follows."));

    // An actor that was merged since is the one that there is now.
    private List<AlertReason> Read(string reasons)
    {
        var (all, known) = (JsonSerializer.Deserialize<List<AlertReason>>(reasons)!, knowledge.Current);
        return known.Merged.Count == 0 ? all : all.ConvertAll(r => new AlertReason(
            FollowParser.ParseStored(r.Follow, known).ToString()!, [.. r.Tags.Select(t => t with { Name = known.Now(TagName.Parse(t.Name)).ToString() })]));
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public long StoryId { get; init; }
        public string Reasons { get; init; } = "";
        public string? MessageId { get; init; }
        public string? DiscussedIn { get; init; }
    }
}

internal sealed record PastAlert(AlertId Id, Alert Alert)
{
    /// <summary>The platform's id of its message; null while it is not shown.</summary>
    public string? MessageId { get; init; }

    /// <summary>The thread or channel where its story was posted for a talk about it; null if it was not.</summary>
    public ChannelAddress? DiscussedIn { get; init; }
}
