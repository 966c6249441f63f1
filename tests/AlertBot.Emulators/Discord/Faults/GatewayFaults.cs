using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Gateway;

namespace AlertBot.Emulators.Discord.Faults;

/// <summary>Makes gateway faults happen: at once to open sockets, or kept for those that come.</summary>
internal sealed class GatewayFaults(GatewayHub hub, FaultBook waiting)
{
    /// <summary>The caller holds the world's gate.</summary>
    public void Apply(GatewayFault fault)
    {
        if (fault.Kind > GatewayFaultKind.Repeat)
        {
            waiting.Add(fault);
            return;
        }

        foreach (var connection in fault.Last ? hub.Connections.TakeLast(1) : [.. hub.Connections])
        {
            Apply(fault, connection);
        }
    }

    private void Apply(GatewayFault fault, GatewayConnection connection)
    {
        var session = connection.Session;
        switch (fault.Kind)
        {
            case GatewayFaultKind.Reconnect:
                connection.Send(Op(7, null));
                break;
            case GatewayFaultKind.InvalidSession:
                GatewayHub.Detach(connection);
                connection.Send(Op(9, fault.Resumable));
                break;
            case GatewayFaultKind.Drop:
                connection.Drop();
                GatewayHub.Detach(connection);
                break;
            case GatewayFaultKind.Close:
                connection.Close(fault.Code, "");
                GatewayHub.Detach(connection);
                break;
            case GatewayFaultKind.MuteAcks:
                connection.Muted = true;
                break;
            case GatewayFaultKind.Heartbeat:
                connection.Send(Op(1, null));
                break;
            case GatewayFaultKind.Repeat:
                session?.RepeatLast();
                break;
        }

        if (session is not null && (fault.Forget || fault is { Kind: GatewayFaultKind.InvalidSession, Resumable: false }))
        {
            hub.Forget(session);
        }
    }

    private static JsonObject Op(int op, JsonNode? data) => new() { ["op"] = op, ["d"] = data, ["s"] = null, ["t"] = null };
}
