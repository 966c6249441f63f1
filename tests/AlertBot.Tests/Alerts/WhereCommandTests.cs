using AlertBot.Alerts;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Alerts;

/// <summary>/where: the ledger of one story.</summary>
public sealed class WhereCommandTests
{
    private static readonly ChatUser Reader = new("scripted:ann", "ann", IsModerator: false);

    [Fact]
    public async Task A_story_is_followed_from_its_feed_to_the_message()
    {
        await using var bot = await WithNewsAsync();
        bot.Scripted.Next(_ => new SendResult.RetryAfter(null, "the platform stumbled"));
        await bot.DeliverAsync();
        bot.Time.Advance(TimeSpan.FromSeconds(5));
        await bot.DeliverAsync();

        var told = TextOf(await AskAsync(bot, "/where missile number 1"));
        Assert.Contains("Tagged: North Korea (main)", told, StringComparison.Ordinal);
        Assert.Contains("Seen: ", told, StringComparison.Ordinal);
        Assert.Equal(["queued", "retried the platform stumbled", "sent as"], LinesOf(told, "for this channel").Select(l => l.StartsWith("sent as", StringComparison.Ordinal) ? "sent as" : l));
    }

    [Fact]
    public async Task An_edit_of_the_alert_stands_in_the_ledger()
    {
        await using var bot = await WithNewsAsync();
        await bot.DeliverAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1) with { Title = "North Korea fires a missile, the army says" }));
        await bot.TurnAsync();

        Assert.Contains("edited", LinesOf(TextOf(await AskAsync(bot, "/where the army says")), "for this channel"));
    }

    [Theory]
    [InlineData("deferred until", false)]
    [InlineData("pending", true)]
    public async Task What_waits_says_for_what(string standing, bool due)
    {
        await using var bot = await WithNewsAsync();
        bot.Scripted.Next(_ => new SendResult.RetryAfter(TimeSpan.FromHours(1), "too many messages"));
        await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        bot.Time.Advance(due ? TimeSpan.FromHours(2) : TimeSpan.Zero);

        Assert.Contains(LinesOf(TextOf(await AskAsync(bot, "/where missile")), "for this channel"), l => l.StartsWith(standing, StringComparison.Ordinal) && l.EndsWith("too many messages", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_on_its_way_is_claimed()
    {
        await using var bot = await WithNewsAsync();
        await bot.Get<Outbox>().ClaimDueAsync("scripted", 10, bot.Token);

        Assert.Contains(LinesOf(TextOf(await AskAsync(bot, "/where missile")), "for this channel"), l => l.StartsWith("claimed at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_one_says_why()
    {
        await using var bot = await WithNewsAsync();
        bot.Scripted.Next(_ => new SendResult.Rejected("a rule blocks it"));
        await bot.DeliverAsync();

        Assert.Contains("refused: a rule blocks it", LinesOf(TextOf(await AskAsync(bot, "/where missile")), "for this channel"));
    }

    [Fact]
    public async Task A_channel_that_got_nothing_is_told_why_and_sees_no_other_channel()
    {
        await using var bot = await WithNewsAsync();
        await bot.DeliverAsync();
        await bot.SayAsync("/follow brazil", Reader, "b", "scripted");

        var told = TextOf(await AskAsync(bot, "/where missile", channel: "b"));
        Assert.Contains("Not for this channel: none of its follows matches these tags", told, StringComparison.Ordinal);
        Assert.DoesNotContain("other channels", told, StringComparison.Ordinal);
        Assert.Contains("follows nothing", TextOf(await AskAsync(bot, "/where missile", channel: "c")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moderator_sees_the_other_channels_too()
    {
        await using var bot = await WithNewsAsync();
        await bot.DeliverAsync();

        var told = TextOf(await bot.SayAsync("/where missile", new ChatUser("scripted:mo", "mo", IsModerator: true), "b", "scripted"));
        Assert.Contains("In other channels: #a: sent as", told, StringComparison.Ordinal);
        Assert.Contains("In all channels: sent: 1", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/where https://wire.example/story/1", "North Korea fires missile number 1")]
    [InlineData("/where https://wire.example/story/1?utm_source=x", "North Korea fires missile number 1")]
    [InlineData("/where 1", "North Korea fires missile number 1")]
    [InlineData("/where 99", "This channel has no alert 99")]
    [InlineData("/where https://nowhere.example/", "No feed has brought this link")]
    [InlineData("/where walrus", "No story has these words in its headline")]
    public async Task A_story_is_named_by_number_link_or_words(string line, string title)
    {
        await using var bot = await WithNewsAsync();
        await bot.DeliverAsync();

        Assert.Equal(title, (await AskAsync(bot, line)).Title);
    }

    private static async Task<BotHarness> WithNewsAsync()
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea", Reader, "a", "scripted");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        return bot;
    }

    private static Task<Card> AskAsync(BotHarness bot, string line, string channel = "a") => bot.SayAsync(line, Reader, channel, "scripted");

    private static string TextOf(Card card) => string.Join('\n', card.Blocks.SelectMany(b => b switch
    {
        CardBlock.Items items => items.Rows.Select(r => $"{items.Heading}: {r.Text}{(r.Detail is null ? "" : $" {r.Detail}")}"),
        CardBlock.Facts facts => facts.Rows.Select(r => $"{r.Label}: {r.Value}"),
        _ => [],
    }));

    private static List<string> LinesOf(string text, string heading) =>
        [.. text.Split('\n').Where(l => l.Contains(heading + ": ", StringComparison.Ordinal)).Select(l => l[(l.IndexOf(heading + ": ", StringComparison.Ordinal) + heading.Length + 2)..])];
}
