using AlertBot.Platforms;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Subscriptions;

public sealed class MuteTests
{
    [Fact]
    public async Task A_muted_follow_alerts_on_nothing_that_comes_until_its_time_is_over()
    {
        await using var bot = await FollowingAsync("north-korea");
        Assert.StartsWith("Muted north-korea until 2024-06-03 11:", (await bot.SayAsync("/mute north-korea hours:2")).Title, StringComparison.Ordinal);
        Assert.Contains("muted until", await FollowingTextAsync(bot), StringComparison.Ordinal);
        await PublishAsync(bot, 1);
        bot.Time.Advance(TimeSpan.FromHours(2));
        await bot.TurnAsync();
        Assert.Empty(await bot.AlertsAsync());
        Assert.DoesNotContain("muted", await FollowingTextAsync(bot), StringComparison.Ordinal);

        await PublishAsync(bot, 1, 2);
        Assert.Equal("North Korea fires missile number 2", Assert.Single(await bot.AlertsAsync()).Title);
    }

    [Fact]
    public async Task Another_follow_of_the_channel_still_alerts_with_its_own_reason()
    {
        await using var bot = await FollowingAsync("north-korea", "north-korea not sport");
        await bot.SayAsync("/mute north-korea");
        await PublishAsync(bot, 1);

        var footer = Assert.Single(await bot.AlertsAsync()).Footer;
        Assert.Contains("follows north-korea and not topic:sport ·", footer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_follows_of_one_channel_are_muted_and_unmuted()
    {
        await using var bot = await FollowingAsync("north-korea", "north-korea not sport");
        await bot.SayAsync("/follow north-korea", channel: "other");
        Assert.StartsWith("Muted all 2 follows of this channel until", (await bot.SayAsync("/mute")).Title, StringComparison.Ordinal);
        await PublishAsync(bot, 1);
        Assert.Empty(await bot.AlertsAsync());
        Assert.Single(await bot.AlertsAsync("other"));

        await bot.SayAsync("/unmute");
        await PublishAsync(bot, 1, 2);
        Assert.Single(await bot.AlertsAsync());
    }

    [Theory]
    [InlineData("/mute north-korea hours:2 channel:#other", "Muted north-korea until")]
    [InlineData("/mute channel:other north-korea", "Muted north-korea until")]
    [InlineData("/mute channel:local:other", "Muted the one follow of #other until")]
    public async Task Another_channel_is_muted_and_unmuted_from_here_and_this_one_still_alerts(string typed, string told)
    {
        await using var bot = await FollowingAsync("north-korea");
        await bot.SayAsync("/follow north-korea", channel: "other");

        var card = await bot.SayAsync(typed);
        Assert.StartsWith(told, card.Title, StringComparison.Ordinal);
        await PublishAsync(bot, 1);
        Assert.Single(await bot.AlertsAsync());
        Assert.Empty(await bot.AlertsAsync("other"));

        await bot.SayAsync(card.Actions[0].Command);
        await PublishAsync(bot, 1, 2);
        Assert.Equal("North Korea fires missile number 2", Assert.Single(await bot.AlertsAsync("other")).Title);
    }

    [Theory]
    [InlineData("/mute channel:#other", "#other follows nothing yet")]
    [InlineData("/unmute north-korea channel:#other", "does not follow north-korea")]
    public async Task A_channel_without_that_follow_is_told_by_its_name(string typed, string told)
    {
        await using var bot = await FollowingAsync("north-korea");

        Assert.Contains(told, (await bot.SayAsync(typed)).Title, StringComparison.Ordinal);
        Assert.DoesNotContain("muted", await FollowingTextAsync(bot), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/mute north-korea channel:#other")]
    [InlineData("/mute channel:#other")]
    [InlineData("/unmute channel:#other")]
    public async Task A_channel_where_a_person_may_not_post_is_not_muted_by_them(string typed)
    {
        await using var bot = await FollowingAsync("north-korea");
        await bot.SayAsync("/follow north-korea", channel: "other");
        var stranger = new CommandInvocation("", new Dictionary<string, string>(), new ChannelAddress("local", BotHarness.Channel), BotHarness.Member)
        {
            PostingFaultAsync = (_, _) => ValueTask.FromResult<string?>("You can't post there."),
        };

        var card = await bot.Get<CommandRouter>().AnswerTextAsync(typed, stranger, bot.Token);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains("You can't post there.", card.Blocks.Select(TextOf));
        await PublishAsync(bot, 1);
        Assert.Single(await bot.AlertsAsync("other"));
    }

    [Theory]
    [InlineData("/mute north-korea 48", 48)]
    [InlineData("/mute 720", 720)]
    [InlineData("/mute hours:1 north-korea", 1)]
    [InlineData("/mute", 24)]
    public async Task The_hours_stand_where_people_write_them(string typed, int hours)
    {
        await using var bot = await FollowingAsync("north-korea");
        await bot.SayAsync(typed);

        var follow = Assert.Single(await bot.Get<SubscriptionStore>().ListAsync(new ChannelAddress("local", BotHarness.Channel), bot.Token));
        Assert.Equal(bot.Time.GetUtcNow().AddHours(hours), follow.MutedUntil);
    }

    [Theory]
    [InlineData("/mute north-korea 721", "720 or less")]
    [InlineData("/mute hours:0", "1 or more")]
    [InlineData("/mute china", "does not follow china")]
    [InlineData("/unmute china", "does not follow china")]
    [InlineData("/mute north-koree", "north-korea")]
    public async Task What_cannot_be_muted_is_told(string typed, string why)
    {
        await using var bot = await FollowingAsync("north-korea");
        var card = await bot.SayAsync(typed);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains(why, card.Title + string.Join(' ', card.Blocks.Select(TextOf)), StringComparison.Ordinal);
        Assert.DoesNotContain("muted", await FollowingTextAsync(bot), StringComparison.Ordinal);
    }

    private static async Task<BotHarness> FollowingAsync(params string[] follows)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        foreach (var follow in follows)
        {
            await bot.SayAsync($"/follow {follow}");
        }

        await bot.TurnAsync();
        return bot;
    }

    private static async Task PublishAsync(BotHarness bot, params int[] stories)
    {
        bot.Site.Serve("/feed", Rss.Feed([.. stories.Select(Rss.AboutNorthKorea)]));
        await bot.TurnAsync();
    }

    private static async Task<string> FollowingTextAsync(BotHarness bot) => string.Join('\n', (await bot.SayAsync("/following")).Blocks.Select(TextOf));

    private static string TextOf(CardBlock block) => block switch
    {
        CardBlock.Paragraph paragraph => paragraph.Text,
        CardBlock.Items items => string.Join('\n', items.Rows.Select(r => $"{r.Text} {r.Detail}")),
        _ => "",
    };
}
