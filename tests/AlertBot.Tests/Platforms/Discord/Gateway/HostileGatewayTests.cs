namespace AlertBot.Tests.Platforms.Discord.Gateway;

/// <summary>That frames which no Discord should send harm nobody.</summary>
public sealed class HostileGatewayTests
{
    private const string Hello = """{"op":10,"d":{"heartbeat_interval":41250}}""";
    private const string Ready = """{"op":0,"s":1,"t":"READY","d":{"session_id":"one","resume_gateway_url":"wss://elsewhere.example"}}""";

    [Fact]
    public async Task What_cannot_be_read_is_passed_over_and_not_logged()
    {
        await using var bench = await GatewayBench.StartAsync();
        await using var gateway = await RawGateway.StartAsync(
            Hello, "private nonsense", "[]", "", """{"op":99,"d":{}}""", """{"op":11}""", Ready, """{"op":0,"s":null,"t":null,"d":null}""", """{"op":0}""", """{"op":0,"s":2,"t":"TEST","d":[1]}""");

        var bot = await bench.ReplicaAsync(url: gateway.Url);
        await bench.UntilAsync(() => bot.Heard("TEST").Count == 1);

        Assert.Equal(["READY", "", "", "TEST"], bot.Events.Select(e => e.Name));
        Assert.Equal(3, bot.Log.Count(l => l.Contains("could not be read", StringComparison.Ordinal)));
        Assert.DoesNotContain(bot.Log, l => l.Contains("private nonsense", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1e300")]
    [InlineData("\"1000\"")]
    public async Task No_heartbeat_interval_makes_it_flood_or_fail(string interval)
    {
        await using var bench = await GatewayBench.StartAsync();
        await using var gateway = await RawGateway.StartAsync($$$"""{"op":10,"d":{"heartbeat_interval":{{{interval}}}}}""", Ready);

        var bot = await bench.ReplicaAsync(url: gateway.Url);
        await bench.UntilAsync(() => bot.IsReady);
        await bench.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(1));

        Assert.InRange(gateway.Told.Reader.Count, 1, 120);
    }

    [Theory]
    [InlineData("""{"op":10}""")]
    [InlineData("""{"op":10,"d":null}""")]
    [InlineData("""{"op":10,"d":{"heartbeat_interval":"soon"}}""")]
    public async Task Without_an_interval_it_does_not_sign_on(string hello)
    {
        await using var bench = await GatewayBench.StartAsync();
        await using var gateway = await RawGateway.StartAsync(hello, Ready);

        var bot = await bench.ReplicaAsync(url: gateway.Url);
        await bench.UntilAsync(() => bot.Log.Any(l => l.Contains("no HELLO", StringComparison.Ordinal)));

        Assert.Equal(0, gateway.Told.Reader.Count);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"session_id":"one"}""")]
    [InlineData("""{"session_id":"one","resume_gateway_url":"not an address"}""")]
    [InlineData("""{"session_id":"one","resume_gateway_url":"http://elsewhere.example"}""")]
    public async Task A_session_without_a_usable_address_is_used_but_not_resumed(string data)
    {
        await using var bench = await GatewayBench.StartAsync();
        await using var gateway = await RawGateway.StartAsync(Hello, $$"""{"op":0,"s":1,"t":"READY","d":{{data}}}""", """{"op":7}""");

        var bot = await bench.ReplicaAsync(url: gateway.Url);
        await bench.UntilAsync(() => bot.Heard("READY").Count == 2);

        Assert.Contains(bot.Log, l => l.Contains("Next is a new session", StringComparison.Ordinal));
    }
}
