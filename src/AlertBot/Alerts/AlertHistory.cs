using System.Globalization;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using Dapper;

namespace AlertBot.Alerts;

/// <summary>The alerts of the past, each for its own channel alone: no channel sees another's.</summary>
internal sealed class AlertHistory(Database database)
{
    /// <summary>The option that names an alert of the channel; without it the latest is meant.</summary>
    public static CommandOption Option { get; } = new("alert", "The number under the alert; the latest if left out", OptionKind.Integer) { Min = 1 };

    /// <summary>The alert that an invocation means; null if its channel has no such one.</summary>
    public async Task<PastAlert?> FindAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var number = invocation.Find(Option.Name) is { } given ? long.Parse(given, CultureInfo.InvariantCulture) : (long?)null;
        await using var connection = await database.OpenAsync(cancellationToken);
        var row = await connection.QueryFirstOrDefaultAsync<Row>(
            $"SELECT id, story_id AS StoryId, reasons FROM outbox WHERE channel = @Channel AND {(number is null ? "state = 'sent'" : "id = @Id")} ORDER BY id DESC LIMIT 1",
            new { Channel = invocation.Channel.ToString(), Id = number });
        return row is null
            ? null
            : new PastAlert(new AlertId(row.Id), new Alert(new StoryId(row.StoryId), invocation.Channel, JsonSerializer.Deserialize<List<AlertReason>>(row.Reasons)!));
    }

    public static Card NotFound(CommandInvocation invocation) => invocation.Find(Option.Name) is { } given
        ? Card.Problem($"This channel has no alert {given}", new CardBlock.Paragraph("The number stands under each alert. Only alerts of this channel can be asked for here."))
        : Card.Problem("This channel has had no alert yet", new CardBlock.Paragraph("/following shows what it follows."));

    private sealed class Row
    {
        public long Id { get; init; }
        public long StoryId { get; init; }
        public string Reasons { get; init; } = "";
    }
}

internal sealed record PastAlert(AlertId Id, Alert Alert);
