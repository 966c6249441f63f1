using System.Text.Encodings.Web;
using System.Text.Json;
using AlertBot.Alerts;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Stories;
using Dapper;

namespace AlertBot.Commands.Demo;

/// <summary>
/// Writes a line for every alert that a local channel really shows, once. It reads what the channel stored, and what the
/// file already has, so that neither a kill between the two nor a torn last line loses or repeats one.
/// </summary>
internal sealed class DemoTranscript(Database database, string path)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly HashSet<(long Alert, string Channel, string Story)> _written = [];
    private long _lastMessage;

    /// <summary>Reads what the file has and cuts off a line that was not written to its end.</summary>
    /// <param name="isContinued">The installation has run before; if not, what is in the file is another one's.</param>
    public async Task OpenAsync(bool isContinued, CancellationToken cancellationToken)
    {
        if (!isContinued || !File.Exists(path))
        {
            return;
        }

        var text = await File.ReadAllTextAsync(path, cancellationToken);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        if (whole.Length < text.Length)
        {
            await File.WriteAllTextAsync(path, whole, cancellationToken);
        }

        _written.UnionWith(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<Line>(l, Json)!).Select(l => (l.Alert, l.Channel, l.Story)));
    }

    /// <summary>Appends the alerts shown since the last call.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var shown = await connection.QueryAsync<Shown>(
            """
            SELECT m.id AS Message, m.channel AS Channel, o.id AS Alert, o.story_id AS StoryId, o.reasons AS Reasons, s.story_key AS Story, s.title AS Title
            FROM local_messages m JOIN outbox o ON m.idempotency_key = 'alert-' || o.id JOIN stories s ON s.id = o.story_id
            WHERE m.id > @Last ORDER BY m.id
            """,
            new { Last = _lastMessage });
        foreach (var alert in shown)
        {
            _lastMessage = alert.Message;
            if (_written.Add((alert.Alert, alert.Channel, alert.Story)))
            {
                await File.AppendAllTextAsync(path, JsonSerializer.Serialize(alert.ToLine(), Json) + "\n", cancellationToken);
            }
        }
    }

    private sealed record Line(string Channel, long Alert, string Story, string Title, string Reason);

    private sealed record Shown(long Message, string Channel, long Alert, long StoryId, string Reasons, string Story, string Title)
    {
        public Line ToLine() => new(
            Channel, Alert, Story, Title,
            AlertComposer.Reason(new Alert(new StoryId(StoryId), new ChannelAddress("local", Channel), JsonSerializer.Deserialize<List<AlertReason>>(Reasons)!)));
    }
}
