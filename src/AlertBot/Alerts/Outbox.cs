using System.Data.Common;
using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using Dapper;
using Microsoft.Extensions.Options;

namespace AlertBot.Alerts;

/// <summary>
/// Everything that waits to be sent, and the receipts. Rows are written in the transaction that stores what they tell of, so none is
/// lost; they are claimed under a lease, so that no two senders hold one; and a channel gets them one by one, urgent ones first, then in
/// the order in which they came, so that a failing one delays only its own channel. An attempt that nobody noted the end of counts as
/// one that may have been shown, whatever became of its process.
/// </summary>
internal sealed class Outbox(Database database, KnowledgeBase knowledge, Replica replica, IOptions<StorageOptions> options, IOptions<AlertsOptions> alerting, TimeProvider time) : ILeased
{
    private const string IsDue =
        """
        o.state = 'pending' AND o.next_attempt_at <= @Now AND o.leased_until <= @Now
        AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.channel = o.channel AND e.state = 'pending' AND (e.rank, e.created_at, e.id) < (o.rank, o.created_at, o.id))
        AND NOT EXISTS (SELECT 1 FROM outbox l WHERE l.channel = o.channel AND l.state = 'pending' AND l.leased_until > 0 AND l.leased_until > @Now)
        AND (o.kind = 'notice' OR NOT EXISTS (SELECT 1 FROM channel_troubles t WHERE t.channel = o.channel AND t.next_probe_at > @Now))
        """;

    // Few enough messages of the channel have called somebody within the hour.
    private const string MayCall =
        """
        (SELECT COUNT(*) FROM outbox q WHERE q.channel = outbox.channel AND q.pinged_at > @HourAgo)
            < COALESCE((SELECT s.pings_per_hour FROM channel_settings s WHERE s.channel = outbox.channel), @MostPings)
        """;

    /// <summary>
    /// Writes alerts of one story in the caller's transaction. A channel that has one for the story, or for another story of its event,
    /// keeps that; one for a channel that is gone is left out. What its channel wants to be told later is held.
    /// </summary>
    public async Task EnqueueAsync(DbTransaction transaction, HappeningId happening, IReadOnlyList<Alert> alerts)
    {
        var (now, severity) = (time.GetUtcNow(), knowledge.Current.SeverityOf(alerts[0].Tags));
        var settings = await ChannelSettingsStore.OfAsync(transaction, alerts.Select(a => a.Channel));
        var holds = alerts.ToDictionary(a => a.Channel.ToString(), a => Hold.Of(settings.GetValueOrDefault(a.Channel, ChannelSettings.Usual), a.Rhythms, severity, now, now));
        await HeldAlerts.HastenAsync(transaction, happening.Value, severity, holds, now.ToUnixTimeMilliseconds());
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO outbox (kind, rank, severity, story_id, event_id, channel, reasons, pings, state, held_for, held_until, created_at, next_attempt_at)
            SELECT 'alert', @Rank, @Severity, @Story, @Event, @Channel, @Reasons, @Pings, @State, @For, @Until, @Now, @Now
            WHERE NOT EXISTS (SELECT 1 FROM channel_troubles WHERE channel = @Channel AND kind = 'gone')
              AND NOT EXISTS (SELECT 1 FROM outbox WHERE event_id = @Event AND channel = @Channel AND state IN ('pending', 'held', 'sent'))
            ON CONFLICT DO NOTHING
            """,
            alerts.Select(a => (Alert: a, Hold: holds[a.Channel.ToString()])).Select(a => new
            {
                Rank = HeldAlerts.RankOf(severity), Severity = (int)severity, Story = a.Alert.Story.Value, Event = happening.Value, Channel = a.Alert.Channel.ToString(),
                Reasons = JsonSerializer.Serialize(a.Alert.Reasons), Pings = a.Alert.Pings.Count > 0 ? JsonSerializer.Serialize(a.Alert.Pings) : null,
                State = a.Hold is null ? "pending" : "held", a.Hold?.For, Until = a.Hold?.Until.ToUnixTimeMilliseconds(), Now = now.ToUnixTimeMilliseconds(),
            }),
            transaction);
    }

    /// <summary>
    /// Takes the first waiting message of each channel that is due, at most <paramref name="limit"/>, for the time of a
    /// lease. A channel with one on its way gets no other; a closed channel is due when its next probe is. With the first claim it
    /// is decided and written whether the message calls somebody, so that every attempt at it does the same.
    /// </summary>
    /// <param name="platform">Whose channels.</param>
    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimDueAsync(string platform, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.ClaimAsync(
            transaction => transaction.Connection!.QueryAsync<Row>(
                $"""
                WITH due AS MATERIALIZED (
                    SELECT o.id FROM outbox o
                    WHERE {IsDue} AND o.channel LIKE @Channels
                    ORDER BY o.rank, o.next_attempt_at, o.id LIMIT @Limit {database.SkipLocked("o")})
                UPDATE outbox SET leased_until = @Until, leased_by = @By, attempts = attempts + CASE WHEN claimed_at IS NULL THEN 1 ELSE 0 END, unknown_since = COALESCE(unknown_since, claimed_at), claimed_at = @Now,
                    pinged_at = CASE WHEN pings IS NULL OR pinged_at IS NOT NULL THEN pinged_at WHEN {MayCall} THEN @Now ELSE 0 END
                WHERE id IN (SELECT id FROM due)
                RETURNING id, kind, rank, COALESCE(story_id, (SELECT p.story_id FROM outbox p WHERE p.id = outbox.about_id)) AS StoryId, channel, reasons, card, pings, pinged_at AS PingedAt, attempts, claimed_at AS ClaimedAt,
                    unknown_since AS UnknownSince, about_id AS AboutId, (SELECT p.message_id FROM outbox p WHERE p.id = outbox.under_id) AS Under,
                    (SELECT s.title FROM outbox p JOIN stories s ON s.id = p.story_id WHERE p.id = outbox.under_id) AS ThreadName,
                    (SELECT COUNT(*) FROM notices n WHERE n.id = outbox.id AND n.channel IS NULL) AS ForModerators
                """,
                new { Now = Now(), Until = Until(), By = replica.Id, Limit = limit, Channels = $"{platform}:%", HourAgo = Now() - (long)TimeSpan.FromHours(1).TotalMilliseconds, MostPings = alerting.Value.PingsPerHour },
                transaction),
            cancellationToken);
        return [.. rows.OrderBy(r => r.Id).Select(r => r.ToClaimed())];
    }

    public Task ReleaseAsync(DbTransaction transaction, IReadOnlyCollection<string>? replicas) => transaction.Connection!.ExecuteAsync(
        $"""
        UPDATE outbox SET leased_until = 0, leased_by = NULL
        WHERE id IN (SELECT o.id FROM outbox o WHERE {(replicas is null ? "o.state = 'pending' AND o.leased_until > 0" : "o.leased_by IN @replicas")} {database.SkipLocked("o")})
        """,
        new { replicas },
        transaction);

    public async Task<IReadOnlyCollection<long>> RenewAsync(DbTransaction transaction, IReadOnlyCollection<long> rows)
    {
        const string Held = "o.id IN @rows AND o.leased_by = @Id AND o.state = 'pending' AND o.leased_until > 0";
        var values = new { rows, replica.Id, Until = Until() };
        // A row that is being written to just now has time until the next beat.
        await transaction.Connection!.ExecuteAsync(
            $"UPDATE outbox SET leased_until = @Until WHERE id IN (SELECT o.id FROM outbox o WHERE {Held} {database.SkipLocked("o")})", values, transaction);
        return [.. await transaction.Connection!.QueryAsync<long>($"SELECT o.id FROM outbox o WHERE {Held}", values, transaction)];
    }

    /// <summary>It is shown, whoever holds the lease by now; what it bundles is shown with it.</summary>
    /// <param name="shown">The hash of the card. After a doubtful attempt it may be the card of that one that is shown, so it is not kept.</param>
    public async Task MarkSentAsync(DbTransaction transaction, ClaimedDelivery claimed, string messageId, string shown)
    {
        var values = new { Id = claimed.Id.Value, Text = messageId, Now = Now(), Shown = shown };
        await transaction.Connection!.ExecuteAsync(
            """
            UPDATE outbox SET state = 'sent', message_id = @Text, sent_at = @Now, last_error = NULL, leased_until = 0, leased_by = NULL, claimed_at = NULL,
                shown_hash = CASE WHEN unknown_since IS NULL THEN @Shown END
            WHERE id = @Id AND state = 'pending'
            """,
            values,
            transaction);
        if (claimed.IsBundle)
        {
            await transaction.Connection!.ExecuteAsync("UPDATE outbox SET state = 'sent', message_id = @Text, sent_at = @Now WHERE bundle_id = @Id AND state = 'held'", values, transaction);
        }
    }

    /// <summary>The platform will not take it, now or later.</summary>
    public Task MarkRefusedAsync(DbTransaction transaction, ClaimedDelivery claimed, string why) => EndAsync(transaction, claimed, "refused", why);

    /// <summary>Tried for too long.</summary>
    public Task MarkAbandonedAsync(DbTransaction transaction, ClaimedDelivery claimed, string why) => EndAsync(transaction, claimed, "abandoned", why);

    /// <summary>The attempt showed nothing.</summary>
    public Task RetryAsync(DbTransaction transaction, ClaimedDelivery claimed, string why, TimeSpan delay) =>
        PutOffAsync(transaction, claimed, "retried", "", why, delay);

    /// <summary>The attempt may have shown it: every later one knows since when.</summary>
    public Task RetryUnknownAsync(DbTransaction transaction, ClaimedDelivery claimed, string why, TimeSpan delay) =>
        PutOffAsync(transaction, claimed, "retried", "unknown_since = COALESCE(unknown_since, claimed_at),", why, delay);

    /// <summary>Waits because the platform asked for it or the channel is closed: that is no failed attempt.</summary>
    public Task DeferAsync(DbTransaction transaction, ClaimedDelivery claimed, string why, TimeSpan delay) =>
        PutOffAsync(transaction, claimed, "deferred", "attempts = attempts - 1,", why, delay);

    /// <summary>The same after an attempt that may have shown it.</summary>
    public Task DeferUnknownAsync(DbTransaction transaction, ClaimedDelivery claimed, string why, TimeSpan delay) =>
        PutOffAsync(transaction, claimed, "deferred", "attempts = attempts - 1, unknown_since = COALESCE(unknown_since, claimed_at),", why, delay);

    /// <summary>Refuses all that waits for a channel that is gone, what is held for it too.</summary>
    public static Task RefuseWaitingAsync(DbTransaction transaction, ChannelAddress channel, string why) =>
        transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET state = 'refused', last_error = @Why, leased_until = 0, leased_by = NULL, claimed_at = NULL WHERE channel = @Channel AND state IN ('pending', 'held') AND kind <> 'notice'",
            new { Channel = channel.ToString(), Why = why },
            transaction);

    /// <summary>The stories whose alerts wait for a channel, oldest first.</summary>
    public static async Task<IReadOnlyList<CardItem>> WaitingAsync(DbTransaction transaction, ChannelAddress channel, int most)
    {
        var rows = await transaction.Connection!.QueryAsync<(string Title, string? Link)>(
            "SELECT s.title, s.link FROM outbox o JOIN stories s ON s.id = o.story_id WHERE o.channel = @Channel AND o.state IN ('pending', 'held') ORDER BY o.id LIMIT @Most",
            new { Channel = channel.ToString(), Most = most },
            transaction);
        return [.. rows.Select(r => new CardItem(r.Title, r.Link))];
    }

    private async Task EndAsync(DbTransaction transaction, ClaimedDelivery claimed, string state, string why)
    {
        var values = new { Id = claimed.Id.Value, State = state, Why = why, claimed.ClaimedAt };
        var ended = await transaction.Connection!.ExecuteAsync(
            "UPDATE outbox SET state = @State, last_error = @Why, leased_until = 0, leased_by = NULL, claimed_at = NULL WHERE id = @Id AND state = 'pending' AND claimed_at = @ClaimedAt", values, transaction);
        if (ended > 0)
        {
            await OutboxLog.AppendAsync(transaction, claimed.Id, Now(), state, why);
            await (claimed.IsBundle
                ? transaction.Connection!.ExecuteAsync("UPDATE outbox SET state = @State, last_error = @Why WHERE bundle_id = @Id AND state = 'held'", values, transaction)
                : Task.CompletedTask);
        }
    }

    // Another process may have taken it since, when the lease ran out: then this attempt has no say in what follows.
    private async Task PutOffAsync(DbTransaction transaction, ClaimedDelivery claimed, string what, string assignments, string why, TimeSpan delay)
    {
        await OutboxLog.AppendIfNewsAsync(transaction, claimed, Now(), what, why);
        await transaction.Connection!.ExecuteAsync(
            $"UPDATE outbox SET {assignments} next_attempt_at = @Next, last_error = @Why, leased_until = 0, leased_by = NULL, claimed_at = NULL WHERE id = @Id AND state = 'pending' AND claimed_at = @ClaimedAt",
            new { Id = claimed.Id.Value, Why = why, claimed.ClaimedAt, Next = Now() + (long)delay.TotalMilliseconds },
            transaction);
    }

    private long Until() => Now() + (long)options.Value.Lease.TotalMilliseconds;

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class Row
    {
        public long Id { get; init; }
        public string Kind { get; init; } = "";
        public int Rank { get; init; }
        public long? StoryId { get; init; }
        public string Channel { get; init; } = "";
        public string? Reasons { get; init; }
        public string? Card { get; init; }
        public string? Pings { get; init; }
        public long? PingedAt { get; init; }
        public int Attempts { get; init; }
        public long ClaimedAt { get; init; }
        public long? UnknownSince { get; init; }
        public long? AboutId { get; init; }
        public string? Under { get; init; }
        public string? ThreadName { get; init; }
        public long ForModerators { get; init; }

        public ClaimedDelivery ToClaimed()
        {
            var channel = ChannelAddress.Parse(Channel);
            return new ClaimedDelivery(
                new AlertId(Id), Enum.Parse<DeliveryKind>(Kind, ignoreCase: true), channel, Attempts, ClaimedAt, UnknownSince is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null)
            {
                Alert = StoryId is { } story ? new Alert(new StoryId(story), channel, JsonSerializer.Deserialize<List<AlertReason>>(Reasons!)!) : null,
                Card = Card is null ? null : JsonSerializer.Deserialize<Card>(Card),
                Pings = PingedAt > 0 ? JsonSerializer.Deserialize<List<string>>(Pings!)! : [],
                Rank = Rank,
                About = AboutId is { } about ? new AlertId(about) : null,
                Under = Under,
                ThreadName = ThreadName,
                IsForModerators = ForModerators > 0,
            };
        }
    }
}
