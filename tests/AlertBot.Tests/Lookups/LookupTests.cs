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
        Assert.Empty(card.Actions);
        Assert.True(card.Menu!.Choices.Count > 1);
        Assert.All(card.Menu.Choices, c => Assert.Matches("^/who (.+-)?kim(-.+)?$", c.Command));
        Assert.Contains(card.Menu.Choices, c => c is { Label: "Kim Jong-un", Detail: "supreme leader" });
        Assert.Contains(Items(card, null), i => i is { Text: "Kim Jong-un", Detail: "supreme leader" });
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
    public async Task Latest_turns_pages_and_has_no_more_than_there_are()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed([.. Enumerable.Range(1, 23).Select(n => Rss.AboutNorthKorea(n) with { Date = $"Sat, {n:00} May 2024 01:00:00 GMT" })]));
        await bot.TurnAsync();
        var first = await bot.SayAsync("/latest north korea");
        var second = await bot.SayAsync(first.Actions.Single(a => a.Replaces).Command);
        var third = await bot.SayAsync("/latest page:3");

        Assert.Equal("Page 1 of 3 · 23 stories", first.Footer);
        Assert.Equal("/latest north-korea page:2", first.Actions.Single(a => a.Replaces).Command);
        Assert.Equal("North Korea fires missile number 13", Items(second, "Newest first")[0].Text);
        Assert.Equal(["/latest north-korea page:1", "/latest north-korea page:3"], second.Actions.Where(a => a.Replaces).Select(a => a.Command));
        Assert.Equal([3, 2, 1], Items(third, "Newest first").Select(i => i.Text[^1] - '0'));
        Assert.Equal(["/latest page:2"], third.Actions.Select(a => a.Command));

        var beyond = await bot.SayAsync("/latest north-korea page:4");
        Assert.Equal((CardTone.Problem, "There is no page 4"), (beyond.Tone, beyond.Title));
        Assert.Equal(["/latest north-korea page:3"], beyond.Actions.Select(a => a.Command));
        Assert.Equal("/latest was not run", (await bot.SayAsync("/latest north-korea page:0")).Title);
    }

    [Fact]
    public async Task Cards_say_which_topic_they_are_about()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(new RssItem(
            "UN sanctions on North Korea tightened", "https://wire.example/s", "s", "New sanctions on North Korea were adopted. The sanctions ban oil exports and freeze assets.")));
        await bot.TurnAsync();

        Assert.Equal("sanctions", (await bot.SayAsync("/topic sanctions")).Topic);
        Assert.Equal("sanctions", (await bot.SayAsync("/latest topic:sanctions")).Topic);
        Assert.Equal("sanctions", (await bot.SayAsync("/who north-korea")).Topic);
        Assert.Null((await bot.SayAsync("/latest north-korea")).Topic);
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
