using System.Globalization;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Interactions;

/// <summary>Payloads as Slack sends them. https://docs.slack.dev/reference/interaction-payloads</summary>
internal sealed class SlackPayload(SlackWorld world)
{
    public JsonObject Command(string command, string text, SlackChannel channel, SlackUser user, string trigger, string responseUrl) => new()
    {
        ["token"] = "emulated",
        ["team_id"] = world.TeamId,
        ["team_domain"] = "emulated",
        ["channel_id"] = channel.Id,
        ["channel_name"] = channel.ShownName,
        ["user_id"] = user.Id,
        ["user_name"] = user.Name,
        ["command"] = command,
        ["text"] = text,
        ["api_app_id"] = SlackWorld.App,
        ["is_enterprise_install"] = "false",
        ["response_url"] = responseUrl,
        ["trigger_id"] = trigger,
    };

    /// <summary>What block_actions, block_suggestion, view_submission and shortcuts share.</summary>
    public JsonObject Interactive(string type, SlackUser user, string trigger) => new()
    {
        ["type"] = type,
        ["token"] = "emulated",
        ["team"] = new JsonObject { ["id"] = world.TeamId, ["domain"] = "emulated" },
        ["user"] = new JsonObject { ["id"] = user.Id, ["username"] = user.Name, ["name"] = user.Name, ["team_id"] = world.TeamId },
        ["api_app_id"] = SlackWorld.App,
        ["is_enterprise_install"] = false,
        ["enterprise"] = null,
        ["trigger_id"] = trigger,
    };

    public static void OnMessage(JsonObject payload, SlackChannel channel, JsonObject message)
    {
        payload["channel"] = new JsonObject { ["id"] = channel.Id, ["name"] = channel.ShownName };
        var shown = message.Copy();
        shown.Remove("to");
        payload["message"] = shown;
        payload["container"] = new JsonObject
        {
            ["type"] = "message",
            ["message_ts"] = message.Text("ts"),
            ["channel_id"] = channel.Id,
            ["is_ephemeral"] = message.Flag("is_ephemeral") == true,
        };
        if (message.Text("thread_ts") is { } thread)
        {
            payload["container"]!["thread_ts"] = thread;
        }
    }

    public static void OnView(JsonObject payload, JsonObject view)
    {
        payload["view"] = view.Copy();
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Text("id") };
    }

    public JsonObject Action(JsonObject element, string? block, JsonNode? chosen)
    {
        var action = new JsonObject
        {
            ["type"] = element.Text("type") ?? "button",
            ["action_id"] = element.Text("action_id"),
            ["block_id"] = block ?? "b",
            ["action_ts"] = world.NextTs(),
        };
        if (chosen is JsonObject option)
        {
            action["selected_option"] = option.Copy();
            return action;
        }

        action["text"] = element.Map("text")?.Copy();
        if (element.Text("value") is { } value)
        {
            action["value"] = value;
        }

        return action;
    }

    public JsonObject Event(JsonObject inner) => new()
    {
        ["token"] = "emulated",
        ["team_id"] = world.TeamId,
        ["context_team_id"] = world.TeamId,
        ["context_enterprise_id"] = null,
        ["api_app_id"] = SlackWorld.App,
        ["event"] = inner.Copy(),
        ["type"] = "event_callback",
        ["event_id"] = world.NextId("Ev"),
        ["event_time"] = world.Now.ToUnixTimeSeconds(),
        ["authorizations"] = new JsonArray(new JsonObject { ["enterprise_id"] = null, ["team_id"] = world.TeamId, ["user_id"] = world.Bot.Id, ["is_bot"] = true, ["is_enterprise_install"] = false }),
        ["is_ext_shared_channel"] = false,
        ["event_context"] = string.Create(CultureInfo.InvariantCulture, $"4-{world.Now.ToUnixTimeMilliseconds()}"),
    };

    /// <summary>The state of a form: what it begins with, and what a person put in by block_id or action_id.</summary>
    /// <exception cref="InvalidOperationException">The form has no such field.</exception>
    public static JsonObject State(JsonObject view, IReadOnlyDictionary<string, string> values)
    {
        var state = new JsonObject();
        var known = new HashSet<string>();
        foreach (var block in (view.List("blocks") ?? []).OfType<JsonObject>().Where(block => block.Text("type") == "input"))
        {
            var (id, element) = (block.Text("block_id") ?? "", block.Map("element") ?? []);
            var action = element.Text("action_id") ?? "";
            known.UnionWith([id, action]);
            var given = values.GetValueOrDefault(id) ?? values.GetValueOrDefault(action);
            state[id] = new JsonObject { [action] = Value(element, given) };
        }

        return values.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown ? throw new InvalidOperationException($"The form has no field {unknown}.") : state;
    }

    private static JsonObject Value(JsonObject element, string? given)
    {
        var type = element.Text("type") ?? "";
        var (field, initial) = type switch
        {
            "static_select" or "external_select" or "radio_buttons" => ("selected_option", "initial_option"),
            "multi_static_select" or "multi_external_select" or "checkboxes" => ("selected_options", "initial_options"),
            "conversations_select" => ("selected_conversation", "initial_conversation"),
            "channels_select" => ("selected_channel", "initial_channel"),
            "users_select" => ("selected_user", "initial_user"),
            _ => ("value", "initial_value"),
        };
        var value = (given, field) switch
        {
            (null, _) => element.Member(initial)?.DeepClone(),
            ("", _) => null,
            (_, "selected_option") => Option(given),
            (_, "selected_options") => new JsonArray([.. given.Split(',').Select(Option)]),
            _ => JsonValue.Create(given),
        };
        return new JsonObject { ["type"] = type, [field] = value };
    }

    private static JsonObject Option(string value) => new() { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value }, ["value"] = value };
}
