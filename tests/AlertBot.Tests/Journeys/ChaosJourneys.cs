using AlertBot.Benchmarks.Chaos;

namespace AlertBot.Tests.Journeys;

/// <summary>The real program, killed while its alerts are on their way: a short form of the benchmark of that name.</summary>
public sealed class ChaosJourneys
{
    private static readonly ChaosPlan Short = new()
    {
        Kills = 4,
        Alerts = 40,
        MostChannels = 10,
        Life = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(600)),
        IsAimed = true,
        Patience = TimeSpan.FromSeconds(40),
        Drop = 0.1,
    };

    [Theory]
    [InlineData("discord")]
    [InlineData("slack")]
    public async Task No_alert_is_lost_doubled_or_out_of_order_though_the_bot_is_killed_while_it_sends_and_answers_are_lost(string platform)
    {
        var output = Output();
        var run = new ChaosRun(Short with { Platform = platform }, output);

        var tally = await run.RunAsync(TestContext.Current.CancellationToken);

        Assert.True(tally.IsClean, $"{tally}\n{output}");
        Assert.True(run.KillsUnderWay > 0, "No kill fell while a message was under way.");
    }

    [Fact]
    public async Task A_message_that_is_sent_once_more_is_seen()
    {
        var run = new ChaosRun(Short with { Kills = 1, Alerts = 10, Drop = 0, Plant = "double" }, Output());

        Assert.Equal(new ChaosTally(0, 1, 0, 0), await run.RunAsync(TestContext.Current.CancellationToken));
    }

    private static StringWriter Output() => new(System.Globalization.CultureInfo.InvariantCulture);
}
