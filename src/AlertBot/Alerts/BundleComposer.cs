using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>Makes the card that tells several alerts of a channel: what is told is what stands in the database by then.</summary>
internal sealed class BundleComposer(Database database)
{
    private const int MostRows = 25;

    /// <returns>Null where there is nothing left to tell.</returns>
    public async Task<Card?> ComposeAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = (await connection.QueryAsync<(string Title, string? Link, string Source, long At)>(
            """
            SELECT s.title, s.link, s.source, s.sorted_at FROM outbox o JOIN stories s ON s.id = o.story_id
            WHERE o.bundle_id = @Id AND o.state = 'held' AND s.title IS NOT NULL ORDER BY o.severity DESC, o.id
            """,
            new { Id = claimed.Id.Value })).ToList();
        if (rows.Count == 0)
        {
            return null;
        }

        var more = rows.Count - MostRows;
        var number = rows.Count.ToString(CultureInfo.InvariantCulture);
        return new Card(claimed.Kind == DeliveryKind.Away ? $"While you were away: {number} stories" : $"{number} stories")
        {
            Tone = CardTone.Alert,
            Blocks =
            [
                .. claimed.Kind == DeliveryKind.Away ? [new CardBlock.Paragraph("Nothing could be posted here for a while. These came meanwhile, the most urgent first.")] : Array.Empty<CardBlock>(),
                new CardBlock.Items(null, [
                    .. rows.Take(MostRows).Select(r => new CardItem(r.Title, r.Link, r.Source, DateTimeOffset.FromUnixTimeMilliseconds(r.At))),
                    .. more > 0 ? [new CardItem(string.Create(CultureInfo.InvariantCulture, $"and {more} more"))] : Array.Empty<CardItem>()]),
            ],
            Footer = $"because this channel follows them · message {claimed.Id}",
        };
    }
}
