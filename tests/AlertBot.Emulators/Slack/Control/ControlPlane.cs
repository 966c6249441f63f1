using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Faults;
using AlertBot.Emulators.Slack.Faults;
using AlertBot.Emulators.Slack.Interactions;
using AlertBot.Emulators.Slack.Sockets;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Slack.Control;

/// <summary>The emulator's remote control, JSON over HTTP: what a test does in process, another program does here.</summary>
internal sealed class ControlPlane(SlackEmulator emulator)
{
    /// <param name="rest">Of the path, after /_control.</param>
    public Task ServeAsync(HttpContext context, string rest) => ControlCall.ServeAsync(context, rest, AnswerAsync);

    private async Task<(int Status, JsonNode? Answer)> AnswerAsync(ControlCall call, CancellationToken cancellationToken) => (call.Method, call.Path) switch
    {
        ("GET", ["info"]) => (200, Info()),
        ("GET", ["stats"]) => (200, Stats()),
        ("GET", ["home"]) => (200, JsonSerializer.SerializeToNode(emulator.Home(emulator.UserId))),
        ("GET", ["requests"]) => (200, JsonSerializer.SerializeToNode(emulator.Requests)),
        ("GET", ["messages"]) => (200, JsonSerializer.SerializeToNode(emulator.Messages(call.Channel ?? emulator.ChannelId))),
        ("GET", ["ephemerals"]) => (200, JsonSerializer.SerializeToNode(emulator.Ephemerals)),
        ("GET", ["views"]) => (200, JsonSerializer.SerializeToNode(emulator.Views)),
        ("GET", ["violations"]) => (200, JsonSerializer.SerializeToNode(emulator.Violations)),
        ("GET", ["interactions", var id]) => emulator.Interaction(id) is { } interaction ? (200, Interaction(interaction)) : (404, null),
        ("POST", ["interactions"]) => (200, Act(call.Body)),
        ("POST", ["faults"]) => (200, Break(call.Body)),
        ("DELETE", ["faults"]) => (200, Mend()),
        ("POST", ["deliver"]) => (200, await DeliverAsync(call.Body, cancellationToken).ConfigureAwait(false)),
        ("POST", ["request_url"]) => (200, Listen(call.Body)),
        _ => (501, null),
    };

    private JsonObject Info() => new()
    {
        ["bot_token"] = emulator.BotToken,
        ["app_token"] = emulator.AppToken,
        ["team_id"] = emulator.TeamId,
        ["bot_user_id"] = emulator.BotUserId,
        ["channel_id"] = emulator.ChannelId,
        ["user_id"] = emulator.UserId,
        ["admin_id"] = emulator.AdminId,
        ["other_channel"] = emulator.OtherChannelId,
        ["archived_channel"] = emulator.ArchivedChannelId,
        ["signing_secret"] = emulator.SigningSecret,
    };

    private JsonObject Stats()
    {
        var stats = emulator.Stats;
        return new JsonObject
        {
            ["opens"] = stats.Opens,
            ["connections"] = stats.Connections,
            ["open"] = stats.Open,
            ["most_at_once"] = stats.MostAtOnce,
            ["least_since_pair"] = stats.LeastSincePair,
            ["requests"] = stats.Requests,
            ["breaches"] = stats.Breaches,
        };
    }

    private static JsonObject Interaction(SlackInteraction interaction) => new()
    {
        ["id"] = interaction.Id,
        ["sent"] = interaction.Sent,
        ["acks"] = new JsonArray([.. interaction.Acks.Select(ack => new JsonObject { ["after_ms"] = ack.After.TotalMilliseconds, ["payload"] = ack.Payload is { } payload ? JsonSerializer.SerializeToNode(payload) : null })]),
        ["responses"] = JsonSerializer.SerializeToNode(interaction.Responses),
    };

    private JsonObject Act(JsonObject body)
    {
        var (channel, user) = (body.Text("channel"), body.Text("user"));
        var interaction = body.Text("kind") switch
        {
            "command" => emulator.SendCommand(body.Text("command") ?? "/alertbot", body.Text("text") ?? "", channel, user),
            "event" => emulator.SendEvent(body.Map("event") ?? throw new FormatException("Give event."), body.Number("ack_ms") is { } limit ? TimeSpan.FromMilliseconds(limit) : null),
            "block_actions" when body.Text("label") is { } label => emulator.Press(body.Text("message_ts") ?? "", label, channel, user),
            "block_actions" => emulator.Act(body.Text("message_ts") ?? "", body.Text("action_id") ?? "", body.Text("value"), channel, user),
            "block_suggestion" => emulator.Suggest(body.Text("view_id"), body.Text("action_id") ?? "", body.Text("value") ?? "", user),
            "view_submission" => emulator.SubmitState(body.Text("view_id") ?? body.Text("callback_id") ?? "", body.Map("values") ?? [], user),
            "shortcut" => emulator.Shortcut(body.Text("callback_id") ?? "", body.Text("message_ts"), channel, user, body.Flag("expired") == true),
            "mention" => emulator.Mention(body.Text("text") ?? "", channel, user, body.Text("thread_ts")),
            "message" => emulator.Say(body.Text("text") ?? "", user),
            "home" => emulator.OpenHome(user),
            "home_action" => emulator.PressHome(body.Text("label") ?? "", user),
            var kind => throw new FormatException($"There is no kind {kind}."),
        };
        return new JsonObject { ["id"] = interaction.Id, ["trigger_id"] = interaction.TriggerId };
    }

    private JsonObject Break(JsonObject body)
    {
        if (body.Text("revoke") is { } revoked)
        {
            emulator.Revoke(revoked);
        }
        else if (body.Text("outage") is { } outage)
        {
            emulator.Begin(outage == "drop" ? Outage.Drop : Outage.Status503);
        }
        else if (body.Text("socket") is { } socket)
        {
            var kind = Enum.TryParse<SlackSocketFaultKind>(socket.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var known) ? known : throw new FormatException($"There is no fault {socket} of a socket.");
            emulator.Fault(new SlackSocketFault(kind) { Reason = body.Text("reason") ?? "warning", Count = body.Integer("count") ?? 1, Newest = body.Flag("newest") == true });
        }
        else
        {
            emulator.Fault(Web(body));
        }

        return [];
    }

    private static WebFault Web(JsonObject body) => new()
    {
        Method = body.Text("method"),
        Times = body.Integer("times") ?? 1,
        Status = body.Integer("status") ?? (body.Text("accept_then") == "status" ? 502 : null),
        Error = body.Text("error"),
        RetryAfter = body.Integer("retry_after") ?? (body.Flag("no_retry_after") == true ? null : 1),
        Drop = body.Flag("drop") == true || body.Text("accept_then") == "drop",
        AcceptFirst = body.Has("accept_then"),
        Delay = TimeSpan.FromMilliseconds(body.Number("delay_ms") ?? 0),
    };

    private JsonObject Mend()
    {
        emulator.ClearFaults();
        return [];
    }

    private JsonObject Listen(JsonObject body)
    {
        emulator.RequestUrl = body.Text("url") is { } url ? new Uri(url) : null;
        return [];
    }

    private async Task<JsonNode> DeliverAsync(JsonObject body, CancellationToken cancellationToken)
    {
        var address = new Uri(body.Text("url") ?? throw new FormatException("Give url."));
        var (status, text) = await emulator.DeliverAsync(
            address,
            body.Text("raw") ?? "",
            body.Text("content_type") ?? "application/json",
            body.Flag("bad") == true ? SlackDeliveryFlaw.Forged : SlackDeliveryFlaw.None,
            TimeSpan.FromSeconds(body.Number("skew") ?? 0),
            cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["status"] = status, ["body"] = text };
    }
}
