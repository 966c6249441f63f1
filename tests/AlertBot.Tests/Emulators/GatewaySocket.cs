using System.IO.Compression;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertBot.Tests.Emulators;

/// <summary>A bare gateway client: what arrives is read frame by frame.</summary>
internal sealed class GatewaySocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly MemoryStream _compressed = new();
    private readonly ZLibStream? _zlib;

    private GatewaySocket(bool compressed) => _zlib = compressed ? new ZLibStream(_compressed, CompressionMode.Decompress) : null;

    /// <param name="address">Null for the first address of the emulator.</param>
    public static async Task<GatewaySocket> OpenAsync(DiscordCaller caller, string? address = null, string query = "?v=10&encoding=json")
    {
        var socket = new GatewaySocket(query.Contains("zlib", StringComparison.Ordinal));
        var first = (await caller.GetAsync("gateway")).Json!["url"]!.GetValue<string>();
        await socket._socket.ConnectAsync(new Uri((address ?? first) + "/" + query), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>Opens, takes hello, identifies and takes READY.</summary>
    public static async Task<(GatewaySocket Socket, JsonElement Ready)> IdentifiedAsync(DiscordCaller caller, int intents = 1 | (1 << 9), int[]? shard = null)
    {
        var socket = await OpenAsync(caller);
        await socket.FrameAsync();
        await socket.IdentifyAsync(intents, shard: shard);
        return (socket, await socket.EventAsync("READY"));
    }

    public Task IdentifyAsync(int intents = 1, string token = "emulated.bot.token", int[]? shard = null)
    {
        var data = new JsonObject { ["token"] = token, ["intents"] = intents, ["properties"] = new JsonObject { ["os"] = "linux", ["browser"] = "test", ["device"] = "test" } };
        if (shard is not null)
        {
            data["shard"] = new JsonArray([.. shard.Select(number => JsonValue.Create(number))]);
        }

        return SendAsync(2, data);
    }

    public Task ResumeAsync(string session, int sequence) => SendAsync(6, new JsonObject { ["token"] = "emulated.bot.token", ["session_id"] = session, ["seq"] = sequence });

    public Task SendAsync(int op, JsonNode? data) => SendTextAsync(new JsonObject { ["op"] = op, ["d"] = data }.ToJsonString());

    public Task SendTextAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    public Task CloseAsync(int code) => _socket.CloseAsync((WebSocketCloseStatus)code, "", TestContext.Current.CancellationToken);

    /// <summary>The next frame; fails where the socket closes instead.</summary>
    public async Task<JsonElement> FrameAsync() => await ReadAsync() ?? throw new InvalidOperationException($"closed with {(int?)_socket.CloseStatus}");

    /// <summary>The data of the next event with this name; heartbeats answers and other events are passed over.</summary>
    public async Task<JsonElement> EventAsync(string name)
    {
        for (; ; )
        {
            var frame = await FrameAsync();
            if (frame.GetProperty("op").GetInt32() == 0 && frame.GetProperty("t").GetString() == name)
            {
                return frame.GetProperty("d");
            }
        }
    }

    /// <summary>The code that the other side closes with; null where it just cuts.</summary>
    public async Task<int?> CloseCodeAsync()
    {
        try
        {
            while (await ReadAsync() is not null)
            {
            }

            return (int?)_socket.CloseStatus;
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _zlib?.Dispose();
        _compressed.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonElement?> ReadAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer), limit.Token);
            bytes.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        return part.MessageType == WebSocketMessageType.Close ? null : JsonSerializer.Deserialize<JsonElement>(_zlib is null ? bytes.ToArray() : Inflated(bytes.ToArray()));
    }

    private byte[] Inflated(byte[] frame)
    {
        Assert.Equal([0, 0, 0xFF, 0xFF], frame[^4..]);
        _compressed.SetLength(0);
        _compressed.Write(frame);
        _compressed.Position = 0;
        var (text, buffer) = (new MemoryStream(), new byte[65536]);
        for (var count = _zlib!.Read(buffer); count > 0; count = _zlib.Read(buffer))
        {
            text.Write(buffer, 0, count);
        }

        return text.ToArray();
    }
}
