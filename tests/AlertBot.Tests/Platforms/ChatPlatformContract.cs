using System.Globalization;
using AlertBot.Platforms;

namespace AlertBot.Tests.Platforms;

/// <summary>What every chat platform must do, whatever it talks to. A platform's tests inherit it and say how to look.</summary>
public abstract class ChatPlatformContract : IAsyncLifetime
{
    private protected abstract IChatPlatform Platform { get; }

    /// <summary>A channel that exists.</summary>
    private protected abstract ChannelAddress Channel { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>All the text that each message in the channel shows, oldest first.</summary>
    private protected abstract Task<IReadOnlyList<string>> ShownAsync();

    [Fact]
    public async Task A_card_is_sent_and_shown_under_an_id()
    {
        var sent = await SendAsync(Card.Answer("A storm is coming", new CardBlock.Paragraph("Stay at home.")), "key-1");

        Assert.NotEmpty(sent.MessageId);
        var shown = Assert.Single(await ShownAsync());
        Assert.Contains("A storm is coming", shown, StringComparison.Ordinal);
        Assert.Contains("Stay at home.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_again_shows_nothing_twice_and_gives_the_same_id()
    {
        var first = await SendAsync(Card.Answer("Once"), "key-1");
        var again = await SendAsync(Card.Answer("Once"), "key-1");
        var other = await SendAsync(Card.Answer("Once"), "key-2");

        Assert.Equal(first.MessageId, again.MessageId);
        Assert.NotEqual(first.MessageId, other.MessageId);
        Assert.Equal(2, (await ShownAsync()).Count);
    }

    [Fact]
    public async Task A_channel_that_does_not_exist_is_gone()
    {
        var result = await Platform.SendAsync(
            new OutgoingMessage(Channel with { Channel = "404404404404404404" }, Card.Answer("x"), "key-1"), TestContext.Current.CancellationToken);

        Assert.NotEmpty(Assert.IsType<SendResult.ChannelGone>(result).Why);
        Assert.Empty(await ShownAsync());
    }

    [Fact]
    public async Task Messages_stay_in_the_order_in_which_they_were_sent()
    {
        for (var number = 1; number <= 4; number++)
        {
            await SendAsync(Card.Answer($"Number {number}"), "key-" + number.ToString(CultureInfo.InvariantCulture));
        }

        Assert.Collection(
            await ShownAsync(),
            m => Assert.Contains("Number 1", m, StringComparison.Ordinal),
            m => Assert.Contains("Number 2", m, StringComparison.Ordinal),
            m => Assert.Contains("Number 3", m, StringComparison.Ordinal),
            m => Assert.Contains("Number 4", m, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hostile_text_is_taken_as_text()
    {
        const string Hostile = "<script>alert(1)</script> @everyone <!channel> *bold* \u0007\u202E end";

        await SendAsync(
            Card.Answer(
                Hostile,
                new CardBlock.Excerpt(Hostile, 1, 5),
                new CardBlock.Facts([new CardFact(Hostile, Hostile)]),
                new CardBlock.Items(Hostile, [new CardItem(Hostile, "javascript:alert(1)", Hostile)])) with
            {
                Link = "javascript:alert(1)",
                Footer = Hostile,
            },
            "key-1");

        Assert.Contains("end", Assert.Single(await ShownAsync()), StringComparison.Ordinal);
    }

    private protected async Task<SendResult.Sent> SendAsync(Card card, string key) =>
        Assert.IsType<SendResult.Sent>(await Platform.SendAsync(new OutgoingMessage(Channel, card, key), TestContext.Current.CancellationToken));
}
