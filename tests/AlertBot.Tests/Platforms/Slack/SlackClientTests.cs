using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>What the client sends, and what it makes of every kind of answer.</summary>
public sealed class SlackClientTests : IAsyncLifetime
{
    private readonly WatchedTime _time = new();
    private SlackWeb _slack = null!;
    private SlackClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _slack = await SlackWeb.StartAsync(_time);
        _client = new SlackClient(new SlackOptions { ApiBase = _slack.ApiBase.AbsoluteUri }, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task What_shows_something_goes_as_JSON_and_what_reads_as_a_form()
    {
        Assert.IsType<SlackAnswer.Ok>(await PostAsync());
        Assert.IsType<SlackAnswer.Ok>(await CallAsync("conversations.history", new JsonObject { ["channel"] = "C1", ["limit"] = 5, ["include_all_metadata"] = true, ["cursor"] = null }));

        var posted = Assert.Single(_slack.CallsOf("chat.postMessage"));
        Assert.Equal(("application/json; charset=utf-8", "Bearer " + SlackWeb.Token), (posted.ContentType, posted.Authorization));
        var read = Assert.Single(_slack.CallsOf("conversations.history"));
        Assert.Equal("application/x-www-form-urlencoded", read.ContentType);
        Assert.Equal("""{"channel":"C1","limit":"5","include_all_metadata":"true"}""", read.Arguments.ToJsonString());
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData(null, 30)]
    [InlineData("0", 1)]
    [InlineData("Mon, 03 Jun 2024 09:00:20 GMT", 20)]
    public async Task A_limit_is_kept_for_the_method_and_the_workspace_and_nothing_is_sent_before(string? retryAfter, int seconds)
    {
        _slack.Fault("chat.postMessage", new SlackFault { Status = 429, RetryAfter = retryAfter, Body = "<html>" });

        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<SlackAnswer.Limited>(await PostAsync()).Wait);
        _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), Assert.IsType<SlackAnswer.Limited>(await PostAsync()).Wait);
        Assert.Single(_slack.Calls);

        Assert.IsType<SlackAnswer.Ok>(await CallAsync("chat.postMessage", Message(), "xoxb-other"));
        Assert.IsType<SlackAnswer.Ok>(await CallAsync("auth.test", []));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<SlackAnswer.Ok>(await PostAsync());
    }

    [Fact]
    public async Task A_limit_can_come_as_an_error_too()
    {
        _slack.Fault("chat.postMessage", SlackFault.Error("ratelimited") with { RetryAfter = "3" });

        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<SlackAnswer.Limited>(await PostAsync()).Wait);
        Assert.IsType<SlackAnswer.Limited>(await PostAsync());
        Assert.Single(_slack.Calls);
    }

    [Theory]
    [InlineData("internal_error", true)]
    [InlineData("fatal_error", true)]
    [InlineData("service_unavailable", false)]
    [InlineData("request_timeout", false)]
    [InlineData("team_added_to_org", false)]
    public async Task An_error_of_Slacks_own_says_whether_it_may_be_done(string error, bool maybeDone)
    {
        _slack.Fault("chat.postMessage", SlackFault.Error(error));

        Assert.Equal(maybeDone, Assert.IsType<SlackAnswer.Down>(await PostAsync()).MaybeDone);
        Assert.Single(_slack.Calls);
    }

    [Theory]
    [InlineData("""{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"commands"}""", "missing_scope", "needs chat:write")]
    [InlineData("""{"ok":false,"error":"invalid_blocks","response_metadata":{"messages":["[ERROR] too long",7]}}""", "invalid_blocks", "[ERROR] too long")]
    [InlineData("""{"ok":false,"error":"x","needed":7,"response_metadata":[]}""", "x", "")]
    [InlineData("""{"ok":false}""", "unknown_error", "")]
    public async Task A_refusal_brings_its_details(string body, string error, string details)
    {
        _slack.Fault("chat.postMessage", new SlackFault { Body = body });

        Assert.Equal(new SlackAnswer.Refused(error, details), await PostAsync());
    }

    [Theory]
    [InlineData(500, """{"ok":true}""", FaultEnd.Whole)]
    [InlineData(503, "<html>busy</html>", FaultEnd.Whole)]
    [InlineData(200, "<html>hello</html>", FaultEnd.Whole)]
    [InlineData(302, "", FaultEnd.Whole)]
    [InlineData(200, "[]", FaultEnd.Whole)]
    [InlineData(200, "{}", FaultEnd.Whole)]
    [InlineData(200, """{"ok":true,"ts":"1.000001"}""", FaultEnd.Half)]
    [InlineData(200, "", FaultEnd.Reset)]
    public async Task A_lost_answer_may_be_done_and_is_asked_once(int status, string body, FaultEnd end)
    {
        _slack.Fault("chat.postMessage", new SlackFault { Works = true, Status = status, Body = body, End = end });

        Assert.True(Assert.IsType<SlackAnswer.Down>(await PostAsync()).MaybeDone);
        Assert.Single(_slack.Calls);
        Assert.Single(_slack.Messages("C1"));
    }

    [Fact]
    public async Task Ten_seconds_without_an_answer_are_enough()
    {
        _slack.Fault("chat.postMessage", new SlackFault { End = FaultEnd.Silence });

        var call = PostAsync();
        await _time.BeginsAsync(SlackClient.AnswerTime, before: 0);
        _time.Advance(SlackClient.AnswerTime);

        Assert.True(Assert.IsType<SlackAnswer.Down>(await call).MaybeDone);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_was_done()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = $"http://{closed.LocalEndpoint}/api";
        closed.Stop();
        using var client = new SlackClient(new SlackOptions { ApiBase = address }, _time);

        Assert.False(Assert.IsType<SlackAnswer.Down>(await client.CallAsync("chat.postMessage", Message(), "x", TestContext.Current.CancellationToken)).MaybeDone);
    }

    [Fact]
    public async Task A_Slack_that_does_not_answer_is_left_alone_for_longer_and_longer()
    {
        _slack.Fault("chat.postMessage", new SlackFault { Status = 503, Body = "" }, times: 4);
        for (var failure = 1; failure <= 3; failure++)
        {
            Assert.Null(_client.Trouble);
            Assert.IsType<SlackAnswer.Down>(await PostAsync());
        }

        Assert.Equal(TimeSpan.FromSeconds(1), Assert.IsType<SlackAnswer.Limited>(await PostAsync()).Wait);
        Assert.NotNull(_client.Trouble);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<SlackAnswer.Down>(await PostAsync());
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.IsType<SlackAnswer.Limited>(await PostAsync()).Wait);
        Assert.Equal(4, _slack.Calls.Count);

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<SlackAnswer.Ok>(await PostAsync());
        Assert.Null(_client.Trouble);
    }

    [Theory]
    [InlineData("http://example.invalid/x")]
    [InlineData("http://127.0.0.1:1/x")]
    [InlineData("ftp://127.0.0.1/x")]
    public async Task Nothing_goes_to_an_address_without_encryption_that_is_not_Slacks_own(string address)
    {
        using var content = new StringContent("x");

        Assert.Equal("unsafe_url", Assert.IsType<SlackAnswer.Refused>(await _client.PostAsync(new Uri(address), content, TestContext.Current.CancellationToken)).Error);
    }

    [Theory]
    [InlineData(200, "ok", null)]
    [InlineData(200, """{"ok":true}""", null)]
    [InlineData(404, """{"ok":false,"error":"used_url"}""", "used_url")]
    [InlineData(404, "no", "http_404")]
    public async Task An_answer_to_a_response_url_is_read_as_it_comes(int status, string body, string? error)
    {
        _slack.Fault("reply", new SlackFault { Status = status, Body = body });
        using var content = new StringContent("x");

        var answer = await _client.PostAsync(new Uri(_slack.ApiBase + "/reply"), content, TestContext.Current.CancellationToken);

        Assert.Equal(error, (answer as SlackAnswer.Refused)?.Error);
        Assert.Equal(error is null, answer is SlackAnswer.Ok);
        Assert.Equal("", Assert.Single(_slack.Calls).Authorization);
    }

    private static JsonObject Message() => new() { ["channel"] = "C1", ["text"] = "한국 & <x>" };

    private Task<SlackAnswer> PostAsync() => CallAsync("chat.postMessage", Message());

    private Task<SlackAnswer> CallAsync(string method, JsonObject arguments, string token = SlackWeb.Token) =>
        _client.CallAsync(method, arguments, token, TestContext.Current.CancellationToken);
}
