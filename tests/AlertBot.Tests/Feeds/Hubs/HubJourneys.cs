using System.Net;
using AlertBot.Feeds;
using AlertBot.Feeds.Hubs;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Feeds.Hubs;

/// <summary>Feeds that a hub pushes, from the offer to the end, with a hub that speaks WebSub over real HTTP.</summary>
public sealed class HubJourneys
{
    [Fact]
    public async Task A_push_brings_the_story_at_once_without_waiting_for_the_next_poll()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Bot.SayAsync("/follow north-korea");
        await bench.SubscribeAsync();
        bench.Serve(Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(1));

        var answer = await bench.Hub.PushAsync(bench.Hub.Last, "<rss/>");
        bench.Bot.Time.Advance(TimeSpan.FromMinutes(1));
        await bench.PollAsync();
        await bench.Bot.DeliverAsync();

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal("North Korea fires missile number 2", Assert.Single(await bench.Bot.AlertsAsync()).Title);
    }

    [Fact]
    public async Task What_was_pushed_is_not_believed_the_feed_itself_is_asked()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Bot.SayAsync("/follow north-korea");
        await bench.SubscribeAsync();

        await bench.Hub.PushAsync(bench.Hub.Last, Rss.Feed(Rss.AboutNorthKorea(66)));
        bench.Bot.Time.Advance(TimeSpan.FromMinutes(1));
        await bench.PollAsync();
        await bench.Bot.DeliverAsync();

        Assert.Empty(await bench.Bot.AlertsAsync());
        Assert.Equal(2, bench.Polls);
    }

    [Fact]
    public async Task The_request_asks_for_a_lease_and_gives_a_secret_and_an_address_that_nobody_guesses()
    {
        await using var bench = await Bench.StartAsync();
        bench.Bot.Site.ServeWith("/two", Rss.Feed(), "Link", $"<{bench.Hub.Address}>; rel=hub");
        await bench.Bot.Get<FeedStore>().AddAsync(bench.Bot.Site.Address("/two"), null, null, "test", bench.Bot.Token);
        await bench.PollAsync();
        await bench.KeepAsync();

        Assert.Equal(2, bench.Hub.Requests.Count);
        Assert.All(bench.Hub.Requests, r => Assert.Equal(("subscribe", "864000", 43), (r.Mode, r.Lease, r.Secret!.Length)));
        Assert.All(bench.Hub.Requests, r => Assert.StartsWith("https://bot.example/in/websub/", r.Callback, StringComparison.Ordinal));
        Assert.Equal(4, bench.Hub.Requests.SelectMany(r => new[] { r.Callback[^43..], r.Secret! }).Distinct().Count());
        Assert.Equal(["https://wire.example/topic", bench.Bot.Site.Address("/two").AbsoluteUri], bench.Hub.Requests.Select(r => r.Topic).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task The_hub_that_stands_in_the_document_is_asked_too()
    {
        await using var bench = await Bench.StartAsync();
        await bench.Bot.AddFeedAsync("/atom", $"""
            <feed xmlns="http://www.w3.org/2005/Atom"><title>Atom Wire</title>
            <link rel="self" href="https://wire.example/atom"/><link rel="hub" href="{bench.Hub.Address}"/></feed>
            """);
        await bench.PollAsync();
        await bench.KeepAsync();

        Assert.Contains("https://wire.example/atom", bench.Hub.Requests.Select(r => r.Topic));
    }

    [Fact]
    public async Task Only_what_was_asked_for_is_confirmed()
    {
        await using var bench = await Bench.StartAsync();
        await bench.KeepAsync();
        var asked = bench.Hub.Last;

        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.VerifyAsync(asked, topic: "https://wire.example/other")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.VerifyAsync(asked, mode: "unsubscribe")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.VerifyAsync(asked, mode: "publish")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.VerifyAsync(asked, challenge: "")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.VerifyAsync(asked with { Callback = asked.Callback[..^1] + (asked.Callback[^1] == 'A' ? 'B' : 'A') })).Status);
        Assert.Null((await bench.FeedAsync()).PushedUntil);
        var answer = await bench.Hub.VerifyAsync(asked, challenge: "<script>alert(1)</script>");
        Assert.Equal((HttpStatusCode.OK, "<script>alert(1)</script>"), (answer.Status, answer.Text));
        Assert.Equal(("text/plain; charset=utf-8", "nosniff"), (answer.Headers["Content-Type"], answer.Headers["X-Content-Type-Options"]));
        Assert.Equal(bench.Bot.Time.GetUtcNow() + TimeSpan.FromDays(10), (await bench.FeedAsync()).PushedUntil);
    }

    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    [InlineData("sha384")]
    [InlineData("sha512")]
    public async Task Each_method_of_the_specification_signs(string method)
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        bench.Bot.Time.Advance(TimeSpan.FromMinutes(2));

        await bench.Hub.PushAsync(bench.Hub.Last, "<rss/>", method);

        Assert.Equal(bench.Bot.Time.GetUtcNow(), (await bench.FeedAsync()).NextPollAt);
    }

    [Theory]
    [InlineData("sha256=00")]
    [InlineData("md5=d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("sha256")]
    [InlineData("")]
    [InlineData("sha256=")]
    public async Task A_push_with_a_wrong_signature_is_taken_and_ignored(string signature)
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        bench.Bot.Time.Advance(TimeSpan.FromMinutes(2));
        var before = await bench.FeedAsync();

        var answer = await bench.Hub.PushAsync(bench.Hub.Last, "<rss/>", signature: signature);
        var forged = await bench.Hub.PushAsync(bench.Hub.Last, "<rss/>", signature: $"sha256={WebSubHub.Signed(bench.Hub.Last.Secret!, "<rss></rss>", "sha256")}");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (answer.Status, forged.Status));
        Assert.Equal(before.NextPollAt, (await bench.FeedAsync()).NextPollAt);
    }

    [Fact]
    public async Task A_hub_that_pushes_all_the_time_has_the_feed_asked_once_a_minute()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        var polls = bench.Polls;
        for (var second = 0; second < 120; second += 2)
        {
            bench.Bot.Time.Advance(TimeSpan.FromSeconds(2));
            await bench.Hub.PushAsync(bench.Hub.Last, "<rss/>");
            await bench.PollAsync();
        }

        Assert.Equal(2, bench.Polls - polls);
    }

    [Fact]
    public async Task A_push_during_a_poll_is_not_lost()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        bench.Bot.Time.Advance(TimeSpan.FromHours(2));
        var feeds = bench.Bot.Get<FeedStore>();
        Assert.Single(await feeds.LeaseDueAsync(10, bench.Bot.Token));

        await bench.Hub.PushAsync(bench.Hub.Last, "<rss/>");
        var leased = await bench.FeedAsync();
        await bench.Bot.Get<Database>().InTransactionAsync(transaction => feeds.ReleaseAsync(transaction, null), bench.Bot.Token);
        await bench.PollAsync();
        bench.Bot.Time.Advance(TimeSpan.FromMinutes(2));
        await bench.KeepAsync();

        Assert.True(leased.NextPollAt < bench.Bot.Time.GetUtcNow(), "It was due before.");
        Assert.Equal(bench.Bot.Time.GetUtcNow(), (await bench.FeedAsync()).NextPollAt);
    }

    [Fact]
    public async Task A_pushed_feed_is_polled_rarely_but_polled()
    {
        await using var bench = await Bench.StartAsync(new Dictionary<string, string?> { ["Feeds:MaxInterval"] = "01:00:00" });
        await bench.SubscribeAsync();
        await bench.Bot.TurnAsync();
        var polls = bench.Polls;
        for (var minutes = 0; minutes < 24 * 60; minutes += 5)
        {
            bench.Bot.Time.Advance(TimeSpan.FromMinutes(5));
            await bench.PollAsync();
        }

        Assert.InRange(bench.Polls - polls, 22, 24);
    }

    [Fact]
    public async Task A_lease_is_renewed_before_it_ends_and_the_renewal_keeps_address_and_secret()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync(lease: 100_000);
        bench.Bot.Time.Advance(TimeSpan.FromSeconds(79_000));
        await bench.KeepAsync();
        var early = bench.Hub.Requests.Count;
        bench.Bot.Time.Advance(TimeSpan.FromSeconds(2_000));
        await bench.KeepAsync();
        await bench.Hub.VerifyAsync(bench.Hub.Last, lease: 100_000);

        Assert.Equal(1, early);
        Assert.Equal(2, bench.Hub.Requests.Count);
        Assert.Equal(bench.Hub.Requests.First(), bench.Hub.Last);
        Assert.Equal(bench.Bot.Time.GetUtcNow() + TimeSpan.FromSeconds(100_000), (await bench.FeedAsync()).PushedUntil);
    }

    [Fact]
    public async Task A_lease_that_ends_unrenewed_leaves_the_feed_to_polling()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync(lease: 100_000);
        bench.Hub.Status = 500;
        for (var hours = 0; hours < 28; hours++)
        {
            bench.Bot.Time.Advance(TimeSpan.FromHours(1));
            await bench.PollAsync();
            await bench.KeepAsync();
        }

        Assert.Null((await bench.FeedAsync()).PushedUntil);
        Assert.InRange(bench.Hub.Requests.Count, 4, 6);
        var polls = bench.Polls;
        for (var minutes = 0; minutes < 120; minutes += 5)
        {
            bench.Bot.Time.Advance(TimeSpan.FromMinutes(5));
            await bench.PollAsync();
        }

        Assert.InRange(bench.Polls - polls, 2, 24);
        Assert.Equal(0, (await bench.FeedAsync()).Failures);
    }

    [Fact]
    public async Task A_hub_that_does_not_confirm_is_asked_ever_more_rarely()
    {
        await using var bench = await Bench.StartAsync();
        for (var minutes = 0; minutes < 8 * 60; minutes++)
        {
            await bench.KeepAsync();
            bench.Bot.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(4, bench.Hub.Requests.Count);
        Assert.Null((await bench.FeedAsync()).PushedUntil);
    }

    [Fact]
    public async Task A_hub_that_verifies_before_it_answers_is_believed_whatever_it_answers()
    {
        await using var bench = await Bench.StartAsync();
        bench.Hub.IsHasty = true;
        bench.Hub.Status = 500;
        await bench.KeepAsync();

        Assert.NotNull((await bench.FeedAsync()).PushedUntil);
    }

    [Fact]
    public async Task A_hub_that_denies_leaves_the_feed_to_polling_and_is_left_alone_for_a_week()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        bench.Bot.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.OK, (await bench.Hub.VerifyAsync(bench.Hub.Last, mode: "denied", reason: "no such topic")).Status);

        Assert.Equal((null, bench.Bot.Time.GetUtcNow()), ((await bench.FeedAsync()).PushedUntil, (await bench.FeedAsync()).NextPollAt));
        bench.Bot.Time.Advance(TimeSpan.FromDays(6));
        await bench.KeepAsync();
        Assert.Single(bench.Hub.Requests);
        bench.Bot.Time.Advance(TimeSpan.FromDays(2));
        await bench.KeepAsync();
        Assert.Equal(2, bench.Hub.Requests.Count);
    }

    [Theory]
    [InlineData("/feed pause 1")]
    [InlineData("/feed remove 1")]
    public async Task A_feed_that_rests_or_goes_is_unsubscribed(string line)
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        var subscribed = bench.Hub.Last;
        await bench.Bot.SayAsync(line);
        await bench.KeepAsync();

        Assert.Equal(("unsubscribe", subscribed.Callback, subscribed.Topic, null), (bench.Hub.Last.Mode, bench.Hub.Last.Callback, bench.Hub.Last.Topic, bench.Hub.Last.Secret));
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.PushAsync(subscribed, "<rss/>")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.VerifyAsync(subscribed)).Status);
        Assert.Equal((HttpStatusCode.OK, "a challenge"), await bench.Hub.VerifyAsync(bench.Hub.Last) is var answer ? (answer.Status, answer.Text) : default);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.VerifyAsync(bench.Hub.Last)).Status);
        bench.Bot.Time.Advance(TimeSpan.FromDays(30));
        await bench.KeepAsync();
        Assert.Equal(2, bench.Hub.Requests.Count);
    }

    [Fact]
    public async Task A_hub_that_never_answers_the_farewell_is_forgotten_after_three()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        await bench.Bot.SayAsync("/feed pause 1");
        bench.Hub.Status = 500;
        for (var day = 0; day < 10; day++)
        {
            await bench.KeepAsync();
            bench.Bot.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(3, bench.Hub.Requests.Count(r => r.Mode == "unsubscribe"));
        await bench.Bot.SayAsync("/feed resume 1");
        await bench.KeepAsync();
        Assert.Equal("subscribe", bench.Hub.Last.Mode);
    }

    [Fact]
    public async Task A_feed_that_changes_its_hub_leaves_the_old_one()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        bench.Serve(new Uri(bench.Hub.Address, "/moved"), Rss.AboutNorthKorea(1));
        await bench.Bot.TurnAsync();
        bench.Bot.Time.Advance(TimeSpan.FromHours(2));
        await bench.PollAsync();
        await bench.KeepAsync();

        Assert.Equal(["subscribe", "subscribe", "unsubscribe"], bench.Hub.Requests.Select(r => r.Mode).Order(StringComparer.Ordinal));
        Assert.Equal(2, bench.Hub.Requests.Select(r => r.Callback).Distinct().Count());
    }

    [Fact]
    public async Task A_bot_that_is_seen_elsewhere_from_now_on_subscribes_there()
    {
        await using var bench = await Bench.StartAsync();
        await bench.SubscribeAsync();
        var elsewhere = new HubKeeper(
            bench.Bot.Get<HubStore>(), bench.Bot.Get<HubClient>(), new HubPlace("https://new.example"), bench.Bot.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<HubKeeper>.Instance);
        await elsewhere.KeepAsync(bench.Bot.Token);

        Assert.StartsWith("https://new.example/websub/", bench.Hub.Requests.Single(r => r.Mode == "subscribe" && r.Callback != bench.Hub.Requests.First().Callback).Callback, StringComparison.Ordinal);
        Assert.Contains(bench.Hub.Requests, r => r.Mode == "unsubscribe" && r.Callback == bench.Hub.Requests.First().Callback);
    }

    [Fact]
    public async Task Without_a_public_address_nobody_is_asked_to_push()
    {
        await using var bench = await Bench.StartAsync(publicUrl: "");
        await bench.KeepAsync();

        Assert.Empty(bench.Hub.Requests);
        Assert.Equal(bench.Hub.Address, (await bench.FeedAsync()).Hub);
    }

    [Fact]
    public async Task A_hub_on_a_private_network_is_not_reached()
    {
        await using var bench = await Bench.StartAsync(isAllowed: false);
        await bench.KeepAsync();

        Assert.Empty(bench.Hub.Requests);
    }

    [Fact]
    public async Task Neither_an_endless_push_nor_one_to_nobody_is_taken()
    {
        await using var bench = await Bench.StartAsync(new Dictionary<string, string?> { ["Feeds:MaxBytes"] = "10000" });
        await bench.SubscribeAsync();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await bench.Hub.PushAsync(bench.Hub.Last, new string('x', 10_001))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.PushAsync(bench.Hub.Last with { Callback = "https://bot.example/in/websub/" + new string('A', 43) }, "<rss/>")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bench.Hub.PushAsync(bench.Hub.Last with { Callback = "https://bot.example/in/websub/1" }, "<rss/>")).Status);
    }

    /// <summary>A bot with one feed that offers a hub, polled once.</summary>
    private sealed class Bench(BotHarness bot, WebSubHub hub, HubHost host) : IAsyncDisposable
    {
        public BotHarness Bot { get; } = bot;

        public WebSubHub Hub { get; } = hub;

        public int Polls => Bot.Site.Requests.Count(r => r.Path == "/feed");

        public static async Task<Bench> StartAsync(Dictionary<string, string?>? settings = null, string publicUrl = "https://bot.example/in/", bool isAllowed = true)
        {
            var hub = await WebSubHub.StartAsync();
            settings ??= [];
            settings["Web:PublicUrl"] = publicUrl;
            settings["Feeds:AllowedPrivateEndpoints:1"] = isAllowed ? hub.Address.Authority : "127.0.0.1:9";
            var bot = await BotHarness.StartAsync(settings);
            var bench = new Bench(bot, hub, await HubHost.StartAsync(bot));
            hub.Bot = bench.Host;
            bench.Serve(Rss.AboutNorthKorea(1));
            await bot.Get<FeedStore>().AddAsync(bot.Site.Address("/feed"), null, null, "test", bot.Token);
            await bench.PollAsync();
            return bench;
        }

        public void Serve(params RssItem[] items) => Serve(Hub.Address, items);

        public void Serve(Uri hub, params RssItem[] items) =>
            Bot.Site.ServeWith("/feed", Rss.Feed(items), "Link", $"<{hub}>; rel=\"hub\", <https://wire.example/topic>; rel=\"self\"");

        public Task PollAsync() => Bot.Get<FeedPoller>().PollDueAsync(Bot.Token);

        public Task KeepAsync() => Bot.Get<HubKeeper>().KeepAsync(Bot.Token);

        public async Task SubscribeAsync(int lease = 864_000)
        {
            await KeepAsync();
            Assert.Equal(HttpStatusCode.OK, (await Hub.VerifyAsync(Hub.Last, lease: lease)).Status);
        }

        public async Task<Feed> FeedAsync() => Assert.Single(await Bot.Get<FeedStore>().ListAsync(Bot.Token));

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            await Bot.DisposeAsync();
            await Hub.DisposeAsync();
        }

        private HubHost Host { get; } = host;
    }
}
