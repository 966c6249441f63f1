using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Faults;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Discord.Control;

/// <summary>The emulator's remote control, JSON over HTTP: what a test does in process, another program does here.</summary>
internal sealed class ControlPlane(DiscordEmulator emulator)
{
    /// <param name="rest">Of the path, after /_control.</param>
    public Task ServeAsync(HttpContext context, string rest) => ControlCall.ServeAsync(context, rest, AnswerAsync);

    private async Task<(int Status, JsonNode? Answer)> AnswerAsync(ControlCall call, CancellationToken cancellationToken) => call.Method switch
    {
        "POST" when call.Path is ["deliver"] => (200, await DeliverAsync(call.Body, cancellationToken).ConfigureAwait(false)),
        "GET" => Get(call.Path, call.Channel ?? emulator.ChannelId),
        "POST" => Post(call.Path, call.Body),
        "DELETE" => Delete(call.Path),
        _ => (501, null),
    };

    private (int Status, JsonNode? Answer) Get(string[] path, string channel) => path switch
    {
        ["info"] => (200, ControlAnswers.Info(emulator)),
        ["stats"] => (200, ControlAnswers.Stats(emulator)),
        ["requests"] => (200, JsonSerializer.SerializeToNode(emulator.Requests)),
        ["messages"] => (200, JsonSerializer.SerializeToNode(emulator.Messages(channel))),
        ["commands"] => (200, JsonSerializer.SerializeToNode(emulator.Commands())),
        ["interactions", var id] => emulator.Interaction(id) is { } interaction ? (200, ControlAnswers.Interaction(interaction)) : (404, null),
        _ => (501, null),
    };

    private (int Status, JsonNode? Answer) Post(string[] path, JsonObject body)
    {
        switch (path)
        {
            case ["interactions"]:
                var interaction = emulator.SendInteraction(ControlForms.Interaction(body));
                return (200, new JsonObject { ["id"] = interaction.Id, ["token"] = interaction.Token });
            case ["message"]:
                return (200, Id(emulator.PostHumanMessage(body.Text("content") ?? "", body.Text("channel_id"), body.Text("user_id"))));
            case ["faults"]:
                Break(body);
                return (200, new JsonObject());
            case ["guilds"]:
                return (200, Id(emulator.AddGuild(body.Text("name") ?? "Another newsroom", body.Text("id"))));
            case ["channels"]:
                return (200, Id(emulator.AddChannel(body.Text("guild_id") ?? emulator.GuildId, body.Integer("type") ?? 0, ControlForms.Channel(body))));
            case ["users"]:
                return (200, Id(emulator.AddUser(body.Text("name") ?? "someone", body.Flag("refuses_messages") == true, body.Text("id"))));
            case ["dispatch"]:
                return (200, JsonValue.Create(emulator.Dispatch(body.Text("event") ?? "", body.Map("data")?.Copy() ?? [], body.Text("guild_id"))));
            default:
                return (501, null);
        }
    }

    private (int Status, JsonNode? Answer) Delete(string[] path)
    {
        switch (path)
        {
            case ["faults"]:
                emulator.ClearFaults();
                return (200, new JsonObject());
            case ["guilds", var id]:
                emulator.RemoveGuild(id);
                return (200, new JsonObject());
            case ["channels", var id]:
                emulator.DeleteChannel(id);
                return (200, new JsonObject());
            default:
                return (501, null);
        }
    }

    private void Break(JsonObject body)
    {
        if (body.Text("outage") is { } outage)
        {
            emulator.Begin(outage == "drop" ? Outage.Drop : Outage.Status503);
        }
        else if (body.Has("gateway"))
        {
            emulator.Fault(ControlForms.GatewayFault(body));
        }
        else
        {
            emulator.Fault(ControlForms.RestFault(body));
        }
    }

    private async Task<JsonNode> DeliverAsync(JsonObject body, CancellationToken cancellationToken)
    {
        var address = new Uri(body.Text("url") ?? throw new FormatException("Give url."));
        var flaw = ControlForms.Flaw(body.Text("bad"));
        var delivery = body.Flag("ping") == true
            ? await emulator.SendPingAsync(address, flaw, cancellationToken).ConfigureAwait(false)
            : await emulator.SendHttpInteractionAsync(address, ControlForms.Interaction(body), flaw, cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["status"] = delivery.Status, ["body"] = delivery.Body, ["id"] = delivery.Interaction?.Id, ["refusal"] = delivery.Refusal };
    }

    private static JsonObject Id(string id) => new() { ["id"] = id };
}
