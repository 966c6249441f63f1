using AlertBot.Feeds;
using AlertBot.Feeds.Health;

namespace AlertBot.Tests.Feeds.Health;

public sealed class OutageTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 3, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(2, 0, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 1, false)]
    [InlineData(4, 1, true)]
    [InlineData(40, 10, true)]
    [InlineData(39, 11, false)]
    [InlineData(0, 10, false)]
    public void The_bot_is_cut_off_where_four_of_five_hosts_can_not_be_reached(int lost, int reached, bool isCutOff) =>
        Assert.Equal(isCutOff, Outage.Next(null, Hosts(lost, reached), Now) is { EndedAt: null });

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(6, 5, false)]
    [InlineData(9, 1, false)]
    [InlineData(0, 5, true)]
    public void It_is_back_where_half_of_them_can(int lost, int reached, bool isBack)
    {
        var outage = new Outage(Now.AddHours(-5), null);

        Assert.Equal(isBack ? outage with { EndedAt = Now } : outage, Outage.Next(outage, Hosts(lost, reached), Now));
    }

    [Fact]
    public void Many_feeds_of_one_host_that_is_down_are_that_hosts_fault() =>
        Assert.Null(Outage.Next(null, Hosts(50, 0).Select(f => f with { Address = new Uri($"https://one.example/{f.Id}") }), Now));

    [Fact]
    public void Answers_that_only_a_reached_site_gives_are_no_sign_of_it() =>
        Assert.Null(Outage.Next(null, Hosts(50, 0).Select(f => f with { Fault = FetchFault.Missing }), Now));

    [Fact]
    public void Old_polls_count_only_where_there_are_too_few_new_ones()
    {
        var old = Hosts(0, 40).Select(f => f with { Address = new Uri($"https://old{f.Id}.example/"), PolledAt = Now.AddHours(-2) });

        Assert.NotNull(Outage.Next(null, [.. Hosts(5, 0), .. old], Now));
        Assert.Null(Outage.Next(null, [.. Hosts(3, 0), .. old], Now));
    }

    [Fact]
    public void It_began_when_half_of_the_hosts_had_failed_and_covers_what_failed_an_hour_before()
    {
        var hosts = Hosts(5, 0).Select((f, i) => f with { FailingSince = i == 0 ? Now.AddDays(-90) : Now.AddMinutes(-10 * i) });
        var outage = Outage.Next(null, hosts, Now)!;

        Assert.Equal(Now.AddMinutes(-30), outage.BeganAt);
        Assert.True(outage.Covers(Now.AddMinutes(-90)));
        Assert.False(outage.Covers(Now.AddDays(-90)));
        Assert.False((outage with { EndedAt = Now }).Covers(Now.AddMinutes(1)));
    }

    private static IEnumerable<Feed> Hosts(int lost, int reached) => Enumerable.Range(1, lost + reached).Select(i => new Feed(new FeedId(i), new Uri($"https://host{i}.example/feed"))
    {
        PolledAt = Now.AddSeconds(-i),
        Failures = i <= lost ? 2 : 0,
        Fault = i <= lost ? (i % 2 == 0 ? FetchFault.Dns : FetchFault.Connection) : null,
        FailingSince = i <= lost ? Now.AddMinutes(-20) : null,
    });
}
