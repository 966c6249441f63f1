using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

public sealed class FeedListTests
{
    [Fact]
    public async Task The_pages_hold_every_feed_once_the_sick_ones_first()
    {
        await using var bot = await BotHarness.StartAsync();
        for (var number = 10; number < 35; number++)
        {
            await bot.AddFeedAsync($"/{number}", Rss.Feed());
        }

        var ill = await bot.AddFeedAsync("/ill", "");
        bot.Site.Answer("/ill", 500);
        await bot.TurnAsync();
        await bot.SayAsync($"/feed pause {bot.Site.Address("/34")}");

        Card[] pages = [await bot.SayAsync("/feed list"), await bot.SayAsync("/feed list 2"), await bot.SayAsync("/feed list page:3")];

        Assert.All(pages, p => Assert.Equal("26 feeds: 24 well, 0 sick, 1 failing, 1 paused", p.Title));
        Assert.Equal([10, 10, 6], pages.Select(p => Rows(p).Count));
        Assert.Equal(26, pages.SelectMany(Rows).Select(r => r.Link).Distinct().Count());
        Assert.Equal(["Failing", "Paused", "Well"], pages[0].Blocks.OfType<CardBlock.Items>().Select(b => b.Heading));
        Assert.Equal(ill.Address.AbsoluteUri, Rows(pages[0])[0].Link);
        Assert.Equal([["/feed list 2"], ["/feed list 1", "/feed list 3"], ["/feed list 2"]], pages.Select(p => p.Actions.Select(a => a.Command)));
        Assert.All(pages.SelectMany(p => p.Actions.Concat(p.Menu!.Choices)), a => Assert.True(a.Replaces));
        Assert.Equal([["Page 2", "Page 3"], ["Page 1", "Page 3"], ["Page 1", "Page 2"]], pages.Select(p => p.Menu!.Choices.Select(c => c.Label)));
    }

    [Fact]
    public async Task A_short_list_has_no_pages_to_turn()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());

        var card = await bot.SayAsync("/feed list");

        Assert.Equal("1 feed: 1 well, 0 sick, 0 failing, 0 paused", card.Title);
        Assert.Empty(card.Actions);
        Assert.Null(card.Menu);
    }

    [Theory]
    [InlineData("2", "There is no page 2")]
    [InlineData("0", "page must be 1 or more")]
    public async Task A_page_that_is_not_there_is_told(string page, string why)
    {
        await using var bot = await BotHarness.StartAsync();

        var card = await bot.SayAsync($"/feed list {page}");

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains(why, card.Text(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<CardItem> Rows(Card card) => [.. card.Blocks.OfType<CardBlock.Items>().SelectMany(b => b.Rows)];
}
