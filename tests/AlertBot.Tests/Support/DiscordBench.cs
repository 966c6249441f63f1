using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Platforms;

namespace AlertBot.Tests.Support;

/// <summary>Discord: a line becomes the options that a person would pick, and each answer is read from the messages that Discord keeps.</summary>
internal sealed partial class DiscordBench : ChatBench
{
    private readonly DiscordBot _bot;
    private readonly List<JsonElement> _answers = [];

    private DiscordBench(DiscordBot bot)
    {
        _bot = bot;
        OtherChannel = bot.Discord.AddChannel(bot.Discord.GuildId, 0, new DiscordChannelOptions { Name = "other" });
    }

    public override BotHarness Bot => _bot.Bot;

    public override string Channel => _bot.Channel;

    public override string OtherChannel { get; }

    public override bool HidesAnswers => true;

    public override bool ReplacesMessages => true;

    public static async Task<ChatBench> StartAsync() => new DiscordBench(await DiscordBot.StartAsync());

    public override string Written(string channel) => channel;

    public override async Task<ChatAnswer> TypeAsync(string line, bool isModerator = true, string? channel = null)
    {
        var spec = Bot.Get<CommandRouter>().Find(line) is var (command, rest)
            ? DiscordBot.Spec(InteractionKind.Command, command.Name) with { Options = Options(command, CommandText.Read(command, rest).Values) }
            : DiscordBot.Spec(InteractionKind.Command, line.TrimStart('/').Split(' ')[0]);
        return await DoAsync(spec with { ChannelId = channel ?? Channel }, isModerator);
    }

    public override Task<ChatAnswer> GiveAsync(string command, string option, string name, byte[] file, bool isModerator = true)
    {
        var (found, rest) = Bot.Get<CommandRouter>().Find(command)!.Value;
        var files = new Dictionary<string, (string, byte[])> { [option] = (name, file) };
        return DoAsync(DiscordBot.Spec(InteractionKind.Command, found.Name) with { Options = Options(found, CommandText.Read(found, rest).Values), Files = files, ChannelId = Channel }, isModerator);
    }

    public override async Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync()
    {
        var files = new List<(string, byte[])>();
        foreach (var attachment in _answers.SelectMany(m => m.GetProperty("attachments").EnumerateArray()))
        {
            files.Add((attachment.GetProperty("filename").GetString()!, await TestHttp.BytesAsync(attachment.GetProperty("url").GetString()!)));
        }

        return files;
    }

    public override Task<ChatAnswer> PressAsync(ChatAnswer on, string label, bool isModerator = true)
    {
        var message = (JsonElement)on.Source;
        var use = Uses(message).First(u => u.Label.StartsWith(label, StringComparison.Ordinal)).Spec;
        return DoAsync(use with { MessageId = message.GetProperty("id").GetString(), ChannelId = message.GetProperty("channel_id").GetString() }, isModerator);
    }

    public override Task<ChatAnswer> SubmitAsync(ChatAnswer form, params (string Option, string Value)[] fields)
    {
        var modal = (JsonElement)form.Source;
        var values = modal.GetProperty("components").EnumerateArray().Select(l => l.GetProperty("component"))
            .ToDictionary(f => f.GetProperty("custom_id").GetString()!, f => f.TryGetProperty("value", out var value) ? value.GetString()! : "");
        foreach (var (option, value) in fields)
        {
            Assert.True(values.ContainsKey(option), $"The form has no field {option}.");
            values[option] = value;
        }

        return DoAsync(new InteractionSpec(InteractionKind.Modal) { CustomId = modal.GetProperty("custom_id").GetString()!, Fields = values }, isModerator: true);
    }

    public override Task<IReadOnlyList<ChatAnswer>> ShownAsync(string? channel = null) =>
        Task.FromResult<IReadOnlyList<ChatAnswer>>([.. _bot.Discord.Messages(channel ?? Channel).Where(HasEmbed).Select(m => Seen(m))]);

    public override Task<IReadOnlyList<ChatAnswer>> UnderAsync(ChatAnswer message) => ShownAsync(((JsonElement)message.Source).GetProperty("id").GetString());

    public override IEnumerable<string> LiveParts(ChatAnswer message)
    {
        var embed = ((JsonElement)message.Source).GetProperty("embeds")[0];
        var acts = DiscordMarkdown.ActsOf(embed.GetProperty("title").GetString()!)
            .Concat(DiscordMarkdown.ActsOf(embed.GetProperty("description").GetString()!).Where(a => a is not ("quote" or "small") && !a.StartsWith("time ", StringComparison.Ordinal))).ToList();
        // One stretch of an excerpt is marked by the bot itself.
        acts.Remove("bold");
        return acts;
    }

    public override string NewRole()
    {
        var role = _bot.Discord.AddRole(_bot.Discord.GuildId, "editors");
        _bot.MayCall.Add(role);
        return role;
    }

    public override Task<IReadOnlyList<string>> CalledAsync() => Task.FromResult<IReadOnlyList<string>>(
        [.. _bot.Discord.Requests.Where(r => r is { Method: "POST", Answer.ValueKind: JsonValueKind.Object } && r.Answer.Value.TryGetProperty("mention_roles", out _))
            .SelectMany(r => r.Answer!.Value.GetProperty("mention_roles").EnumerateArray()).Select(r => r.GetString()!)]);

    public override Task RestartAsync() => _bot.RestartAsync();

    public override ValueTask DisposeAsync() => _bot.DisposeAsync();

    private async Task<ChatAnswer> DoAsync(InteractionSpec spec, bool isModerator)
    {
        var done = await _bot.DoAsync(isModerator ? spec : spec with { UserId = "1100000000000000777", UserName = "member", Permissions = DiscordPermissions.Usual });
        if (done.CallbackType != 9)
        {
            _answers.Add(done.Original!.Value);
        }

        return done.CallbackType == 9 ? Form(done.Callback!.Value.GetProperty("data")) : Seen(done.Original!.Value, done.CallbackType == 7);
    }

    private static JsonObject Options(CommandDescription command, IReadOnlyDictionary<string, string> values)
    {
        var options = new JsonObject();
        foreach (var option in command.Options.Where(o => values.ContainsKey(o.Name)))
        {
            // An address stands in the option that takes those, in place of the attachment.
            options[option.Kind == OptionKind.File ? $"{option.Name}-address" : option.Name] = option.Kind == OptionKind.Integer ? int.Parse(values[option.Name], CultureInfo.InvariantCulture) : values[option.Name];
        }

        return options;
    }

    private static ChatAnswer Form(JsonElement modal) => new(modal.GetProperty("title").GetString()!, DiscordBot.AllText(modal), [], modal) { HasForm = true };

    private static ChatAnswer Seen(JsonElement message, bool replaced = false) =>
        new(Plain(DiscordBot.TitleOf(message)), Plain(DiscordBot.AllText(message)), [.. Uses(message).Select(u => u.Label)], message) { IsPrivate = DiscordBot.IsPrivate(message), Replaced = replaced };

    private static bool HasEmbed(JsonElement message) => message.TryGetProperty("embeds", out var embeds) && embeds.GetArrayLength() > 0;

    private static string Plain(string text) => Escaped().Replace(text, "$1");

    private static IEnumerable<(string Label, InteractionSpec Spec)> Uses(JsonElement message)
    {
        foreach (var component in DiscordBot.Rows(message))
        {
            var id = component.GetProperty("custom_id").GetString()!;
            if (!component.TryGetProperty("options", out var options))
            {
                yield return (component.GetProperty("label").GetString()!, new InteractionSpec(InteractionKind.Button) { CustomId = id });
                continue;
            }

            foreach (var option in options.EnumerateArray())
            {
                yield return (option.GetProperty("label").GetString()!, new InteractionSpec(InteractionKind.Select) { CustomId = id, Values = [option.GetProperty("value").GetString()!] });
            }
        }
    }

    [GeneratedRegex(@"\\([^0-9A-Za-z\s])")]
    private static partial Regex Escaped();
}
