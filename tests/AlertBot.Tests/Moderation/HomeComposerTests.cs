using AlertBot.Feeds;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

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
        Assert.Equal(["/mute hours:24 channel:local:other north-korea", "/unfollow channel:local:other north-korea", "/following channel:local:other"], follow.Actions.Select(a => a.Command));
        await bot.SayAsync(follow.Actions[0].Command, person);

        var paused = (await HomeAsync(bot, person))[1];
        Assert.StartsWith("Muted until", paused.Footer, StringComparison.Ordinal);
        Assert.StartsWith("No longer muted", (await bot.SayAsync(paused.Actions[0].Command, person)).Title, StringComparison.Ordinal);
        Assert.StartsWith("No longer following", (await bot.SayAsync(paused.Actions[1].Command, person)).Title, StringComparison.Ordinal);
        Assert.Equal(WelcomeCard.Compose().Title, Assert.Single(await HomeAsync(bot, person)).Title);
    }

    [Fact]
    public async Task Only_moderators_see_the_feeds_that_are_not_well()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", "");
        await bot.Get<FeedStore>().PauseAsync(feed.Id, bot.Token);

        Assert.Single(await HomeAsync(bot, Person(isModerator: false)));
        Assert.Contains($"/feed resume {feed.Id}", (await HomeAsync(bot, Person(isModerator: true)))[^1].Actions.Select(a => a.Command));
    }

    private static ChatUser Person(bool isModerator) => new("test:p", "p", isModerator) { Inbox = Inbox };

    private static Task<IReadOnlyList<Card>> HomeAsync(BotHarness bot, ChatUser person) =>
        bot.Get<HomeComposer>().ComposeAsync(new CommandInvocation("", new Dictionary<string, string>(), Inbox, person), bot.Token);
}
