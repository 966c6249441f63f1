using System.Text.Json;
using AlertBot.Platforms.Slack.Interactions;

namespace AlertBot.Platforms.Slack.Sockets;

/// <summary>What comes over a socket. https://docs.slack.dev/apis/events-api/using-socket-mode</summary>
internal abstract record Frame
{
    private Frame()
    {
    }

    /// <summary>The connection stands.</summary>
    /// <param name="Connections">How many of the app Slack counts, this one included.</param>
    /// <param name="Lives">About how long Slack keeps it; null if it does not say.</param>
    public sealed record Hello(int? Connections, TimeSpan? Lives) : Frame;

    public sealed record Disconnect(string Reason) : Frame;

    /// <param name="Id">What the acknowledgement names.</param>
    public sealed record Envelope(string Id, SlackDelivery Delivery) : Frame;

    /// <summary>Nothing that the bot knows, and it need not.</summary>
    public sealed record Unknown(string Type) : Frame;

    public static Frame Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Of(JsonElement.Parse(bytes.Span));
        }
        catch (JsonException)
        {
            return new Unknown("no JSON");
        }
    }

    private static Frame Of(JsonElement frame)
    {
        var kind = frame.Text("type") switch
        {
            "events_api" => DeliveryKind.Event,
            "slash_commands" => DeliveryKind.Command,
            "interactive" => DeliveryKind.Interactive,
            _ => (DeliveryKind?)null,
        };
        return (frame.Text("type"), kind) switch
        {
            ("hello", _) => new Hello(Number(frame.At("num_connections")), LifeOf(frame)),
            ("disconnect", _) => new Disconnect(frame.Text("reason")),
            (_, { } known) when frame.Text("envelope_id") is { Length: > 0 } id && frame.At("payload") is { ValueKind: JsonValueKind.Object } payload =>
                new Envelope(id, new SlackDelivery(known, payload) { RetryAttempt = Number(frame.At("retry_attempt")) ?? 0 }),
            var (type, _) => new Unknown(type),
        };
    }

    private static int? Number(JsonElement element) => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;

    private static TimeSpan? LifeOf(JsonElement hello) => Number(hello.At("debug_info", "approximate_connection_time")) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
}
