using AlertBot.Feeds;
using AlertBot.Polling;

namespace AlertBot.Tests.Polling;

/// <summary>Whose turn it is to be asked.</summary>
public sealed class PollQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_host_has_no_more_under_way_than_it_may()
    {
        var queue = new PollQueue(perHost: 2, Margin);
        queue.Add([.. Enumerable.Range(1, 5).Select(id => Feed(id, $"https://a{id}.substack.com/feed"))]);
        var first = queue.Take(Now);

        Assert.NotNull(first);
        Assert.NotNull(queue.Take(Now));
        Assert.Null(queue.Take(Now));
        Assert.False(queue.HasReady);

        queue.Done(first);
        Assert.Equal(3, queue.Take(Now)?.Feed.Id.Value);
        Assert.Null(queue.Take(Now));
    }

    [Fact]
    public void Hosts_take_turns_so_that_a_crowded_one_holds_up_no_other()
    {
        var queue = new PollQueue(perHost: 1, Margin);
        queue.Add([.. Enumerable.Range(1, 100).Select(id => Feed(id, $"https://a{id}.crowded.example/feed")), Feed(101, "https://one.example/feed"), Feed(102, "https://two.example/feed")]);

        Assert.Equal([1, 101, 102], Taken(queue).Select(t => t.Feed.Id.Value));
    }

    [Fact]
    public void A_feed_is_held_once_however_often_it_is_added()
    {
        var queue = new PollQueue(perHost: 1, Margin);
        queue.Add([Feed(1, "https://one.example/feed")]);
        queue.Add([Feed(1, "https://one.example/feed")]);
        var turn = Assert.Single(Taken(queue));
        queue.Add([Feed(1, "https://one.example/feed")]);
        queue.Done(turn);

        Assert.Null(queue.Take(Now));
    }

    [Fact]
    public void A_feed_whose_lease_ends_while_it_waits_is_let_go_until_it_is_leased_again()
    {
        var queue = new PollQueue(perHost: 1, Margin);
        queue.Add([Feed(1, "https://one.example/feed") with { LeasedUntil = Now + Margin / 2 }]);
        Assert.Null(queue.Take(Now));

        queue.Add([Feed(1, "https://one.example/feed")]);
        Assert.NotNull(queue.Take(Now));
    }

    [Fact]
    public void A_lease_that_is_renewed_in_time_keeps_its_place()
    {
        var queue = new PollQueue(perHost: 1, Margin);
        queue.Add([Feed(1, "https://one.example/feed") with { LeasedUntil = Now + Margin / 2 }, Feed(2, "https://one.example/feed")]);
        queue.Add([Feed(1, "https://one.example/feed")]);

        Assert.Equal(1, queue.Take(Now)?.Feed.Id.Value);
    }

    private static List<PollTurn> Taken(PollQueue queue)
    {
        var taken = new List<PollTurn>();
        while (queue.Take(Now) is { } turn)
        {
            taken.Add(turn);
        }

        return taken;
    }

    private static Feed Feed(long id, string address) => new(new FeedId(id), new Uri(address)) { LeasedUntil = Now + TimeSpan.FromMinutes(5) };
}
