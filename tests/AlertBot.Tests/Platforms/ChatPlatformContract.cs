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

    /// <summary>The files that stand in the channel or under its messages: name and bytes.</summary>
    private protected abstract Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync();

    [Fact]
    public async Task A_file_goes_along_whole_and_once_under_its_name()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, 0, 1, 255, .. "<opml/>"u8];
        var card = Card.Answer("Here they are") with { File = new CardFile("feeds.opml", "text/x-opml", bytes) };

        await SendAsync(card, "key-1");
        await SendAsync(card, "key-1");

        Assert.Contains("Here they are", Assert.Single(await ShownAsync()), StringComparison.Ordinal);
        var (name, sent) = Assert.Single(await FilesAsync());
        Assert.Equal("feeds.opml", name);
        Assert.Equal(bytes, sent);
    }

    [Fact]
    public async Task A_channel_belongs_to_one_community_and_one_that_is_not_there_to_none()
    {
        var community = await Platform.CommunityOfAsync(Channel, TestContext.Current.CancellationToken);

        Assert.False(string.IsNullOrEmpty(community));
        Assert.Equal(community, await Platform.CommunityOfAsync(Channel, TestContext.Current.CancellationToken));
        Assert.Equal("", await Platform.CommunityOfAsync(Channel with { Channel = "404404404404404404" }, TestContext.Current.CancellationToken));
        Assert.Equal("", await Platform.CommunityOfAsync(new ChannelAddress("elsewhere", Channel.Channel), TestContext.Current.CancellationToken));
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

    [Fact]
    public async Task An_edit_changes_the_message_in_its_place_and_posts_nothing()
    {
        var first = await SendAsync(Card.Answer("A storm is coming"), "key-1");
        await SendAsync(Card.Answer("Something else"), "key-2");

        for (var attempt = 1; attempt <= 2; attempt++)
        {
            Assert.IsType<SendResult.Sent>(await EditAsync(first.MessageId, Card.Answer("The storm is over", new CardBlock.Paragraph("Come out."))));
        }

        Assert.Collection(
            await ShownAsync(),
            m =>
            {
                Assert.Contains("The storm is over", m, StringComparison.Ordinal);
                Assert.Contains("Come out.", m, StringComparison.Ordinal);
                Assert.DoesNotContain("A storm is coming", m, StringComparison.Ordinal);
            },
            m => Assert.Contains("Something else", m, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1404404404404404404")]
    [InlineData("../1")]
    [InlineData("")]
    public async Task An_edit_of_a_message_that_is_not_there_is_let_go(string messageId)
    {
        await SendAsync(Card.Answer("Here"), "key-1");

        Assert.NotEmpty(Assert.IsType<SendResult.Rejected>(await EditAsync(messageId, Card.Answer("There"))).Why);
        Assert.Contains("Here", Assert.Single(await ShownAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_under_a_message_is_shown_once_in_its_thread_or_in_the_channel()
    {
        var first = await SendAsync(Card.Answer("A storm is coming"), "key-1");
        var message = new OutgoingMessage(Channel, Card.Answer("Let us talk about it"), "key-2") { Under = first.MessageId };

        var under = Assert.IsType<SendResult.Sent>(await Platform.SendAsync(message, TestContext.Current.CancellationToken));
        var again = Assert.IsType<SendResult.Sent>(await Platform.SendAsync(message, TestContext.Current.CancellationToken));

        Assert.Equal(under, again);
        Assert.Equal(Channel.Platform, (under.Thread ?? Channel).Platform);
        Assert.NotEqual(Channel, under.Thread);
        var inChannel = (await ShownAsync()).Count(m => m.Contains("Let us talk about it", StringComparison.Ordinal));
        Assert.Equal(under.Thread is null ? 1 : 0, inChannel);
    }

    [Fact]
    public async Task What_goes_under_a_message_that_is_not_there_is_rejected_and_shown_nowhere()
    {
        var message = new OutgoingMessage(Channel, Card.Answer("Let us talk about it"), "key-1") { Under = "1404404404404404404" };

        Assert.NotEmpty(Assert.IsType<SendResult.Rejected>(await Platform.SendAsync(message, TestContext.Current.CancellationToken)).Why);
        Assert.Empty(await ShownAsync());
    }

    /// <summary>The id of a role that messages can call.</summary>
    private protected abstract string Role { get; }

    /// <summary>Whom the messages of the channel call, oldest first.</summary>
    private protected abstract Task<IReadOnlyList<string>> CalledAsync();

    [Theory]
    [InlineData("@everyone")]
    [InlineData("<@&123>")]
    [InlineData("<!channel>")]
    [InlineData("<!subteam^S9>")]
    [InlineData("@here <@123> #general")]
    public async Task A_role_is_called_once_and_no_text_calls_anybody(string hostile)
    {
        var card = Card.Answer(hostile, new CardBlock.Excerpt(hostile, 1, 5), new CardBlock.Facts([new CardFact(hostile, hostile)]), new CardBlock.Items(hostile, [new CardItem(hostile, null, hostile)])) with { Footer = hostile };
        var message = new OutgoingMessage(Channel, card, "key-1") { Pings = [Role, Role, hostile, $"{Role}> @everyone", ""] };

        var sent = Assert.IsType<SendResult.Sent>(await Platform.SendAsync(message, TestContext.Current.CancellationToken));
        await Platform.SendAsync(message, TestContext.Current.CancellationToken);
        await SendAsync(card, "key-2");
        Assert.Equal([Role], await CalledAsync());

        await EditAsync(sent.MessageId, card with { Title = $"{hostile} again" });
        Assert.True((await CalledAsync()).Count <= 1);
        Assert.True(Platform.IsRole(Role));
    }

    private protected Task<SendResult> EditAsync(string messageId, Card card) => Platform.EditAsync(Channel, messageId, card, TestContext.Current.CancellationToken);

    private protected async Task<SendResult.Sent> SendAsync(Card card, string key) =>
        Assert.IsType<SendResult.Sent>(await Platform.SendAsync(new OutgoingMessage(Channel, card, key), TestContext.Current.CancellationToken));
}
