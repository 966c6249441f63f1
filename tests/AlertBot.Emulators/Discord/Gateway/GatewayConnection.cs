using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>One socket of a client at the gateway.</summary>
internal sealed class GatewayConnection(HttpContext context, bool compressed, bool onResumeAddress) : FrameSocket(context, MostBytes, (4002, "Error while decoding payload."))
{
    private const int MostBytes = 4096;

    public bool OnResumeAddress { get; } = onResumeAddress;

    public GatewaySession? Session { get; set; }

    /// <summary>Answers no heartbeats.</summary>
    public bool Muted { get; set; }

    public Queue<DateTimeOffset> Received { get; } = [];

    public ITimer? Watch { get; set; }

    public void Send(JsonObject frame) => Send(frame.ToJsonString());

    /// <inheritdoc cref="FrameSocket.RunAsync"/>
    public async Task<int?> RunAsync(WebSocket socket, Action<string> handle)
    {
        using var zlib = compressed ? new ZlibFrames() : null;
        return await RunAsync(socket, handle, zlib is null ? null : zlib.Compress).ConfigureAwait(false);
    }
}
