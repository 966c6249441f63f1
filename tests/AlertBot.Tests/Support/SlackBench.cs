using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertBot.Emulators.Slack.Rules;
using AlertBot.Platforms.Slack.Interactions;

namespace AlertBot.Tests.Support;

/// <summary>
/// Slack: each act is told to the bot as Slack tells it, and each answer is read from what Slack would show. At its end nothing
/// may have broken Slack's rules, called anybody or unfurled a link.
/// </summary>
internal sealed partial class SlackBench : ChatBench
{
    private const string Team = "T1";
    private const string Member = "U1";
    private const string Moderator = "UADMIN";

    private readonly SlackWeb _slack;
    private int _acts;

    private SlackBench(SlackWeb slack, BotHarness bot)
    {
        (_slack, Bot) = (slack, bot);
        slack.Users[Moderator] = new JsonObject { ["id"] = Moderator, ["team_id"] = Team, ["name"] = "boss", ["is_admin"] = true };
        slack.Channels[OtherChannel] = new JsonObject { ["id"] = OtherChannel, ["name"] = "other", ["is_member"] = true };
    }

    public override BotHarness Bot { get; }

    public override string Channel => "C1";

    public override string OtherChannel => "C2";

    public override bool HidesAnswers => true;

    public override bool ReplacesMessages => true;

    public static async Task<ChatBench> StartAsync()
    {
        var time = new WatchedTime();
        var slack = await SlackWeb.StartAsync(time);
        var settings = new Dictionary<string, string?> { ["Slack:BotToken"] = SlackWeb.Token, ["Slack:AppToken"] = "xapp-1", ["Slack:ApiBase"] = slack.ApiBase.AbsoluteUri };
        return new SlackBench(slack, await BotHarness.StartAsync(settings, time));
    }

    public override string Written(string channel) => $"<#{channel}|other>";

    public override Task<ChatAnswer> TypeAsync(string line, bool isModerator = true, string? channel = null) => ActAsync(
        DeliveryKind.Command,
        new JsonObject
        {
            ["command"] = "/alertbot",
            // Slack marks addresses by itself.
            ["text"] = BareAddress().Replace(line.TrimStart('/'), "<$0>"),
            ["team_id"] = Team,
            ["user_id"] = isModerator ? Moderator : Member,
            ["channel_id"] = channel ?? Channel,
            ["channel_name"] = "desk",
        },
        channel ?? Channel,
        on: null);

    public override Task<ChatAnswer> PressAsync(ChatAnswer on, string label, bool isModerator = true)
    {
        var message = (JsonObject)on.Source;
        var channel = (string)message["channel"]!;
        var payload = Interactive("block_actions", isModerator);
        payload["channel"] = new JsonObject { ["id"] = channel, ["name"] = "desk" };
        payload["message"] = message.DeepClone();
        payload["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = (string?)message["ts"], ["channel_id"] = channel, ["thread_ts"] = (string?)message["thread_ts"] };
        payload["actions"] = new JsonArray(Uses(message).First(u => u.Label.StartsWith(label, StringComparison.Ordinal)).Action);
        return ActAsync(DeliveryKind.Interactive, payload, channel, message);
    }

    public override Task<ChatAnswer> SubmitAsync(ChatAnswer form, params (string Option, string Value)[] fields)
    {
        var view = ((JsonObject)form.Source).DeepClone().AsObject();
        var values = new JsonObject();
        foreach (var input in view["blocks"]!.AsArray().Where(b => (string?)b!["type"] == "input"))
        {
            var element = input!["element"]!;
            values[(string)input["block_id"]!] = new JsonObject
            {
                [(string)element["action_id"]!] = new JsonObject { ["type"] = (string?)element["type"], ["value"] = (string?)element["initial_value"] },
            };
        }

        foreach (var (option, value) in fields)
        {
            Assert.True(values.ContainsKey(option), $"The form has no field {option}.");
            values[option]![option]!["value"] = value;
        }

        (view["id"], view["state"]) = ("V1", new JsonObject { ["values"] = values });
        var payload = Interactive("view_submission", isModerator: true);
        payload["view"] = view;
        return ActAsync(DeliveryKind.Interactive, payload, Channel, on: null);
    }

    public override Task<IReadOnlyList<ChatAnswer>> ShownAsync(string? channel = null) =>
        Task.FromResult<IReadOnlyList<ChatAnswer>>([.. _slack.Messages(channel ?? Channel).Select(m => Seen(m))]);

    public override Task<IReadOnlyList<ChatAnswer>> UnderAsync(ChatAnswer message)
    {
        var root = (JsonObject)message.Source;
        return Task.FromResult<IReadOnlyList<ChatAnswer>>([.. _slack.Thread((string)root["channel"]!, (string)root["ts"]!).Where(m => m["is_ephemeral"] is null).Select(m => Seen(m))]);
    }

    public override IEnumerable<string> LiveParts(ChatAnswer message)
    {
        var blocks = ((JsonObject)message.Source)["blocks"]!.AsArray();
        var acts = SlackMrkdwn.ActsOf(blocks).ToList();
        // The title's link, bold, is the bot's own; so are the quotation mark and the stretch of an excerpt, the names of the facts and the time.
        acts.RemoveAll(a => a is "bold" or "quote" || a.StartsWith("time ", StringComparison.Ordinal));
        acts.RemoveAll(a => a.StartsWith("link https://wire.example/story/", StringComparison.Ordinal));
        return acts.Concat(SlackMrkdwn.ActsOf((string)((JsonObject)message.Source)["text"]!));
    }

    public override Task RestartAsync() => Bot.RestartAsync();

    public override async ValueTask DisposeAsync()
    {
        await Bot.DisposeAsync();
        await _slack.DisposeAsync();
        var shown = _slack.Calls.Where(c => c.Arguments["blocks"] is not null || c.Arguments["view"] is not null).ToList();
        Assert.All(shown, call => Assert.Empty(call.Method == "respond" ? ArgumentRules.Check("chat.postMessage", call.Arguments) : ArgumentRules.Check(call.Method, call.Arguments)));
        Assert.DoesNotContain(shown.SelectMany(c => SlackMrkdwn.ActsOf(c.Arguments)), a => a.StartsWith("mention", StringComparison.Ordinal));
        Assert.All(shown.Where(c => c.Method is "respond" or "chat.postMessage"), call =>
        {
            Assert.False((bool)call.Arguments["unfurl_links"]!, "A link unfurls.");
            Assert.False((bool)call.Arguments["unfurl_media"]!, "A picture unfurls.");
        });
        Assert.All(shown.Where(c => c.Arguments["blocks"] is not null), call => Assert.NotEqual("", (string?)call.Arguments["text"] ?? ""));
    }

    private static JsonObject Interactive(string type, bool isModerator) => new()
    {
        ["type"] = type,
        ["team"] = new JsonObject { ["id"] = Team },
        ["user"] = new JsonObject { ["id"] = isModerator ? Moderator : Member },
    };

    /// <param name="on">The message that was acted on.</param>
    private async Task<ChatAnswer> ActAsync(DeliveryKind kind, JsonObject payload, string channel, JsonObject? on)
    {
        var before = _slack.Calls.Count;
        payload["trigger_id"] = $"trigger {++_acts}";
        if (payload["view"] is null)
        {
            payload["response_url"] = $"{_slack.ApiBase}/respond";
        }

        JsonObject? acknowledged = null;
        await Bot.Get<DeliveryHandler>().HandleAsync(new SlackDelivery(kind, JsonSerializer.SerializeToElement(payload)), TakeAsync, Bot.Token);
        var calls = _slack.Calls.Skip(before).ToList();
        return acknowledged?["view"] is JsonObject shown ? Form(shown)
            : calls.LastOrDefault(c => c.Method == "respond") is { } answer ? Answered(answer.Arguments, channel, on)
            : calls.LastOrDefault(c => c.Method == "views.open") is { } opened ? Form(opened.Arguments["view"]!.AsObject())
            : Seen(_slack.Messages(channel)[^1]);

        Task<bool> TakeAsync(JsonObject? with, CancellationToken token)
        {
            acknowledged = with;
            return Task.FromResult(true);
        }
    }

    /// <summary>Shows what came by a response_url as Slack does: in the place of the message that was acted on, or beside it.</summary>
    private ChatAnswer Answered(JsonObject reply, string channel, JsonObject? on)
    {
        var replaces = (bool)reply["replace_original"]!;
        var message = replaces ? on! : _slack.Add(channel, SlackWeb.Bot, "");
        (message["text"], message["blocks"]) = ((string?)reply["text"], reply["blocks"]?.DeepClone());
        if ((string?)reply["response_type"] == "ephemeral")
        {
            message["is_ephemeral"] = true;
        }

        if (reply["thread_ts"] is { } thread)
        {
            message["thread_ts"] = (string)thread!;
        }

        return Seen(message, replaces);
    }

    private static ChatAnswer Form(JsonObject view) => new((string)view["title"]!["text"]!, Plain(string.Join('\n', Texts(view))), [], view) { HasForm = view["submit"] is not null };

    private static ChatAnswer Seen(JsonObject message, bool replaced = false)
    {
        var title = Plain(Texts(message["blocks"]![0]).First());
        var all = string.Join('\n', Texts(message["blocks"]));
        return new ChatAnswer(title, $"{Plain(all)}\n{string.Join('\n', Link().Matches(all).Select(l => l.Value))}", [.. Uses(message).Select(u => u.Label)], message)
        {
            IsPrivate = message["is_ephemeral"] is not null,
            Replaced = replaced,
        };
    }

    private static IEnumerable<(string Label, JsonObject Action)> Uses(JsonObject message)
    {
        foreach (var element in message["blocks"]!.AsArray().Where(b => (string?)b!["type"] == "actions").SelectMany(b => b!["elements"]!.AsArray()))
        {
            var action = new JsonObject { ["type"] = (string?)element!["type"], ["action_id"] = (string?)element["action_id"] };
            if (element["options"] is not JsonArray options)
            {
                action["value"] = (string?)element["value"];
                yield return ((string)element["text"]!["text"]!, action);
                continue;
            }

            foreach (var option in options)
            {
                var chosen = action.DeepClone().AsObject();
                chosen["selected_option"] = option!.DeepClone();
                yield return ((string)option["text"]!["text"]!, chosen);
            }
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject map => map.Where(m => m.Key is not ("type" or "action_id" or "block_id")).SelectMany(m => Texts(m.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>As a person reads it: no marks, no escapes, and of a link its words alone.</summary>
    private static string Plain(string text) => Bold().Replace(Link().Replace(text, "$1"), "$1")
        .Replace("\u200B", "", StringComparison.Ordinal)
        .Replace(":warning: ", "", StringComparison.Ordinal)
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!<)https?://\S+")]
    private static partial Regex BareAddress();

    [GeneratedRegex(@"<https?://[^|>]*\|([^>]*)>")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?<![\w*])\*([^*\n]+)\*(?![\w*])")]
    private static partial Regex Bold();
}
