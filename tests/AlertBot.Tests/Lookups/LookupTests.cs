using System.Text.Json;
using AlertBot.Lookups;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
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
        Assert.Contains(Items(card, "Offices now"), i => i is { Text: "unification minister of South Korea", Detail: "since 28 July 2023" });
        Assert.Contains("김영호 (Hangul)", Fact(card, "Native name"), StringComparison.Ordinal);
        Assert.Contains("South Korea", Fact(card, "Belongs to"), StringComparison.Ordinal);
        Assert.Equal("1 story", Fact(card, "In the archive"));
        Assert.Equal("3 June 2024 09:15 UTC", Fact(card, "Last seen"));
        Assert.Contains("North Korea (1)", Fact(card, "Most often with"), StringComparison.Ordinal);
        Assert.Null(card.Image);
        Assert.Equal(["/follow kim-yung-ho", "/quotes kim-yung-ho", "/timeline kim-yung-ho", "/latest kim-yung-ho"], card.Actions.Select(a => a.Command));
        Assert.Contains(Items(card, "Latest words"), i => i.Text.Contains("We will keep the door to talks open", StringComparison.Ordinal));
        Assert.Equal("https://wire.example/kim", Items(card, "Latest stories").Single().Link);
    }

    [Fact]
    public async Task Who_shows_what_is_held_now_before_what_is_over_and_the_people_of_a_country()
    {
        await using var bot = await BotHarness.StartAsync();
        var leader = await bot.SayAsync("/who kim-jong-un");

        Assert.Contains("김정은 (Hangul)", Fact(leader, "Native name"), StringComparison.Ordinal);
        Assert.DoesNotContain("Hangul", Fact(leader, "In other scripts"), StringComparison.Ordinal);
        Assert.Equal("general secretary of Workers' Party of Korea", Items(leader, "Offices now")[0].Text);
        Assert.Equal(["2016 to 2021", "2012 to 2016", "2012 to 2016"], Items(leader, "Offices before").Select(i => i.Detail));
        Assert.Contains("North Korea", Fact(leader, "Belongs to"), StringComparison.Ordinal);
        Assert.Equal("National Defence Commission", Fact(leader, "Belonged to"));
        Assert.Contains("Kim Chong-un", Fact(leader, "Also called"), StringComparison.Ordinal);
        Assert.DoesNotContain("Kim Jong Un", Fact(leader, "Also called"), StringComparison.Ordinal);

        var party = await bot.SayAsync("/who workers-party-of-korea");
        Assert.Contains(party.Blocks.OfType<CardBlock.Items>().Single().Rows, i => i is { Text: "Kim Jong-un", Detail: "general secretary since 2021" });
        Assert.Contains(party.Blocks.OfType<CardBlock.Facts>(), f => f.Rows.Any(r => r is { Label: "In the archive", Value: "no story yet" }));
    }

    [Fact]
    public async Task Who_says_whom_it_shows_for_a_name_that_is_not_known_and_offers_the_others()
    {
        await using var bot = await BotHarness.StartAsync();
        var card = await bot.SayAsync("/who Kim Yong Ho");

        Assert.Equal((CardTone.Answer, "Kim Yung-ho"), (card.Tone, card.Title));
        Assert.Equal("Showing Kim Yung-ho for 'Kim Yong Ho'. The last buttons show others of a like name.", Assert.IsType<CardBlock.Paragraph>(card.Blocks[0]).Text);
        Assert.Contains(card.Actions, a => a.Command.StartsWith("/who kim-yong-", StringComparison.Ordinal));
        Assert.Equal("Kim Yung-ho", (await bot.SayAsync("/quotes Kim Young-ho")).Title);
        Assert.Equal("Latest stories: North Korea", (await bot.SayAsync("/latest nort korea")).Title);
        Assert.All(await Task.WhenAll(bot.SayAsync("/follow Kim Yong Ho"), bot.SayAsync("/actor set \"Kim Yong Ho\" surname:Kim")), c => Assert.Equal(CardTone.Problem, c.Tone));
    }

    [Fact]
    public async Task What_is_spoken_of_often_has_a_small_picture_with_its_numbers_in_words()
    {
        Assert.SkipWhen(ChartFonts.Plain is null, "this machine has no fonts: install fonts-dejavu-core");
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed([.. Enumerable.Range(1, 9).Select(n => Rss.AboutNorthKorea(n) with { Date = $"Sat, {n + 10:00} May 2024 01:00:00 GMT" })]));
        await bot.TurnAsync();

        foreach (var card in new[] { await bot.SayAsync("/who north-korea"), await bot.SayAsync("/topic ballistic-missiles") })
        {
            Assert.Equal("9 stories; most on 11 May 2024 (1); 0 in the last 7 days", Fact(card, "The last 8 weeks"));
            Assert.EndsWith("(1); 0 in the last 7 days. By week, oldest first: 0, 0, 0, 0, 3, 6, 0, 0.", card.Image!.Description, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_full_card_fits_where_it_is_shown()
    {
        await using var bot = await BotHarness.StartAsync();
        var about = string.Join(' ', Enumerable.Repeat("sanctions on ballistic missiles of North Korea", 3));
        await bot.AddFeedAsync("/feed", Rss.Feed([.. Enumerable.Range(1, 9).Select(n => new RssItem(
            $"Kim Jong-un speaks of {about}, year {n}", $"https://wire.example/2024/05/{n}/a-long-address-as-outlets-have-them", $"k{n}",
            $"Kim Jong-un, supreme leader of North Korea, spoke of {about} in Pyongyang. \"The number {n} is what we speak of today, and {about} will be spoken of for a long time to come,\" Kim said.", $"Sat, {n + 10:00} May 2024 01:00:00 GMT"))]));
        await bot.TurnAsync();

        foreach (var line in new[] { "/who Kim Jung Eun", "/who north-korea", "/topic sanctions" })
        {
            var card = await bot.SayAsync(line);
            Assert.DoesNotContain("more line", DiscordCardRenderer.Render(card).Message.Embeds![0].Description, StringComparison.Ordinal);
            var slack = JsonSerializer.Serialize(SlackCards.Renderer.Message(card, null));
            Assert.Contains("year 9", slack, StringComparison.Ordinal);
            Assert.DoesNotContain("left out", slack, StringComparison.Ordinal);
        }
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
    [InlineData("/who kim jong in", "kim-jong-un")]
    [InlineData("/topic sanktions", "sanctions")]
    [InlineData("/latest notr korea", "north-korea")]
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
        Assert.Equal("UN sanctions on North Korea tightened", Items(card, "Latest events").Single().Text);
        Assert.Contains("North Korea (1)", Fact(card, "Most often with"), StringComparison.Ordinal);
        Assert.Equal(["Follow Sanctions", "Timeline", "Stories", "Search"], card.Actions.Select(a => a.Label));
        Assert.Equal("Search: sanctions · Sanctions", (await bot.SayAsync(card.Actions[3].Command)).Title);
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

    private static string Fact(Card card, string label) => card.Blocks.OfType<CardBlock.Facts>().SelectMany(f => f.Rows).Single(f => f.Label == label).Value;

    private static IReadOnlyList<CardItem> Items(Card card, string? heading) => card.Blocks.OfType<CardBlock.Items>().Single(b => b.Heading == heading).Rows;
}
