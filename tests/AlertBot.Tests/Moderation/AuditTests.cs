using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

/// <summary>Who changed what, and taking any of it back.</summary>
public sealed class AuditTests
{
    private const string Guild = "scripted:guild";

    [Fact]
    public async Task Each_line_tells_what_who_where_and_when_newest_first_page_by_page()
    {
        await using var bot = await BotHarness.StartAsync();
        Assert.Equal("Nothing was changed", (await bot.SayAsync("/audit")).Title);
        await bot.SayAsync("/topics add Whaling phrases:whaling");
        bot.Time.Advance(TimeSpan.FromDays(3));
        for (var n = 1; n <= 11; n++)
        {
            await bot.SayAsync($"/topics set whaling definition:\"Number {n}\"", new ChatUser("test:ann", "Ann", IsModerator: true), "other");
        }

        var first = await bot.SayAsync("/audit");
        Assert.Equal(("12 changes", "Page 1 of 2"), (first.Title, first.Footer));
        Assert.Equal(("12: Edited the topic Whaling", "by Ann (test:ann) in #other", bot.Time.GetUtcNow()), Line(first, 0));
        var second = await bot.SayAsync(Assert.Single(first.Actions).Command);
        Assert.Equal(("1: Added the topic Whaling", "by mod (test:mod) in #desk", bot.Time.GetUtcNow().AddDays(-3)), Line(second, 1));
        Assert.Equal("11 changes", (await bot.SayAsync("/audit by:ann since:2d")).Title);
        Assert.Equal("/audit kind:topic by:ann page:2", (await bot.SayAsync("/audit kind:topic by:ann")).Actions[0].Command);
        Assert.Equal("1 change", (await bot.SayAsync("/audit subject:added")).Title);
        Assert.Equal("Nothing was changed", (await bot.SayAsync("/audit since:2030-01-01")).Title);
        Assert.Equal("There is no kind “cat”", (await bot.SayAsync("/audit kind:cat")).Title);
        Assert.Equal("“yesterday” is no time", (await bot.SayAsync("/audit since:yesterday")).Title);
        Assert.StartsWith("Only moderators", (await bot.SayAsync("/audit", BotHarness.Member)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_is_put_back_as_it_was_by_the_buttons_of_the_answers()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();
        var state = await StateAsync(bot);
        foreach (var line in new[] { $"/feed set {feed.Id} title:Wire minutes:30", $"/feed set {feed.Id} title:Wire", $"/feed pause {feed.Id}", $"/feed remove {feed.Id}" })
        {
            var done = await bot.SayAsync(line);
            Assert.NotEqual(state, await StateAsync(bot));
            var undone = await bot.SayAsync(done.Actions.Single(a => a.Label == "Undo").Command);
            Assert.StartsWith("Took back", undone.Title, StringComparison.Ordinal);
            Assert.Equal(state, await StateAsync(bot));
        }

        await bot.SayAsync($"/feed pause {feed.Id}");
        var paused = await StateAsync(bot);
        var resumed = await bot.SayAsync($"/feed resume {feed.Id}");
        await bot.SayAsync(resumed.Actions[0].Command);
        Assert.Equal(paused, await StateAsync(bot));

        bot.Site.Serve("/new", Rss.Feed());
        var added = await bot.SayAsync($"/feed add {bot.Site.Address("/new")}");
        Assert.StartsWith("Took back", (await bot.SayAsync(added.Actions.Single(a => a.Label == "Undo").Command)).Title, StringComparison.Ordinal);
        Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }

    [Fact]
    public async Task What_a_later_change_stands_on_is_not_taken_back_and_changes_of_other_parts_are()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync($"/feed set {feed.Id} title:One");
        await bot.SayAsync($"/feed set {feed.Id} title:Two");
        await bot.SayAsync($"/feed set {feed.Id} minutes:30");

        var refused = await bot.SayAsync("/undo 1");
        Assert.Equal((CardTone.Problem, "Change 1 was not taken back"), (refused.Tone, refused.Title));
        Assert.Contains("A later change stands on it: 2: Changed title of the feed One (by mod (test:mod)). Take that back first, with /undo 2.", refused.Text(), StringComparison.Ordinal);
        await bot.SayAsync("/undo 2");
        await bot.SayAsync("/undo 1");
        var now = await bot.FeedAsync(feed);
        Assert.Equal((null, TimeSpan.FromMinutes(30)), (now.Title, now.Interval));
        Assert.Equal("Change 1 was taken back already", (await bot.SayAsync("/undo 1")).Title);
        Assert.Equal("There is no change 99", (await bot.SayAsync("/undo 99")).Title);
    }

    [Fact]
    public async Task Taking_back_is_in_the_audit_and_can_be_taken_back_too()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/topics remove sanctions");
        var undone = await bot.SayAsync("/undo 1");
        Assert.NotNull(bot.Get<KnowledgeBase>().FindTopic("sanctions"));
        Assert.Equal("Put in force again 1: Removed the topic Sanctions", (await bot.SayAsync(undone.Actions[0].Command)).Title);
        Assert.Null(bot.Get<KnowledgeBase>().FindTopic("sanctions"));
        await bot.SayAsync("/undo 3");
        await bot.RestartAsync();

        Assert.NotNull(bot.Get<KnowledgeBase>().FindTopic("sanctions"));
        var lines = (await bot.SayAsync("/audit subject:sanctions")).Blocks.OfType<CardBlock.Items>().Single().Rows;
        Assert.Equal(["4: Took back 1: Removed the topic Sanctions", "3: Put in force again 1: Removed the topic Sanctions", "2: Took back 1: Removed the topic Sanctions", "1: Removed the topic Sanctions"], lines.Select(l => l.Text));
        Assert.Equal([false, true, true, true], lines.Select(l => l.Detail!.Contains("taken back by mod (test:mod)", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_moderator_role_is_in_the_audit_of_its_community_alone_and_only_those_who_manage_it_take_it_back()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayInAsync(bot, Guild, "/setup role:77", BotHarness.Moderator);
        var bearer = new ChatUser("scripted:bob", "bob", IsModerator: false) { Roles = ["77"] };

        Assert.Contains("1: Made 77 the moderator role", (await SayInAsync(bot, Guild, "/audit kind:community", bearer)).Text(), StringComparison.Ordinal);
        Assert.Equal("Nothing was changed", (await SayInAsync(bot, "scripted:another", "/audit", BotHarness.Moderator)).Title);
        Assert.Equal("There is no change 1", (await SayInAsync(bot, "scripted:another", "/undo 1", BotHarness.Moderator)).Title);
        Assert.Contains("Only those who manage the server", (await SayInAsync(bot, Guild, "/undo 1", bearer)).Text(), StringComparison.Ordinal);
        Assert.StartsWith("Took back 1", (await SayInAsync(bot, Guild, "/undo 1", BotHarness.Moderator)).Title, StringComparison.Ordinal);
        Assert.StartsWith("Only moderators", (await SayInAsync(bot, Guild, "/audit", bearer)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follow_for_another_channel_is_told_and_taken_back_and_a_channels_own_is_not()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        await bot.SayAsync("/follow north-korea channel:#other", BotHarness.Member);
        await bot.SayAsync("/refollow north-korea to:china channel:#other", BotHarness.Member);
        await bot.SayAsync("/unfollow china channel:#other");

        Assert.Equal(
            ["3: Ended the follow china in #other", "2: Changed the follow north-korea to china in #other", "1: Followed north-korea in #other"],
            (await bot.SayAsync("/audit kind:follow")).Blocks.OfType<CardBlock.Items>().Single().Rows.Select(r => r.Text));
        Assert.Contains("#other does not follow china any more", (await bot.SayAsync("/undo 2")).Text(), StringComparison.Ordinal);
        await bot.SayAsync("/undo 3");
        Assert.Contains("by mod", (await bot.SayAsync("/following", channel: "other")).Text(), StringComparison.Ordinal);
        await bot.SayAsync("/undo 2");
        Assert.Contains("north-korea", (await bot.SayAsync("/following", channel: "other")).Text(), StringComparison.Ordinal);
        await bot.SayAsync("/undo 1");
        Assert.Contains("follows nothing yet", (await bot.SayAsync("/following", channel: "other")).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holding_the_archive_and_settling_a_report_are_told_and_taken_back()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();
        await bot.Get<Retagger>().StepAsync(bot.Token);
        await bot.SayAsync("/retag pause");
        await bot.SayAsync("/retag pause");
        await bot.SayAsync("/wrong-tag 1 north-korea", BotHarness.Member);
        await bot.SayAsync("/wrong-tags settled:1");

        Assert.Equal(
            ["2: Settled 1: north-korea was said to be wrong", "1: Paused tagging the archive anew"],
            (await bot.SayAsync("/audit")).Blocks.OfType<CardBlock.Items>().Single().Rows.Select(r => r.Text));
        await bot.SayAsync("/undo 2");
        Assert.Equal("1 tag is said to be wrong", (await bot.SayAsync("/wrong-tags")).Title);
        await bot.SayAsync("/undo 1");
        Assert.Null((await bot.Get<RetagStore>().FindAsync(bot.Token))!.PausedAt);
    }

    private static (string, string?, DateTimeOffset?) Line(Card card, int index) => card.Blocks.OfType<CardBlock.Items>().Single().Rows[index] is var row ? (row.Text, row.Detail, row.At) : default;

    private static async Task<object> StateAsync(BotHarness bot) =>
        await bot.QueryAsync<(long, string, string?, long?, long?, long?, string?)>("SELECT id, url, title, interval_ms, paused_at, baseline_at, last_error FROM feeds WHERE removed_at IS NULL");

    private static Task<Card> SayInAsync(BotHarness bot, string community, string line, ChatUser user) => bot.Get<CommandRouter>().AnswerTextAsync(
        line, new CommandInvocation("", new Dictionary<string, string>(), new ChannelAddress("scripted", "desk"), user) { Community = community }, bot.Token);
}
