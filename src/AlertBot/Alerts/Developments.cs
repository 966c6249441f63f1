using System.Data.Common;
using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>
/// What goes on after an alert. A further story of its event, or a changed one, goes to the channels that want to be told of it, under
/// the alert or beside it. Written in the transaction that stores the story, at most one an hour for an alert, the alert itself counted:
/// what comes quicker is one outlet after the other with the same, and shows in the edited alert. In quiet hours and where the channel is
/// told later it is held like an alert, and told by itself then: its place is under the alert. An alert that a digest told can't be edited
/// there and has no thread: a further story of its event is told as a new one would be, with the next digest or by itself, whatever the channel chose.
/// </summary>
internal sealed class Developments(KnowledgeBase knowledge, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Whether a story is worth telling to those who know of its event: it is no copy, and much of what weighs in it is new.</summary>
    public static bool IsNews(Placement placement) => placement is { IsNew: false, IsCopy: false } && IsNews(placement.News);

    /// <param name="news">As in <see cref="Placement.News"/>.</param>
    public static bool IsNews(double news) => news >= 0.25;

    /// <param name="alerts">The channels whose follows match the story. One has to have been alerted to the event before.</param>
    public async Task EnqueueAsync(DbTransaction transaction, HappeningId happening, IReadOnlyList<Alert> alerts)
    {
        var wanted = await ChannelSettingsStore.OfAsync(transaction, alerts.Select(a => a.Channel));
        // Where a digest told another story of the event; a channel has one alert for it.
        var bundled = (await transaction.Connection!.QueryAsync<string>(
            "SELECT channel FROM outbox WHERE event_id = @Event AND kind = 'alert' AND state = 'sent' AND bundle_id IS NOT NULL AND story_id <> @Story",
            new { Event = happening.Value, Story = alerts[0].Story.Value },
            transaction)).ToHashSet();
        var (present, severity) = (time.GetUtcNow(), knowledge.Current.SeverityOf(alerts[0].Tags));
        var now = present.ToUnixTimeMilliseconds();
        foreach (var alert in alerts)
        {
            var settings = wanted.GetValueOrDefault(alert.Channel, ChannelSettings.Usual);
            if (settings.Growth == Growth.Edit && !bundled.Contains(alert.Channel.ToString()))
            {
                continue;
            }

            var hold = Hold.Of(settings, alert.Rhythms, severity, present, present);
            await transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO outbox (kind, severity, story_id, event_id, about_id, under_id, channel, reasons, state, held_for, held_until, created_at, next_attempt_at)
                SELECT 'development', @Severity, CASE WHEN a.story_id <> @Story THEN @Story END, a.event_id, a.id, CASE WHEN @Growth = 'Thread' AND a.bundle_id IS NULL THEN a.id END, a.channel, @Reasons, @State, @For, @Until, @Now, @Now
                FROM outbox a
                WHERE a.event_id = @Event AND a.channel = @Channel AND a.kind = 'alert' AND a.state IN ('pending', 'sent') AND a.created_at <= @Before
                  AND NOT EXISTS (SELECT 1 FROM outbox d WHERE d.about_id = a.id AND d.created_at > @Before)
                  AND NOT EXISTS (SELECT 1 FROM channel_troubles t WHERE t.channel = a.channel AND t.kind = 'gone')
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    Story = alert.Story.Value, Event = happening.Value, Channel = alert.Channel.ToString(), Growth = settings.Growth.ToString(),
                    Reasons = JsonSerializer.Serialize(alert.Reasons), Severity = (int)severity, State = hold is null ? "pending" : "held", hold?.For, Until = hold?.Until.ToUnixTimeMilliseconds(), Now = now, Before = now - (long)Pause.TotalMilliseconds,
                },
                transaction);
        }
    }
}
