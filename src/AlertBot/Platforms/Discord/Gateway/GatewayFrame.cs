using System.Text.Json;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>What a frame is about.</summary>
internal enum GatewayOp
{
    Dispatch = 0,
    Heartbeat = 1,
    Identify = 2,
    Resume = 6,
    Reconnect = 7,
    InvalidSession = 9,
    Hello = 10,
    HeartbeatAck = 11,
}

/// <summary>The envelope of a frame from Discord. Its data is not read, only found.</summary>
/// <param name="Data">Where <c>d</c> lies in the frame; empty if there is none.</param>
internal readonly record struct GatewayFrame(GatewayOp Op, long? Sequence, string? Name, Range Data)
{
    /// <summary>Reads an envelope; unknown fields are passed over.</summary>
    /// <returns>Null if the bytes are no such frame.</returns>
    public static GatewayFrame? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ReadObject(new Utf8JsonReader(bytes));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is no valid UTF-16 once unescaped.
            return null;
        }
    }

    private static GatewayFrame? ReadObject(Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        (int? op, long? sequence, string? name, Range data) = (null, null, null, default);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isOp, isSequence, isName, isData) = (reader.ValueTextEquals("op"u8), reader.ValueTextEquals("s"u8), reader.ValueTextEquals("t"u8), reader.ValueTextEquals("d"u8));
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isOp && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
            {
                op = number;
            }
            else if (isSequence && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count))
            {
                sequence = count;
            }
            else if (isName && reader.TokenType == JsonTokenType.String)
            {
                name = reader.GetString();
            }

            reader.Skip();
            if (isData)
            {
                data = start..(int)reader.BytesConsumed;
            }
        }

        return op is { } known ? new GatewayFrame((GatewayOp)known, sequence, name, data) : null;
    }
}
