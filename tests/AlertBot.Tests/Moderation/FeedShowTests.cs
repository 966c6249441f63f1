using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

public sealed class FeedShowTests
{
    [Fact]
    public async Task Everything_of_a_feed_is_told_and_what_can_be_done_about_it()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(2)), "\"v1\"");
        Assert.Contains("not polled yet", Facts(await bot.SayAsync("/feed show 1"))["Condition"], StringComparison.Ordinal);
        await bot.TurnAsync();

        var card = await bot.SayAsync("/feed show 1");
        var facts = Facts(card);

        Assert.Contains(feed.Address.AbsoluteUri, card.Text(), StringComparison.Ordinal);
        Assert.StartsWith("by test, ", facts["Added"], StringComparison.Ordinal);
        Assert.Equal(("well", "yes, by ETag"), (facts["Condition"], facts["Asked for news only"]));
        Assert.Equal("2 in the last day, 2 in the last week, 2 in all", facts["Stories brought"]);
        Assert.StartsWith("in ", facts["Next poll"], StringComparison.Ordinal);
        Assert.Contains(card.Blocks.OfType<CardBlock.Items>(), i => i.Heading == "Its newest story");
        Assert.Equal(["Test", "Edit", "Pause", "Remove", "Export"], card.Actions.Select(a => a.Label));

        bot.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal("0 in the last day, 2 in the last week, 2 in all", Facts(await bot.SayAsync("/feed show 1"))["Stories brought"]);
    }

    [Fact]
    public async Task A_failing_feed_is_told_with_its_cause_and_what_to_do_and_a_moved_one_with_where_it_was()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Site.Serve("/new", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Site.Answer("/feed", 301, "Location", bot.Site.Address("/new").AbsoluteUri);
        await bot.TurnAsync();
        Assert.Equal(feed.Address.AbsoluteUri, Facts(await bot.SayAsync("/feed show 1"))["Former addresses"]);

        bot.Site.Answer("/new", 404);
        await bot.TurnAsync();
        var facts = Facts(await bot.SayAsync("/feed show 1"));
        Assert.StartsWith("failing since", facts["Condition"], StringComparison.Ordinal);
        Assert.Contains("404", facts["Condition"], StringComparison.Ordinal);
        Assert.Equal("1", facts["Failures in a row"]);
        Assert.Contains("/feed test", facts["What to do"], StringComparison.Ordinal);

        await bot.SayAsync("/feed pause 1");
        var paused = await bot.SayAsync("/feed show 1");
        Assert.Equal("none while it is paused", Facts(paused)["Next poll"]);
        Assert.Contains(paused.Actions, a => a.Label == "Resume");
    }

    private static Dictionary<string, string> Facts(Card card) => card.Blocks.OfType<CardBlock.Facts>().SelectMany(f => f.Rows).ToDictionary(r => r.Label, r => r.Value);
}
