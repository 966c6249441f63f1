using System.Globalization;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using Dapper;
using NodaTime;

namespace AlertBot.Alerts;

/// <summary>What became of stories on their way from the feed to the channels: read from what was written when it happened.</summary>
internal sealed class StoryLedger(Database database)
{
    /// <summary>The feeds that brought a story, in the order in which they did.</summary>
    public async Task<IReadOnlyList<CardItem>> SeenAsync(StoryId story, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string? Title, string Url, long At)>(
            "SELECT f.title, f.url, b.first_seen_at FROM brought_stories b JOIN feeds f ON f.id = b.feed_id WHERE b.story_id = @Story ORDER BY b.first_seen_at, f.id", new { Story = story.Value });
        return [.. rows.Select(r => new CardItem(r.Title ?? new Uri(r.Url).Host, At: DateTimeOffset.FromUnixTimeMilliseconds(r.At)))];
    }

    /// <summary>When the bot stored a story; null if it knows none such.</summary>
    public async Task<DateTimeOffset?> StoredAtAsync(StoryId story, CancellationToken cancellationToken) =>
        await FirstAsync("SELECT first_seen_at FROM stories WHERE id = @Story", new { Story = story.Value }, cancellationToken) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    /// <summary>The story's messages, and those of its event, in these channels: oldest first.</summary>
    public async Task<IReadOnlyList<LedgerEntry>> MessagesAsync(StoryId story, IReadOnlyCollection<ChannelAddress> channels, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT o.id, o.channel, o.kind, o.story_id AS StoryId, o.state, o.created_at AS CreatedAt, o.next_attempt_at AS NextAttemptAt, o.leased_until AS LeasedUntil, o.claimed_at AS ClaimedAt,
                o.attempts, o.held_for AS HeldFor, o.held_until AS HeldUntil, o.bundle_id AS BundleId, o.last_error AS LastError, o.message_id AS MessageId, o.sent_at AS SentAt, o.about_id AS AboutId, o.under_id AS UnderId, o.pings, o.pinged_at AS PingedAt
            FROM outbox o WHERE (o.story_id = @Story OR o.event_id = (SELECT e.event_id FROM event_stories e WHERE e.story_id = @Story)) AND o.channel IN @Channels ORDER BY o.id
            """,
            new { Story = story.Value, Channels = channels.Select(c => c.ToString()) });
        var entries = rows.Select(r => r.ToEntry()).ToList();
        var log = (await connection.QueryAsync<(long OutboxId, long At, string What, string? Detail)>(
            "SELECT outbox_id, at, what, detail FROM outbox_log WHERE outbox_id IN @Ids ORDER BY id", new { Ids = entries.Select(e => e.Id.Value) })).ToLookup(l => l.OutboxId);
        return [.. entries.Select(e => e with { Log = [.. log[e.Id.Value].Select(l => new LedgerLine(DateTimeOffset.FromUnixTimeMilliseconds(l.At), l.What, l.Detail))] })];
    }

    /// <summary>How many messages about a story, or its event, are in which state, over all channels.</summary>
    public async Task<IReadOnlyList<(string State, long Count)>> CountAsync(StoryId story, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<(string State, long Count)>(
            "SELECT state, COUNT(*) FROM outbox WHERE story_id = @Story OR event_id = (SELECT e.event_id FROM event_stories e WHERE e.story_id = @Story) GROUP BY state ORDER BY state",
            new { Story = story.Value })];
    }

    private async Task<long?> FirstAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QueryFirstOrDefaultAsync<long?>(sql, parameters);
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public string Channel { get; init; } = "";
        public string Kind { get; init; } = "";
        public long? StoryId { get; init; }
        public string State { get; init; } = "";
        public long CreatedAt { get; init; }
        public long NextAttemptAt { get; init; }
        public long LeasedUntil { get; init; }
        public long? ClaimedAt { get; init; }
        public int Attempts { get; init; }
        public string? HeldFor { get; init; }
        public long? HeldUntil { get; init; }
        public long? BundleId { get; init; }
        public string? LastError { get; init; }
        public string? MessageId { get; init; }
        public long? SentAt { get; init; }
        public long? AboutId { get; init; }
        public long? UnderId { get; init; }
        public string? Pings { get; init; }
        public long? PingedAt { get; init; }

        public LedgerEntry ToEntry() => new(
            new AlertId(Id), ChannelAddress.Parse(Channel), Kind, StoryId is { } story ? new StoryId(story) : null, State, At(CreatedAt)!.Value, At(NextAttemptAt)!.Value, At(LeasedUntil)!.Value, Attempts)
        {
            ClaimedAt = At(ClaimedAt),
            HeldFor = HeldFor,
            HeldUntil = At(HeldUntil),
            Bundle = BundleId is { } bundle ? new AlertId(bundle) : null,
            LastError = LastError,
            MessageId = MessageId,
            SentAt = At(SentAt),
            About = AboutId is { } about ? new AlertId(about) : null,
            IsUnder = UnderId is not null,
            Called = (Pings, PingedAt) switch
            {
                (null, _) or (_, null) => null,
                (_, 0) => "called nobody: the channel was called as often in the hour as it may be",
                var (roles, at) => $"called {string.Join(", ", JsonSerializer.Deserialize<List<string>>(roles)!)} at {At(at):u}",
            },
        };

        private static DateTimeOffset? At(long? time) => time is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }
}

/// <summary>One message of the outbox, with all that befell it.</summary>
/// <param name="Attempts">Those that counted: what the platform put off does not.</param>
internal sealed record LedgerEntry(
    AlertId Id, ChannelAddress Channel, string Kind, StoryId? Story, string State, DateTimeOffset QueuedAt, DateTimeOffset NextAttemptAt, DateTimeOffset LeasedUntil, int Attempts)
{
    public DateTimeOffset? ClaimedAt { get; init; }

    public string? HeldFor { get; init; }

    /// <summary>When it is looked at again.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    public AlertId? Bundle { get; init; }

    public string? LastError { get; init; }

    public string? MessageId { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Of a development: the alert that it goes on from.</summary>
    public AlertId? About { get; init; }

    /// <summary>Whom it called, or why nobody; null where it was to call nobody.</summary>
    public string? Called { get; init; }

    /// <summary>It goes into the thread under that one.</summary>
    public bool IsUnder { get; init; }

    /// <summary>What befell it between, oldest first.</summary>
    public IReadOnlyList<LedgerLine> Log { get; init; } = [];

    /// <summary>Where it stands now: pending, claimed, deferred, held, sent, refused or abandoned, each with what belongs to it.</summary>
    /// <param name="zone">That of its channel.</param>
    public string StandingAt(DateTimeOffset now, DateTimeZone zone) => State switch
    {
        "pending" when LeasedUntil > now => $"claimed at {ClaimedAt:u}, on its way; its lease ends at {LeasedUntil:u}",
        "pending" when NextAttemptAt > now => $"deferred until {NextAttemptAt:u}: {LastError ?? "no reason was given"}",
        "pending" when LastError is not null => $"pending, tried again as soon as its turn comes: {LastError}",
        "pending" => "pending, its turn has not come",
        "held" when Bundle is { } bundle => $"held, told by message {bundle}",
        "held" when HeldUntil is { } until => Hold.Told(HeldFor!, until, zone, now),
        "held" => $"held for {HeldFor}",
        "sent" => string.Create(CultureInfo.InvariantCulture, $"sent as {MessageId}{(Bundle is { } bundle ? $", with others in message {bundle}" : "")}"),
        "refused" => $"refused: {LastError}",
        _ => $"abandoned {LastError}",
    };
}

/// <param name="What">retried, deferred, edited, folded and the like.</param>
internal sealed record LedgerLine(DateTimeOffset At, string What, string? Detail);
