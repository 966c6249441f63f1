using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Commands;
using AlertBot.Emulators;
using AlertBot.Emulators.Schemas;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Slack;

public sealed class SlackManifestTests
{
    private static readonly Uri Site = new("https://alerts.example.org");

    [Theory]
    [InlineData("", false)]
    [InlineData("ab-", false)]
    [InlineData("ab-", true)]
    public async Task The_manifest_is_one_by_Slacks_own_schema(string prefix, bool http)
    {
        var path = SharedFiles.Find("specs", "slack-manifest.schema.json");
        Assert.SkipWhen(path is null, "The schema of manifests is not on this machine.");
        var schema = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        await using var bot = await BotHarness.StartAsync();
        var manifest = SlackManifest.Of(bot.Get<CommandRouter>().Commands, prefix, http ? Site : null);
        var walker = new SchemaWalker(schema, SpecDeviations.None);

        Assert.Empty(walker.Check(schema, JsonSerializer.SerializeToElement(manifest)));
        manifest["settings"]!["socket_mode_enabeld"] = true;
        Assert.NotEmpty(walker.Check(schema, JsonSerializer.SerializeToElement(manifest)));
    }

    [Fact]
    public async Task Only_commands_that_exist_are_declared_and_all_of_Slacks_names_are_free()
    {
        await using var bot = await BotHarness.StartAsync();

        var commands = Names(SlackManifest.Of(bot.Get<CommandRouter>().Commands, "", null));

        Assert.Equal(["/alertbot", "/ask", "/brief", "/follow", "/unfollow", "/whois"], commands);
        Assert.DoesNotContain(commands, c => SlackNames.Reserved.Contains(c[1..]));
    }

    [Fact]
    public void A_command_that_is_new_to_the_bot_appears_by_itself() =>
        Assert.Equal(["/ab-alertbot", "/ab-ask"], Names(SlackManifest.Of([new CommandDescription("ask", "Answers") { Example = "ask x" }], "ab-", null)));

    [Fact]
    public void A_name_that_Slack_would_refuse_is_told_before_it_does() =>
        Assert.Throws<ArgumentException>(() => SlackManifest.Of([new CommandDescription("follow", "Follows") { Example = "follow x" }], "a_", null));

    [Fact]
    public void With_sockets_there_is_no_address_and_without_them_each_part_has_it()
    {
        var sockets = SlackManifest.Of([], "", null);
        var http = SlackManifest.Of([], "", Site);

        Assert.DoesNotContain("http", sockets.ToJsonString(), StringComparison.Ordinal);
        Assert.True((bool)sockets["settings"]!["socket_mode_enabled"]!);
        Assert.False((bool)http["settings"]!["socket_mode_enabled"]!);
        Assert.All(new[] { sockets, http }, m => Assert.True((bool)m["settings"]!["org_deploy_enabled"]!));
        Assert.All(
            new[] { http["features"]!["slash_commands"]![0]!["url"], http["settings"]!["event_subscriptions"]!["request_url"], http["settings"]!["interactivity"]!["request_url"] },
            address => Assert.Equal("https://alerts.example.org/slack/events", (string?)address));
        Assert.Equal("https://alerts.example.org/slack/oauth_redirect", (string?)http["oauth_config"]!["redirect_urls"]![0]);
    }

    [Fact]
    public void A_menu_of_a_message_is_a_shortcut() =>
        Assert.Equal(
            """[{"name":"Who is in this?","type":"message","callback_id":"who-is-in","description":"Names"}]""",
            SlackManifest.Of([new CommandDescription("who-is-in", "Names", new CommandOption("text", "Text")) { Example = "who-is-in x", MessageMenu = "Who is in this?" }], "", null)["features"]!["shortcuts"]!.ToJsonString());

    [Fact]
    public async Task The_verb_prints_it_and_the_link_that_makes_the_app()
    {
        var (code, output, error) = await RunAsync("--prefix", "ab-", "--http=https://alerts.example.org");

        Assert.Equal(0, code);
        Assert.Contains("/ab-follow", Names(JsonNode.Parse(output)!.AsObject()));
        var link = error.Split('\n').Single(l => l.Contains("manifest_json=", StringComparison.Ordinal));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(output), JsonNode.Parse(Uri.UnescapeDataString(link[(link.IndexOf("manifest_json=", StringComparison.Ordinal) + 14)..]))));
    }

    [Theory]
    [InlineData("'AB-' can't be used", "--prefix", "AB-")]
    [InlineData("has to end in a dash", "--prefix", "ab")]
    [InlineData("--prefix needs a value", "--prefix")]
    [InlineData("no option --prefx", "--prefx", "ab-")]
    [InlineData("begins with https://", "--http", "http://alerts.example.org")]
    [InlineData("begins with https://", "--http", "alerts")]
    public async Task What_is_wrong_with_its_options_is_told(string why, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(why, error, StringComparison.Ordinal);
    }

    private static List<string> Names(JsonObject manifest) => [.. manifest["features"]!["slash_commands"]!.AsArray().Select(c => (string)c!["command"]!)];

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await SlackManifestVerb.RunAsync(args, output, error), output.ToString(), error.ToString());
    }
}
