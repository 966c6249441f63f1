using System.Net;
using System.Text;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Local;

public sealed class LocalWebTests : IAsyncLifetime
{
    private const string Messages = "/api/channels/general/messages";

    private LocalChat _chat = null!;
    private TestHttp _http = null!;

    public async ValueTask InitializeAsync()
    {
        _chat = await LocalChat.StartAsync();
        _http = new TestHttp(_chat.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _chat.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "text/html; charset=utf-8")]
    [InlineData("/chat.css", "text/css; charset=utf-8")]
    [InlineData("/chat.js", "text/javascript; charset=utf-8")]
    [InlineData("/card.js", "text/javascript; charset=utf-8")]
    [InlineData("/line.js", "text/javascript; charset=utf-8")]
    [InlineData("/api/channels", "application/json; charset=utf-8")]
    public async Task Everything_is_served_with_its_type_and_the_strict_headers(string path, string type)
    {
        var answer = await _http.GetAsync(path);

        Assert.Equal((HttpStatusCode.OK, type), (answer.Status, answer.Headers["Content-Type"]));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';", answer.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal(("nosniff", "no-referrer"), (answer.Headers["X-Content-Type-Options"], answer.Headers["Referrer-Policy"]));
    }

    [Theory]
    [InlineData("?files", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_form_brings_a_file_where_it_says_that_it_does(string query, HttpStatusCode status)
    {
        var file = new byte[100_000];

        var answer = await _http.PostAsync(Messages + query, new { text = "/measure", name = "Una", fields = new { file = "" }, files = new { file = new { name = "feeds.opml", bytes = Convert.ToBase64String(file) } } });

        Assert.Equal(status, answer.Status);
        if (status == HttpStatusCode.OK)
        {
            Assert.Equal("/measure file:feeds.opml", answer.Json.GetProperty("question").GetProperty("text").GetString());
            var card = answer.Json.GetProperty("answer").GetProperty("card");
            Assert.Equal("feeds.opml has 100000 bytes", card.GetProperty("title").GetString());
            Assert.Equal(("feeds.opml", Convert.ToBase64String(file)), (card.GetProperty("file").GetProperty("name").GetString(), card.GetProperty("file").GetProperty("bytes").GetString()));
        }
    }

    [Fact]
    public async Task A_line_is_answered_and_both_are_kept()
    {
        var answer = await _http.PostAsync(Messages, new { text = "/echo hello", name = "Una" });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var question = answer.Json.GetProperty("question");
        Assert.Equal(("Una", "/echo hello"), (question.GetProperty("author").GetString(), question.GetProperty("text").GetString()));
        Assert.Equal("hello", answer.Json.GetProperty("answer").GetProperty("card").GetProperty("title").GetString());

        var kept = await _http.GetAsync(Messages);
        Assert.Equal(
            [question.GetProperty("id").GetInt64(), answer.Json.GetProperty("answer").GetProperty("id").GetInt64()],
            kept.Json.EnumerateArray().Select(m => m.GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task A_form_fills_the_options_of_its_command_and_shows_the_line_for_it()
    {
        var answer = await _http.PostAsync(Messages, new { text = "/set 12", name = "Una", fields = new Dictionary<string, string?> { ["note"] = "", ["title"] = " it's \"new\" ", ["thing"] = null, ["other"] = "x" } });

        Assert.Equal("/set 12 thing:\"\" title:\"it's \"new\"\" note:\"\"", answer.Json.GetProperty("question").GetProperty("text").GetString());
        Assert.Equal("/set was not run", answer.Json.GetProperty("answer").GetProperty("card").GetProperty("title").GetString());

        var filled = await _http.PostAsync(Messages, new { text = "/set 12", name = "Una", fields = new { title = "New", note = "" } });
        var facts = filled.Json.GetProperty("answer").GetProperty("card").GetProperty("blocks")[0].GetProperty("rows").EnumerateArray();
        Assert.Equal([("thing", "12"), ("title", "New"), ("note", "")], facts.Select(f => (f.GetProperty("label").GetString(), f.GetProperty("value").GetString())));
    }

    [Fact]
    public async Task A_form_of_a_command_that_is_gone_is_told()
    {
        var answer = await _http.PostAsync(Messages, new { text = "/gone 12", name = "Una", fields = new { title = "New" } });

        Assert.Equal("There is no command /gone", answer.Json.GetProperty("answer").GetProperty("card").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Whoever_sits_at_this_machine_is_a_moderator() =>
        Assert.Equal("feed add ran", await AddFeedAsync(_http));

    [Fact]
    public async Task Whom_a_proxy_speaks_for_is_no_moderator() =>
        Assert.Equal("Only moderators may run /feed add", await AddFeedAsync(_http, ("X-Forwarded-For", "203.0.113.9")));

    [Theory]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:8080", "http://0.0.0.0:0")]
    public async Task Nobody_is_a_moderator_on_a_server_that_others_can_reach(string address, string listen)
    {
        await using var chat = await LocalChat.StartAsync(new LocalOptions { Address = address }, listen: listen);
        using var http = new TestHttp(new Uri($"http://127.0.0.1:{chat.Address.Port}"));

        Assert.Equal("Only moderators may run /feed add", await AddFeedAsync(http));
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("192.168.1.5:8080", HttpStatusCode.Forbidden)]
    [InlineData("localhost:1234", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    public async Task Only_the_names_of_this_machine_are_served(string host, HttpStatusCode expected)
    {
        foreach (var path in new[] { "/", "/chat.js", "/api/channels", "/api/complete?text=/" })
        {
            Assert.Equal(expected, (await _http.GetAsync(path, ("Host", host))).Status);
        }
    }

    [Fact]
    public async Task Any_host_is_served_where_others_are_meant_to_reach_it()
    {
        await using var chat = await LocalChat.StartAsync(new LocalOptions { Address = "http://0.0.0.0:8080" });
        using var http = new TestHttp(chat.Address);

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/", ("Host", "chat.example"))).Status);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    [InlineData("file://")]
    public async Task A_post_of_another_site_is_turned_away(string origin)
    {
        var answer = await _http.PostAsync(Messages, new { text = "/echo x", name = "Una" }, ("Origin", origin));

        Assert.Equal((HttpStatusCode.Forbidden, "This came from another site."), (answer.Status, answer.Error));
        Assert.Empty((await _http.GetAsync(Messages)).Json.EnumerateArray());
    }

    [Fact]
    public async Task A_post_of_the_page_itself_passes() =>
        Assert.Equal(HttpStatusCode.OK, (await _http.PostAsync(Messages, new { text = "/echo x", name = "Una" }, ("Origin", _chat.Address.GetLeftPart(UriPartial.Authority)))).Status);

    [Fact]
    public async Task A_form_is_turned_away()
    {
        var answer = await _http.SendAsync(HttpMethod.Post, Messages, new StringContent("{\"text\":\"/echo x\",\"name\":\"U\"}", Encoding.UTF8, "text/plain"));

        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "The content type must be application/json."), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("{\"text\":\"  \",\"name\":\"Una\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"text\":\"/echo x\"}", HttpStatusCode.BadRequest)]
    [InlineData("{\"text\":5,\"name\":\"Una\"}", HttpStatusCode.BadRequest)]
    public async Task A_body_that_cannot_be_used_is_told(string body, HttpStatusCode expected)
    {
        var answer = await _http.SendAsync(HttpMethod.Post, Messages, new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(expected, answer.Status);
        Assert.NotEmpty(answer.Error);
        Assert.Empty((await _http.GetAsync(Messages)).Json.EnumerateArray());
    }

    [Fact]
    public async Task Too_much_is_turned_away()
    {
        Assert.Equal(HttpStatusCode.OK, (await _http.PostAsync(Messages, new { text = "/echo " + new string('x', 1994), name = "Una" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.PostAsync(Messages, new { text = "/echo " + new string('x', 1995), name = "Una" })).Status);

        var huge = await _http.PostAsync(Messages, new { text = new string('x', 17 * 1024), name = "Una" });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.Status);
        Assert.NotEmpty(huge.Error);
    }

    [Fact]
    public async Task A_channel_can_be_made_once_and_used()
    {
        Assert.Equal(HttpStatusCode.Created, (await _http.PostAsync("/api/channels", new { name = "weather" })).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await _http.PostAsync("/api/channels", new { name = "#weather" })).Status);
        Assert.Equal("That is no channel name. Use lower-case letters, digits and dashes, at most 32.", (await _http.PostAsync("/api/channels", new { name = "../x" })).Error);

        await _http.PostAsync("/api/channels/weather/messages", new { text = "/echo x", name = "Una" });
        Assert.Equal(
            [("general", 0L), ("weather", 2L)],
            (await _http.GetAsync("/api/channels")).Json.EnumerateArray().Select(c => (c.GetProperty("name").GetString()!, c.GetProperty("newestId").GetInt64())));
    }

    [Fact]
    public async Task An_unknown_channel_is_told()
    {
        Assert.Equal("There is no channel #nowhere.", (await _http.GetAsync("/api/channels/nowhere/messages")).Error);
        Assert.Equal("There is no channel #nowhere.", (await _http.PostAsync("/api/channels/nowhere/messages", new { text = "/echo x", name = "Una" })).Error);
    }

    [Fact]
    public async Task Messages_are_paged_upwards_newest_fifty_first()
    {
        for (var number = 1; number <= 60; number++)
        {
            await _chat.Messages.AddTextAsync("general", "Una", $"line {number}", TestContext.Current.CancellationToken);
        }

        Assert.Equal(Enumerable.Range(11, 50), await PageAsync(""));
        Assert.Equal(Enumerable.Range(1, 10), await PageAsync("?before=11"));
        Assert.Equal([8, 9], await PageAsync("?before=10&limit=2"));
        Assert.Equal("before and limit are whole numbers, 1 or more.", (await _http.GetAsync(Messages + "?before=abc")).Error);
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.GetAsync(Messages + "?limit=0")).Status);

        async Task<IEnumerable<int>> PageAsync(string query) =>
            (await _http.GetAsync(Messages + query)).Json.EnumerateArray().Select(m => m.GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task A_line_is_completed()
    {
        var answer = await _http.GetAsync("/api/complete?text=%2Fwho%20le");

        Assert.Equal("""[{"line":"/who lee-jae","label":"Lee Jae, speaker","summary":"lee-jae"}]""", answer.Text);
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.GetAsync("/api/complete")).Status);
    }

    [Fact]
    public async Task A_card_is_written_with_the_kinds_of_its_blocks()
    {
        await _chat.Platform.SendAsync(
            new OutgoingMessage(new ChannelAddress("local", "general"), Card.Answer("T", new CardBlock.Excerpt("abc", 1, 1)) with { Tone = CardTone.Alert }, "key-1"),
            TestContext.Current.CancellationToken);

        var card = (await _http.GetAsync(Messages)).Json[0].GetProperty("card");

        Assert.Equal("Alert", card.GetProperty("tone").GetString());
        Assert.Equal("""{"kind":"excerpt","text":"abc","start":1,"length":1}""", JsonSerializer.Serialize(card.GetProperty("blocks")[0]));
    }

    private static async Task<string> AddFeedAsync(TestHttp http, params (string, string)[] headers)
    {
        var answer = await http.PostAsync(Messages, new { text = "/feed add https://x.example/rss", name = "Una" }, headers);
        return answer.Json.GetProperty("answer").GetProperty("card").GetProperty("title").GetString()!;
    }
}
