using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Platforms.Local;

public sealed class LocalPlatformTests : ChatPlatformContract
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private LocalChat _chat = null!;

    private protected override IChatPlatform Platform => _chat.Platform;

    private protected override ChannelAddress Channel => new("local", "general");

    public override async ValueTask InitializeAsync() => _chat = await LocalChat.StartAsync(new LocalOptions { Channels = ["general", "weather"] }, _time);

    public override ValueTask DisposeAsync() => _chat.DisposeAsync();

    [Fact]
    public async Task A_channel_takes_five_alerts_a_second_and_says_when_to_come_again()
    {
        for (var number = 0; number < 5; number++)
        {
            await SendAsync(Card.Answer("x"), $"key-{number}");
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        var sixth = Assert.IsType<SendResult.RetryAfter>(await TrySendAsync("general", "key-6"));
        Assert.Equal(TimeSpan.FromMilliseconds(500), sixth.Delay);
        Assert.IsType<SendResult.Sent>(await TrySendAsync("weather", "key-7"));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("general", "key-0"));

        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.IsType<SendResult.Sent>(await TrySendAsync("general", "key-6"));
        Assert.IsType<SendResult.RetryAfter>(await TrySendAsync("general", "key-8"));
    }

    [Fact]
    public async Task The_channel_of_another_platform_is_not_ours() =>
        Assert.IsType<SendResult.ChannelGone>(
            await Platform.SendAsync(new OutgoingMessage(new ChannelAddress("discord", "general"), Card.Answer("x"), "key-1"), TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_card_comes_back_from_the_table_as_it_was_sent()
    {
        var card = new Card("A title")
        {
            Tone = CardTone.Alert,
            Link = "https://news.example/1",
            Footer = "Example News",
            At = DateTimeOffset.UnixEpoch,
            Blocks =
            [
                new CardBlock.Paragraph("Text"),
                new CardBlock.Excerpt("Some words", 5, 5),
                new CardBlock.Facts([new CardFact("Office", "Minister")]),
                new CardBlock.Items("More", [new CardItem("One", "https://news.example/2", "Other", DateTimeOffset.UnixEpoch)]),
            ],
            Actions = [new CardAction("Who", "/who kim")],
        };

        await SendAsync(card, "key-1");

        var message = Assert.Single(await _chat.Messages.AfterAsync(0, 10, TestContext.Current.CancellationToken));
        Assert.Equal(("general", LocalMessage.Bot, _time.GetUtcNow()), (message.Channel, message.Author, message.PostedAt));
        Assert.Equal(JsonSerializer.Serialize(card), JsonSerializer.Serialize(message.Card));
    }

    private protected override async Task<IReadOnlyList<string>> ShownAsync()
    {
        var page = await _chat.Messages.PageAsync("general", long.MaxValue, 50, TestContext.Current.CancellationToken);
        return [.. page.Select(m => new PlainTextRenderer(TimeZoneInfo.Utc).Render("", m.Card!))];
    }

    private protected override string Role => "editors";

    private protected override async Task<IReadOnlyList<string>> CalledAsync() =>
        [.. (await _chat.Messages.PageAsync("general", long.MaxValue, 50, TestContext.Current.CancellationToken)).SelectMany(m => m.Calls)];

    private protected override async Task<IReadOnlyList<(string Name, byte[] Bytes)>> FilesAsync()
    {
        var page = await _chat.Messages.PageAsync("general", long.MaxValue, 50, TestContext.Current.CancellationToken);
        return [.. page.Select(m => m.Card!.File).OfType<CardFile>().Select(f => (f.Name, f.Bytes))];
    }

    private Task<SendResult> TrySendAsync(string channel, string key) =>
        Platform.SendAsync(new OutgoingMessage(new ChannelAddress("local", channel), Card.Answer("x"), key), TestContext.Current.CancellationToken);
}
