using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Lookups;

public sealed class WhoIsInTests
{
    private const string Body =
        "Kim Yung-ho, South Korea's unification minister, warned North Korea on Monday over its sanctions. \"We will keep the door to talks open at all times,\" Kim said in Seoul. New sanctions followed.\n\n" +
        "The minister met reporters. He spoke for an hour about leaflets and the border.\n\nOfficials in Japan had no comment.";

    [Fact]
    public async Task It_shows_actors_topics_and_quotes_with_what_led_to_them()
    {
        await using var bot = await BotHarness.StartAsync();
        var card = await bot.SayAsync($"/who-is-in Minister warns over sanctions\n\n{Body}");

        var about = Items(card, "It is about");
        Assert.Contains(about, i => i.Text == "Kim Yung-ho" && i.Detail!.Contains("“Kim Yung-ho” (alias)", StringComparison.Ordinal));
        Assert.Equal(["Japan"], Items(card, "It mentions").Select(i => i.Text));
        Assert.Contains(Items(card, "Topics"), i => i.Text == "Sanctions");
        Assert.Equal(new CardItem("“We will keep the door to talks open at all times,”", Detail: "Kim Yung-ho"), Assert.Single(Items(card, "Quotes")));
        Assert.Contains("/who kim-yung-ho", card.Actions.Select(a => a.Command));
        Assert.InRange(card.Actions.Count, 1, 3);
        Assert.Equal("inter-korean-relations", card.Topic);
        Assert.Empty(await bot.StoriesAsync());
    }

    [Fact]
    public async Task A_short_first_line_with_more_below_is_the_headline()
    {
        await using var bot = await BotHarness.StartAsync();
        const string rest = "Nothing more is known of it at this hour, the agency wrote in a short note to its clients on Monday.";

        Assert.Equal(["Japan"], Items(await bot.SayAsync($"/who-is-in Japan speaks\n{rest}\n\nJapan said so."), "It is about").Select(i => i.Text));
        Assert.Equal(["Japan"], Items(await bot.SayAsync($"/who-is-in {rest} {rest}\n\nJapan said so."), "It mentions").Select(i => i.Text));
    }

    [Theory]
    [InlineData("/who-is-in", "/who-is-in was not run")]
    [InlineData("/who-is-in 12 !? …", "There are no words in it")]
    [InlineData("/who-is-in the weather is fine today", "Nobody known is in this text")]
    public async Task A_text_without_anybody_is_answered(string typed, string title)
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.Equal(title, (await bot.SayAsync(typed)).Title);
    }

    [Fact]
    public async Task A_text_may_be_long_but_not_too_long()
    {
        await using var bot = await BotHarness.StartAsync();
        var words = string.Concat(Enumerable.Repeat("Japan spoke. ", 600));

        Assert.Equal(["Japan"], Items(await bot.SayAsync($"/who-is-in {words[..6000].TrimEnd()}"), "It is about").Select(i => i.Text));
        var card = await bot.SayAsync($"/who-is-in {words}");
        Assert.Equal((CardTone.Problem, "The text is too long"), (card.Tone, card.Title));
        Assert.Contains("7799", Assert.Single(card.Blocks.OfType<CardBlock.Paragraph>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_run_on_a_message()
    {
        await using var bot = await BotHarness.StartAsync();
        var command = bot.Get<CommandRouter>().Commands.Single(c => c.Name == "who-is-in");

        Assert.Equal(("Who is in this?", true), (command.MessageMenu, command.Private));
    }

    private static IReadOnlyList<CardItem> Items(Card card, string heading) => card.Blocks.OfType<CardBlock.Items>().Single(b => b.Heading == heading).Rows;
}
