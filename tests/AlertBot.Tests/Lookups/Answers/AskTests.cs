using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Lookups.Answers;

/// <summary>Questions in plain words, over an archive of a few stories.</summary>
public sealed class AskTests
{
    private static readonly RssItem[] News =
    [
        new("Unification minister warns over leaflets", "https://one.example/1", "a1",
            "Kim Yung-ho, South Korea's unification minister, warned on Monday that leaflets sent across the border would harm nobody but farmers. \"The door to talks stays open,\" Kim said. He spoke to reporters in Paju after a visit to a school.",
            "Mon, 06 May 2024 01:00:00 GMT"),
        new("Kim Jong Un opens a hospital in Pyongyang", "https://two.example/2", "a2",
            "Kim Jong Un opened a hospital with 500 beds in Pyongyang on Sunday. North Korea had built it in nine months. \"Our doctors deserve such a house,\" Kim said.",
            "Sun, 05 May 2024 01:00:00 GMT"),
        new("Unification minister plans a museum", "https://one.example/3", "a3",
            "Kim Yung-ho, South Korea's unification minister, said that a museum on human rights in North Korea will open in 2026. It will cost 26 billion won.",
            "Thu, 12 Jan 2023 01:00:00 GMT"),
    ];

    [Fact]
    public async Task A_question_is_answered_in_the_outlets_words_with_their_sources()
    {
        await using var bot = await WithAsync(News);
        var card = await bot.SayAsync("/ask how many beds does the new hospital in Pyongyang have?");

        Assert.Equal((CardTone.Answer, "how many beds does the new hospital in Pyongyang have?"), (card.Tone, card.Title));
        Assert.Equal("Kim Jong Un opened a hospital with 500 beds in Pyongyang on Sunday. [1]", Said(card)[0]);
        var source = Sources(card)[0];
        Assert.Equal(("[1] Kim Jong Un opens a hospital in Pyongyang", "https://two.example/2", new DateTimeOffset(2024, 5, 5, 1, 0, 0, TimeSpan.Zero)), (source.Text, source.Link, source.At));
        Assert.StartsWith("The outlets' own sentences", card.Footer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kim_is_the_one_who_is_meant()
    {
        await using var bot = await WithAsync(News);

        Assert.Contains("\"The door to talks stays open,\" Kim said. [1]", Said(await bot.SayAsync("/ask what did Kim Yung-ho say about talks?")));
        var other = await bot.SayAsync("/ask what did Kim Jong Un say about doctors?");
        Assert.Contains("\"Our doctors deserve such a house,\" Kim said. [1]", Said(other));
        Assert.All(Sources(other), s => Assert.Equal("https://two.example/2", s.Link));
    }

    [Theory]
    [InlineData("/ask who won the football cup in Brazil?")]
    [InlineData("/ask what did Kim Yung-ho say about talks in 2019?")]
    [InlineData("/ask why did Emmanuel Macron resign?")]
    public async Task What_the_archive_does_not_say_is_said(string line)
    {
        await using var bot = await WithAsync(News);
        var card = await bot.SayAsync(line);

        Assert.Equal((CardTone.Answer, "The archive does not say."), (card.Tone, Said(card).Single()));
        Assert.Empty(Sources(card));
    }

    [Fact]
    public async Task A_talk_goes_on_from_the_question_before()
    {
        await using var bot = await WithAsync(News);
        await bot.SayAsync("/ask what did Kim Yung-ho say in 2024?");
        var earlier = await bot.SayAsync("and in 2023?");

        Assert.Equal("what did Kim Yung-ho say in 2023?", earlier.Title);
        Assert.All(Sources(earlier), s => Assert.Equal("https://one.example/3", s.Link));
        Assert.NotEmpty(Sources(earlier));

        // Somebody else's talk, and the same person's in another channel, are others.
        Assert.Equal("and in 2023?", (await bot.SayAsync("/ask and in 2023?", BotHarness.Member)).Title);
        Assert.Equal("and in 2023?", (await bot.SayAsync("/ask and in 2023?", channel: "other")).Title);

        bot.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal("and in 2024?", (await bot.SayAsync("/ask and in 2024?")).Title);
    }

    [Fact]
    public async Task A_question_needs_no_command()
    {
        await using var bot = await WithAsync(News);

        Assert.Equal("Who opened a hospital in Pyongyang?", (await bot.SayAsync("Who opened a hospital in Pyongyang?")).Title);
        Assert.Equal("what did the minister warn of", (await bot.SayAsync("what did the minister warn of")).Title);
        Assert.Equal("Kim Yung-ho", (await bot.SayAsync("who kim-yung-ho")).Title);
        Assert.Equal("Type / for the commands", (await bot.SayAsync("good morning everybody")).Title);
    }

    [Fact]
    public async Task An_answer_is_kept_until_a_story_that_it_rests_on_changes()
    {
        await using var bot = await WithAsync(News);
        const string Line = "/ask how many beds does the new hospital in Pyongyang have?";
        Assert.Contains("500 beds", Said(await bot.SayAsync(Line))[0], StringComparison.Ordinal);

        bot.Site.Serve("/feed", Rss.Feed([.. News.Select(n => n with { Text = n.Text.Replace("500 beds", "700 beds", StringComparison.Ordinal) })]));
        await bot.TurnAsync();
        Assert.Contains("700 beds", Said(await bot.SayAsync(Line))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_outlets_differ_it_is_said()
    {
        await using var bot = await WithAsync();
        await bot.SayAsync("/follow north-korea");
        bot.Site.Serve("/feed", Rss.Feed(FerryNews.First));
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(FerryNews.First, FerryNews.Wreck with { Text = FerryNews.Wreck.Text.Replace("Two drivers", "Three drivers", StringComparison.Ordinal) }));
        await bot.TurnAsync();
        var card = await bot.SayAsync("/ask how many drivers died on the ferry?");

        var differ = card.Blocks.OfType<CardBlock.Items>().Single(b => b.Heading == "Sources differ").Rows.Single();
        Assert.Equal("drivers", differ.Text);
        Assert.Contains("3: ", differ.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ask and?", "Nothing was asked")]
    [InlineData("/ask what did Kim say? show:everything", "There is nothing called 'everything' to show")]
    [InlineData("/ask", "/ask was not run")]
    public async Task What_can_not_be_asked_is_told(string line, string title)
    {
        await using var bot = await BotHarness.StartAsync();
        var card = await bot.SayAsync(line);
        Assert.Equal((CardTone.Problem, title), (card.Tone, card.Title));
    }

    [Fact]
    public async Task A_question_of_many_pages_is_not_read()
    {
        await using var bot = await BotHarness.StartAsync();
        Assert.Equal("The question is too long", (await bot.SayAsync($"/ask {new string('a', 501)}")).Title);
    }

    internal static async Task<BotHarness> WithAsync(params RssItem[] news)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(news));
        await bot.TurnAsync();
        return bot;
    }

    internal static IReadOnlyList<string> Said(Card card) => [.. card.Blocks.OfType<CardBlock.Paragraph>().Select(p => p.Text)];

    internal static IReadOnlyList<CardItem> Sources(Card card) => card.Blocks.OfType<CardBlock.Items>().FirstOrDefault(b => b.Heading == "Sources")?.Rows ?? [];
}
