using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Emulators;

/// <summary>Broken rules answer as Slack answers, and are kept as violations.</summary>
public sealed class SlackEmulatorRulesTests
{
    private const string Bad = """[{"type":"section","text":{"type":"mrkdwn","text":""}}]""";

    [Fact]
    public async Task A_bad_block_is_refused_with_its_place()
    {
        await using var slack = await SlackEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var answer = await CallAsync(slack, "chat.postMessage", $$"""{"channel":"{{slack.ChannelId}}","text":"a","blocks":{{Bad}}}""");

        Assert.Equal("invalid_blocks", (string?)answer["error"]);
        Assert.Equal("[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]", (string?)answer["response_metadata"]!["messages"]![0]);
        Assert.Equal(["chat.postMessage: must be more than 0 characters [json-pointer:/blocks/0/text/text]"], slack.Violations);
        Assert.Empty(slack.Messages(slack.ChannelId));
    }

    [Fact]
    public async Task A_bad_view_is_refused_with_its_place()
    {
        await using var slack = await SlackEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var answer = await CallAsync(slack, "views.publish", $$$"""{"user_id":"{{{slack.UserId}}}","view":{"type":"home","blocks":{{{Bad}}}}}""");

        Assert.Equal("invalid_arguments", (string?)answer["error"]);
        Assert.Equal(["views.publish: must be more than 0 characters [json-pointer:/view/blocks/0/text/text]"], slack.Violations);
        Assert.Null(slack.Home(slack.UserId));
    }

    [Fact]
    public async Task Sound_blocks_and_views_pass()
    {
        await using var slack = await SlackEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.True((bool?)(await CallAsync(slack, "chat.postMessage", $$"""{"channel":"{{slack.ChannelId}}","text":"a","blocks":[{"type":"divider"}]}"""))["ok"]);
        Assert.True((bool?)(await CallAsync(slack, "views.publish", $$$"""{"user_id":"{{{slack.UserId}}}","view":{"type":"home","blocks":[{"type":"divider"}]}}"""))["ok"]);
        Assert.Empty(slack.Violations);
    }

    private static async Task<JsonNode> CallAsync(SlackEmulator slack, string method, string arguments)
    {
        using var http = new TestHttp(slack.ApiBase);
        var answer = await http.PostAsync(method, JsonNode.Parse(arguments)!, ("Authorization", $"Bearer {slack.BotToken}"));
        return JsonNode.Parse(answer.Text)!;
    }
}
