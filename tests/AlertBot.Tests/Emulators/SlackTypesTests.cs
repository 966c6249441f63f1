using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Emulators;

/// <summary>What goes to the emulator and what it answers have the types of Slack's own packages.</summary>
public sealed class SlackTypesTests
{
    private const string Blocks =
        """
        [{"type":"header","text":{"type":"plain_text","text":"A","emoji":false}},
         {"type":"section","text":{"type":"mrkdwn","text":"b","verbatim":true}},
         {"type":"context","elements":[{"type":"mrkdwn","text":"c"}]},
         {"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"B"},"style":"primary","value":"1"},
           {"type":"external_select","action_id":"b","min_query_length":0,"placeholder":{"type":"plain_text","text":"P"}}]},
         {"type":"divider"}]
        """;

    [Fact]
    public async Task Requests_and_answers_fit()
    {
        SlackTypeCheck.SkipWhereMissing();
        await using var slack = await SlackEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var http = new TestHttp(slack.ApiBase);
        var channel = $"\"channel\":\"{slack.ChannelId}\"";

        var posted = await CallAsync("chat.postMessage", $$$$"""{{{{{channel}}}},"text":"a","blocks":{{{{Blocks}}}},"unfurl_links":false,"unfurl_media":false,"metadata":{"event_type":"alert","event_payload":{"key":"k"}}}""");
        var ts = (string)posted["ts"]!;
        await CallAsync("chat.update", $$"""{{{channel}},"ts":"{{ts}}","text":"b","blocks":{{Blocks}}}""");
        await CallAsync("chat.postEphemeral", $$"""{{{channel}},"user":"{{slack.UserId}}","text":"a"}""");
        await CallAsync("chat.getPermalink", $$"""{{{channel}},"message_ts":"{{ts}}"}""");
        await CallAsync("conversations.history", $$"""{{{channel}},"include_all_metadata":true}""");
        await CallAsync("conversations.replies", $$"""{{{channel}},"ts":"{{ts}}"}""");
        await CallAsync("conversations.info", $$"""{{{channel}}}""");
        await CallAsync("conversations.list", "{}");
        await CallAsync("users.info", $$"""{"user":"{{slack.UserId}}"}""");
        await CallAsync("auth.test", "{}");
        await CallAsync("usergroups.list", "{}");
        await CallAsync("views.publish", $$$"""{"user_id":"{{{slack.UserId}}}","view":{"type":"home","blocks":{{{Blocks}}}}}""");
        await CallAsync("chat.delete", $$"""{{{channel}},"ts":"{{ts}}"}""");

        Assert.Equal("", string.Join("\n", await SlackTypeCheck.CheckAsync(slack.Requests.SelectMany(SlackTypesOf.Request))));

        async Task<JsonNode> CallAsync(string method, string arguments)
        {
            var answer = JsonNode.Parse((await http.PostAsync(method, JsonNode.Parse(arguments)!, ("Authorization", $"Bearer {slack.BotToken}"))).Text)!;
            Assert.True((bool?)answer["ok"], $"{method}: {answer.ToJsonString()}");
            return answer;
        }
    }

    [Fact]
    public async Task A_misspelt_field_and_a_wrong_kind_are_told()
    {
        SlackTypeCheck.SkipWhereMissing();

        var faults = await SlackTypeCheck.CheckAsync(
        [
            ("webApi.ChatPostMessageArguments", """{"channel":"C1","text":"a","unfurl_link":false}"""),
            ("Words<webApi.ChatPostMessageResponse>", """{"ok":true,"message":{"txt":"a"}}"""),
            ("slack.KnownBlock[]", """[{"type":"section","text":{"type":"mrkdwn","test":"a"}}]"""),
            ("slack.ModalView", """{"type":"modal","title":"A","blocks":[]}"""),
            ("bolt.SlashCommand", """{"command":"/alertbot"}"""),
            ("slack.HomeView", """{"type":"home","blocks":[]}"""),
        ]);

        foreach (var type in (string[])["webApi.ChatPostMessageArguments", "Words<webApi.ChatPostMessageResponse>", "slack.KnownBlock[]", "slack.ModalView", "bolt.SlashCommand"])
        {
            Assert.Contains(faults, fault => fault.StartsWith(type + ": ", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(faults, fault => fault.StartsWith("slack.HomeView", StringComparison.Ordinal));
    }
}
