using AlertBot.Platforms;
using AlertBot.Platforms.Local;

namespace AlertBot.Tests.Support;

/// <summary>The local chat: lines and forms go the way that the page and the terminal send them, and answers are read from what is kept.</summary>
internal sealed class LocalBench : ChatBench
{
    private readonly BotHarness _bot;

    private LocalBench(BotHarness bot) => _bot = bot;

    public override BotHarness Bot => _bot;

    public override string Channel => BotHarness.Channel;

    public override string OtherChannel => "other";

    public override bool HidesAnswers => false;

    public override bool ReplacesMessages => false;

    public static async Task<ChatBench> StartAsync() => new LocalBench(await BotHarness.StartAsync());

    public override string Written(string channel) => $"#{channel}";

    public override async Task<ChatAnswer> TypeAsync(string line, bool isModerator = true, string? channel = null) =>
        Seen((await Bot.Get<LocalConversation>().SayAsync(channel ?? Channel, isModerator ? BotHarness.Moderator : BotHarness.Member, line, Bot.Token)).Answer);

    public override Task<ChatAnswer> PressAsync(ChatAnswer on, string label, bool isModerator = true)
    {
        var message = (LocalMessage)on.Source;
        var action = Actions(message.Card!).First(a => a.Label.StartsWith(label, StringComparison.Ordinal));
        return TypeAsync(action.Command, isModerator, message.Channel);
    }

    public override async Task<ChatAnswer> SubmitAsync(ChatAnswer form, params (string Option, string Value)[] fields)
    {
        var message = (LocalMessage)form.Source;
        var values = message.Card!.Form!.Fields.ToDictionary(f => f.Option, f => (string?)f.Value);
        foreach (var (option, value) in fields)
        {
            Assert.True(values.ContainsKey(option), $"The form has no field {option}.");
            values[option] = value;
        }

        return Seen((await Bot.Get<LocalConversation>().SubmitAsync(message.Channel, BotHarness.Moderator, message.Card.Form.Command, values, new Dictionary<string, GivenFile>(), Bot.Token)).Answer);
    }

    public override async Task<ChatAnswer> GiveAsync(string command, string option, string name, byte[] file, bool isModerator = true) => Seen((await Bot.Get<LocalConversation>().SubmitAsync(
        Channel,
        isModerator ? BotHarness.Moderator : BotHarness.Member,
        command,
        new Dictionary<string, string?>(),
        new Dictionary<string, GivenFile> { [option] = GivenFile.Of(name, file) },
        Bot.Token)).Answer);

    public override async Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync() =>
        [.. (await ShownAsync()).Select(m => ((LocalMessage)m.Source).Card!.File).OfType<CardFile>().Select(f => (f.Name, f.Bytes))];

    public override async Task<IReadOnlyList<ChatAnswer>> ShownAsync(string? channel = null) =>
        [.. (await Bot.Get<LocalMessages>().PageAsync(channel ?? Channel, long.MaxValue, 1000, Bot.Token)).Where(m => m.Card is not null).OrderBy(m => m.Id).Select(Seen)];

    public override async Task<IReadOnlyList<ChatAnswer>> UnderAsync(ChatAnswer message)
    {
        var under = (LocalMessage)message.Source;
        return [.. (await ShownAsync(under.Channel)).Where(m => ((LocalMessage)m.Source).Under == under.Id)];
    }

    /// <summary>The page puts text into the document as text and the terminal prints it: only a control character could act there.</summary>
    public override IEnumerable<string> LiveParts(ChatAnswer message) =>
        new PlainTextRenderer(TimeZoneInfo.Utc).Render("", ((LocalMessage)message.Source).Card!).Where(c => char.IsControl(c) && c != '\n').Select(c => $"control {(int)c}");

    public override string NewRole() => "editors";

    public override async Task<IReadOnlyList<string>> CalledAsync() => [.. (await Bot.Get<LocalMessages>().PageAsync(Channel, long.MaxValue, 1000, Bot.Token)).SelectMany(m => m.Calls)];

    public override Task RestartAsync() => Bot.RestartAsync();

    public override ValueTask DisposeAsync() => Bot.DisposeAsync();

    private static IEnumerable<CardAction> Actions(Card card) => (card.Menu?.Choices ?? []).Concat(card.Actions);

    private static ChatAnswer Seen(LocalMessage message)
    {
        var card = message.Card!;
        return new ChatAnswer(card.Title, $"{card.Text()}\n{card.Link}", [.. Actions(card).Select(a => a.Label)], message) { HasForm = card.Form is not null };
    }
}
