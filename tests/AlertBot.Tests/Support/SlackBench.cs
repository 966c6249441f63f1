using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertBot.Emulators.Slack;
using AlertBot.Emulators.Slack.Interactions;

namespace AlertBot.Tests.Support;

/// <summary>Slack: each act reaches the bot over its sockets or over HTTP, and each answer is read from what Slack would show.</summary>
internal sealed partial class SlackBench : ChatBench
{
    private readonly SlackBot _bot;

    // A form that was sent in is gone: it is opened again as it was before.
    private readonly Dictionary<string, Func<Task<ChatAnswer>>> _reopen = [];

    private SlackBench(SlackBot bot)
    {
        _bot = bot;
        OtherChannel = Slack.AddChannel("other-desk");
    }

    public override BotHarness Bot => _bot.Bot;

    public override string Channel => Slack.ChannelId;

    public override string OtherChannel { get; }

    public override bool HidesAnswers => true;

    public override bool ReplacesMessages => true;

    private SlackEmulator Slack => _bot.Slack;

    /// <param name="mode"><c>socket</c> or <c>http</c>.</param>
    public static async Task<ChatBench> StartAsync(string mode) => new SlackBench(await SlackBot.StartAsync(settings: new Dictionary<string, string?> { ["Slack:Mode"] = mode }));

    public override string Written(string channel) => $"<#{channel}|other>";

    // Slack marks addresses by itself.
    public override Task<ChatAnswer> TypeAsync(string line, bool isModerator = true, string? channel = null) =>
        DoAsync(s => s.SendCommand("/alertbot", BareAddress().Replace(line.TrimStart('/'), "<$0>"), channel, Person(isModerator)), channel);

    public override async Task<ChatAnswer> GiveAsync(string command, string option, string name, byte[] file, bool isModerator = true)
    {
        var form = await TypeAsync(command, isModerator);
        if (!form.HasForm)
        {
            return form;
        }

        var id = (string)((JsonObject)form.Source)["id"]!;
        return await DoAsync(s => s.SubmitState(id, s.StateWithFile(id, option, s.Upload(name, file)), Person(isModerator)), null);
    }

    public override Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync() => Task.FromResult(Slack.SharedFiles(Slack.AdminId));

    public override Task<ChatAnswer> PressAsync(ChatAnswer on, string label, bool isModerator = true)
    {
        var message = (JsonObject)on.Source;
        var channel = (string)message["channel"]!;
        return DoAsync(s => s.Press((string)message["ts"]!, label, channel, Person(isModerator)), channel);
    }

    public override async Task<ChatAnswer> SubmitAsync(ChatAnswer form, params (string Option, string Value)[] fields)
    {
        var view = (JsonObject)form.Source;
        var id = (string)view["id"]!;
        if (!Slack.Views.Any(v => v.GetProperty("id").GetString() == id && v.GetProperty("hash").GetString() == (string?)view["hash"]))
        {
            id = (string)((JsonObject)(await _reopen[id]()).Source)["id"]!;
        }

        return await DoAsync(s => s.Submit(id, fields.ToDictionary(f => f.Option, f => f.Value), Person(isModerator: true)), null);
    }

    public override Task<IReadOnlyList<ChatAnswer>> ShownAsync(string? channel = null) =>
        Task.FromResult<IReadOnlyList<ChatAnswer>>([.. Own(channel ?? Channel).Where(m => m["thread_ts"] is null).Select(m => Seen(m))]);

    public override Task<IReadOnlyList<ChatAnswer>> UnderAsync(ChatAnswer message)
    {
        var root = (JsonObject)message.Source;
        return Task.FromResult<IReadOnlyList<ChatAnswer>>(
            [.. Own((string)root["channel"]!).Where(m => (string?)m["thread_ts"] == (string?)root["ts"] && m["is_ephemeral"] is null).Select(m => Seen(m))]);
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

    public override string NewRole()
    {
        _bot.MayCall.Add("S1");
        return "S1";
    }

    public override Task<IReadOnlyList<string>> CalledAsync() => Task.FromResult<IReadOnlyList<string>>(
        [.. Slack.Requests.Where(r => r.Method == "chat.postMessage").SelectMany(r => SlackMrkdwn.ActsOf(JsonNode.Parse(r.Arguments.GetRawText())!["blocks"]!)).Where(a => a.StartsWith("mention", StringComparison.Ordinal)).Select(a => a["mention <!subteam^".Length..^1])]);

    public override Task RestartAsync() => _bot.RestartAsync();

    public override ValueTask DisposeAsync() => _bot.DisposeAsync();

    private string Person(bool isModerator) => isModerator ? Slack.AdminId : Slack.UserId;

    /// <summary>What the bot has in a channel, what only one person sees among it, oldest first.</summary>
    private IEnumerable<JsonObject> Own(string channel) => Slack.Messages(channel).Concat(Slack.Ephemerals.Where(m => m.GetProperty("channel").GetString() == channel))
        .Select(m => JsonObject.Create(m)!)
        .Where(m => (string?)m["user"] == Slack.BotUserId)
        .OrderBy(m => (string?)m["ts"], StringComparer.Ordinal)
        .Select(m =>
        {
            m["channel"] = channel;
            return m;
        });

    private async Task<ChatAnswer> DoAsync(Func<SlackEmulator, SlackInteraction> act, string? channel)
    {
        var open = Slack.Views.Select(v => v.GetProperty("id").GetString()).ToHashSet();
        var done = await _bot.DoAsync(act);
        var payload = done.Acks.Select(a => a.Payload).FirstOrDefault() ?? default;
        var changed = payload.ValueKind == JsonValueKind.Object && payload.TryGetProperty("view", out var view) ? view : (JsonElement?)null;
        var opened = Slack.Views.Where(v => !open.Contains(v.GetProperty("id").GetString())).Select(v => (JsonElement?)v).LastOrDefault();
        var answer = changed is { } inPlace ? Form(JsonObject.Create(inPlace)!)
            : done.Shown is { } shown ? Seen(JsonObject.Create(shown)!, done.Responses[^1].TryGetProperty("replace_original", out var replaces) && replaces.GetBoolean())
            : opened is { } form ? Form(JsonObject.Create(form)!)
            : Seen(Own(channel ?? Channel).Last());
        if (opened is { } fresh)
        {
            _reopen[fresh.GetProperty("id").GetString()!] = () => DoAsync(act, channel);
        }

        return answer;
    }

    private static ChatAnswer Form(JsonObject view) => new((string)view["title"]!["text"]!, Plain(string.Join('\n', Texts(view))), [], view) { HasForm = view["submit"] is not null };

    public static string TitleOf(JsonElement message) => TitleOf(JsonObject.Create(message)!);

    private static string TitleOf(JsonObject message) => Plain(Texts(message["blocks"]![0]).First());

    private static ChatAnswer Seen(JsonObject message, bool replaced = false)
    {
        var all = string.Join('\n', Texts(message["blocks"]));
        return new ChatAnswer(TitleOf(message), $"{Plain(all)}\n{string.Join('\n', Link().Matches(all).Select(l => l.Value))}", [.. Labels(message)], message)
        {
            IsPrivate = message["is_ephemeral"] is not null,
            Replaced = replaced,
        };
    }

    /// <summary>Of its buttons, and of the options of its choices.</summary>
    private static IEnumerable<string> Labels(JsonObject message) => message["blocks"]!.AsArray().Where(b => (string?)b!["type"] == "actions")
        .SelectMany(b => b!["elements"]!.AsArray())
        .SelectMany(e => e!["options"]?.AsArray() ?? [e.DeepClone()])
        .Select(u => (string)u!["text"]!["text"]!);

    public static IEnumerable<string> Texts(JsonNode? node) => node switch
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
