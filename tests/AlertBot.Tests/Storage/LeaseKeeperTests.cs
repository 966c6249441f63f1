using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Storage;

/// <summary>What a replica leases is its own for as long as it says that it is alive, and not a moment longer.</summary>
public sealed class LeaseKeeperTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_a_dead_replica_held_is_free_when_its_lease_ends_and_not_before(string storage)
    {
        await using var bench = await Bench.StartAsync(storage);
        await using var other = await bench.ReplicaAsync();
        await bench.Bot.AddFeedAsync("/a.xml", Rss.Feed());
        Assert.Single(await bench.Bot.Get<FeedStore>().LeaseDueAsync(10, Bench.Token));

        bench.Bot.Time.Advance(Lease - TimeSpan.FromSeconds(1));
        await other.Keeper.BeatAsync(Bench.Token);
        Assert.Empty(await other.Get<FeedStore>().LeaseDueAsync(10, Bench.Token));

        bench.Bot.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(bench.Keeper.IsAlive);
        await other.Keeper.BeatAsync(Bench.Token);
        Assert.Single(await other.Get<FeedStore>().LeaseDueAsync(10, Bench.Token));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_replica_that_stops_gives_back_at_once_what_is_its_own_and_nothing_else(string storage)
    {
        await using var bench = await Bench.StartAsync(storage);
        await using var other = await bench.ReplicaAsync();
        await bench.Bot.AddFeedAsync("/a.xml", Rss.Feed());
        await bench.Bot.Get<FeedStore>().LeaseDueAsync(1, Bench.Token);
        await bench.Bot.AddFeedAsync("/b.xml", Rss.Feed());
        await other.Get<FeedStore>().LeaseDueAsync(1, Bench.Token);

        await bench.Keeper.LeaveAsync(Bench.Token);

        var free = Assert.Single(await other.Get<FeedStore>().LeaseDueAsync(10, Bench.Token));
        Assert.EndsWith("/a.xml", free.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal([other.Get<Replica>().Id], (await bench.Keeper.AliveAsync(Bench.Token)).Select(r => r.Id));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_message_that_takes_long_stays_with_its_replica_while_that_lives(string storage)
    {
        await using var bench = await Bench.StartAsync(storage);
        await using var other = await bench.ReplicaAsync();
        await bench.AlertAsync();
        var claimed = Assert.Single(await bench.Bot.Get<Outbox>().ClaimDueAsync("local", 10, Bench.Token));
        using var held = bench.Keeper.Hold(bench.Bot.Get<Outbox>(), claimed.Id.Value);

        for (var beat = 0; beat < 12; beat++)
        {
            bench.Bot.Time.Advance(bench.Keeper.Beat);
            await bench.Keeper.BeatAsync(Bench.Token);
            await other.Keeper.BeatAsync(Bench.Token);
            Assert.Empty(await other.Get<Outbox>().ClaimDueAsync("local", 10, Bench.Token));
            Assert.True(held.IsHeld);
        }
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_message_that_nobody_works_on_any_more_is_free_when_its_lease_ends_though_its_replica_lives(string storage)
    {
        await using var bench = await Bench.StartAsync(storage);
        await bench.AlertAsync();
        var claimed = Assert.Single(await bench.Bot.Get<Outbox>().ClaimDueAsync("local", 10, Bench.Token));
        bench.Keeper.Hold(bench.Bot.Get<Outbox>(), claimed.Id.Value).Dispose();

        bench.Bot.Time.Advance(Lease / 2);
        await bench.Keeper.BeatAsync(Bench.Token);
        bench.Bot.Time.Advance(Lease / 2);

        Assert.Single(await bench.Bot.Get<Outbox>().ClaimDueAsync("local", 10, Bench.Token));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_replica_that_was_silent_knows_that_it_lost_its_message_before_another_can_have_it(string storage)
    {
        await using var bench = await Bench.StartAsync(storage);
        await using var other = await bench.ReplicaAsync();
        await bench.AlertAsync();
        var claimed = Assert.Single(await bench.Bot.Get<Outbox>().ClaimDueAsync("local", 10, Bench.Token));
        using var held = bench.Keeper.Hold(bench.Bot.Get<Outbox>(), claimed.Id.Value);

        bench.Bot.Time.Advance(Lease);
        Assert.False(held.IsHeld);
        await other.Keeper.BeatAsync(Bench.Token);
        Assert.Single(await other.Get<Outbox>().ClaimDueAsync("local", 10, Bench.Token));

        // It is alive again, and what was lost stays lost.
        await bench.Keeper.BeatAsync(Bench.Token);
        Assert.True(bench.Keeper.IsAlive);
        Assert.False(held.IsHeld);
    }

    [Fact]
    public async Task A_dispatcher_whose_lease_is_lost_does_not_send_until_it_has_the_message_anew()
    {
        // Where each answer of the database is there at once, one message is sent before the other is looked at.
        await using var bench = await Bench.StartAsync("sqlite");
        await bench.Bot.SayAsync("/follow north-korea", channel: "one", platform: "scripted");
        await bench.Bot.SayAsync("/follow north-korea", channel: "two", platform: "scripted");
        await bench.AlertAsync();
        // The process stands still for the time of a lease while it sends to the first channel.
        bench.Bot.Scripted.Next(_ =>
        {
            bench.Bot.Time.Advance(Lease);
            return null;
        });

        await bench.Bot.Get<DeliveryDispatcher>().DeliverDueAsync(Bench.Token);

        Assert.Equal(["one", "two"], bench.Bot.Scripted.Handed.Select(m => m.To.Channel));
        Assert.Equal([false, true], bench.Bot.Scripted.Handed.Select(m => m.MaybeShownSince is not null));
    }

    [Fact]
    public async Task A_start_alone_on_the_database_waits_for_no_lease()
    {
        await using var bench = await Bench.StartAsync("sqlite");
        await bench.Bot.AddFeedAsync("/a.xml", Rss.Feed());
        await bench.Bot.Get<FeedStore>().LeaseDueAsync(10, Bench.Token);

        await bench.Bot.RestartAsync();

        Assert.Single(await bench.Bot.Get<FeedStore>().LeaseDueAsync(10, Bench.Token));
        Assert.Single(await bench.Bot.Get<LeaseKeeper>().AliveAsync(Bench.Token));
    }

    private sealed class Bench(BotHarness bot) : IAsyncDisposable
    {
        public static CancellationToken Token => TestContext.Current.CancellationToken;

        public BotHarness Bot => bot;

        public LeaseKeeper Keeper => bot.Get<LeaseKeeper>();

        public static async Task<Bench> StartAsync(string storage) => new(await BotHarness.StartAsync(storage: Enum.Parse<StorageProvider>(storage, ignoreCase: true)));

        public async Task<Other> ReplicaAsync() => new(await bot.ReplicaAsync());

        /// <summary>A story that its followers wait for: one in the local channel, and who else follows.</summary>
        public async Task AlertAsync()
        {
            await bot.SayAsync("/follow north-korea");
            var feed = await bot.AddFeedAsync("/news.xml", Rss.Feed());
            await bot.Get<FeedPoller>().PollDueAsync(Token);
            bot.Site.Serve("/news.xml", Rss.Feed(Rss.AboutNorthKorea(1)));
            bot.Time.Advance(TimeSpan.FromMinutes(15));
            await bot.Get<FeedPoller>().PollDueAsync(Token);
            await Keeper.BeatAsync(Token);
        }

        public ValueTask DisposeAsync() => bot.DisposeAsync();
    }

    private sealed class Other(ServiceProvider services) : IAsyncDisposable
    {
        public LeaseKeeper Keeper => Get<LeaseKeeper>();

        public T Get<T>()
            where T : notnull => services.GetRequiredService<T>();

        public ValueTask DisposeAsync() => services.DisposeAsync();
    }
}
