using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Interactions;
using AlertBot.Emulators.Slack.Web;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Sockets;

/// <summary>
/// Socket Mode: tickets, the sockets that are open, and each envelope to one of them. The caller holds the world's gate.
/// https://docs.slack.dev/apis/events-api/using-socket-mode
/// </summary>
internal sealed class SocketHub(SlackWorld world, SlackDesk desk, SlackLog log)
{
    private const int MostOpen = 10;

    private static readonly TimeSpan TicketLife = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterWarning = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, DateTimeOffset> _tickets = [];
    private readonly List<SlackConnection> _open = [];
    private readonly Dictionary<string, (SlackInteraction Interaction, SlackConnection Connection)> _waiting = [];
    private int _turn;
    private int _silent;

    /// <summary>Addresses that were given out.</summary>
    public int Opens { get; private set; }

    public int Connections { get; private set; }

    public int Open => _open.Count;

    /// <summary>The most sockets that were open at the same time.</summary>
    public int MostAtOnce { get; private set; }

    /// <summary>The least since the second one stood.</summary>
    public int? LeastSincePair { get; private set; }

    private int Ghosts { get; set; }

    private bool IsDisabled { get; set; }

    public IEnumerable<WebMethod> All() => [new("apps.connections.open", _ => Ticket()) { ForApp = true }];

    /// <summary>Takes a ticket, which is good once.</summary>
    public bool Redeem(string? ticket) => ticket is not null && _tickets.Remove(ticket, out var until) && world.Now <= until;

    public void Attach(SlackConnection connection)
    {
        _open.Add(connection);
        Connections++;
        MostAtOnce = Math.Max(MostAtOnce, _open.Count);
        LeastSincePair = _open.Count >= 2 ? LeastSincePair ?? _open.Count : LeastSincePair;
        if (_silent > 0)
        {
            _silent--;
            return;
        }

        connection.Send(new JsonObject
        {
            ["type"] = "hello",
            ["num_connections"] = _open.Count + Ghosts,
            ["debug_info"] = new JsonObject { ["host"] = "emulated", ["build_number"] = 1, ["approximate_connection_time"] = (int)world.Options.SocketLife.TotalSeconds },
            ["connection_info"] = new JsonObject { ["app_id"] = SlackWorld.App },
        }.ToJsonString());
        if (_open.Count + Ghosts > MostOpen)
        {
            Disconnect(connection, "too_many_websockets");
        }
    }

    public void Detach(SlackConnection connection)
    {
        connection.End?.Dispose();
        _open.Remove(connection);
        if (LeastSincePair is { } least)
        {
            LeastSincePair = Math.Min(least, _open.Count);
        }
    }

    /// <summary>Sends to one socket after the other; an event that is not acknowledged goes out again.</summary>
    public void Send(SlackInteraction interaction, int attempt = 0)
    {
        if (_open.Where(connection => !connection.IsLeaving).ToList() is { Count: > 0 } able)
        {
            var connection = able[_turn++ % able.Count];
            var envelope = Envelope(interaction, attempt);
            _waiting[envelope.Text("envelope_id")!] = (interaction, connection);
            interaction.Sent++;
            connection.Send(envelope.ToJsonString());
        }

        if (interaction.Kind == SlackDeliveryKind.Event && attempt < 3)
        {
            interaction.Retry = world.Options.Clock.CreateTimer(_ => Again(interaction, attempt + 1), null, interaction.Deadline ?? world.Options.AcknowledgeWithin, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Takes what a client sends.</summary>
    public void Receive(SlackConnection connection, string text)
    {
        if (JsonReading.Parse(text) is not JsonObject frame || frame.Text("envelope_id") is not { } id)
        {
            log.Note([$"a socket sent what is no acknowledgement: {text[..Math.Min(80, text.Length)]}"]);
            return;
        }

        if (!_waiting.Remove(id, out var sent))
        {
            log.Note([$"{id} was acknowledged and is not waited for"]);
            return;
        }

        if (sent.Connection != connection)
        {
            log.Note([$"{id} was acknowledged over another socket than it came by"]);
        }

        desk.Acknowledge(sent.Interaction, frame.Member("payload"));
    }

    public void Apply(SlackSocketFault fault)
    {
        switch (fault.Kind)
        {
            case SlackSocketFaultKind.Ghosts:
                Ghosts = fault.Count;
                return;
            case SlackSocketFaultKind.NoHello:
                _silent += fault.Count;
                return;
        }

        IsDisabled |= fault is { Kind: SlackSocketFaultKind.Disconnect, Reason: "link_disabled" };
        foreach (var connection in fault.Newest ? _open.TakeLast(1).ToList() : [.. _open])
        {
            switch (fault.Kind)
            {
                case SlackSocketFaultKind.Disconnect:
                    Disconnect(connection, fault.Reason);
                    break;
                case SlackSocketFaultKind.Drop:
                    connection.IsLeaving = true;
                    connection.Drop();
                    break;
                case SlackSocketFaultKind.Garbage:
                    connection.Send("garbage {");
                    connection.Send("[1]");
                    connection.Send("""{"type":"unheard_of","envelope_id":7}""");
                    break;
            }
        }
    }

    public void ClearFaults() => (Ghosts, IsDisabled, _silent) = (0, false, 0);

    private JsonObject Ticket()
    {
        if (IsDisabled)
        {
            throw new SlackError("socket_mode_not_enabled");
        }

        Opens++;
        var ticket = world.NextId("K");
        _tickets[ticket] = world.Now + TicketLife;
        return new JsonObject { ["url"] = $"ws://{world.Origin.Authority}/link/?ticket={ticket}&app_id={SlackWorld.App}" };
    }

    private void Disconnect(SlackConnection connection, string reason)
    {
        connection.Send(new JsonObject { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "emulated" } }.ToJsonString());
        if (reason is "warning" or "refresh_requested")
        {
            // It is used until then, so that a client that forgets it loses something.
            connection.End = world.Options.Clock.CreateTimer(_ => End(connection), null, AfterWarning, Timeout.InfiniteTimeSpan);
            return;
        }

        connection.IsLeaving = true;
        connection.Close(1000, reason);
    }

    private void End(SlackConnection connection)
    {
        lock (world.Gate)
        {
            connection.IsLeaving = true;
            connection.Close(1000, "");
        }
    }

    private void Again(SlackInteraction interaction, int attempt)
    {
        lock (world.Gate)
        {
            if (!interaction.IsAcknowledged)
            {
                Send(interaction, attempt);
            }
        }
    }

    private JsonObject Envelope(SlackInteraction interaction, int attempt)
    {
        var envelope = new JsonObject
        {
            ["envelope_id"] = world.NextId("En"),
            ["type"] = interaction.Kind switch { SlackDeliveryKind.Command => "slash_commands", SlackDeliveryKind.Interactive => "interactive", _ => "events_api" },
            ["payload"] = interaction.Payload.Copy(),
            ["accepts_response_payload"] = interaction.TakesPayload,
        };
        if (interaction.Kind == SlackDeliveryKind.Event)
        {
            (envelope["retry_attempt"], envelope["retry_reason"]) = (attempt, attempt == 0 ? "" : "timeout");
        }

        return envelope;
    }
}
