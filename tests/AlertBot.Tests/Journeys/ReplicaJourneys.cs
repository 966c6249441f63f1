using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Polling;
using AlertBot.Retagging;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Journeys;

/// <summary>Several processes of the bot on one database: each may poll, deliver and answer, and together they are one bot.</summary>
public sealed class ReplicaJourneys
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_feed_is_polled_once_a_round_and_a_story_alerts_once_however_many_look(string storage)
    {
        await using var cluster = await Cluster.StartAsync(3, storage);
        await cluster.Bot.SayAsync("/follow north-korea");
        var feeds = new List<Feed>();
        for (var number = 0; number < 8; number++)
        {
            feeds.Add(await cluster.Bot.AddFeedAsync($"/{number}.xml", Rss.Feed()));
        }

        await cluster.RoundAsync();
        for (var number = 0; number < feeds.Count; number++)
        {
            cluster.Bot.Site.Serve($"/{number}.xml", Rss.Feed(Rss.AboutNorthKorea(number)));
        }

        var before = cluster.Bot.Site.Requests.Count;
        await cluster.RoundAsync();

        Assert.Equal(feeds.Count, cluster.Bot.Site.Requests.Count - before);
        var alerts = await cluster.Bot.AlertsAsync();
        Assert.Equal(alerts.Select(a => a.Title).Distinct().Count(), alerts.Count);
        Assert.Equal(await cluster.Bot.QueryAsync<long>("SELECT COUNT(DISTINCT event_id) FROM event_stories"), [alerts.Count]);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task All_feeds_of_a_host_are_asked_by_one_replica_and_the_hosts_are_shared(string storage)
    {
        await using var cluster = await Cluster.StartAsync(3, storage);
        var feeds = cluster.Bot.Get<FeedStore>();
        foreach (var host in Enumerable.Range(0, 30))
        {
            await feeds.AddAsync(new Uri($"https://host{host}.example/one.xml"), null, null, "test", Token);
            await feeds.AddAsync(new Uri($"https://www.host{host}.example/two.xml"), null, null, "test", Token);
        }

        // All know of all, the one of the harness too.
        var replicas = cluster.Replicas.Select(r => (Keeper: r.GetRequiredService<LeaseKeeper>(), Feeds: r.GetRequiredService<FeedStore>())).Append((Keeper: cluster.Bot.Get<LeaseKeeper>(), Feeds: feeds)).ToList();
        await Task.WhenAll(replicas.Select(r => r.Keeper.BeatAsync(Token)));
        var shares = await Task.WhenAll(replicas.Select(r => r.Feeds.LeaseDueAsync(1000, Token, r.Keeper.Alive)));

        var hosts = shares.Select(share => share.GroupBy(f => f.Address.Host.Replace("www.", "", StringComparison.Ordinal)).ToList()).ToList();
        Assert.Equal(60, shares.Sum(s => s.Count));
        Assert.All(hosts.SelectMany(h => h), host => Assert.Equal(2, host.Count()));
        Assert.All(hosts, share => Assert.InRange(share.Count, 1, 20));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_was_polled_by_one_and_what_by_another_is_one_event(string storage)
    {
        await using var cluster = await Cluster.StartAsync(2, storage);
        var (first, second) = (cluster.Replicas[0], cluster.Replicas[1]);
        await cluster.Bot.SayAsync("/follow north-korea");
        await cluster.Bot.AddFeedAsync("/one.xml", Rss.Feed());
        await cluster.Bot.AddFeedAsync("/two.xml", Rss.Feed());
        await cluster.RoundAsync();
        // Each of them knows what there was until now.
        foreach (var (replica, number) in new[] { (first, 1), (second, 2) })
        {
            cluster.Bot.Site.Serve("/one.xml", Rss.Feed(Other(number)));
            cluster.Bot.Time.Advance(TimeSpan.FromMinutes(15));
            await replica.GetRequiredService<FeedPoller>().PollDueAsync(Token);
        }

        cluster.Bot.Site.Serve("/one.xml", Rss.Feed(Rss.AboutNorthKorea(7)));
        cluster.Bot.Time.Advance(TimeSpan.FromMinutes(15));
        await first.GetRequiredService<FeedPoller>().PollDueAsync(Token);
        cluster.Bot.Site.Serve("/two.xml", Rss.Feed(Rss.AboutNorthKorea(7) with { Link = "https://other.example/7", Guid = "other-7", Title = "North Korea launches its missile number 7" }));
        cluster.Bot.Time.Advance(TimeSpan.FromMinutes(15));
        await second.GetRequiredService<FeedPoller>().PollDueAsync(Token);

        Assert.Equal([1], await cluster.Bot.QueryAsync<long>("SELECT COUNT(DISTINCT t.event_id) FROM event_stories t JOIN stories s ON s.id = t.story_id WHERE s.title LIKE '%missile number 7'"));
        await cluster.DeliverAsync();
        Assert.Single(await cluster.Bot.AlertsAsync(), a => a.Title.Contains("number 7", StringComparison.Ordinal));

        static RssItem Other(int number) => new($"Council repairs bridge {number}", $"https://wire.example/bridge/{number}", $"bridge-{number}", $"The council of a small town repaired its bridge number {number}.");
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_replica_that_dies_in_the_middle_loses_its_leases_and_nothing_else(string storage)
    {
        await using var cluster = await Cluster.StartAsync(2, storage);
        var (dying, living) = (cluster.Replicas[0], cluster.Replicas[1]);
        await cluster.Bot.SayAsync("/follow north-korea", channel: "one", platform: "scripted");
        await cluster.Bot.AddFeedAsync("/news.xml", Rss.Feed());
        await cluster.RoundAsync();
        cluster.Bot.Site.Serve("/news.xml", Rss.Feed(Rss.AboutNorthKorea(1)));
        cluster.Bot.Time.Advance(TimeSpan.FromMinutes(15));
        await dying.GetRequiredService<FeedPoller>().PollDueAsync(Token);
        await dying.GetRequiredService<LeaseKeeper>().BeatAsync(Token);
        Assert.Single(await dying.GetRequiredService<Outbox>().ClaimDueAsync("scripted", 10, Token));
        cluster.Bot.Time.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(10));
        await dying.GetRequiredService<LeaseKeeper>().BeatAsync(Token);
        cluster.Bot.Time.Advance(TimeSpan.FromSeconds(10));
        await dying.GetRequiredService<FeedStore>().LeaseDueAsync(10, Token);

        // It says nothing any more. Within the time of a lease the other has all of it.
        cluster.Bot.Time.Advance(TimeSpan.FromSeconds(30));
        await living.GetRequiredService<LeaseKeeper>().BeatAsync(Token);
        await living.GetRequiredService<DeliveryDispatcher>().DeliverDueAsync(Token);

        Assert.Single(cluster.Bot.Scripted.Shown);
        Assert.Single(await living.GetRequiredService<FeedStore>().LeaseDueAsync(10, Token));
        Assert.Equal([living.GetRequiredService<Replica>().Id], (await living.GetRequiredService<LeaseKeeper>().AliveAsync(Token)).Select(r => r.Id).Except(cluster.Others(dying, living)));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_actor_and_a_topic_made_on_one_replica_are_known_on_the_others_at_once(string storage)
    {
        await using var cluster = await Cluster.StartAsync(2, storage);
        var (first, second) = (cluster.Replicas[0], cluster.Replicas[1]);
        Assert.Equal(CardTone.Answer, (await Cluster.SayAsync(first, "/actor add \"Jane Quux\"")).Tone);

        Assert.Equal(CardTone.Answer, (await Cluster.SayAsync(second, "/follow jane-quux")).Tone);
        await cluster.Bot.AddFeedAsync("/news.xml", Rss.Feed());
        await cluster.RoundAsync();
        cluster.Bot.Site.Serve("/news.xml", Rss.Feed(new RssItem("Jane Quux opens a bridge", "https://wire.example/q", "q", "Jane Quux opened a bridge on Monday. Jane Quux spoke to the crowd.")));
        cluster.Bot.Time.Advance(TimeSpan.FromMinutes(15));
        await second.GetRequiredService<FeedPoller>().PollDueAsync(Token);
        await cluster.DeliverAsync();

        Assert.Single(await cluster.Bot.AlertsAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_story_is_tagged_with_what_a_moderator_said_on_another_replica_while_it_was_being_read(string storage)
    {
        await using var cluster = await Cluster.StartAsync(2, storage);
        var (first, second) = (cluster.Replicas[0], cluster.Replicas[1]);
        await cluster.Bot.AddFeedAsync("/news.xml", Rss.Feed());
        await cluster.RoundAsync();
        cluster.Bot.Site.Serve("/news.xml", Rss.Feed(new RssItem("Jane Quux opens a bridge", "https://wire.example/q", "q", "Jane Quux opened a bridge on Monday.")));
        cluster.Bot.Time.Advance(TimeSpan.FromMinutes(15));
        await first.GetRequiredService<ActorEdits>().EditAsync("jane-quux", new ActorFields("Jane Quux", "Quux", []) { Kind = ActorKind.Person, Roles = [] }, new Author("test"), Token);
        // Nothing told the second one yet: no second has passed, and nobody asked it anything.
        Assert.Null(second.GetRequiredService<KnowledgeBase>().FindActor("jane-quux"));

        await second.GetRequiredService<FeedPoller>().PollDueAsync(Token);

        Assert.Equal(["jane-quux"], await cluster.Bot.QueryAsync<string>("SELECT slug FROM tags WHERE slug = 'jane-quux'"));
        await second.GetRequiredService<Retagger>().WorkAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Equal(["jane-quux"], await cluster.Bot.QueryAsync<string>("SELECT slug FROM tags WHERE slug = 'jane-quux'"));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_two_moderators_who_give_two_actors_one_name_on_two_replicas_one_is_refused(string storage)
    {
        await using var cluster = await Cluster.StartAsync(2, storage);
        var edits = cluster.Replicas.Select(r => r.GetRequiredService<ActorEdits>()).ToList();

        var first = await edits[0].EditAsync("quux-one", new ActorFields("Jane Quux", "Quux", []) { Kind = ActorKind.Person, Roles = [] }, new Author("first"), Token);
        var second = await edits[1].EditAsync("quux-one", new ActorFields("Joan Quux", "Quux", []) { Kind = ActorKind.Person, Roles = [] }, new Author("second"), Token);

        var done = Assert.IsType<ActorEditResult.Done>(first);
        Assert.Null(done.Edit.From);
        Assert.NotNull(Assert.IsType<ActorEditResult.Done>(second).Edit.From);
        await edits[0].LoadAsync(Token);
        Assert.All(edits, e => Assert.Equal("Joan Quux", e.Now.Actors.Single(a => a.Slug == "quux-one").Name));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_moderators_chose_on_one_replica_holds_on_the_others(string storage)
    {
        await using var cluster = await Cluster.StartAsync(2, storage);
        var (first, second) = (cluster.Replicas[0], cluster.Replicas[1]);
        cluster.Bot.Site.Serve("/news.xml", Rss.Feed());

        await Cluster.SayAsync(first, $"/feed add {cluster.Bot.Site.Address("/news.xml")}");
        await Cluster.SayAsync(second, "/help");

        Assert.Single(second.GetRequiredService<FeedStore>().Listed);
        await second.GetRequiredService<FeedHealthReporter>().SweepAsync(Token);
        Assert.Equal(first.GetRequiredService<CommunityStore>().Channels, second.GetRequiredService<CommunityStore>().Channels);
        Assert.NotEmpty(second.GetRequiredService<CommunityStore>().Channels);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_role_is_called_no_oftener_than_it_may_however_many_send(string storage)
    {
        await using var cluster = await Cluster.StartAsync(3, storage);
        await cluster.Bot.SayAsync("/follow north-korea ping:editors");
        await cluster.Bot.SayAsync("/channel pings 3");
        await cluster.Bot.AddFeedAsync("/news.xml", Rss.Feed());
        await cluster.RoundAsync();
        cluster.Bot.Site.Serve("/news.xml", Rss.Feed([.. Enumerable.Range(1, 12).Select(Rss.AboutNorthKorea)]));
        await cluster.RoundAsync();

        var messages = await cluster.Bot.Get<LocalMessages>().PageAsync(BotHarness.Channel, long.MaxValue, 1000, Token);
        Assert.True(messages.Count(m => m.Card?.Tone == CardTone.Alert) > 6, "There were hardly any alerts.");
        Assert.Equal(["editors", "editors", "editors"], messages.SelectMany(m => m.Calls));
    }

    /// <summary>Replicas beside the one of the harness, which does nothing by itself.</summary>
    private sealed class Cluster(BotHarness bot, IReadOnlyList<ServiceProvider> replicas) : IAsyncDisposable
    {
        public BotHarness Bot => bot;

        public IReadOnlyList<ServiceProvider> Replicas => replicas;

        public static async Task<Cluster> StartAsync(int count, string storage)
        {
            var bot = await BotHarness.StartAsync(storage: Enum.Parse<StorageProvider>(storage, ignoreCase: true));
            var replicas = new List<ServiceProvider>();
            for (var number = 0; number < count; number++)
            {
                replicas.Add(await bot.ReplicaAsync());
            }

            return new Cluster(bot, replicas);
        }

        /// <summary>The feeds' interval passes, and all of them poll and deliver side by side.</summary>
        public async Task RoundAsync()
        {
            bot.Time.Advance(TimeSpan.FromMinutes(15));
            await Task.WhenAll(replicas.Select(r => r.GetRequiredService<FeedPoller>().PollDueAsync(Token)));
            await DeliverAsync();
        }

        public async Task DeliverAsync()
        {
            while ((await bot.Get<OutboxStatus>().StateAsync(Token)).Pending > 0)
            {
                await Task.WhenAll(replicas.Select(r => r.GetRequiredService<DeliveryDispatcher>().DeliverDueAsync(Token)));
                bot.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        public static Task<Card> SayAsync(ServiceProvider replica, string text) =>
            replica.GetRequiredService<CommandRouter>().AnswerTextAsync(text, new ChannelAddress("local", BotHarness.Channel), BotHarness.Moderator, Token);

        /// <summary>The ids of those that are neither.</summary>
        public IEnumerable<string> Others(ServiceProvider one, ServiceProvider two) =>
            replicas.Where(r => r != one && r != two).Select(r => r.GetRequiredService<Replica>().Id).Append(bot.Get<Replica>().Id);

        public async ValueTask DisposeAsync()
        {
            foreach (var replica in replicas)
            {
                await replica.DisposeAsync();
            }

            await bot.DisposeAsync();
        }
    }
}
