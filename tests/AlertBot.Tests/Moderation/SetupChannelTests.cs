using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

public sealed class SetupChannelTests
{
    private const string Community = "scripted:guild";

    [Fact]
    public async Task The_first_channel_where_a_moderator_changes_something_is_taken_and_said_once()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await SayAsync(bot, "/feed list", "elsewhere");
        await SayAsync(bot, "/feed pause 999", "elsewhere");

        var first = await SayAsync(bot, $"/feed pause {feed.Id}", "mods");
        var second = await SayAsync(bot, $"/feed resume {feed.Id}", "elsewhere");

        Assert.Contains("moderators are told here when a feed falls sick", first.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("moderators are told", second.Text(), StringComparison.Ordinal);
        Assert.Equal(new ModeratorsChannel(At("mods"), "#mods", IsChosen: false), bot.Get<CommunityStore>().FindChannel(Community));
    }

    [Fact]
    public async Task What_was_chosen_holds_after_a_restart_and_a_change_elsewhere_does_not_move_it()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());

        var chosen = await SayAsync(bot, "/setup channel:#mods", "desk");
        await bot.RestartAsync();
        await SayAsync(bot, $"/feed pause {feed.Id}", "desk");
        var again = await SayAsync(bot, "/setup step:channel channel:#mods", "desk");

        Assert.Equal("Moderators are now told in #mods", chosen.Title);
        Assert.Equal("Moderators are told in #mods already", again.Title);
        Assert.Equal([At("mods")], bot.Get<CommunityStore>().Channels);
        Assert.Contains("✓ sick feeds are told in #mods", (await SayAsync(bot, "/setup", "desk")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_where_the_bot_may_not_post_is_neither_chosen_nor_taken()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());

        var chosen = await SayAsync(bot, "/setup channel:#mods", "desk", "It lacks Send Messages there.");
        await SayAsync(bot, $"/feed pause {feed.Id}", "desk", "It lacks Send Messages there.");

        Assert.Equal(CardTone.Problem, chosen.Tone);
        Assert.Contains("It lacks Send Messages there.", chosen.Text(), StringComparison.Ordinal);
        Assert.Null(bot.Get<CommunityStore>().FindChannel(Community));
    }

    [Fact]
    public async Task A_channel_that_was_lost_since_is_told_by_the_overview()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/setup channel:#mods", "desk");

        Assert.Contains("○ #mods: It was closed.", (await SayAsync(bot, "/setup", "desk", "It was closed.")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_local_chat_is_a_community_of_its_own()
    {
        await using var bot = await BotHarness.StartAsync();

        await bot.SayAsync("/setup channel:#other");
        await SayAsync(bot, "/setup channel:#mods", "desk");

        Assert.Equal([new ChannelAddress("local", "other"), At("mods")], bot.Get<CommunityStore>().Channels.OrderBy(c => c.Platform));
    }

    [Fact]
    public async Task Only_moderators_choose_it()
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.Equal(CardTone.Problem, (await bot.SayAsync("/setup channel:#other", BotHarness.Member)).Tone);
        Assert.Empty(bot.Get<CommunityStore>().Channels);
    }

    private static ChannelAddress At(string channel) => new("scripted", channel);

    private static Task<Card> SayAsync(BotHarness bot, string line, string channel, string? fault = null) =>
        bot.Get<CommandRouter>().AnswerTextAsync(
            line,
            new CommandInvocation("", new Dictionary<string, string>(), At(channel), BotHarness.Moderator) { Community = Community, PostingFaultAsync = (_, _) => ValueTask.FromResult(fault) },
            bot.Token);
}
