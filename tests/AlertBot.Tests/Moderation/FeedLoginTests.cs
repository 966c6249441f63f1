using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertBot.Tests.Moderation;

/// <summary>Logins and headers of feeds: who is told, who is not, and where they can't be found.</summary>
public sealed class FeedLoginTests
{
    private const string User = "press-desk";
    private const string Password = "Tr0ub4dor-Ω3";
    private const string Key = "k3y-0f-the-wire-4711";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_feed_that_wants_a_login_says_so_and_is_read_once_it_has_one()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", "");
        Guard(bot.Site, "/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();
        Assert.Contains("401: the feed wants a login. Give it with /feed login", (await bot.FeedAsync(feed)).LastError, StringComparison.Ordinal);

        var card = await bot.SayAsync($"/feed login {feed.Id} user:{User} password:{Password}");
        await bot.TurnAsync();

        Assert.Equal(CardTone.Answer, card.Tone);
        Assert.Contains("The site answers to it", card.Text(), StringComparison.Ordinal);
        Assert.Contains("Careful", card.Text(), StringComparison.Ordinal);
        Assert.Single(await bot.StoriesAsync());
        Assert.Null((await bot.FeedAsync(feed)).Fault);
    }

    [Fact]
    public async Task A_login_that_the_site_refuses_is_not_kept()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", "");
        Guard(bot.Site, "/feed", Rss.Feed());

        var card = await bot.SayAsync($"/feed login {feed.Id} user:{User} password:wrong");

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains("does not accept", card.Title, StringComparison.Ordinal);
        Assert.Empty(bot.Get<FeedSecrets>().Of(feed.Id));
    }

    [Fact]
    public async Task A_site_that_can_not_be_asked_now_gets_it_later()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", "");
        bot.Site.Answer("/feed", 500);

        Assert.Contains("could not be tried now: 500", (await bot.SayAsync($"/feed login {feed.Id} user:{User} password:{Password}")).Text(), StringComparison.Ordinal);
        Guard(bot.Site, "/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();

        Assert.Single(await bot.StoriesAsync());
    }

    [Theory]
    [InlineData("X-Api-Key")]
    [InlineData("x-api-key")]
    [InlineData("Cookie")]
    [InlineData("Authorization")]
    [InlineData("User-Agent")]
    public async Task A_header_is_sent_with_every_poll_in_the_place_of_our_own(string name)
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed header {feed.Id} name:{name} value:{Key} and more; a=b");
        bot.Site.Requests.Clear();

        await bot.TurnAsync();

        Assert.Equal($"{Key} and more; a=b", Assert.Single(bot.Site.Requests).Headers[name]);
    }

    [Fact]
    public async Task Headers_add_up_and_each_can_be_taken_away()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed header {feed.Id} name:X-One value:1");
        await bot.SayAsync($"/feed header {feed.Id} name:X-Two value:2");
        await bot.SayAsync($"/feed header {feed.Id} name:X-TWO value:3");
        await bot.SayAsync($"/feed login {feed.Id} user:{User} password:{Password}");
        Assert.Equal(["Authorization", "X-One", "X-Two"], bot.Get<FeedSecrets>().Of(feed.Id).Select(s => s.Name));

        await bot.SayAsync($"/feed header {feed.Id} name:x-one value:-");
        Assert.Equal(["Authorization", "X-Two"], bot.Get<FeedSecrets>().Of(feed.Id).Select(s => s.Name));
        Assert.Equal(CardTone.Problem, (await bot.SayAsync($"/feed header {feed.Id} name:x-one value:-")).Tone);

        await bot.SayAsync($"/feed logout {feed.Id}");
        bot.Site.Requests.Clear();
        await bot.TurnAsync();
        Assert.Empty(bot.Get<FeedSecrets>().Of(feed.Id));
        Assert.False(Assert.Single(bot.Site.Requests).Headers.ContainsKey("X-Two"));
        Assert.Contains("Nothing was changed", (await bot.SayAsync($"/feed logout {feed.Id}")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name:Host value:evil.example", "can't be set")]
    [InlineData("name:Content-Length value:5", "can't be set")]
    [InlineData("name:transfer-encoding value:chunked", "can't be set")]
    [InlineData("name:\"X Y\" value:5", "no name of a header")]
    [InlineData("name:X:Y value:5", "no name of a header")]
    [InlineData("name:X-Key value:schlüssel", "plain ASCII")]
    [InlineData("value:5", "name is missing")]
    public async Task A_header_that_can_not_be_is_told_and_nothing_is_stored(string values, string why)
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());

        var card = await bot.SayAsync($"/feed header {feed.Id} {values}");

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains(why, $"{card.Title} {card.Text()}", StringComparison.Ordinal);
        Assert.Empty(bot.Get<FeedSecrets>().Of(feed.Id));
    }

    [Theory]
    [InlineData("a\r\nHost: evil.example")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("")]
    public void A_value_that_would_break_out_of_its_line_is_refused(string value) => Assert.NotNull(SecretHeaders.FaultOf("X-Key", value));

    [Theory]
    [InlineData("https://wire.example/other?x=1", true)]
    [InlineData("https://wire.example:443/feed", true)]
    [InlineData("http://wire.example/feed", false)]
    [InlineData("https://wire.example:8443/feed", false)]
    [InlineData("https://www.wire.example/feed", false)]
    [InlineData("https://wire.example.evil.example/feed", false)]
    [InlineData("http://wire.example:443/feed", false)]
    public void A_secret_is_for_one_site_only(string address, bool isFor) =>
        Assert.Equal(isFor, new SecretHeaders(SecretHeaders.OriginOf(new Uri("https://wire.example/feed")), new Dictionary<string, string>()).AreFor(new Uri(address)));

    [Fact]
    public async Task It_goes_along_with_redirects_within_the_site_and_never_to_another_one()
    {
        await using var other = await FeedSite.StartAsync();
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Feeds:AllowedPrivateEndpoints:1"] = other.Endpoint.ToString() });
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed login {feed.Id} user:{User} password:{Password}");
        await bot.SayAsync($"/feed header {feed.Id} name:X-Api-Key value:{Key}");
        bot.Site.Requests.Clear();
        bot.Site.Answer("/feed", 302, "Location", "/inside");
        bot.Site.Answer("/inside", 307, "Location", other.Address("/outside").AbsoluteUri);
        other.Answer("/outside", 302, "Location", other.Address("/last").AbsoluteUri);
        other.Answer("/last", 401);

        await bot.TurnAsync();

        Assert.All(bot.Site.Requests, r => Assert.Equal(Key, r.Headers["X-Api-Key"]));
        Assert.Equal(["/outside", "/last"], other.Requests.Select(r => r.Path));
        Assert.All(other.Requests, r => Assert.False(r.Headers.ContainsKey("Authorization") || r.Headers.ContainsKey("X-Api-Key")));
        Assert.Contains($"is for http://{bot.Site.Endpoint} only and is not sent to http://{other.Endpoint}", (await bot.FeedAsync(feed)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_moves_to_another_site_for_good_does_not_take_its_login_along()
    {
        await using var other = await FeedSite.StartAsync();
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Feeds:AllowedPrivateEndpoints:1"] = other.Endpoint.ToString() });
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed header {feed.Id} name:X-Api-Key value:{Key}");
        bot.Site.Answer("/feed", 301, "Location", other.Address("/feed").AbsoluteUri);
        other.Serve("/feed", Rss.Feed());
        await bot.TurnAsync();
        await bot.TurnAsync();

        Assert.Equal(other.Address("/feed"), (await bot.FeedAsync(feed)).Address);
        Assert.All(other.Requests, r => Assert.False(r.Headers.ContainsKey("X-Api-Key")));
        Assert.Equal(2, other.Requests.Count);
    }

    [Fact]
    public async Task An_address_typed_with_a_login_is_taken_apart()
    {
        await using var bot = await BotHarness.StartAsync();
        Guard(bot.Site, "/feed", Rss.Feed(Rss.AboutNorthKorea(1)));

        var card = await bot.SayAsync($"/feed add http://{User}:{Uri.EscapeDataString(Password)}@{bot.Site.Endpoint}/feed");
        await bot.TurnAsync();

        var feed = Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token));
        Assert.Equal(bot.Site.Address("/feed"), feed.Address);
        Assert.Contains("was taken out of it", card.Text(), StringComparison.Ordinal);
        Assert.Single(await bot.StoriesAsync());
    }

    [Fact]
    public async Task A_feed_added_with_its_login_is_in_the_log_and_can_be_taken_back()
    {
        await using var bot = await BotHarness.StartAsync();
        Guard(bot.Site, "/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        var added = await bot.SayAsync($"/feed add http://{User}:{Uri.EscapeDataString(Password)}@{bot.Site.Endpoint}/feed");

        Assert.Equal(["feed", "feed-login"], await bot.QueryAsync<string>("SELECT kind FROM changes ORDER BY id"));
        await bot.SayAsync(Assert.Single(added.Actions).Command);
        Assert.Empty(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }

    [Fact]
    public async Task An_address_with_a_wrong_login_adds_nothing()
    {
        await using var bot = await BotHarness.StartAsync();
        Guard(bot.Site, "/feed", Rss.Feed());

        var card = await bot.SayAsync($"/feed add http://{User}:wrong@{bot.Site.Endpoint}/feed");

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.DoesNotContain("wrong@", card.Text(), StringComparison.Ordinal);
        Assert.Empty(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }

    [Fact]
    public async Task A_feed_is_set_to_an_address_with_a_login_and_to_one_of_another_site()
    {
        await using var other = await FeedSite.StartAsync();
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Feeds:AllowedPrivateEndpoints:1"] = other.Endpoint.ToString() });
        var feed = await bot.AddFeedAsync("/old", Rss.Feed());
        Guard(bot.Site, "/new", Rss.Feed(Rss.AboutNorthKorea(1)));
        other.Serve("/feed", Rss.Feed());

        var card = await bot.SayAsync($"/feed set {feed.Id} address:http://{User}:{Uri.EscapeDataString(Password)}@{bot.Site.Endpoint}/new");
        await bot.TurnAsync();
        Assert.Equal((bot.Site.Address("/new"), 0), ((await bot.FeedAsync(feed)).Address, (await bot.FeedAsync(feed)).Failures));
        Assert.Contains("was taken out of it", card.Text(), StringComparison.Ordinal);

        // Within the site the login is kept; elsewhere it is not sent.
        Guard(bot.Site, "/newer", Rss.Feed());
        Assert.DoesNotContain("Its login", (await bot.SayAsync($"/feed set {feed.Id} address:{bot.Site.Address("/newer")}")).Text(), StringComparison.Ordinal);
        var moved = await bot.SayAsync($"/feed set {feed.Id} address:{other.Address("/feed")}");
        Assert.Contains($"Its login is for http://{bot.Site.Endpoint} and is not sent", moved.Text(), StringComparison.Ordinal);
        Assert.All(other.Requests, r => Assert.False(r.Headers.ContainsKey("Authorization")));
    }

    [Fact]
    public async Task A_form_asks_for_what_is_missing_and_holds_nothing_of_what_is_there()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed login {feed.Id} user:{User} password:{Password}");

        var login = (await bot.SayAsync($"/feed login {feed.Id}")).Form!;
        var header = (await bot.SayAsync($"/feed header {feed.Id} name:X-Api-Key")).Form!;

        Assert.Equal([("user", ""), ("password", "")], login.Fields.Select(f => (f.Option, f.Value)));
        Assert.Equal([("name", "X-Api-Key"), ("value", "")], header.Fields.Select(f => (f.Option, f.Value)));
    }

    [Fact]
    public async Task Only_moderators_give_and_take_logins()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed header {feed.Id} name:X-Api-Key value:{Key}");

        Assert.Equal(CardTone.Problem, (await bot.SayAsync($"/feed login {feed.Id} user:a password:b", BotHarness.Member)).Tone);
        Assert.Equal(CardTone.Problem, (await bot.SayAsync($"/feed header {feed.Id} name:X-Api-Key value:b", BotHarness.Member)).Tone);
        Assert.Equal(CardTone.Problem, (await bot.SayAsync($"/feed logout {feed.Id}", BotHarness.Member)).Tone);
        Assert.Single(bot.Get<FeedSecrets>().Of(feed.Id));
    }

    [Fact]
    public async Task It_outlives_the_process_and_lost_keys_are_told_with_what_to_do()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        Guard(bot.Site, "/feed", Rss.Feed());
        await bot.SayAsync($"/feed login {feed.Id} user:{User} password:{Password}");
        await bot.RestartAsync();
        await bot.TurnAsync();
        Assert.Equal(0, (await bot.FeedAsync(feed)).Failures);

        Directory.Delete(bot.Get<SecretVault>().Folder, recursive: true);
        await bot.RestartAsync();
        await bot.TurnAsync();
        var failing = await bot.FeedAsync(feed);
        Assert.Equal(FetchFault.Login, failing.Fault);
        Assert.Contains("Storage:Keys", failing.LastError, StringComparison.Ordinal);

        await bot.SayAsync($"/feed logout {feed.Id}");
        await bot.SayAsync($"/feed login {feed.Id} user:{User} password:{Password}");
        await bot.TurnAsync();
        Assert.Equal(0, (await bot.FeedAsync(feed)).Failures);
    }

    [Fact]
    public async Task No_log_line_card_message_change_or_byte_of_the_database_shows_it()
    {
        var lines = new ConcurrentQueue<string>();
        using var collector = new Collector(lines);
        await using var bot = await BotHarness.StartAsync(storage: StorageProvider.Sqlite, configure: s => s.AddLogging(l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(collector)));
        var feed = await bot.AddFeedAsync("/feed", "");
        Guard(bot.Site, "/feed", Rss.Feed());
        List<string> cards = [];

        // As they are typed on the page, right and wrong, and filled into forms.
        foreach (var line in new[]
        {
            $"/feed login {feed.Id} user:{User} password:{Password}",
            $"/feed login {feed.Id} {User} {Password}",
            $"/feed login no-such-feed user:{User} password:{Password}",
            $"/feed login {feed.Id} password:{Password}",
            $"/feed login {feed.Id} user:\"{User} password:{Password}",
            $"/feed login {feed.Id} user:{User} user:{User} password:{Password} password:{Password}",
            $"/feed login user:{User} password:{Password}",
            $"/feed header {feed.Id} name:X-Api-Key value:{Key}",
            $"/feed header {feed.Id} name:Host value:{Key}",
            $"/feed header {feed.Id} value:{Key}",
            $"/feed add http://{User}:{Password}@{bot.Site.Endpoint}/feed",
            $"/feed add ftp://{User}:{Password}@{bot.Site.Endpoint}/feed",
            $"/feed add http://{User}:{Password}@{bot.Site.Endpoint}/nothing",
            $"/feed test http://{User}:{Password}@{bot.Site.Endpoint}/feed",
            $"/feed set {feed.Id} address:http://{User}:{Password}@{bot.Site.Endpoint}/feed",
            $"/feed set {feed.Id} address:http://{User}:{Password}@10.0.0.1/feed",
            $"/feed set {feed.Id} address:http://{User}:{Password}@{bot.Site.Endpoint}/feed minutes:often",
        })
        {
            cards.Add(Written((await bot.Get<LocalConversation>().SayAsync(BotHarness.Channel, BotHarness.Moderator, line, bot.Token)).Answer.Card));
        }

        cards.Add(Written((await bot.Get<LocalConversation>().SubmitAsync(
            BotHarness.Channel, BotHarness.Moderator, $"/feed login {feed.Id}", new Dictionary<string, string?> { ["user"] = User, ["password"] = Password }, new Dictionary<string, GivenFile>(), bot.Token)).Answer.Card));
        Assert.NotEmpty(bot.Get<FeedSecrets>().Of(feed.Id));

        // Whatever becomes of the feed, and whatever shows it.
        await bot.TurnAsync();
        bot.Site.Answer("/feed", 403);
        await bot.TurnAsync();
        bot.Site.Answer("/feed", 302, "Location", "http://10.0.0.1/");
        await bot.TurnAsync();
        foreach (var command in bot.Get<CommandRouter>().Commands.Where(c => c.Name.StartsWith("feed ", StringComparison.Ordinal) || c.Name is "audit" or "doctor" or "config export" or "setup"))
        {
            cards.Add(Written(await bot.SayAsync(command.Options is [{ Name: "feed" }, ..] && command.Name is not ("feed remove" or "feed logout") ? $"/{command.Name} {feed.Id}" : $"/{command.Name}")));
        }

        Assert.NotEmpty(lines);
        var secrets = new[] { Password, Uri.EscapeDataString(Password), Key, User, Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")) };
        var stored = Encoding.UTF8.GetString(Bytes(Path.GetDirectoryName(((SqliteDatabase)bot.Get<Database>()).Path)!));
        Assert.Contains("feed-login", stored, StringComparison.Ordinal);
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(cards, card => card.Contains(secret, StringComparison.Ordinal));
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/feed login 12 user:bob password:a b c", "/feed login feed:12 user:••• password:•••")]
    [InlineData("feed header 12 X-Key secret", "/feed header feed:12 name:X-Key value:•••")]
    [InlineData("/feed add https://bob:secret@wire.example/feed My wire", "/feed add https://•••@wire.example/feed My wire")]
    [InlineData("/feed add https://wire.example/@bob", "/feed add https://wire.example/@bob")]
    [InlineData("/who kim", "/who kim")]
    public async Task A_typed_line_is_kept_without_its_secrets(string typed, string kept)
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.Equal(kept, (await bot.Get<LocalConversation>().SayAsync(BotHarness.Channel, BotHarness.Member, typed, bot.Token)).Question.Text);
    }

    // The card as it is sent and kept, with its forms, actions and links.
    private static string Written(Card? card) => JsonSerializer.Serialize(card, Readable);

    private static void Guard(FeedSite site, string path, string body) => site.Handle(path, async context =>
    {
        if (context.Request.Headers.Authorization != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}")
        {
            context.Response.StatusCode = (int)HttpStatusCode.Unauthorized;
            return;
        }

        await context.Response.WriteAsync(body);
    });

    private static byte[] Bytes(string folder) => [.. Directory.GetFiles(folder).SelectMany(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        return memory.ToArray();
    })];

    private sealed class Collector(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
