using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Discord.World;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>The gateway's own half of the conversation: hello, heartbeats, identify, resume, and a close for every misdeed.</summary>
internal sealed class GatewayServer(DiscordWorld world, GatewayHub hub, GatewayAddresses addresses, SessionStarts starts, FaultBook faults, Changes changes)
{
    /// <summary>Serves one WebSocket request to its end.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        if (faults.TakeGateway(GatewayFaultKind.Refuse) is not null || faults.Outage is not null)
        {
            context.Abort();
            return;
        }

        var query = context.Request.Query;
        var connection = new GatewayConnection(context, query["compress"] == "zlib-stream", context.Request.Path.StartsWithSegments(GatewayAddresses.ResumePath, StringComparison.Ordinal));
        using var socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        var greets = faults.TakeGateway(GatewayFaultKind.NoHello) is null;

        // The delay begins before anybody can see the socket, so that a clock moved then moves it too.
        var delay = faults.TakeGateway(GatewayFaultKind.SlowHello) is { } slow ? Task.Delay(slow.Delay, world.Options.Clock, context.RequestAborted) : Task.CompletedTask;
        lock (world.Gate)
        {
            hub.Add(connection);
        }

        var running = connection.RunAsync(socket, text => Handle(connection, text));
        await delay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (greets)
        {
            Greet(connection, context);
        }

        var code = await running.ConfigureAwait(false);
        lock (world.Gate)
        {
            connection.Watch?.Dispose();
            hub.Remove(connection, code);
        }
    }

    /// <summary>Ends the socket at once where the request was wrong, else says hello and begins to watch the heartbeats.</summary>
    private void Greet(GatewayConnection connection, HttpContext context)
    {
        var query = context.Request.Query;
        if (query["v"].ToString() is not ("9" or "10") || query["encoding"].ToString() is not ("json" or "") || query["compress"].ToString() is not ("" or "zlib-stream"))
        {
            connection.Close(4012, "Invalid API version");
            return;
        }

        if (world.Options.CheckSocketUserAgent && context.Request.Headers.UserAgent.Count == 0)
        {
            connection.Close(4002, "User-Agent is missing.");
            return;
        }

        lock (world.Gate)
        {
            var interval = world.Options.HeartbeatInterval;
            if (world.Options.MissedHeartbeats > 0)
            {
                connection.Watch = world.Options.Clock.CreateTimer(_ => connection.Close(4009, "Session timed out."), null, interval * world.Options.MissedHeartbeats, Timeout.InfiniteTimeSpan);
            }

            connection.Send(new JsonObject { ["op"] = 10, ["s"] = null, ["t"] = null, ["d"] = new JsonObject { ["heartbeat_interval"] = (int)interval.TotalMilliseconds, ["_trace"] = new JsonArray() } });
        }
    }

    private void Handle(GatewayConnection connection, string text)
    {
        lock (world.Gate)
        {
            if (IsFlood(connection))
            {
                connection.Close(4008, "Rate limited.");
            }
            else if (JsonReading.Parse(text) is not JsonObject frame || frame.Integer("op") is not { } op)
            {
                connection.Close(4002, "Error while decoding payload.");
            }
            else
            {
                Obey(connection, op, frame.Member("d"));
            }
        }

        changes.Raise();
    }

    private void Obey(GatewayConnection connection, int op, JsonNode? data)
    {
        switch (op)
        {
            case 1:
                Beat(connection);
                break;
            case 2:
                new Identify(world, hub, addresses, starts).Obey(connection, data);
                break;
            case 6:
                Resume(connection, data);
                break;
            case 3 or 4 or 8 or 31 when connection.Session is not null:
                break;
            case 3 or 4 or 8 or 31:
                connection.Close(4003, "Not authenticated.");
                break;
            default:
                connection.Close(4001, "Unknown opcode.");
                break;
        }
    }

    private void Beat(GatewayConnection connection)
    {
        hub.Heartbeats++;
        connection.Watch?.Change(world.Options.HeartbeatInterval * world.Options.MissedHeartbeats, Timeout.InfiniteTimeSpan);
        if (!connection.Muted)
        {
            connection.Send(new JsonObject { ["op"] = 11, ["d"] = null, ["s"] = null, ["t"] = null });
        }
    }

    private void Resume(GatewayConnection connection, JsonNode? data)
    {
        if (faults.TakeGateway(GatewayFaultKind.IgnoreResume) is not null)
        {
            return;
        }

        if (data.Text("token") != world.Token)
        {
            connection.Close(4004, "Authentication failed.");
        }
        else if (connection.Session is not null)
        {
            connection.Close(4005, "Already authenticated.");
        }
        else if (hub.Find(data.Text("session_id") ?? "") is not { } session)
        {
            connection.Send(InvalidSession(resumable: false));
        }
        else if (data.Integer("seq") is not { } sequence || sequence > session.Sequence || sequence < 0)
        {
            hub.Forget(session);
            connection.Close(4007, "Invalid seq.");
        }
        else
        {
            TakeUp(connection, session, sequence);
        }
    }

    private void TakeUp(GatewayConnection connection, GatewaySession session, int sequence)
    {
        if (session.Connection is { } old)
        {
            GatewayHub.Detach(old);
            old.Close(4000, "Resumed elsewhere.");
        }

        hub.Resumes++;
        hub.MisplacedResumes += connection.OnResumeAddress ? 0 : 1;
        hub.Attach(connection, session);
        session.Replay(sequence);
        session.Dispatch("RESUMED", new JsonObject { ["_trace"] = new JsonArray() });
    }

    public static JsonObject InvalidSession(bool resumable) => new() { ["op"] = 9, ["d"] = resumable, ["s"] = null, ["t"] = null };

    private bool IsFlood(GatewayConnection connection)
    {
        var now = world.Now;
        while (connection.Received.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromMinutes(1))
        {
            connection.Received.Dequeue();
        }

        connection.Received.Enqueue(now);
        return connection.Received.Count > world.Options.SendsPerMinute;
    }
}
