using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Http;
using AlertBot.Platforms.Slack.Interactions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>Calls over HTTP, as Slack signs them and as others would.</summary>
public sealed class EventsEndpointTests : IAsyncLifetime
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    private const string Json = "application/json";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Event = """{"type":"event_callback","event_id":"Ev1","event":{"type":"app_mention","text":"ä & <b>"}}""";

    private readonly List<SlackDelivery> _told = [];
    private HandleDelivery _handle = (_, acknowledge, token) => acknowledge(null, token);
    private BotHarness _bot = null!;
    private SlackHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Slack:ClientId"] = "1.2", ["Slack:ClientSecret"] = "s", ["Slack:Mode"] = "http", ["Slack:SigningSecret"] = Secret });
        _host = await SlackHost.StartAsync(_bot, (delivery, acknowledge, token) =>
        {
            _told.Add(delivery);
            return _handle(delivery, acknowledge, token);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _bot.DisposeAsync();
    }

    [Fact]
    public void The_signature_is_the_one_of_Slacks_own_example()
    {
        // https://docs.slack.dev/authentication/verifying-requests-from-slack
        const string Body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        Assert.Equal("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503", Sign("1531420618", Body));
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(300, 200)]
    [InlineData(-300, 200)]
    [InlineData(301, 401)]
    [InlineData(-301, 401)]
    public async Task A_call_is_taken_for_five_minutes_either_way(int seconds, int status)
    {
        var stamp = Now(seconds);
        Assert.Equal(status, await PostAsync(Event, Json, stamp, Sign(stamp, Event)));
        Assert.Equal(status == 200 ? 1 : 0, _told.Count);
    }

    [Fact]
    public async Task What_Slack_did_not_sign_is_refused()
    {
        var now = Now();
        var good = Sign(now, Event);
        foreach (var (stamp, signature) in new (string?, string?)[]
        {
            (null, null), (now, null), (null, good), ("", good), (now, ""), (now, "v0="), (now, good[3..]), (now, good.ToUpperInvariant()), (now, "v1" + good[2..]), (now, good[..^1]),
            (now, good + "0"), (Now(1), good), ("soon", Sign("soon", Event)), ("+" + now, Sign("+" + now, Event)), (now + ".0", Sign(now + ".0", Event)), ("-1", Sign("-1", Event)),
            ("99999999999", Sign("99999999999", Event)), ("99999999999999999999", Sign("99999999999999999999", Event)), (now, Sign(now, Event + " ")), (now, Sign(now, Event, "other")), (now, "v0=" + new string('~', 64)),
        })
        {
            Assert.Equal((stamp, signature, 401), (stamp, signature, await PostAsync(Event, Json, stamp, signature)));
        }

        Assert.Empty(_told);
    }

    [Fact]
    public async Task The_bytes_are_signed_and_not_what_they_mean()
    {
        const string Same = "{ \"type\" : \"event_callback\" }";
        var now = Now();
        Assert.Equal(401, await PostAsync("""{"type":"event_callback"}""", Json, now, Sign(now, Same)));
        Assert.Equal(200, await PostAsync(Same, Json, now, Sign(now, Same)));
    }

    [Fact]
    public async Task Slack_hears_its_challenge_again()
    {
        var answer = await SendAsync("""{"type":"url_verification","challenge":"3eZbrw1a\"<b>"}""", Json);
        Assert.Equal("3eZbrw1a\"<b>", answer.Json.GetProperty("challenge").GetString());
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData("", Json)]
    [InlineData("not json", Json)]
    [InlineData("null", Json)]
    [InlineData("[1]", Json)]
    [InlineData("{}", Json)]
    [InlineData("""{"type":1}""", Json)]
    [InlineData("", Form)]
    [InlineData("text=x", Form)]
    [InlineData("payload=", Form)]
    [InlineData("payload=%7B", Form)]
    [InlineData("payload=%5B%5D", Form)]
    public async Task What_is_no_call_of_Slack_is_refused(string body, string type)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(body, type)).Status);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_anything_else() =>
        Assert.Equal(413, await PostAsync(new string(' ', (1024 * 1024) + 1), Json, null, null));

    [Fact]
    public async Task A_probe_of_the_certificate_needs_no_signature_and_does_nothing()
    {
        Assert.Equal(200, await PostAsync("ssl_check=1&token=x", Form, null, null));
        Assert.Equal(401, await PostAsync("ssl_check=0&command=%2Fx", Form, null, null));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Commands_interactions_and_events_are_told_as_they_are_by_a_socket()
    {
        Assert.Equal("", (await SendAsync("command=%2Falertbot&text=follow+%22a%26b%22&team_id=T1&is_enterprise_install=false", Form)).Text);
        Assert.Equal("", (await SendAsync("payload=" + Uri.EscapeDataString("""{"type":"block_actions","n":1}"""), Form)).Text);
        Assert.Equal("", (await SendAsync(Event, Json, ("X-Slack-Retry-Num", "2"), ("X-Slack-Retry-Reason", "http_timeout"))).Text);

        Assert.Equal([DeliveryKind.Command, DeliveryKind.Interactive, DeliveryKind.Event], _told.Select(d => d.Kind));
        Assert.Equal("follow \"a&b\"", _told[0].Payload.GetProperty("text").GetString());
        Assert.Equal("false", _told[0].Payload.GetProperty("is_enterprise_install").GetString());
        Assert.Equal(1, _told[1].Payload.GetProperty("n").GetInt32());
        Assert.Equal("ä & <b>", _told[2].Payload.GetProperty("event").GetProperty("text").GetString());
        Assert.Equal([0, 0, 2], _told.Select(d => d.RetryAttempt));
    }

    [Fact]
    public async Task The_acknowledgement_is_the_response_and_the_work_goes_on_after_it()
    {
        var (answered, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var given = new List<bool>();
        _handle = async (_, acknowledge, token) =>
        {
            given.Add(await acknowledge(new JsonObject { ["options"] = new JsonArray() }, token));
            await answered.Task;
            given.Add(await acknowledge(null, token));
            Assert.False(token.IsCancellationRequested);
            ended.SetResult();
        };

        Assert.Equal("""{"options":[]}""", (await SendAsync("payload=%7B%7D", Form)).Text);
        answered.SetResult();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30), _bot.Token);
        Assert.Equal([true, false], given);
    }

    [Fact]
    public async Task Work_that_fails_before_it_was_acknowledged_is_told_again()
    {
        _handle = (_, _, _) => throw new InvalidOperationException("It broke.");
        Assert.Equal(HttpStatusCode.InternalServerError, (await SendAsync(Event, Json)).Status);
    }

    private static string Sign(string timestamp, string body, string secret = Secret) =>
        "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")));

    private string Now(int later = 0) => (_bot.Time.GetUtcNow().ToUnixTimeSeconds() + later).ToString(CultureInfo.InvariantCulture);

    private Task<TestAnswer> SendAsync(string body, string type, params (string, string)[] headers) =>
        PlainAsync(body, type, [("X-Slack-Request-Timestamp", Now()), ("X-Slack-Signature", Sign(Now(), body)), .. headers]);

    private async Task<int> PostAsync(string body, string type, string? stamp, string? signature)
    {
        var headers = new List<(string, string)>();
        if (stamp is not null)
        {
            headers.Add(("X-Slack-Request-Timestamp", stamp));
        }

        if (signature is not null)
        {
            headers.Add(("X-Slack-Signature", signature));
        }

        return (int)(await PlainAsync(body, type, headers)).Status;
    }

    private Task<TestAnswer> PlainAsync(string body, string type, IReadOnlyList<(string, string)> headers) =>
        _host.Http.SendAsync(HttpMethod.Post, EventsEndpoint.Path, new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } }, [.. headers]);
}
