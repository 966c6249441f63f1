using AlertBot.Lookups;
using AlertBot.Platforms;
using AlertBot.Stories.Search;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Lookups;

public sealed class SearchTests
{
    [Fact]
    public async Task Search_shows_where_the_words_stand()
    {
        await using var bot = await WithNewsAsync();
        var card = await bot.SayAsync("/search missiles coast -satellite");

        Assert.Equal("Search: missiles coast -satellite", card.Title);
        var item = Items(card).Single();
        Assert.Equal(("North Korea fires", "https://wire.example/0"), (item.Text, item.Link));
        Assert.Equal("Test Wire · North Korea tested two «missiles» near the «coast» on Monday.", item.Detail);
        Assert.Equal("Best first", card.Footer);
        Assert.Equal(["/search missiles coast -satellite sort:newest"], card.Actions.Select(a => a.Command));
    }

    [Fact]
    public async Task Actor_topic_source_and_time_narrow_it()
    {
        await using var bot = await WithNewsAsync();
        async Task<IEnumerable<string>> FindAsync(string line) => Items(await bot.SayAsync(line)).Select(i => i.Text);

        Assert.Equal(["China fires", "North Korea fires"], await FindAsync("/search missile sort:newest"));
        Assert.Equal(["North Korea fires"], await FindAsync("/search missile actor:north-korea"));
        Assert.Equal(["China fires"], await FindAsync("/search missile since:2024-06-02"));
        Assert.Equal(["North Korea fires"], await FindAsync("/search missile until:2024-06-01"));
        Assert.Equal(2, (await FindAsync("/search missile source:\"test wire\"")).Count());
        Assert.Equal("Search: missile · China · since 2024", (await bot.SayAsync("/search missile actor:china since:2024")).Title);
    }

    [Theory]
    [InlineData("/search -missile", "Nothing was searched", "only words that must not stand")]
    [InlineData("/search ???", "Nothing was searched", "no word to look for")]
    [InlineData("/search missile actor:nobody-at-all", "Nobody and nothing called 'nobody-at-all' is known", "")]
    [InlineData("/search missile source:gazette", "No feed is called 'gazette'", "/feed list")]
    [InlineData("/search missile since:whenever", "“whenever” is no time", "24h")]
    [InlineData("/search missile sort:oldest", "There is no order 'oldest'", "best or newest")]
    [InlineData("/search missile page:9", "There is no page 9", "not so many")]
    [InlineData("/search", "/search was not run", "words is missing")]
    public async Task What_can_not_be_searched_is_told(string line, string title, string why)
    {
        await using var bot = await WithNewsAsync();
        var card = await bot.SayAsync(line);

        Assert.Equal((CardTone.Problem, title), (card.Tone, card.Title));
        Assert.Contains(why, card.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_found_offers_what_may_be_found()
    {
        await using var bot = await WithNewsAsync();
        var card = await bot.SayAsync("/search missile submarine actor:china");

        Assert.Equal("The archive has no story with all of these words within actor.", card.Blocks.OfType<CardBlock.Paragraph>().Single().Text);
        Assert.Equal(["/search missile submarine", "/search missile OR submarine actor:china"], card.Actions.Select(a => a.Command));
        Assert.Equal(["China fires"], Items(await bot.SayAsync(card.Actions[1].Command)).Select(i => i.Text));
        Assert.Equal(["/latest north-korea"], (await bot.SayAsync("/search DPRK")).Actions.Select(a => a.Command));
    }

    [Fact]
    public async Task Pages_turn_in_the_same_order()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed([.. Enumerable.Range(1, 14).Select(n => Rss.AboutNorthKorea(n) with { Date = $"Sat, {n:00} May 2024 01:00:00 GMT" })]));
        await bot.TurnAsync();
        var first = await bot.SayAsync("/search missile sort:newest");
        var second = await bot.SayAsync(first.Actions.Single(a => a.Label == "More").Command);
        var third = await bot.SayAsync(second.Actions.Single(a => a.Label == "More").Command);

        Assert.Equal(Enumerable.Range(1, 14).Reverse().Select(n => $"North Korea fires missile number {n}"), new[] { first, second, third }.SelectMany(Items).Select(i => i.Text));
        Assert.Equal("Newest first · page 2", second.Footer);
        Assert.Equal(["Back", "Best first"], third.Actions.Select(a => a.Label));
    }

    [Fact]
    public async Task Latest_begins_where_it_is_told()
    {
        await using var bot = await WithNewsAsync();
        Assert.Equal(["China fires"], Items(await bot.SayAsync("/latest since:2024-06-02")).Select(i => i.Text));
        Assert.Equal(["North Korea fires"], Items(await bot.SayAsync("/latest north korea since:2024-06")).Select(i => i.Text));
        Assert.Contains("none from then on", (await bot.SayAsync("/latest north-korea since:2024-06-02")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("It said nothing.", "missile", "It said nothing.")]
    [InlineData("Testing tests: a TEST was tested.", "test", "«Testing» «tests»: a «TEST» was «tested».")]
    [InlineData("북한이 미사일을 쏘았다", "미사일", "북한이 «미사일을» 쏘았다")]
    [InlineData("日本政府は発表した", "政府", "«日本政府は発表した»")]
    [InlineData("São Paulo’s mayor", "sao", "«São» Paulo’s mayor")]
    public void An_excerpt_marks_the_words(string body, string typed, string shown) => Assert.Equal(shown, SearchExcerpt.Of(body, SearchWords.Parse(typed).Query!));

    [Fact]
    public void An_excerpt_of_a_long_text_is_where_the_words_stand()
    {
        var body = string.Join(' ', Enumerable.Range(1, 400).Select(n => n switch { 30 => "missile", 200 => "missile", 202 => "coast", _ => $"word{n}" }));
        var excerpt = SearchExcerpt.Of(body, SearchWords.Parse("missile coast").Query!);

        Assert.Contains("«missile» word201 «coast»", excerpt, StringComparison.Ordinal);
        Assert.True(excerpt.StartsWith('…') && excerpt.EndsWith('…') && excerpt.Length < 175, excerpt);
    }

    private static async Task<BotHarness> WithNewsAsync()
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(
            new RssItem("North Korea fires", "https://wire.example/0", "a", "North Korea tested two missiles near the coast on Monday.", "Sat, 01 Jun 2024 05:00:00 GMT"),
            new RssItem("China fires", "https://wire.example/1", "b", "China tested a missile and a satellite far from the coast.", "Sun, 02 Jun 2024 05:00:00 GMT")));
        await bot.TurnAsync();
        return bot;
    }

    private static IReadOnlyList<CardItem> Items(Card card) => card.Blocks.OfType<CardBlock.Items>().Single().Rows;
}
