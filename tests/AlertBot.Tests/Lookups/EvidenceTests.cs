using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Lookups;

/// <summary>What the archive says of people and events, with the source behind it.</summary>
public sealed class EvidenceTests
{
    private const string Words = "We will keep the door to talks with North Korea open at all times";

    private static readonly RssItem[] Said =
    [
        new("Kim Yung-ho warns over leaflets", "https://one.example/1", "q1", $"Kim Yung-ho, South Korea's unification minister, spoke in Seoul. \"{Words},\" Kim said.", "Mon, 06 May 2024 01:00:00 GMT"),
        new("Unification minister speaks on talks", "https://two.example/2", "q2", $"South Korea's unification minister Kim Yung-ho spoke on Monday. “{Words}, come what may,” Kim said.", "Mon, 06 May 2024 02:00:00 GMT"),
        new("Kim Yung-ho visits a school", "https://one.example/3", "q3", "Kim Yung-ho, South Korea's unification minister, visited a school. \"Children should learn what the war was like,\" Kim said.", "Wed, 01 May 2024 01:00:00 GMT"),
    ];

    [Fact]
    public async Task Quotes_are_word_for_word_newest_first_and_the_same_words_of_two_outlets_are_one()
    {
        await using var bot = await WithAsync(Said);
        var quotes = Rows(await bot.SayAsync("/quotes kim-yung-ho"), "Newest first");

        Assert.Equal([$"“{Words}, come what may,”", "“Children should learn what the war was like,”"], quotes.Select(q => q.Text));
        Assert.Equal(("https://two.example/2", new DateTimeOffset(2024, 5, 6, 1, 0, 0, TimeSpan.Zero)), (quotes[0].Link, quotes[0].At!.Value));
    }

    [Theory]
    [InlineData("/quotes kim-yung-ho about:north-korea", 1)]
    [InlineData("/quotes 김영호 since:2024-05-05", 1)]
    [InlineData("/quotes kim yung ho until:2024-05-05", 1)]
    [InlineData("/quotes kim-yung-ho about:japan", 0)]
    [InlineData("/quotes kim-yung-ho since:2025", 0)]
    [InlineData("/quotes kim-yung-ho since:2024 until:2024", 2)]
    public async Task Quotes_can_be_asked_for_by_whom_they_name_and_when_they_were_said(string line, int count)
    {
        await using var bot = await WithAsync(Said);
        var card = await bot.SayAsync(line);

        Assert.Equal(CardTone.Answer, card.Tone);
        Assert.Equal(count, Rows(card, "Newest first").Count);
        Assert.Equal(count == 0, card.Blocks.OfType<CardBlock.Paragraph>().Any(p => p.Text.Contains("no words of Kim Yung-ho that fit", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/quotes kim-yung-ho since:soon", "“soon” is no time")]
    [InlineData("/quotes kim-yung-ho since:2025 until:2024", "It ends before it begins")]
    [InlineData("/quotes kim", "Which kim?")]
    [InlineData("/quotes nobody-at-all", "Nobody and nothing called 'nobody-at-all' is known")]
    [InlineData("/quotes kim-yung-ho topic:nonsense", "Nobody and nothing called 'nonsense' is known")]
    [InlineData("/timeline nobody-at-all", "Nobody and nothing called 'nobody-at-all' is known")]
    [InlineData("/timeline 4711", "This channel has no alert 4711")]
    [InlineData("/event 4711", "This channel has no alert 4711")]
    [InlineData("/event https://nowhere.example/1", "No feed has brought this link")]
    [InlineData("/event words that nobody wrote", "No story has these words in its headline")]
    [InlineData("/together north-korea", "Two actors are needed")]
    [InlineData("/together north-korea and 북한", "That is North Korea twice")]
    public async Task What_can_not_be_answered_is_refused_in_words(string line, string title)
    {
        await using var bot = await BotHarness.StartAsync();
        Assert.Equal(title, (await bot.SayAsync(line)).Title);
    }

    [Theory]
    [InlineData("/together north-korea south-korea", "North Korea and South Korea")]
    [InlineData("/together north korea south korea since 2024", "North Korea and South Korea")]
    [InlineData("/together kim yung ho with china 30d", "Kim Yung-ho and China")]
    [InlineData("/trend north korea south korea", "North Korea vs South Korea: stories in 8 weeks")]
    [InlineData("/trend topic:missiles north-korea and china weeks 4", "Missiles vs North Korea vs China: stories in 4 weeks")]
    [InlineData("/quotes kim yung-ho about north korea since last month", "Kim Yung-ho about North Korea")]
    [InlineData("/timeline north korea last week", "Timeline: North Korea")]
    [InlineData("/latest north korea 7d", "Latest stories: North Korea")]
    [InlineData("/brief north korea week", "Brief: North Korea")]
    [InlineData("/brief follows week", "This channel follows nothing")]
    public async Task Lines_are_read_as_people_type_them(string line, string title)
    {
        await using var bot = await BotHarness.StartAsync();
        Assert.StartsWith(title, (await bot.SayAsync(line)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_brief_of_somebody_leaves_out_where_others_are_told_of()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(
            Rss.AboutNorthKorea(1),
            new RssItem("Japan buys ferries", "https://wire.example/f", "f", string.Join(' ', Enumerable.Repeat("Japan buys ferries from France, the French government said on Monday, since Japan needs more of them between its islands in winter.", 5))
                + " Japan and France agreed on the price in spring. One of the older ships had once sailed to North Korea.")));
        await bot.TurnAsync();

        Assert.Equal(["North Korea fires missile number 1"], (await bot.SayAsync("/brief north-korea week")).Blocks.OfType<CardBlock.Items>().Single().Rows.Select(r => r.Text));
        Assert.Equal(["Japan buys ferries"], (await bot.SayAsync("/brief france week")).Blocks.OfType<CardBlock.Items>().Single().Rows.Select(r => r.Text));
    }

    [Fact]
    public async Task An_old_story_that_was_never_told_is_an_event_by_itself()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(FerryNews.First with { Date = "Sat, 01 Jun 2019 05:00:00 GMT" }));
        await bot.TurnAsync();
        var card = await bot.SayAsync($"/event {FerryNews.First.Link}");

        Assert.Equal((FerryNews.First.Title, FerryNews.First.Link), (card.Title, card.Link));
        Assert.Contains("1, 1 of them independent", card.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_shows_who_told_it_and_what_they_agree_and_differ_on()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow mentions:north-korea");
        await bot.TurnAsync();
        await NewsAsync(bot, FerryNews.First);
        await NewsAsync(bot, FerryNews.First, FerryNews.Copy, FerryNews.Wreck with { Text = FerryNews.Wreck.Text.Replace("Two drivers", "Three drivers", StringComparison.Ordinal) });
        var card = await bot.SayAsync("/event 1");

        Assert.Equal((FerryNews.First.Title, FerryNews.First.Link), (card.Title, card.Link));
        var facts = card.Blocks.OfType<CardBlock.Facts>().Single().Rows;
        Assert.Contains(facts, f => f is { Label: "Outlets", Value: "3, 2 of them independent" });
        Assert.Contains(facts, f => f is { Label: "Stories", Value: "3, 1 of them mostly copies" });
        Assert.Equal([FerryNews.First.Link, FerryNews.Copy.Link, FerryNews.Wreck.Link], Rows(card, "Outlets, in the order in which they came").Select(o => o.Link));
        Assert.Contains(Rows(card, "They differ on"), d => d.Text == "drivers" && d.Detail!.Contains("2: ", StringComparison.Ordinal) && d.Detail.Contains("3: ", StringComparison.Ordinal));
        Assert.Equal([FerryNews.Wreck.Title], Rows(card, "Since this channel's alert").Select(s => s.Text));

        var line = await bot.SayAsync(card.Actions.Single(a => a.Label == "Timeline").Command);
        Assert.Equal([FerryNews.Wreck.Title, FerryNews.Copy.Title, FerryNews.First.Title], line.Blocks.OfType<CardBlock.Items>().SelectMany(i => i.Rows).Select(r => r.Text));
    }

    [Fact]
    public async Task A_timeline_has_one_line_for_an_event_with_who_told_it_first()
    {
        await using var bot = await WithAsync(FerryNews.First, FerryNews.Copy, FerryNews.Others[0]);
        var rows = (await bot.SayAsync("/timeline north-korea")).Blocks.OfType<CardBlock.Items>().SelectMany(i => i.Rows).ToList();

        var row = Assert.Single(rows);
        Assert.Equal((FerryNews.First.Title, "Test Wire first, 2 outlets"), (row.Text, row.Detail));
        Assert.Contains("no story about it from that time", (await bot.SayAsync("/timeline north-korea until:2020")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_timeline_has_pages_and_days()
    {
        await using var bot = await WithAsync([.. Enumerable.Range(1, 30).Select(n => new RssItem(
            $"North Korea opens {Places[n - 1]}", $"https://wire.example/{n}", $"g{n}", $"North Korea opened {Places[n - 1]}, officials said.", $"Sat, {n:00} Apr 2023 01:00:00 GMT"))]);
        var first = await bot.SayAsync("/timeline north-korea since:2023");
        var last = await bot.SayAsync("/timeline north-korea since:2023 page:3");

        Assert.Equal("Sun 30 April 2023", first.Blocks.OfType<CardBlock.Items>().First().Heading);
        Assert.Equal("Page 1 of 3 · 30 events", first.Footer);
        Assert.Equal("/timeline north-korea since:2023 page:2", first.Actions[0].Command);
        Assert.Equal(6, last.Blocks.OfType<CardBlock.Items>().Count());
        Assert.Equal("There is no page 9", (await bot.SayAsync("/timeline north-korea page:9")).Title);
    }

    [Fact]
    public async Task Two_actors_are_shown_by_what_links_them()
    {
        await using var bot = await WithAsync([.. Said, FerryNews.First]);
        var card = await bot.SayAsync("/together kim-yung-ho and north korea");

        Assert.Equal("Kim Yung-ho and North Korea", card.Title);
        var facts = card.Blocks.OfType<CardBlock.Facts>().Single().Rows;
        Assert.Contains(facts, f => f.Label == "Stories with both" && f.Value.StartsWith("2 stories", StringComparison.Ordinal));
        Assert.Contains(facts, f => f is { Label: "First and last", Value: "6 May 2024 and 6 May 2024" });
        Assert.Contains(Rows(card, "Words about each other"), w => w.Text.StartsWith("Kim Yung-ho: “We will keep the door", StringComparison.Ordinal));
        Assert.StartsWith("Stories a week with Kim Yung-ho and North Korea: 2 stories", card.Image!.Description, StringComparison.Ordinal);
        Assert.Contains("no story that has both", (await bot.SayAsync("/together kim-yung-ho and japan")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_brief_has_the_events_of_the_follows_most_important_first()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        Assert.Equal("This channel follows nothing", (await bot.SayAsync("/brief")).Title);
        await bot.SayAsync("/follow mentions:north-korea or mentions:japan");
        await bot.TurnAsync();
        await NewsAsync(bot, FerryNews.First, FerryNews.Copy, FerryNews.Others[0]);

        var brief = Rows(await bot.SayAsync("/brief"));
        Assert.Equal([FerryNews.First.Title, FerryNews.Others[0].Title], brief.Select(r => r.Text));
        Assert.Equal(["Test Wire first, 2 outlets", "Test Wire"], brief.Select(r => r.Detail));
        Assert.Equal([FerryNews.Others[0].Title], Rows(await bot.SayAsync("/brief japan week")).Select(r => r.Text));
        Assert.Equal(2, Rows(await bot.SayAsync("/brief week")).Count);
        Assert.Contains("Nothing came between", (await bot.SayAsync("/brief north-korea period:yesterday")).Text(), StringComparison.Ordinal);
        Assert.Equal("“soon” is no time", (await bot.SayAsync("/brief japan period:soon")).Title);

        static IReadOnlyList<CardItem> Rows(Card card) => card.Blocks.OfType<CardBlock.Items>().Single().Rows;
    }

    private static readonly string[] Places =
    [
        "a bakery", "a zoo", "a bridge", "a library", "a cinema", "a harbour", "a tunnel", "a stadium", "a hospital", "a circus", "a brewery", "a sauna", "a lighthouse", "a theatre", "a greenhouse",
        "a nursery", "a museum", "a railway", "a canal", "a dairy", "a foundry", "a kennel", "a laundry", "a market", "a mill", "a quarry", "a shipyard", "a tannery", "a vineyard", "a weaving hall",
    ];

    private static async Task<BotHarness> WithAsync(params RssItem[] items)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(items));
        await bot.TurnAsync();
        return bot;
    }

    private static async Task NewsAsync(BotHarness bot, params RssItem[] items)
    {
        bot.Site.Serve("/feed", Rss.Feed(items));
        await bot.TurnAsync();
    }

    private static IReadOnlyList<CardItem> Rows(Card card, string heading) => card.Blocks.OfType<CardBlock.Items>().SingleOrDefault(i => i.Heading == heading)?.Rows ?? [];
}
