using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Discord;

public sealed class CommandSetTests
{
    private static readonly CommandOption Name = new("name", "A name");

    [Fact]
    public async Task All_commands_of_the_bot_keep_Discords_rules()
    {
        await using var bot = await BotHarness.StartAsync();

        var set = new CommandSet(bot.Get<CommandRouter>().Commands, Translations.Load());

        Assert.Contains("feed", set.Commands.Select(c => c.Name));
        Assert.Equal(set.Hash, new CommandSet(bot.Get<CommandRouter>().Commands, Translations.Load()).Hash);
    }

    [Fact]
    public void Subcommands_stand_in_a_group_and_every_kind_of_option_has_its_type()
    {
        CommandOption[] options =
        [
            new("url", "An address", OptionKind.Address) { Required = true },
            new("hours", "Hours", OptionKind.Integer) { Min = 1, Max = 72 },
            new("channel", "A channel", OptionKind.Channel),
            new("role", "A role", OptionKind.Role),
            new("words", "Words", OptionKind.Rest) { Suggest = _ => [] },
        ];

        Assert.Equal(
            """
            [{"type":1,"name":"feed","description":"feed: add, list","options":[{"type":1,"name":"add","description":"Add a feed","options":[
            {"type":3,"name":"url","description":"An address","required":true,"max_length":2000},
            {"type":4,"name":"hours","description":"Hours","min_value":1,"max_value":72},
            {"type":7,"name":"channel","description":"A channel","channel_types":[0,5,10,11,12,15]},
            {"type":8,"name":"role","description":"A role"},
            {"type":3,"name":"words","description":"Words","autocomplete":true,"max_length":2000}]},
            {"type":1,"name":"list","description":"List feeds"}],"contexts":[0,1,2],"integration_types":[0,1]}]
            """.ReplaceLineEndings(""),
            Json(Command("feed add", "Add a feed", options), Command("feed list", "List feeds")));
    }

    [Fact]
    public void A_command_of_a_messages_menu_is_there_twice() =>
        Assert.Equal(
            """
            [{"type":1,"name":"who-is-in","description":"Names","options":[{"type":3,"name":"name","description":"A name","max_length":2000}],"contexts":[0,1,2],"integration_types":[0,1]},
            {"type":3,"name":"Who is in this?","contexts":[0,1,2],"integration_types":[0,1]}]
            """.ReplaceLineEndings(""),
            Json(Command("who-is-in", "Names", Name) with { MessageMenu = "Who is in this?" }));

    [Theory]
    [InlineData(false, false, false, null, "[0,1,2]", "[0,1]")]
    [InlineData(true, false, false, null, "[0,1]", "[0,1]")]
    [InlineData(false, true, true, "32", "[0]", "[0]")]
    [InlineData(false, true, false, null, "[0]", "[0]")]
    public void Where_a_command_can_be_run_follows_from_what_it_does(bool changes, bool oneForModerators, bool othersToo, string? permissions, string contexts, string installs)
    {
        var json = JsonDocument.Parse(Json(
            Command("feed add", "Add") with { Changes = changes, ModeratorsOnly = oneForModerators },
            Command("feed list", "List") with { ModeratorsOnly = othersToo })).RootElement[0];

        Assert.Equal(permissions, json.TryGetProperty("default_member_permissions", out var given) ? given.GetString() : null);
        Assert.Equal((contexts, installs), (json.GetProperty("contexts").GetRawText(), json.GetProperty("integration_types").GetRawText()));
    }

    [Fact]
    public void Other_languages_are_given_beside_the_English_words()
    {
        var words = Translations.Of(new Dictionary<string, IReadOnlyDictionary<string, CommandWords>>
        {
            ["ko"] = Translations.Read(new StringReader("who: { name: 누구, summary: 사람, menu: 누구?, options: { name: { name: 이름, summary: 찾을 이름 } } }")),
        });

        using var json = JsonDocument.Parse(new CommandSet([Command("who", "Who", Name) with { MessageMenu = "Who?" }], words).Json);

        Assert.Equal(["누구", "사람", "이름", "찾을 이름", "누구?"], Localizations(json.RootElement));
    }

    [Fact]
    public void The_hash_tells_one_set_from_another() =>
        Assert.NotEqual(new CommandSet([Command("who", "Who")], Translations.None).Hash, new CommandSet([Command("who", "Who?")], Translations.None).Hash);

    [Fact]
    public void A_set_that_breaks_a_rule_cannot_be_made() => Assert.All(
        Violations(),
        v => Assert.Contains(v.Fault, Assert.Throws<ArgumentException>(() => new CommandSet(v.Commands, Translations.None)).Message, StringComparison.Ordinal));

    private static (string Fault, CommandDescription[] Commands)[] Violations() =>
    [
        ("/Who: “Who” is no name", [Command("Who", "Who")]),
        ("/a/b: “a/b” is no name", [Command("a/b", "Who")]),
        ("“aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa” is no name", [Command(new string('a', 33), "Who")]),
        ("/who: its summary must have 1 to 100", [Command("who", "")]),
        ("/who: its summary must have 1 to 100", [Command("who", new string('x', 101))]),
        ("/feed: add: its summary must have 1 to 100", [Command("feed add", new string('x', 101))]),
        ("/feed: add: Name: “Name” is no name", [Command("feed add", "Add", new CommandOption("Name", "A name"))]),
        ("/who: name: its summary must have 1 to 100", [Command("who", "Who", new CommandOption("name", ""))]),
        ("/who: two of its parts are called name", [Command("who", "Who", Name, Name)]),
        ("/who: a required option stands behind", [Command("who", "Who", Name, new CommandOption("b", "B") { Required = true })]),
        ("/who: n: its least value 2 is above its greatest, 1", [Command("who", "Who", new CommandOption("n", "N", OptionKind.Integer) { Min = 2, Max = 1 })]),
        ("/who: it has 26 options", [Command("who", "Who", [.. Enumerable.Range(1, 26).Select(i => new CommandOption($"o{i}", "x"))])]),
        ("/feed: it has 26 options or subcommands", [.. Enumerable.Range(1, 26).Select(i => Command($"feed s{i}", "x"))]),
        ("/feed has subcommands", [Command("feed", "Feeds"), Command("feed add", "Add")]),
        ("/c99 is one too many: 100 commands", [.. Enumerable.Range(0, 101).Select(i => Command($"c{i}", "x"))]),
        ("is one too many: 15 commands", [.. Enumerable.Range(0, 16).Select(i => Command($"c{i}", "x") with { MessageMenu = $"Menu {i}" })]),
        ("/Same: two commands have this name", [Command("a", "x") with { MessageMenu = "Same" }, Command("b", "x") with { MessageMenu = "Same" }]),
        ("is no name that Discord allows", [Command("a", "x") with { MessageMenu = new string('x', 33) }]),
        ("/feed: it has 8", [.. Enumerable.Range(1, 25).Select(i => Command($"feed s{i}", new string('x', 100), [.. Enumerable.Range(1, 3).Select(o => new CommandOption($"o{o}", new string('x', 80)))]))]),
    ];

    private static CommandDescription Command(string name, string summary, params CommandOption[] options) => new(name, summary, options) { Example = name };

    private static string Json(params CommandDescription[] commands) => System.Text.Encoding.UTF8.GetString(new CommandSet(commands, Translations.None).Json.Span);

    private static IEnumerable<string> Localizations(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Localizations),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => p.Name.EndsWith("_localizations", StringComparison.Ordinal) ? [p.Value.GetProperty("ko").GetString()!] : Localizations(p.Value)),
        _ => [],
    };
}
