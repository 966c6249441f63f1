using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using Dapper;
using NodaTime;

namespace AlertBot.Alerts;

/// <summary>Makes the card that tells several alerts of a channel: what is told is what stands in the database by then.</summary>
internal sealed class BundleComposer(Database database, EventStore events, KnowledgeBase knowledge, ChannelSettingsStore settings)
{
    private const int MostRows = 20;
    private const int MostNames = 3;
    private const int MostHeadline = 120;

    /// <returns>Null where there is nothing left to tell.</returns>
    public async Task<Card?> ComposeAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await RowsAsync(connection, "o.bundle_id = @Id AND o.state = 'held'", new { Id = claimed.Id.Value });
        if (rows.Count == 0)
        {
            return null;
        }

        var (title, lead) = claimed.Kind == DeliveryKind.Away
            ? ($"While you were away: {Stories(rows.Count)}", "Nothing could be posted here for a while. These came meanwhile, the most urgent first.")
            : ($"{TitleOf(rows)}: {Stories(rows.Count)}{About(rows)}", await SpanAsync(claimed.Channel, rows, cancellationToken));
        return await ComposeAsync(title, lead, rows, $"because this channel follows {Follows(rows)} · message {claimed.Id}", cancellationToken);
    }

    /// <summary>What alerts would be told as that wait; null where there are none.</summary>
    public async Task<Card?> PreviewAsync(ChannelAddress channel, IReadOnlyCollection<long> waiting, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await RowsAsync(connection, "o.id IN @Ids", new { Ids = waiting });
        return rows.Count == 0 ? null : await ComposeAsync(
            $"Not told yet: {Stories(rows.Count)}{About(rows)}", await SpanAsync(channel, rows, cancellationToken), rows, $"because this channel follows {Follows(rows)}", cancellationToken);
    }

    // One group for each follow that led to any; the most severe first, groups and stories.
    private async Task<Card> ComposeAsync(string title, string lead, IReadOnlyList<Row> rows, string footer, CancellationToken cancellationToken)
    {
        var groups = rows.Take(MostRows).GroupBy(r => r.Reasons[0].Follow).ToList();
        var blocks = new List<CardBlock> { new CardBlock.Paragraph(lead) };
        foreach (var group in groups)
        {
            var items = new List<CardItem>();
            foreach (var row in group)
            {
                items.Add(new CardItem(row.Title, row.Link, await DetailAsync(row, cancellationToken), DateTimeOffset.FromUnixTimeMilliseconds(row.At)));
            }

            blocks.Add(new CardBlock.Items(groups.Count > 1 ? group.Key : null, items));
        }

        if (rows.Count - MostRows is > 0 and var more)
        {
            blocks.Add(new CardBlock.Items(null, [new CardItem(string.Create(CultureInfo.InvariantCulture, $"and {more} more: /latest lists them"))]));
        }

        return new Card(title)
        {
            Tone = CardTone.Alert,
            Blocks = blocks,
            Footer = footer,
            Actions = [.. NamesOf(rows).Take(MostNames).Select(n => new CardAction($"All: {knowledge.NameOf(n)}", $"/latest {n}"))],
        };
    }

    private async Task<string> DetailAsync(Row row, CancellationToken cancellationToken)
    {
        var outlets = (await events.FindAsync(new StoryId(row.Story), cancellationToken))?.Outlets.Count ?? 1;
        return string.Join(" · ", new[] { row.Source, outlets > 1 ? $"{outlets} outlets" : null, row.Kind == "development" ? "goes on from an earlier story" : null, row.Severity == Severity.Urgent ? "urgent" : null }.OfType<string>());
    }

    // When the first and the last of them came, by the clocks of the channel.
    private async Task<string> SpanAsync(ChannelAddress channel, IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var zone = TimeZones.Of(await settings.FindAsync(channel, cancellationToken));
        var (first, last) = (Local(rows.Min(r => r.CreatedAt)), Local(rows.Max(r => r.CreatedAt)));
        return first == last ? $"{first}, {zone.Id}" : $"{first} to {last}, {zone.Id}. The most urgent first.";

        string Local(long at) => Instant.FromUnixTimeMilliseconds(at).InZone(zone).LocalDateTime.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);
    }

    private static string TitleOf(IReadOnlyList<Row> rows) => rows.Select(r => r.HeldFor).Distinct().ToList() switch
    {
        [Hold.Quiet] => "While it was quiet",
        [var rhythm] => DigestRhythm.TitleOf(rhythm),
        _ => "Digest",
    };

    private string About(IReadOnlyList<Row> rows)
    {
        var names = string.Join(", ", NamesOf(rows).Take(MostNames).Select(knowledge.NameOf));
        return names.Length is 0 or > MostHeadline ? "" : $" about {names}";
    }

    private static string Stories(int count) => count == 1 ? "1 story" : string.Create(CultureInfo.InvariantCulture, $"{count} stories");

    private static string Follows(IReadOnlyList<Row> rows) => string.Join("; ", rows.SelectMany(r => r.Reasons).Select(r => r.Follow).Distinct());

    // What led to most of them.
    private IEnumerable<TagName> NamesOf(IReadOnlyList<Row> rows) =>
        rows.SelectMany(r => r.Reasons.SelectMany(a => a.Tags).Select(t => knowledge.Current.Now(TagName.Parse(t.Name))).Distinct()).CountBy(n => n).OrderByDescending(n => n.Value).Select(n => n.Key);

    private static async Task<IReadOnlyList<Row>> RowsAsync(DbConnection connection, string which, object parameters)
    {
        var rows = await connection.QueryAsync<Row>(
            $"""
            SELECT s.id AS Story, o.kind, o.severity, o.held_for AS HeldFor, o.created_at AS CreatedAt, o.reasons AS Stored, s.title, s.link, s.source, s.sorted_at AS At
            FROM outbox o LEFT JOIN outbox a ON a.id = o.about_id JOIN stories s ON s.id = COALESCE(o.story_id, a.story_id)
            WHERE {which} AND s.title IS NOT NULL ORDER BY o.severity DESC, o.id
            """,
            parameters);
        // A story that was changed while its alert waited stands there once.
        return [.. rows.DistinctBy(r => r.Story)];
    }

    private sealed class Row
    {
        private IReadOnlyList<AlertReason>? _reasons;

        public long Story { get; init; }
        public string Kind { get; init; } = "";
        public Severity Severity { get; init; }
        public string HeldFor { get; init; } = "";
        public long CreatedAt { get; init; }
        public string Stored { get; init; } = "";
        public string Title { get; init; } = "";
        public string? Link { get; init; }
        public string Source { get; init; } = "";
        public long At { get; init; }

        public IReadOnlyList<AlertReason> Reasons => _reasons ??= JsonSerializer.Deserialize<List<AlertReason>>(Stored)!;
    }
}
