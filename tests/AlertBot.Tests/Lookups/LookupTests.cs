using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Lookups;

public sealed class LookupTests
{
    [Fact]
    public async Task Who_shows_the_man_his_offices_his_company_and_his_stories()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(new RssItem(
            "Unification minister Kim Yung-ho warns North Korea", "https://wire.example/kim", "k",
            "Kim Yung-ho, South Korea's unification minister, warned North Korea on Monday over its leaflets. \"We will keep the door to talks open at all times,\" Kim said in Seoul.")));
        await bot.TurnAsync();
        var card = await bot.SayAsync("/who kim-yung-ho");

        Assert.Equal("Kim Yung-ho", card.Title);
        var facts = card.Blocks.OfType<CardBlock.Facts>().Single().Rows;
        Assert.Contains(facts, f => f.Label.Contains("nification minister · South Korea", StringComparison.Ordinal) && f.Value == "28 July 2023 to 24 July 2025");
        Assert.Contains(facts, f => f.Label == "Also called" && f.Value.Contains("김영호", StringComparison.Ordinal));
        Assert.Contains(facts, f => f.Value == "1 story");
        Assert.Contains(Items(card, "Most often with"), i => i.Text == "North Korea");
        Assert.Contains(Items(card, "Latest words"), i => i.Text.Contains("We will keep the door to talks open", StringComparison.Ordinal));
        Assert.Equal("https://wire.example/kim", Items(card, "Latest stories").Single().Link);
    }

    [Fact]
    public async Task Who_asks_which_Kim()
    {
        await using var bot = await BotHarness.StartAsync();
        var card = await bot.SayAsync("/who kim");

        Assert.Equal("Which kim?", card.Title);
        Assert.True(card.Actions.Count > 1);
        Assert.All(card.Actions, a => Assert.StartsWith("/who kim-", a.Command, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/who kim yung hoo", "kim-yung-ho")]
    [InlineData("/topic sanktions", "sanctions")]
    [InlineData("/latest nort korea", "north-korea")]
    public async Task An_unknown_name_is_answered_by_the_nearest(string typed, string meant)
    {
        await using var bot = await BotHarness.StartAsync();
        var card = await bot.SayAsync(typed);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains(meant, card.Blocks.OfType<CardBlock.Paragraph>().Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topic_shows_what_belongs_to_it_and_its_stories()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(new RssItem(
            "UN sanctions on North Korea tightened", "https://wire.example/s", "s", "New sanctions on North Korea were adopted. The sanctions ban oil exports and freeze assets.")));
        await bot.TurnAsync();
        var card = await bot.SayAsync("/topic sanctions");

        Assert.Equal("Sanctions", card.Title);
        Assert.Equal("UN sanctions on North Korea tightened", Items(card, "Latest stories").Single().Text);
        Assert.Contains(Items(card, "Actors"), i => i.Text == "North Korea");
    }

    [Fact]
    public async Task Latest_is_newest_first_and_a_date_in_the_future_pins_nothing()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(
            Rss.AboutNorthKorea(1) with { Date = "Mon, 03 Jun 2024 01:00:00 GMT" },
            Rss.AboutNorthKorea(2) with { Date = "Mon, 03 Jun 2034 01:00:00 GMT" }));
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(3)));
        await bot.TurnAsync();
        var titles = Items(await bot.SayAsync("/latest north-korea"), "Newest first").Select(i => i.Text);

        Assert.Equal([3, 2, 1], titles.Select(t => t[^1] - '0'));
    }

    [Fact]
    public async Task Following_lists_the_follows_of_this_channel_only()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        await bot.SayAsync("/follow china", channel: "other");
        var card = await bot.SayAsync("/following");

        Assert.Equal(["north-korea"], Items(card, null).Select(i => i.Text));
    }

    private static IReadOnlyList<CardItem> Items(Card card, string? heading) => card.Blocks.OfType<CardBlock.Items>().Single(b => b.Heading == heading).Rows;
}
