using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Faults;

namespace AlertBot.Tests.Platforms.Discord.Gateway;

/// <summary>What keeps a session, what ends it, and that nothing is lost or costs an IDENTIFY without need.</summary>
public sealed class GatewaySessionTests
{
    [Fact]
    public async Task It_signs_on_once_and_hands_events_on_in_order()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();

        bench.Say(1, 2, 3);
        await bench.UntilAsync(() => bot.Heard("TEST").Count == 3);

        Assert.Equal([GatewayBench.Said(1), GatewayBench.Said(2), GatewayBench.Said(3)], bot.Heard("TEST"));
        Assert.Equal(["READY", "GUILD_CREATE"], bot.Events.Take(2).Select(e => e.Name));
        Assert.Equal((1, 1, 0), (bench.Stats.Identifies, bench.Stats.Connections, bench.Stats.Resumes));
    }

    [Fact]
    public async Task Heartbeats_keep_it_alive_and_tell_the_latency()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();

        await bench.PassAsync(TimeSpan.FromMinutes(5));

        Assert.InRange(bench.Stats.Heartbeats, 6, 9);
        Assert.Equal((1, 1), (bench.Stats.Open, bench.Stats.Connections));
        Assert.NotNull(Assert.Single(bot.State.Shards).Latency);
    }

    [Fact]
    public async Task A_heartbeat_that_Discord_asks_for_comes_at_once()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.ReadyAsync();
        var (at, before) = (bench.Time.GetUtcNow(), bench.Stats.Heartbeats);

        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.Heartbeat));
        await bench.Discord.WaitForAsync(d => d.Stats.Heartbeats == before + 1, TimeSpan.FromSeconds(20), GatewayBench.Token);

        Assert.Equal(at, bench.Time.GetUtcNow());
    }

    [Fact]
    public async Task Even_a_flood_of_requests_for_heartbeats_does_not_bring_it_over_the_limit()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.ReadyAsync();

        for (var count = 0; count < 300; count++)
        {
            bench.Discord.Fault(new GatewayFault(GatewayFaultKind.Heartbeat));
        }

        await bench.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((1, 1), (bench.Stats.Open, bench.Stats.Connections));
        Assert.InRange(bench.Stats.Heartbeats, 40, 70);
    }

    [Theory]
    [InlineData(GatewayFaultKind.Reconnect, 0)]
    [InlineData(GatewayFaultKind.Drop, 0)]
    [InlineData(GatewayFaultKind.MuteAcks, 0)]
    [InlineData(GatewayFaultKind.InvalidSession, 0)]
    [InlineData(GatewayFaultKind.Close, 4000)]
    [InlineData(GatewayFaultKind.Close, 4001)]
    [InlineData(GatewayFaultKind.Close, 4002)]
    [InlineData(GatewayFaultKind.Close, 4005)]
    [InlineData(GatewayFaultKind.Close, 4008)]
    public async Task A_session_that_may_live_is_resumed_at_the_address_that_it_named(GatewayFaultKind kind, int code)
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();

        bench.Discord.Fault(new GatewayFault(kind) { Code = code, Resumable = true });
        await bench.UntilAsync(() => bench.Stats.Resumes == 1 && bot.IsReady);

        Assert.Equal((1, 1, 0), (bench.Stats.Identifies, bench.Stats.ConnectionsToResumeUrl, bench.Stats.MisplacedResumes));
        Assert.DoesNotContain(bench.Discord.SocketCloses, c => c is 1000 or 1001);
    }

    [Theory]
    [InlineData(GatewayFaultKind.InvalidSession, 0)]
    [InlineData(GatewayFaultKind.Close, 4003)]
    [InlineData(GatewayFaultKind.Close, 4007)]
    [InlineData(GatewayFaultKind.Close, 4009)]
    public async Task A_session_that_is_gone_is_begun_anew_after_a_moment(GatewayFaultKind kind, int code)
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();
        await bench.PassAsync(TimeSpan.FromMinutes(1));
        var at = bench.Time.GetUtcNow();

        bench.Discord.Fault(new GatewayFault(kind) { Code = code, Forget = true });
        await bench.UntilAsync(() => bench.Stats.Identifies == 2 && bot.IsReady);

        Assert.InRange(bench.Time.GetUtcNow() - at, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        Assert.Equal((0, 0), (bench.Stats.Resumes, bench.Stats.ConnectionsToResumeUrl));
    }

    [Fact]
    public async Task What_was_missed_comes_once_and_in_order()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();
        bench.Say(1);
        await bench.UntilAsync(() => bot.Heard("TEST").Count == 1);

        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.Refuse) { Times = 2 });
        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.Drop));
        bench.Say(2, 3);
        await bench.UntilAsync(() => bench.Stats.Resumes == 1 && bot.IsReady);
        bench.Say(4);
        await bench.UntilAsync(() => bot.Heard("TEST").Count == 4);

        Assert.Equal([GatewayBench.Said(1), GatewayBench.Said(2), GatewayBench.Said(3), GatewayBench.Said(4)], bot.Heard("TEST"));
    }

    [Fact]
    public async Task A_resume_without_an_answer_ends_in_a_new_session()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();

        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.IgnoreResume) { Times = 100 });
        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.Drop));
        await bench.UntilAsync(() => bench.Stats.Identifies == 2 && bot.IsReady);

        Assert.Equal(1, bench.Stats.ConnectionsToResumeUrl);
    }

    [Fact]
    public async Task A_connection_without_a_hello_is_given_up_for_another()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.NoHello));

        await bench.ReadyAsync();

        Assert.Equal((2, 1), (bench.Stats.Connections, bench.Stats.Identifies));
    }

    [Fact]
    public async Task A_slow_hello_is_waited_for()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.SlowHello) { Delay = TimeSpan.FromSeconds(8) });

        await bench.ReadyAsync();

        Assert.Equal((1, 1), (bench.Stats.Connections, bench.Stats.Identifies));
    }

    [Fact]
    public async Task A_large_event_comes_whole()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync();
        var text = new string('é', 2_000_000);

        bench.Discord.Dispatch("TEST", new JsonObject { ["text"] = text });
        await bench.UntilAsync(() => bot.Heard("TEST").Count == 1);

        Assert.Equal(text, JsonNode.Parse(bot.Heard("TEST")[0])!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_handler_that_blocks_delays_no_heartbeat()
    {
        await using var bench = await GatewayBench.StartAsync();
        using var released = new ManualResetEventSlim();
        var bot = await bench.ReplicaAsync(handler: _ => released.Wait(GatewayBench.Token));

        await bench.UntilAsync(() => bot.IsReady);
        await bench.PassAsync(TimeSpan.FromMinutes(5));
        Assert.InRange(bench.Stats.Heartbeats, 6, 9);
        Assert.Equal((1, 1), (bench.Stats.Open, bench.Stats.Connections));
        Assert.Empty(bot.Events);

        released.Set();
        await bench.UntilAsync(() => bot.Heard("GUILD_CREATE").Count == 1);
    }

    [Fact]
    public async Task What_a_slow_handler_has_no_room_for_comes_later_in_order_and_without_a_new_session()
    {
        await using var bench = await GatewayBench.StartAsync();
        using var released = new ManualResetEventSlim();
        var bot = await bench.ReadyAsync(handler: _ => released.Wait(GatewayBench.Token));

        bench.Say(Enumerable.Range(0, 400));
        await bench.PassAsync(TimeSpan.FromMinutes(3));
        released.Set();
        await bench.UntilAsync(() => bot.Heard("TEST").Count >= 400);
        await bench.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(Enumerable.Range(0, 400).Select(GatewayBench.Said), bot.Heard("TEST"));
        Assert.Equal(1, bench.Stats.Identifies);
    }

    [Fact]
    public async Task A_handler_that_throws_gets_the_next_event_all_the_same()
    {
        await using var bench = await GatewayBench.StartAsync();
        var bot = await bench.ReadyAsync(handler: e => _ = e.Name == "BAD" ? throw new InvalidOperationException("no") : 0);

        bench.Discord.Dispatch("BAD", []);
        bench.Say(1);
        await bench.UntilAsync(() => bot.Heard("TEST").Count == 1);

        Assert.Equal(1, bench.Stats.Connections);
    }
}
