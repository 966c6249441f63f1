using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Wire;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>What each call sends, word for word.</summary>
public sealed class SlackApiTests : IAsyncLifetime
{
    private static readonly SlackMessage Message = new("Hello", [new Block.Section(new Mrkdwn("*Hello*"))]);
    private static readonly SlackView View = new("modal", [new Block.Input(new PlainText("Words"), new Element.TextInput("words", Multiline: false, 200))]) { Title = new PlainText("Follow") };

    private readonly WatchedTime _time = new();
    private readonly MemoryCache _cache = new(new MemoryCacheOptions());
    private SlackWeb _slack = null!;
    private SlackStorage _storage = null!;
    private SlackClient _client = null!;
    private SlackApi _api = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackWeb.StartAsync(_time);
        _storage = await SlackStorage.OpenAsync();
        var options = new SlackOptions { ApiBase = _slack.ApiBase.AbsoluteUri, BotToken = SlackWeb.Token };
        _client = new SlackClient(options, _time);
        _api = new SlackApi(_client, _storage.Workspaces(options, _client, _time), _cache, NullLogger<SlackApi>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _cache.Dispose();
        _storage.Dispose();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task Messages_and_views_stand_in_the_request_as_Slack_reads_them()
    {
        await _api.PostMessageAsync(new SlackAddress("T1", "C1", "1.000001"), Message, "alert-1", Cancellation);
        await _api.UpdateMessageAsync(new SlackAddress("T1", "C1"), "1.000001", Message, Cancellation);
        await _api.PostEphemeralAsync(new SlackAddress("T1", "C1"), "U1", Message, Cancellation);
        await _api.OpenViewAsync("T1", "trigger", View, Cancellation);
        await _api.UpdateViewAsync("T1", "V1", View, Cancellation);
        await _api.PublishHomeAsync("T1", "U1", new SlackView("home", Message.Blocks), Cancellation);

        const string Shown = """{"text":"Hello","blocks":[{"type":"section","text":{"type":"mrkdwn","verbatim":true,"text":"*Hello*"}}],"channel":"C1","parse":"none","link_names":false""";
        const string Modal = """{"type":"modal","blocks":[{"type":"input","label":{"type":"plain_text","emoji":false,"text":"Words"},"element":{"type":"plain_text_input","multiline":false,"max_length":200,"action_id":"words"},"optional":false}],"title":{"type":"plain_text","emoji":false,"text":"Follow"}}""";
        AssertCall("chat.postMessage", Shown + ""","unfurl_links":false,"unfurl_media":false,"thread_ts":"1.000001","metadata":{"event_type":"alertbot_message","event_payload":{"key":"alert-1"}}}""");
        AssertCall("chat.update", Shown + ""","ts":"1.000001"}""");
        AssertCall("chat.postEphemeral", Shown + ""","user":"U1"}""");
        AssertCall("views.open", $$"""{"trigger_id":"trigger","view":{{Modal}}}""");
        AssertCall("views.update", $$"""{"view_id":"V1","view":{{Modal}}}""");
        AssertCall("views.publish", """{"user_id":"U1","view":{"type":"home","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*Hello*","verbatim":true}}]}}""");
    }

    [Theory]
    [InlineData(nameof(ReplyKind.Private), """ "replace_original":false,"response_type":"ephemeral" """)]
    [InlineData(nameof(ReplyKind.Public), """ "replace_original":false,"response_type":"in_channel" """)]
    [InlineData(nameof(ReplyKind.Replace), """ "replace_original":true """)]
    public async Task A_reply_says_who_sees_it_and_brings_no_token(string kind, string told)
    {
        var reply = new SlackReply(new SlackMessage("Hello", []), Enum.Parse<ReplyKind>(kind)) { Thread = "1.000001" };

        Assert.IsType<SlackAnswer.Ok>(await _api.RespondAsync(new Uri(_slack.ApiBase + "/reply"), reply, Cancellation));

        AssertCall("reply", $$"""{"text":"Hello","blocks":[],"unfurl_links":false,"unfurl_media":false,{{told}},"thread_ts":"1.000001"}""");
        Assert.Equal("", Assert.Single(_slack.CallsOf("reply")).Authorization);
    }

    private void AssertCall(string method, string body)
    {
        var sent = Assert.Single(_slack.CallsOf(method)).Arguments;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), sent), sent.ToJsonString());
    }
}
