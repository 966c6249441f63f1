using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Faults;
using AlertBot.Platforms.Discord.Gateway;
using Dapper;

namespace AlertBot.Tests.Platforms.Discord.Gateway;

/// <summary>That no fault, however long it lasts, makes the bot storm Discord or spend the day's IDENTIFYs.</summary>
public sealed class GatewayLimitsTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Refused_for_hours_it_tries_ever_more_rarely_and_then_comes_back()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();
        var asked = bot.Asked;

        bench.Discord.Begin(Outage.Status503);
        await bench.PassAsync(TimeSpan.FromHours(2), Step);
        Assert.Equal((1, 1), (bench.Stats.Identifies, bench.Stats.Connections));
        Assert.InRange(bot.Log.Count(l => l.Contains("Next is", StringComparison.Ordinal)), 60, 260);
        Assert.InRange(bot.Asked - asked, 50, 250);

        bench.Discord.ClearFaults();
        await bench.UntilAsync(() => bot.IsReady);
        Assert.Equal(2, bench.Stats.Identifies);
    }

    [Fact]
    public async Task Closed_right_after_each_sign_on_it_does_not_spend_the_budget()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();

        for (var end = bench.Time.GetUtcNow() + TimeSpan.FromHours(1); bench.Time.GetUtcNow() < end;)
        {
            var before = bench.Stats.Identifies;
            bench.Discord.Fault(new GatewayFault(GatewayFaultKind.Close) { Code = 4009, Forget = true });
            await bench.UntilAsync(() => bot.IsReady && bench.Stats is { Open: 1 } stats && stats.Identifies > before, Step);
        }

        // At this rate a day costs half of the budget.
        Assert.InRange(bench.Stats.Identifies, 8, 25);
    }

    [Fact]
    public async Task With_the_budget_nearly_spent_it_waits_for_the_next_and_says_so()
    {
        await using var bench = await GatewayBench.StartAsync(o => o with { SessionStartsLeft = 10 });
        var bot = await bench.ReplicaAsync();
        await bench.PassAsync(TimeSpan.FromHours(23.5), TimeSpan.FromMinutes(15));

        Assert.Equal((0, 0), (bench.Stats.Connections, bench.Stats.Identifies));
        Assert.Contains("10 of 1000", Assert.Single(bot.State.Shards).LastEnd, StringComparison.Ordinal);
        Assert.InRange(bot.Asked, 2, 5);

        await bench.UntilAsync(() => bot.IsReady, TimeSpan.FromMinutes(1));
        Assert.Equal(1, bench.Stats.Identifies);
    }

    [Fact]
    public async Task With_a_remaining_of_nothing_it_never_connects()
    {
        await using var bench = await GatewayBench.StartAsync(o => o with { SessionStartsLeft = 0 });
        await bench.ReplicaAsync();
        await bench.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));

        Assert.Equal(0, bench.Stats.Connections);
    }

    [Fact]
    public async Task Its_own_count_holds_it_back_where_Discord_counts_less()
    {
        await using var bench = await GatewayBench.StartAsync();
        await FillAsync(bench, 990);
        var bot = await bench.ReplicaAsync();
        await bench.PassAsync(TimeSpan.FromHours(20), TimeSpan.FromMinutes(15));
        Assert.Equal((0, 0), (bench.Stats.Connections, bench.Stats.Identifies));

        await bench.UntilAsync(() => bot.IsReady, TimeSpan.FromMinutes(15));
        Assert.Equal(1, bench.Stats.Identifies);
    }

    [Fact]
    public async Task Shards_identify_five_seconds_apart()
    {
        await using var bench = await GatewayBench.StartAsync(o => o with { Shards = 4, MaxConcurrency = 2 });
        var at = bench.Time.GetUtcNow();
        var bot = await bench.ReadyAsync();

        Assert.Equal((4, 4), (bench.Stats.Identifies, bench.Stats.Connections));
        Assert.InRange(bench.Time.GetUtcNow() - at, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));
        Assert.Equal([0, 1, 2, 3], bot.State.Shards.Select(s => s.Shard));
    }

    [Theory]
    [InlineData(4004, "Discord:Token")]
    [InlineData(4010, "Discord:Shards")]
    [InlineData(4011, "Discord:Shards")]
    [InlineData(4012, "newer AlertBot")]
    [InlineData(4013, "another version")]
    [InlineData(4014, "Privileged Gateway Intents")]
    public async Task What_only_a_person_can_mend_stops_it_for_good(int code, string remedy)
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();

        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.Close) { Code = code });
        await StopsForGoodAsync(bench, bot, remedy);

        Assert.Equal(1, bench.Stats.Connections);
    }

    [Fact]
    public async Task Intents_that_Discord_does_not_know_stop_it_for_good()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReplicaAsync(s => s with { Intents = 1 << 30 });

        await StopsForGoodAsync(bench, bot, "does not know the intents");
        Assert.Equal(1, bench.Stats.Connections);
    }

    [Fact]
    public async Task Intents_that_were_not_granted_stop_it_for_good()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReplicaAsync(s => s with { Intents = 1 << 15 });

        await StopsForGoodAsync(bench, bot, "Privileged Gateway Intents");
        Assert.Equal(1, bench.Stats.Connections);
    }

    [Fact]
    public async Task A_token_that_is_refused_stops_it_before_it_connects()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReplicaAsync(s => s with { Token = "some.other.token" });

        await StopsForGoodAsync(bench, bot, "Discord:Token");
        Assert.Equal((0, 1), (bench.Stats.Connections, bot.Asked));
    }

    private static async Task StopsForGoodAsync(GatewayBench bench, Replica bot, string remedy)
    {
        await bench.UntilAsync(() => bot.State.Fault is not null && bot.Gateway.ExecuteTask!.IsCompleted);
        var (asked, connections) = (bot.Asked, bench.Stats.Connections);
        await bench.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5));

        Assert.Contains(remedy, bot.State.Fault, StringComparison.Ordinal);
        Assert.Contains(remedy, Assert.Single(bot.Log, l => l.StartsWith("Critical", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.True(bot.Gateway.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal((asked, connections, 0), (bot.Asked, bench.Stats.Connections, bench.Stats.Open));
        Assert.Empty(bot.State.Shards);
    }

    /// <summary>Writes IDENTIFYs of the last three hours.</summary>
    private static Task FillAsync(GatewayBench bench, int count)
    {
        var application = new GatewaySettings(bench.Discord.Token, "", 0, null).Application;
        var now = bench.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return bench.Database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "INSERT INTO discord_identifies (application, identify_key, sent_at) VALUES (@application, 0, @At)",
                Enumerable.Range(1, count).Select(i => new { application, At = now - i * 10_000L }),
                transaction),
            GatewayBench.Token);
    }
}
