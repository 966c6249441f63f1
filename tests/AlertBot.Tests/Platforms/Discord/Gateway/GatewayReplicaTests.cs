using AlertBot.Emulators.Discord.Faults;
using AlertBot.Platforms.Discord.Gateway;
using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Platforms.Discord.Gateway;

/// <summary>That sessions outlive a process, and that several processes share the shards.</summary>
public sealed class GatewayReplicaTests
{
    [Fact]
    public async Task A_restart_resumes_and_misses_nothing()
    {
        await using var bench = await GatewayBench.StartAsync();
        var before = await bench.ReadyAsync();
        bench.Say(1);
        await bench.UntilAsync(() => before.Heard("TEST").Count == 1);

        await before.DisposeAsync();
        Assert.Equal([4000], bench.Discord.SocketCloses);
        bench.Say(2);
        var after = await bench.ReadyAsync();
        await bench.UntilAsync(() => after.Heard("TEST").Count == 1);

        Assert.Equal([GatewayBench.Said(2)], after.Heard("TEST"));
        Assert.Equal((1, 1, 0), (bench.Stats.Identifies, bench.Stats.Resumes, bench.Stats.MisplacedResumes));
    }

    [Fact]
    public async Task What_was_received_but_not_handled_comes_again_after_a_restart()
    {
        await using var bench = await GatewayBench.StartAsync();
        using var entered = new SemaphoreSlim(0);
        using var released = new ManualResetEventSlim();
        var before = await bench.ReadyAsync(handler: e =>
        {
            if (e.Name == "TEST")
            {
                entered.Release();
                released.Wait(GatewayBench.Token);
            }
        });
        bench.Say(1, 2);
        await entered.WaitAsync(GatewayBench.Token);

        var stopping = before.DisposeAsync();
        await bench.UntilAsync(() => bench.Stats.Open == 0);
        released.Set();
        await stopping;
        var after = await bench.ReadyAsync();
        await bench.UntilAsync(() => after.Heard("TEST").Contains(GatewayBench.Said(2)));

        Assert.DoesNotContain(GatewayBench.Said(2), before.Heard("TEST"));
        Assert.Equal(1, bench.Stats.Identifies);
    }

    [Fact]
    public async Task A_session_from_long_ago_is_tried_once_and_then_begun_anew()
    {
        await using var bench = await GatewayBench.StartAsync();
        var before = await bench.ReadyAsync();
        await before.DisposeAsync();
        await bench.PassAsync(TimeSpan.FromMinutes(10));

        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.Refuse));
        await bench.ReadyAsync();

        Assert.Equal((2, 0), (bench.Stats.Identifies, bench.Stats.Resumes));
    }

    [Fact]
    public async Task A_session_that_Discord_forgot_meanwhile_is_begun_anew()
    {
        await using var bench = await GatewayBench.StartAsync();
        var before = await bench.ReadyAsync();
        bench.Discord.Fault(new GatewayFault(GatewayFaultKind.MuteAcks) { Forget = true });
        await before.DisposeAsync();

        await bench.ReadyAsync();

        Assert.Equal((2, 0, 1), (bench.Stats.Identifies, bench.Stats.Resumes, bench.Stats.ConnectionsToResumeUrl));
    }

    [Fact]
    public async Task Two_replicas_share_the_shards_and_hand_them_over_without_a_new_session()
    {
        await using var bench = await GatewayBench.StartAsync(o => o with { Shards = 4, MaxConcurrency = 4 });
        var first = await bench.ReadyAsync();
        Assert.Equal([0, 1, 2, 3], Shards(first));

        var second = await bench.ReplicaAsync();
        await bench.UntilAsync(() => Shards(first).Length == 2 && Shards(second).Length == 2 && second.IsReady);

        Assert.Equal([0, 1, 2, 3], [.. Shards(first), .. Shards(second)]);
        Assert.Equal((4, 2, 4), (bench.Stats.Identifies, bench.Stats.Resumes, bench.Stats.Open));
        await first.DisposeAsync();
        await bench.UntilAsync(() => Shards(second).Length == 4 && second.IsReady);
        Assert.Equal((4, 4, 4), (bench.Stats.Identifies, bench.Stats.Resumes, bench.Stats.Open));
    }

    [Fact]
    public async Task A_replica_that_froze_loses_its_shards_to_the_other()
    {
        await using var bench = await GatewayBench.StartAsync();
        var frozen = new FakeTimeProvider(bench.Time.GetUtcNow());
        var first = await bench.ReplicaAsync(time: frozen);
        await bench.Discord.WaitForAsync(d => d.Stats.Identifies == 1, TimeSpan.FromSeconds(20), GatewayBench.Token);
        await bench.UntilAsync(() => first.IsReady);

        var second = await bench.ReplicaAsync();
        await bench.PassAsync(GatewayStore.Lease - TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));
        Assert.Empty(Shards(second));

        await bench.UntilAsync(() => second.IsReady);
        Assert.Equal((1, 1), (bench.Stats.Identifies, bench.Stats.Resumes));

        // It wakes up: it finds its lease gone and leaves the shard alone.
        frozen.Advance(bench.Time.GetUtcNow() - frozen.GetUtcNow());
        await bench.UntilAsync(() => Shards(first).Length == 0 && second.IsReady);
        await bench.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal([0], Shards(second));
        Assert.Equal(1, bench.Stats.Open);
    }

    [Fact]
    public async Task A_replica_that_knows_another_number_of_shards_takes_the_number_in_use()
    {
        await using var bench = await GatewayBench.StartAsync(o => o with { MaxConcurrency = 4 });
        var first = await bench.ReadyAsync(s => s with { Shards = 4 });
        var second = await bench.ReplicaAsync();
        await bench.UntilAsync(() => Shards(second).Length == 2 && second.IsReady);

        Assert.Equal([0, 1, 2, 3], [.. Shards(first), .. Shards(second)]);
    }

    [Fact]
    public async Task A_replica_told_another_number_of_shards_waits_for_the_others_to_go()
    {
        await using var bench = await GatewayBench.StartAsync();
        var first = await bench.ReadyAsync();
        var second = await bench.ReplicaAsync(s => s with { Shards = 2 });
        await bench.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(Shards(second));
        Assert.Contains("1 shards", second.State.Notice, StringComparison.Ordinal);

        await first.DisposeAsync();
        await bench.UntilAsync(() => Shards(second).Length == 2 && second.IsReady);
        Assert.Null(second.State.Notice);
    }

    private static int[] Shards(Replica replica) => [.. replica.State.Shards.Select(s => s.Shard)];
}
