using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>The workspace and its people and channels.</summary>
internal sealed class TeamMethods(SlackWorld world)
{
    public IEnumerable<WebMethod> All() =>
    [
        new("api.test", call => new JsonObject { ["args"] = call.Arguments.Copy() }) { Open = true },
        new("auth.test", _ => new JsonObject
        {
            ["url"] = "https://emulated.slack.com/",
            ["team"] = world.Name,
            ["user"] = world.Bot.Name,
            ["team_id"] = SlackWorld.Team,
            ["user_id"] = world.Bot.Id,
            ["bot_id"] = "B0ALERTBOT",
            ["is_enterprise_install"] = false,
        }),
        new("users.info", call => new JsonObject { ["user"] = User(call).Json(SlackWorld.Team) }),
        new("usergroups.list", _ => new JsonObject { ["usergroups"] = new JsonArray([.. world.Groups.Select(group => new JsonObject { ["id"] = group.Id, ["team_id"] = SlackWorld.Team, ["handle"] = group.Handle, ["name"] = group.Name })]) }),
        new("usergroups.users.list", call => new JsonObject
        {
            ["users"] = new JsonArray([.. (world.Groups.Find(group => group.Id == call.Text("usergroup")) ?? throw new SlackError("no_such_subteam")).Users.Select(id => JsonValue.Create(id))]),
        }),
        new("conversations.info", call => new JsonObject { ["channel"] = ChatMethods.Visible(world, call.Text("channel")).Json(world.Bot.Id) }),
        new("conversations.members", call => new JsonObject { ["members"] = new JsonArray([.. ChatMethods.Visible(world, call.Text("channel")).Members.Select(id => JsonValue.Create(id))]) }),
        new("conversations.list", _ => Channels(_ => true)),
        new("users.conversations", call => Channels(channel => channel.Members.Contains(call.Text("user") ?? world.Bot.Id))),
        new("conversations.open", Open),
        new("conversations.history", call => Messages(call, message => !message.Has("thread_ts"), newestFirst: true)),
        new("conversations.replies", Replies),
    ];

    private SlackUser User(SlackCall call, string argument = "user") => world.Users.GetValueOrDefault(call.Text(argument) ?? "") ?? throw new SlackError("user_not_found");

    private JsonObject Channels(Func<SlackChannel, bool> fits) => new()
    {
        ["channels"] = new JsonArray([.. world.Channels.Values.Where(channel => channel.DirectUser is null && (!channel.IsPrivate || channel.Members.Contains(world.Bot.Id)) && fits(channel)).Select(channel => channel.Json(world.Bot.Id))]),
        ["response_metadata"] = new JsonObject { ["next_cursor"] = "" },
    };

    private JsonObject Open(SlackCall call) => new()
    {
        ["channel"] = new JsonObject { ["id"] = world.Direct((world.Users.GetValueOrDefault(call.Text("users") ?? "") ?? throw new SlackError("user_not_found")).Id).Id },
    };

    private JsonObject Replies(SlackCall call)
    {
        var ts = call.Text("ts");
        _ = ChatMethods.Visible(world, call.Text("channel")).Find(ts) ?? throw new SlackError("thread_not_found");
        return Messages(call, message => message.Text("ts") == ts || message.Text("thread_ts") == ts, newestFirst: false);
    }

    private JsonObject Messages(SlackCall call, Func<JsonObject, bool> fits, bool newestFirst)
    {
        var channel = ChatMethods.Visible(world, call.Text("channel"));
        if (!channel.Members.Contains(world.Bot.Id))
        {
            throw new SlackError("not_in_channel");
        }

        // Every ts has as many digits as any other, so that the order of the text is the order of time.
        var oldest = call.Text("oldest") ?? "";
        var found = channel.Messages.Where(message => fits(message) && string.CompareOrdinal(message.Text("ts"), oldest) > 0).Select(message => message.Copy()).ToList();
        if (newestFirst)
        {
            found.Reverse();
        }

        var limit = call.Number("limit", 100);
        if (!call.Flag("include_all_metadata"))
        {
            found.ForEach(message => message.Remove("metadata"));
        }

        return new JsonObject { ["messages"] = new JsonArray([.. found.Take(limit)]), ["has_more"] = found.Count > limit };
    }
}
