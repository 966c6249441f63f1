using AlertBot.Feeds;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Tests.Support;
using AlertBot.Web;

namespace AlertBot.Tests.Web;

public sealed class HomeComposerTests
{
    private static readonly ChannelAddress Inbox = new("local", "desk");

    [Fact]
    public async Task Who_follows_nothing_yet_is_shown_the_first_steps()
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.Equal(WelcomeCard.Compose().Title, Assert.Single(await HomeAsync(bot, Person(isModerator: false))).Title);
    }

    [Fact]
    public async Task A_person_pauses_and_takes_back_their_own_follows_from_anywhere()
    {
        await using var bot = await BotHarness.StartAsync();
        var person = Person(isModerator: false);
        await bot.SayAsync("/follow north-korea", person, "other");
        await bot.SayAsync("/follow sanctions", BotHarness.Member, "other");

        var follow = (await HomeAsync(bot, person))[1];
        Assert.Equal(["/mute hours:24 channel:local:other north-korea", "/refollow channel:local:other north-korea", "/unfollow channel:local:other north-korea", "/following channel:local:other"], follow.Actions.Select(a => a.Command));
        await bot.SayAsync(follow.Actions[0].Command, person);

        var paused = (await HomeAsync(bot, person))[1];
        Assert.StartsWith("Muted until", paused.Footer, StringComparison.Ordinal);
        Assert.StartsWith("No longer muted", (await bot.SayAsync(paused.Actions[0].Command, person)).Title, StringComparison.Ordinal);
        Assert.StartsWith("No longer following", (await bot.SayAsync(paused.Actions[2].Command, person)).Title, StringComparison.Ordinal);
        Assert.Equal(WelcomeCard.Compose().Title, Assert.Single(await HomeAsync(bot, person)).Title);
    }

    [Fact]
    public async Task Only_moderators_see_the_feeds_and_mend_those_that_are_not_well()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/well", "");
        var feed = await bot.AddFeedAsync("/feed", "");
        await bot.Get<FeedStore>().PauseAsync(feed.Id, bot.Token);

        Assert.Single(await HomeAsync(bot, Person(isModerator: false)));
        var feeds = (await HomeAsync(bot, Person(isModerator: true)))[^1];
        Assert.Equal("2 feeds: 1 well, 0 sick, 0 failing, 1 paused", feeds.Title);
        Assert.Equal([$"/feed resume {feed.Id}"], feeds.Actions.Select(a => a.Command));
    }

    [Fact]
    public async Task The_latest_alerts_are_those_under_a_persons_own_follows()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea", Person(isModerator: false), "other");
        await bot.SayAsync("/follow china", BotHarness.Member, "other");
        await bot.SayAsync("/follow north-korea", BotHarness.Member);
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(1, 7).Select(Rss.AboutNorthKorea), new RssItem("China opens a port", "https://wire.example/c", "c", "China opened a port.")]));
        await bot.TurnAsync();

        Assert.Equal(8, (await bot.AlertsAsync("other")).Count);
        var latest = (await HomeAsync(bot, Person(isModerator: false)))[^1];
        var rows = Assert.IsType<CardBlock.Items>(Assert.Single(latest.Blocks)).Rows;
        Assert.Equal(5, rows.Count);
        Assert.All(rows, r => Assert.StartsWith("North Korea fires missile number", r.Text, StringComparison.Ordinal));
        Assert.Equal("north-korea in #other", rows[0].Detail);
        Assert.DoesNotContain(await HomeAsync(bot, new ChatUser("test:x", "x", IsModerator: false) { Inbox = new ChannelAddress("local", "x") }), c => c.Title == latest.Title);
    }

    private static ChatUser Person(bool isModerator) => new("test:p", "p", isModerator) { Inbox = Inbox };

    private static Task<IReadOnlyList<Card>> HomeAsync(BotHarness bot, ChatUser person) =>
        bot.Get<HomeComposer>().ComposeAsync(new CommandInvocation("", new Dictionary<string, string>(), Inbox, person), bot.Token);
}
