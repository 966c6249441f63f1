using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Web;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Interactions;

/// <summary>What people do, and what comes of the bot's answers to it. The caller holds the world's gate.</summary>
internal sealed class SlackDesk(SlackWorld world, ChatMethods chat, ViewStack views, SlackLog log)
{
    /// <summary>https://docs.slack.dev/interactivity/handling-user-interaction#message_responses</summary>
    private const int ResponseUses = 5;

    private static readonly TimeSpan ResponseLife = TimeSpan.FromMinutes(30);

    private readonly Dictionary<string, SlackInteraction> _interactions = [];
    private readonly SlackPayload _payload = new(world);

    public SlackInteraction? Find(string id) => _interactions.GetValueOrDefault(id);

    public SlackInteraction Command(string command, string text, SlackChannel channel, SlackUser user)
    {
        var id = world.NextId("I");
        return Keep(new SlackInteraction(world, SlackDeliveryKind.Command, id, _payload.Command(command, text, channel, user, Trigger(id), Address(id))) { Channel = channel, User = user.Id });
    }

    public SlackInteraction Event(JsonObject inner, TimeSpan? deadline)
    {
        var payload = _payload.Event(inner);
        return Keep(new SlackInteraction(world, SlackDeliveryKind.Event, payload.Text("event_id")!, payload) { Deadline = deadline });
    }

    /// <summary>A button that is pressed or a choice that is taken in a message.</summary>
    public SlackInteraction Act(SlackChannel channel, JsonObject message, JsonObject element, string? block, JsonNode? chosen, SlackUser user)
    {
        var (id, payload) = Interactive("block_actions", user);
        SlackPayload.OnMessage(payload, channel, message);
        payload["response_url"] = Address(id);
        payload["actions"] = new JsonArray(_payload.Action(element, block, chosen));
        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        return Keep(new SlackInteraction(world, SlackDeliveryKind.Interactive, id, payload) { Channel = channel, Source = message, User = user.Id });
    }

    /// <summary>The same in a form or on the Home page.</summary>
    public SlackInteraction ActInView(JsonObject view, JsonObject element, string? block, JsonNode? chosen, SlackUser user)
    {
        var (id, payload) = Interactive("block_actions", user);
        SlackPayload.OnView(payload, view);
        payload["actions"] = new JsonArray(_payload.Action(element, block, chosen));
        return Keep(new SlackInteraction(world, SlackDeliveryKind.Interactive, id, payload) { User = user.Id });
    }

    /// <summary>Somebody types into a field that asks for its options.</summary>
    public SlackInteraction Suggest(JsonObject? view, string block, string action, string typed, SlackUser user)
    {
        var (id, payload) = Interactive("block_suggestion", user);
        if (view is null)
        {
            payload["channel"] = new JsonObject { ["id"] = world.Channel.Id, ["name"] = world.Channel.Name };
            payload["container"] = new JsonObject { ["type"] = "message", ["channel_id"] = world.Channel.Id };
        }
        else
        {
            SlackPayload.OnView(payload, view);
        }

        (payload["block_id"], payload["action_id"], payload["value"]) = (block, action, typed);
        return Keep(new SlackInteraction(world, SlackDeliveryKind.Interactive, id, payload) { User = user.Id });
    }

    public SlackInteraction Submit(JsonObject view, JsonObject values, SlackUser user)
    {
        var (id, payload) = Interactive("view_submission", user);
        var sent = view.Copy();
        sent["state"] = new JsonObject { ["values"] = values };
        SlackPayload.OnView(payload, sent);
        payload.Remove("container");
        payload["response_urls"] = new JsonArray();
        return Keep(new SlackInteraction(world, SlackDeliveryKind.Interactive, id, payload) { User = user.Id, Source = view });
    }

    /// <param name="message">That the menu was opened on; null for a shortcut that stands nowhere.</param>
    public SlackInteraction Shortcut(string callback, SlackChannel? channel, JsonObject? message, SlackUser user, bool isOld)
    {
        var (id, payload) = Interactive(message is null ? "shortcut" : "message_action", user);
        payload["callback_id"] = callback;
        payload["action_ts"] = world.NextTs();
        if (message is not null)
        {
            SlackPayload.OnMessage(payload, channel!, message);
            payload["message_ts"] = message.Text("ts");
            payload["response_url"] = Address(id);
        }

        return Keep(new SlackInteraction(world, SlackDeliveryKind.Interactive, id, payload) { Channel = channel, Source = message, User = user.Id, TriggerIsOld = isOld });
    }

    /// <summary>What an acknowledgement brings about.</summary>
    public void Acknowledge(SlackInteraction interaction, JsonNode? payload)
    {
        var isFirst = !interaction.IsAcknowledged;
        interaction.Take(payload);
        if (interaction.Acks.Count > interaction.Sent)
        {
            log.Note([$"{interaction.Id} was sent {interaction.Sent} times and acknowledged {interaction.Acks.Count} times"]);
        }

        if (!isFirst)
        {
            return;
        }

        if (payload is JsonObject { Count: > 0 } && !interaction.TakesPayload)
        {
            log.Note([$"{interaction.Kind} {interaction.Payload.Text("type")} takes no payload with its acknowledgement"]);
        }
        else if (interaction.Payload.Text("type") == "view_submission")
        {
            views.Answer(interaction, payload);
        }
        else if (interaction.Kind == SlackDeliveryKind.Command && payload is JsonObject { Count: > 0 } answer)
        {
            Show(interaction, answer);
        }
    }

    /// <summary>Takes what was posted to a response_url.</summary>
    /// <exception cref="SlackError">It is used up, or what was posted breaks a rule.</exception>
    public void Respond(string id, JsonObject body)
    {
        var interaction = Find(id) ?? throw new SlackError("invalid_url");
        if (interaction.ResponseCount >= ResponseUses)
        {
            throw new SlackError("used_url");
        }

        if (world.Now - interaction.SentAt > ResponseLife)
        {
            throw new SlackError("expired_url");
        }

        var broken = world.Options.Rules("chat.postMessage", body);
        log.Note(broken.Select(fault => $"response_url: {fault}"));
        if (broken.Count > 0)
        {
            throw new SlackError("invalid_blocks", broken);
        }

        interaction.Keep(body);
        Show(interaction, body);
    }

    private void Show(SlackInteraction interaction, JsonObject answer)
    {
        if (interaction.Channel is not { } channel)
        {
            return;
        }

        var home = interaction.Source?.Flag("is_ephemeral") == true ? world.Ephemerals : channel.Messages;
        if (answer.Flag("delete_original") == true && interaction.Source is { } gone)
        {
            home.RemoveAll(message => message.Text("ts") == gone.Text("ts"));
            return;
        }

        var shown = chat.Write(answer);
        if (answer.Flag("replace_original") == true && interaction.Source is { } original && home.FindIndex(message => message.Text("ts") == original.Text("ts")) is >= 0 and var at)
        {
            foreach (var kept in (string[])["ts", "thread_ts", "is_ephemeral", "channel", "to"])
            {
                shown[kept] = original.Member(kept)?.DeepClone() ?? (kept == "ts" ? shown[kept]?.DeepClone() : null);
                if (shown[kept] is null)
                {
                    shown.Remove(kept);
                }
            }

            home[at] = shown;
        }
        else if (answer.Text("response_type") == "in_channel")
        {
            channel.Messages.Add(shown);
        }
        else
        {
            (shown["is_ephemeral"], shown["channel"], shown["to"]) = (true, channel.Id, interaction.User);
            world.Ephemerals.Add(shown);
        }

        interaction.Show(shown);
    }

    private (string Id, JsonObject Payload) Interactive(string type, SlackUser user)
    {
        var id = world.NextId("I");
        return (id, _payload.Interactive(type, user, Trigger(id)));
    }

    private SlackInteraction Keep(SlackInteraction interaction) => _interactions[interaction.Id] = interaction;

    /// <summary>The interaction that a trigger came with.</summary>
    public SlackInteraction? OfTrigger(string? trigger) => trigger?.Split('.') is [_, _, var id] ? Find(id) : null;

    private static string Trigger(string id) => $"1.2.{id}";

    private string Address(string id) => new Uri(world.Origin, $"response/{id}").AbsoluteUri;
}
