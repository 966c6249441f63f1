using System.Text.Json.Nodes;

namespace AlertBot.Tests.Emulators;

public sealed class DiscordCommandTests
{
    private const string Global = "applications/1100000000000000001/commands";
    private const string InGuild = "applications/1100000000000000001/guilds/1100000000000000010/commands";

    private static readonly string Long = new('x', 101);

    public static TheoryData<string, string, string> Malformed => new()
    {
        { """{"name":"Follow","description":"d"}""", "name", "APPLICATION_COMMAND_INVALID_NAME" },
        { """{"name":"follow me","description":"d"}""", "name", "APPLICATION_COMMAND_INVALID_NAME" },
        { $$"""{"name":"{{Long[..33]}}","description":"d"}""", "name", "BASE_TYPE_BAD_LENGTH" },
        { """{"description":"d"}""", "name", "BASE_TYPE_REQUIRED" },
        { """{"name":"a"}""", "description", "BASE_TYPE_BAD_LENGTH" },
        { $$"""{"name":"a","description":"{{Long}}"}""", "description", "BASE_TYPE_BAD_LENGTH" },
        { """{"name":"a","description":"d","name_localizations":{"de":"Groß"}}""", "name_localizations.de", "APPLICATION_COMMAND_INVALID_NAME" },
        { """{"name":"a","description":"d","default_member_permissions":32}""", "default_member_permissions", "NUMBER_TYPE_COERCE" },
        { $$"""{"name":"a","description":"d","options":[{{Options(26)}}]}""", "options", "BASE_TYPE_MAX_LENGTH" },
        { """{"name":"a","description":"d","options":[{"type":3,"name":"x","description":"d"},{"type":3,"name":"y","description":"d","required":true}]}""", "options.1", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID" },
        { """{"name":"a","description":"d","options":[{"type":3,"name":"x","description":"d"},{"type":3,"name":"x","description":"d"}]}""", "options.1.name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID" },
        { """{"name":"a","description":"d","options":[{"type":1,"name":"x","description":"d"},{"type":3,"name":"y","description":"d"}]}""", "options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID" },
        { """{"name":"a","description":"d","options":[{"type":3,"name":"x","description":"d","autocomplete":true,"choices":[{"name":"n","value":"v"}]}]}""", "options.0.autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID" },
        { $$"""{"name":"a","description":"d","options":[{"type":3,"name":"x","description":"d","choices":[{{Choices(26)}}]}]}""", "options.0.choices", "BASE_TYPE_MAX_LENGTH" },
        { """{"name":"a","description":"d","options":[{"type":2,"name":"g","description":"d","options":[{"type":2,"name":"h","description":"d"}]}]}""", "options.0.options.0.type", "BASE_TYPE_CHOICES" },
        { """{"name":"a","description":"d","options":[{"type":3,"name":"x","description":"d","max_length":6001}]}""", "options.0.max_length", "NUMBER_TYPE_MAX" },
        { """{"name":"a","type":3,"description":"d"}""", "description", "APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_malformed_command_is_refused_at_its_field(string body, string field, string code)
    {
        await using var caller = await DiscordCaller.StartAsync();

        var one = await caller.PostAsync(Global, body);
        var all = await caller.SendAsync("PUT", Global, $"[{body}]");

        Assert.Equal((400, 50035, code), (one.Status, one.Code, one.FieldCode(field)));
        Assert.Equal((400, 50035, code), (all.Status, all.Code, all.FieldCode("0." + field)));
        Assert.Empty(caller.Discord.Commands());
    }

    [Theory]
    [InlineData("who-is_it")]
    [InlineData("人物")]
    [InlineData("दस्तावेज़")]
    [InlineData("ข่าวสาร")]
    public async Task Names_of_all_scripts_are_taken(string name)
    {
        await using var caller = await DiscordCaller.StartAsync();

        Assert.Equal(201, (await caller.PostAsync(Global, $$"""{"name":"{{name}}","description":"d"}""")).Status);
    }

    [Fact]
    public async Task More_than_8000_characters_are_too_many()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var options = string.Join(',', Enumerable.Range(0, 25).Select(at => $$"""{"type":3,"name":"o{{at}}","description":"d","choices":[{{Choices(25, 20)}}]}"""));

        var answer = await caller.PostAsync(Global, $$"""{"name":"a","description":"d","options":[{{options}}]}""");

        answer.Is(400, 50035);
        Assert.Contains("APPLICATION_COMMAND_TOO_LARGE", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bulk_overwrite_replaces_all_and_keeps_ids_of_known_names()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var old = await caller.PostAsync(Global, """{"name":"a","description":"d"}""");
        await caller.PostAsync(Global, """{"name":"b","description":"d"}""");

        var answer = await caller.SendAsync("PUT", Global, """[{"name":"c","description":"d"},{"name":"a","description":"new"}]""");

        Assert.Equal(["c", "a"], answer.Json!.AsArray().Select(command => command!["name"]!.GetValue<string>()));
        Assert.Equal(old.Id, answer.Json[1]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_post_of_a_known_name_changes_it_and_patch_and_delete_work_by_id()
    {
        await using var caller = await DiscordCaller.StartAsync();

        var made = await caller.PostAsync(InGuild, """{"name":"a","description":"d","default_member_permissions":"0"}""");
        var again = await caller.PostAsync(InGuild, """{"name":"a","description":"e"}""");
        var patched = await caller.SendAsync("PATCH", $"{InGuild}/{made.Id}", """{"description":"f"}""");
        var deleted = await caller.SendAsync("DELETE", $"{InGuild}/{made.Id}", null);

        Assert.Equal((201, 200, 200, 204), (made.Status, again.Status, patched.Status, deleted.Status));
        Assert.Equal(("e", "f"), (again.Json!["description"]!.GetValue<string>(), patched.Json!["description"]!.GetValue<string>()));
        (await caller.GetAsync($"{InGuild}/{made.Id}")).Is(404, 10063);
    }

    [Fact]
    public async Task Counts_and_daily_creates_are_limited()
    {
        await using var caller = await DiscordCaller.StartAsync(options => options with { CommandCreatesPerDay = 2 });
        await caller.PostAsync(InGuild, """{"name":"a","description":"d"}""");
        await caller.PostAsync(InGuild, """{"name":"b","description":"d"}""");

        (await caller.PostAsync(InGuild, """{"name":"c","description":"d"}""")).Is(400, 30034);
        caller.Clock.Advance(TimeSpan.FromDays(1.01));
        Assert.Equal(201, (await caller.PostAsync(InGuild, """{"name":"c","description":"d"}""")).Status);
        var many = new JsonArray([.. Enumerable.Range(0, 101).Select(at => new JsonObject { ["name"] = $"n{at}", ["description"] = "d" })]);
        (await caller.SendAsync("PUT", Global, many.ToJsonString())).Is(400, 30032);
    }

    [Fact]
    public async Task Guild_commands_have_no_contexts_and_stand_apart()
    {
        await using var caller = await DiscordCaller.StartAsync();

        (await caller.PostAsync(InGuild, """{"name":"a","description":"d","contexts":[0]}""")).Is(400, 50035);
        var made = await caller.PostAsync(InGuild, """{"name":"a","description":"d"}""");

        Assert.Equal(caller.Discord.GuildId, made.Json!["guild_id"]!.GetValue<string>());
        Assert.Empty(caller.Discord.Commands());
        Assert.Single(caller.Discord.Commands(caller.Discord.GuildId));
    }

    private static string Options(int count) => string.Join(',', Enumerable.Range(0, count).Select(at => $$"""{"type":3,"name":"o{{at}}","description":"d"}"""));

    private static string Choices(int count, int length = 1) => string.Join(',', Enumerable.Range(0, count).Select(at => $$"""{"name":"{{new string('n', length)}}","value":"{{at}}"}"""));
}
