using AlertBot.Platforms;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Tests.Platforms;

public sealed class HelpCommandTests
{
    private readonly CommandRouter _router = new(SampleCommand.All(), new ModeratorRoles(), NullLogger<CommandRouter>.Instance);

    [Theory]
    [InlineData("/help")]
    [InlineData("/")]
    public async Task Help_lists_every_command_in_its_group(string text)
    {
        var card = await AnswerAsync(text);

        Assert.Collection(
            card.Blocks.Cast<CardBlock.Items>(),
            plain =>
            {
                Assert.Null(plain.Heading);
                Assert.Equal(["/echo <text>", "/follow <expression>", "/help [command]", "/latest [what] [count]", "/who <name>"], plain.Rows.Select(r => r.Text));
            },
            feeds =>
            {
                Assert.Equal("/feed …", feeds.Heading);
                Assert.Equal(["Adds a feed. (moderators only)", "Removes a feed. (moderators only)"], feeds.Rows.Select(r => r.Detail));
            });
    }

    [Theory]
    [InlineData("/help feed add")]
    [InlineData("/help /Feed  Add")]
    public async Task Help_shows_one_command_in_full(string text)
    {
        var card = await AnswerAsync(text);

        Assert.Equal("/feed add <url> [title] [minutes]", card.Title);
        Assert.Equal(["Adds a feed.", "Only moderators may run it."], card.Blocks.OfType<CardBlock.Paragraph>().Select(p => p.Text));
        Assert.Equal(
            [
                new CardFact("url", "Its address. (required, a web address)"),
                new CardFact("title", "Its name. (optional, a word, or several in quotation marks)"),
                new CardFact("minutes", "How often to look. (optional, a whole number)"),
                new CardFact("Example", "/feed add https://news.example/rss"),
            ],
            card.Blocks.OfType<CardBlock.Facts>().SelectMany(f => f.Rows));
    }

    [Fact]
    public async Task Help_on_a_group_lists_the_group() =>
        Assert.Equal(["/feed add <url> [title] [minutes]", "/feed remove <feed>"], Assert.IsType<CardBlock.Items>(Assert.Single((await AnswerAsync("/help feed")).Blocks)).Rows.Select(r => r.Text));

    [Fact]
    public async Task Help_on_nothing_known_points_to_what_is_near()
    {
        var card = await AnswerAsync("/help folow");

        Assert.Equal((CardTone.Problem, "There is no command /folow"), (card.Tone, card.Title));
        Assert.Equal([new CardAction("/follow", "/help follow")], card.Actions);
    }

    private Task<Card> AnswerAsync(string text) =>
        _router.AnswerTextAsync(text, new ChannelAddress("local", "general"), new ChatUser("u", "Una", false), CancellationToken.None);
}
