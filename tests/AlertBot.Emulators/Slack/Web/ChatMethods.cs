using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>Messages of the bot (docs.slack.dev/reference/methods, chat.*).</summary>
internal sealed class ChatMethods(SlackWorld world)
{
    public IEnumerable<WebMethod> All() =>
    [
        new("chat.postMessage", Post),
        new("chat.postEphemeral", PostEphemeral),
        new("chat.update", Update),
        new("chat.delete", Delete),
        new("chat.getPermalink", Permalink),
    ];

    /// <summary>The message that arguments make, with a fresh ts.</summary>
    public JsonObject Write(JsonObject arguments)
    {
        var text = arguments.Text("text") ?? "";
        if (text.Length == 0 && arguments.List("blocks") is not { Count: > 0 } && arguments.List("attachments") is not { Count: > 0 })
        {
            throw new SlackError("no_text");
        }

        foreach (var id in Images(arguments.List("blocks")))
        {
            if (!world.Files.TryGetValue(id, out var file) || !file.Completed)
            {
                throw new SlackError("invalid_blocks", [$"invalid slack file {id}"]);
            }
        }

        var message = new JsonObject
        {
            ["type"] = "message",
            ["user"] = world.Bot.Id,
            ["bot_id"] = "B0ALERTBOT",
            ["app_id"] = SlackWorld.App,
            ["team"] = SlackWorld.Team,
            ["text"] = text.Length > 40_000 ? text[..40_000] : text,
            ["ts"] = world.NextTs(),
        };
        foreach (var kept in (string[])["blocks", "attachments", "thread_ts", "metadata"])
        {
            if (arguments.Member(kept) is { } value)
            {
                message[kept] = value.DeepClone();
            }
        }

        return message;
    }

    /// <summary>The channel that the bot may post to.</summary>
    public SlackChannel Target(SlackCall call)
    {
        var name = call.Text("channel");
        if (name is not null && world.Users.ContainsKey(name))
        {
            return world.Direct(name);
        }

        var channel = Visible(world, name);
        if (channel.IsArchived)
        {
            throw new SlackError("is_archived");
        }

        return channel.Members.Contains(world.Bot.Id) || (!channel.IsPrivate && world.Options.Scopes.Contains("chat:write.public")) ? channel : throw new SlackError("not_in_channel");
    }

    public static SlackChannel Visible(SlackWorld world, string? id) =>
        id is not null && world.Channels.TryGetValue(id, out var channel) && (!channel.IsPrivate || channel.Members.Contains(world.Bot.Id)) ? channel : throw new SlackError("channel_not_found");

    private static IEnumerable<string> Images(JsonNode? node) => node switch
    {
        JsonObject map => map.Where(member => member.Value is JsonObject or JsonArray).SelectMany(member => member.Key == "slack_file" ? [member.Value.Text("id") ?? ""] : Images(member.Value)),
        JsonArray list => list.SelectMany(Images),
        _ => [],
    };

    private static JsonObject Answer(SlackChannel channel, JsonObject message) => new() { ["channel"] = channel.Id, ["ts"] = message.Text("ts"), ["message"] = message.Copy() };

    private JsonObject Post(SlackCall call)
    {
        var channel = Target(call);
        if (call.Text("thread_ts") is { } thread && channel.Find(thread) is null)
        {
            throw new SlackError("thread_not_found");
        }

        var message = Write(call.Arguments);
        channel.Messages.Add(message);
        return Answer(channel, message);
    }

    private JsonObject PostEphemeral(SlackCall call)
    {
        var channel = Target(call);
        if (!channel.Members.Contains(call.Text("user") ?? ""))
        {
            throw new SlackError("user_not_in_channel");
        }

        var message = Write(call.Arguments);
        (message["is_ephemeral"], message["channel"], message["to"]) = (true, channel.Id, call.Text("user"));
        world.Ephemerals.Add(message);
        return new JsonObject { ["message_ts"] = message.Text("ts") };
    }

    private JsonObject Update(SlackCall call)
    {
        var channel = Target(call);
        var message = channel.Find(call.Text("ts")) ?? throw new SlackError("message_not_found");
        if (message.Text("user") != world.Bot.Id)
        {
            throw new SlackError("cant_update_message");
        }

        var changed = Write(call.Arguments);
        changed["edited"] = new JsonObject { ["user"] = world.Bot.Id, ["ts"] = changed.Text("ts") };
        changed["ts"] = message.Text("ts");
        foreach (var kept in (string[])["thread_ts", "metadata"])
        {
            if (!changed.Has(kept) && message.Member(kept) is { } value)
            {
                changed[kept] = value.DeepClone();
            }
        }

        channel.Messages[channel.Messages.IndexOf(message)] = changed;
        var answer = Answer(channel, changed);
        answer["text"] = changed.Text("text");
        foreach (var beside in (string[])["ts", "thread_ts"])
        {
            answer.Map("message")!.Remove(beside);
        }

        return answer;
    }

    private JsonObject Delete(SlackCall call)
    {
        var channel = Target(call);
        var message = channel.Find(call.Text("ts")) ?? throw new SlackError("message_not_found");
        if (message.Text("user") != world.Bot.Id)
        {
            throw new SlackError("cant_delete_message");
        }

        channel.Messages.Remove(message);
        return new JsonObject { ["channel"] = channel.Id, ["ts"] = call.Text("ts") };
    }

    private JsonObject Permalink(SlackCall call)
    {
        var channel = Visible(world, call.Text("channel"));
        var ts = (channel.Find(call.Text("message_ts")) ?? throw new SlackError("message_not_found")).Text("ts")!;
        return new JsonObject { ["channel"] = channel.Id, ["permalink"] = $"https://emulated.slack.com/archives/{channel.Id}/p{ts.Replace(".", "", StringComparison.Ordinal)}" };
    }
}
