using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Discord;

public sealed class TranslationsTests
{
    private const int MaxSummary = 100;
    private const int MaxMenu = 32;

    [Fact]
    public async Task Every_language_has_good_words_for_every_command_and_for_nothing_else()
    {
        await using var bot = await BotHarness.StartAsync();
        var translations = Translations.Load();

        Assert.Contains("ko", translations.Words.Keys);
        Assert.Empty(translations.Words.SelectMany(l => Faults(l.Value, bot.Get<CommandRouter>().Commands).Select(f => $"{l.Key}: {f}")));
    }

    [Fact]
    public void A_language_that_Discord_does_not_have_is_refused() =>
        Assert.Throws<ArgumentException>(() => Translations.Of(new Dictionary<string, IReadOnlyDictionary<string, CommandWords>> { ["xx"] = new Dictionary<string, CommandWords>() }));

    [Theory]
    [InlineData("/who has no name", "who: { summary: s, menu: m, options: { name: { name: 이름, summary: s }, at: { name: 시각, summary: s } } }")]
    [InlineData("/who has no summary", "who: { name: 누구, menu: m, options: { name: { name: 이름, summary: s }, at: { name: 시각, summary: s } } }")]
    [InlineData("/who has no menu", "who: { name: 누구, summary: s, options: { name: { name: 이름, summary: s }, at: { name: 시각, summary: s } } }")]
    [InlineData("/who: option at has no name", "who: { name: 누구, summary: s, menu: m, options: { name: { name: 이름, summary: s } } }")]
    [InlineData("/who: there is no option when", "who: { name: 누구, summary: s, menu: m, options: { name: { name: 이름, summary: s }, at: { name: 시각, summary: s }, when: { name: 때, summary: s } } }")]
    [InlineData("/who: “누 구” is no name", "who: { name: 누 구, summary: s, menu: m, options: { name: { name: 이름, summary: s }, at: { name: 시각, summary: s } } }")]
    [InlineData("/who: two options are called 이름", "who: { name: 누구, summary: s, menu: m, options: { name: { name: 이름, summary: s }, at: { name: 이름, summary: s } } }")]
    [InlineData("/who: two options are called at", "who: { name: 누구, summary: s, menu: m, options: { name: { name: at, summary: s }, at: { name: at, summary: s } } }")]
    [InlineData("there is no command gone", "gone: { name: 누구 }")]
    [InlineData("/feed has no name", "who: { name: 누구 }")]
    [InlineData("/feed add has no name", "feed: { name: 피드, summary: s }")]
    [InlineData("two commands are called 누구", "{ who: { name: 누구 }, feed: { name: 누구 } }")]
    public void Wrong_words_are_caught(string fault, string yaml)
    {
        CommandDescription[] commands =
        [
            new("who", "Who", new CommandOption("name", "A name"), new CommandOption("at", "A time")) { Example = "who", MessageMenu = "Who?" },
            new("feed add", "Add") { Example = "feed add" },
        ];

        Assert.Contains(Faults(Translations.Read(new StringReader(yaml)), commands), f => f.StartsWith(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_summary_that_is_too_long_is_caught() =>
        Assert.Contains(
            "/who has no summary of 1 to 100 characters",
            Faults(Translations.Read(new StringReader($"who: {{ name: 누구, summary: {new string('가', 101)} }}")), [new CommandDescription("who", "Who") { Example = "who" }]));

    private static IEnumerable<string> Faults(IReadOnlyDictionary<string, CommandWords> words, IReadOnlyList<CommandDescription> commands)
    {
        var groups = commands.Where(c => c.Name.Contains(' ', StringComparison.Ordinal)).Select(c => c.Name.Split(' ')[0]).Distinct();
        var known = commands.Concat(groups.Select(g => new CommandDescription(g, g) { Example = g })).ToList();
        return
        [
            .. words.Keys.Except(known.Select(c => c.Name)).Select(gone => $"there is no command {gone}"),
            .. known.SelectMany(c => Faults(c, words.GetValueOrDefault(c.Name) ?? new CommandWords())),
            .. Twice(known.Where(c => words.ContainsKey(c.Name)).Select(c => $"{c.Name[..(c.Name.LastIndexOf(' ') + 1)]}{words[c.Name].Name}")).Select(name => $"two commands are called {name}"),
        ];
    }

    private static IEnumerable<string> Faults(CommandDescription command, CommandWords words) =>
    [
        .. NameFaults($"/{command.Name}", words.Name),
        .. SummaryFaults($"/{command.Name}", words.Summary),
        .. command.MessageMenu is not null && words.Menu is not { Length: > 0 and <= MaxMenu } ? [$"/{command.Name} has no menu of 1 to {MaxMenu} characters"] : Array.Empty<string>(),
        .. command.MessageMenu is null && words.Menu is not null ? [$"/{command.Name} is in no menu"] : Array.Empty<string>(),
        .. words.Options.Keys.Except(OptionsOf(command)).Select(gone => $"/{command.Name}: there is no option {gone}"),
        .. OptionsOf(command).Select(o => (Name: o, Words: words.Options.GetValueOrDefault(o))).SelectMany(o =>
            NameFaults($"/{command.Name}: option {o.Name}", o.Words?.Name).Concat(SummaryFaults($"/{command.Name}: option {o.Name}", o.Words?.Summary))),
        .. Twice(words.Options.Values.Select(o => o.Name ?? "")).Select(name => $"/{command.Name}: two options are called {name}"),
    ];

    private static IEnumerable<string> OptionsOf(CommandDescription command) =>
        command.Options.SelectMany(o => o.Kind == OptionKind.File ? [o.Name, FileOption.AddressOf(o)] : new[] { o.Name });

    private static IEnumerable<string> NameFaults(string whose, string? name) =>
        name is null ? [$"{whose} has no name"]
        : !CommandSetRules.IsName(name) ? [$"{whose}: “{name}” is no name that Discord allows"]
        : [];

    private static IEnumerable<string> SummaryFaults(string whose, string? summary) =>
        summary is { Length: > 0 and <= MaxSummary } ? [] : [$"{whose} has no summary of 1 to {MaxSummary} characters"];

    private static IEnumerable<string> Twice(IEnumerable<string> names) => names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key);
}
