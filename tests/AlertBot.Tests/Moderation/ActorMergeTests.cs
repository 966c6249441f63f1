using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Stories;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

/// <summary>Two actors that turn out to be one, and are two again.</summary>
public sealed class ActorMergeTests
{
    private const string Merge = "/actor merge hong-gil-dong kim-yung-ho";

    [Fact]
    public async Task What_moves_is_counted_first()
    {
        await using var bot = await WithBothAsync();
        await bot.SayAsync("/wrong-tag 1 hong-gil-dong", channel: "other");
        var asked = await bot.SayAsync(Merge);

        Assert.StartsWith("This would change 2 stories", asked.Title, StringComparison.Ordinal);
        var facts = asked.Blocks.OfType<CardBlock.Facts>().SelectMany(b => b.Rows).Select(f => $"{f.Label}: {f.Value}").ToList();
        Assert.Superset(
            new HashSet<string> { "Moves to: Kim Yung-ho (kim-yung-ho)", "Stories: 2", "Quotes: 1", "Reports of wrong tags: 1", "Follows: 1, which name kim-yung-ho from then on", "Offices: 1 held", "Typed: hong-gil-dong means kim-yung-ho from then on" },
            facts.ToHashSet());
        Assert.NotNull(bot.Get<KnowledgeBase>().Actors.FirstOrDefault(a => a.Slug == "hong-gil-dong"));
    }

    [Fact]
    public async Task Names_tags_quotes_follows_offices_and_reports_are_the_others_from_then_on_and_after_a_restart()
    {
        await using var bot = await WithBothAsync();
        await bot.SayAsync("/wrong-tag 1 hong-gil-dong", channel: "other");
        Assert.Equal("Merged Hong Gil-dong", (await bot.SayAsync($"{Merge} apply:yes")).Title);
        foreach (var restarted in new[] { false, true })
        {
            var into = bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!;
            Assert.Superset(new HashSet<string> { "Hong Gil-dong", "홍길동", "Kim Yung-ho" }, into.Aliases.ToHashSet());
            Assert.Contains("river minister", into.Roles.Select(r => r.Title));
            Assert.Equal("Kim Yung-ho", (await bot.SayAsync("/who hong-gil-dong")).Title);
            Assert.Equal([("kim-yung-ho", 3L)], await TagsAsync(bot));
            Assert.Equal(["kim-yung-ho"], await bot.QueryAsync<string>("SELECT DISTINCT speaker FROM quotes WHERE speaker IS NOT NULL"));
            Assert.Contains("kim-yung-ho", (await bot.SayAsync("/following", channel: "other")).Text(), StringComparison.Ordinal);
            Assert.Contains("1: kim-yung-ho on “", (await bot.SayAsync("/wrong-tags")).Text(), StringComparison.Ordinal);
            Assert.DoesNotContain("gone since", (await bot.SayAsync("/wrong-tags")).Text(), StringComparison.Ordinal);
            Assert.Contains("This channel follows kim-yung-ho", (await bot.SayAsync("/why 1", channel: "other")).Text(), StringComparison.Ordinal);
            Assert.DoesNotContain("taken away since", (await bot.SayAsync("/why 1", channel: "other")).Text(), StringComparison.Ordinal);
            await bot.RestartAsync();
            await DrainAsync(bot);
        }

        bot.Site.Serve("/feed", Rss.Feed(Story("Bridge over the Han to be closed, Kim Yung-ho says", "Kim Yung-ho said that a bridge over the Han will be closed. Kim named no day.", 9)));
        await bot.TurnAsync();
        Assert.Contains((await bot.AlertsAsync("other")).Select(a => a.Title), t => t.StartsWith("Bridge", StringComparison.Ordinal));
        Assert.Equal("Already following kim-yung-ho", (await bot.SayAsync("/follow kim-yung-ho", channel: "other")).Title);
    }

    [Fact]
    public async Task Taking_it_back_makes_two_of_one_again_also_where_the_text_is_gone()
    {
        await using var bot = await WithBothAsync();
        await bot.SayAsync("/wrong-tag 1 hong-gil-dong", channel: "other");
        bot.Time.Advance(TimeSpan.FromDays(1));
        await bot.Get<StoryStore>().PruneAsync(bot.Time.GetUtcNow(), 1, bot.Token);
        var (actors, tags, follows) = (bot.Get<KnowledgeBase>().Current.Hash, await TagRowsAsync(bot), (await bot.SayAsync("/following", channel: "other")).Text());

        var number = (await bot.SayAsync($"{Merge} apply:yes")).Actions[0].Command;
        await DrainAsync(bot);
        Assert.StartsWith("Took back", (await bot.SayAsync($"{number} apply:yes")).Title, StringComparison.Ordinal);
        await DrainAsync(bot);

        Assert.Equal(actors, bot.Get<KnowledgeBase>().Current.Hash);
        Assert.Equal(tags, await TagRowsAsync(bot));
        Assert.Equal(follows, (await bot.SayAsync("/following", channel: "other")).Text());
        Assert.Contains("1: hong-gil-dong on “", (await bot.SayAsync("/wrong-tags")).Text(), StringComparison.Ordinal);
        Assert.Empty(await bot.QueryAsync<long>("SELECT change_id FROM merged_tags UNION ALL SELECT change_id FROM merged_reports"));

        var again = (await bot.SayAsync("/actor undo hong-gil-dong apply:yes")).Title;
        Assert.StartsWith("Took back 1: Added Hong Gil-dong", again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_on_a_merge_is_told_and_a_merge_that_was_taken_back_can_be_put_in_force_again()
    {
        await using var bot = await WithBothAsync();
        await bot.SayAsync($"{Merge} apply:yes");
        await bot.SayAsync("/actor alias hong-gil-dong add:The Iron Duke apply:yes");
        var refused = await bot.SayAsync("/undo 2 apply:yes");
        Assert.Equal("Change 2 was not taken back", refused.Title);
        Assert.Contains("A later change stands on it: 3: Edited Kim Yung-ho (by mod (test:mod)). Take that back first, with /undo 3.", refused.Text(), StringComparison.Ordinal);

        await bot.SayAsync("/undo 3 apply:yes");
        await bot.SayAsync("/undo 2 apply:yes");
        Assert.Contains("hong-gil-dong", bot.Get<KnowledgeBase>().Actors.Select(a => a.Slug));
        Assert.StartsWith("Put in force again 2", (await bot.SayAsync("/undo 5 apply:yes")).Title, StringComparison.Ordinal);
        Assert.DoesNotContain("hong-gil-dong", bot.Get<KnowledgeBase>().Actors.Select(a => a.Slug));
        Assert.Equal([("kim-yung-ho", 3L)], await TagsAsync(bot));
    }

    [Theory]
    [InlineData("/actor merge kim-yung-ho kim-yung-ho", "is named twice")]
    [InlineData("/actor merge kim-yung-ho south-korea", "only actors of one kind can be merged")]
    [InlineData("/actor merge kim kim-yung-ho", "Which kim?")]
    [InlineData("/actor merge kim-yung-ho nobody-at-all", "No actor is called 'nobody-at-all'")]
    public async Task What_cannot_be_merged_is_told(string line, string why)
    {
        await using var bot = await BotHarness.StartAsync();
        var card = await bot.SayAsync(line);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains(why, card.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offices_in_a_body_that_is_merged_are_offices_in_the_other()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/actor add \"Old River Office\" kind:organisation");
        await bot.SayAsync("/actor add \"New River Office\" kind:organisation");
        await bot.SayAsync("/actor add \"Hong Gil-dong\" country:old-river-office office:head");
        await bot.SayAsync("/actor merge old-river-office new-river-office apply:yes");

        Assert.Equal("new-river-office", Assert.Single(bot.Get<KnowledgeBase>().FindActor("hong-gil-dong")!.Roles).Of);
        Assert.Contains("old-river-office was merged into New River Office (new-river-office): take that back first", (await bot.SayAsync("/actor add \"Old River Office\" kind:organisation")).Text(), StringComparison.Ordinal);
    }

    /// <summary>Hong in two stories, Kim in two, both in one of them; the other channel follows Hong.</summary>
    private static async Task<BotHarness> WithBothAsync()
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        await bot.SayAsync("/actor add \"Hong Gil-dong\" surname:Hong country:south-korea office:\"river minister\" aliases:홍길동 apply:yes");
        await bot.SayAsync("/follow hong-gil-dong", channel: "other");
        bot.Site.Serve("/feed", Rss.Feed(
            Story("Hong Gil-dong opens a lock", "Hong Gil-dong opened a lock on the river on Monday. “We have waited for years for this lock,” Hong Gil-dong said.", 1),
            Story("Kim Yung-ho meets Hong Gil-dong", "Kim Yung-ho met Hong Gil-dong in Sejong about flood walls. They ate together.", 2),
            Story("Kim Yung-ho visits a school in Daegu", "Kim Yung-ho visited a school in Daegu on Friday. Pupils sang for him.", 3)));
        await bot.TurnAsync();
        await DrainAsync(bot);
        Assert.Equal([("hong-gil-dong", 2L), ("kim-yung-ho", 2L)], await TagsAsync(bot));
        return bot;
    }

    private static RssItem Story(string title, string text, int day) => new(title, $"https://wire.example/{title.Replace(' ', '-')}", title, text, $"Sat, {day + 10} May 2024 00:00:00 GMT");

    private static async Task<IReadOnlyList<(string, long)>> TagsAsync(BotHarness bot) =>
        await bot.QueryAsync<(string, long)>("SELECT slug, COUNT(*) FROM tags WHERE slug IN ('hong-gil-dong', 'kim-yung-ho') GROUP BY slug ORDER BY slug");

    private static Task<IReadOnlyList<(long, string, string, string)>> TagRowsAsync(BotHarness bot) =>
        bot.QueryAsync<(long, string, string, string)>("SELECT story_id, slug, salience, evidence FROM tags ORDER BY story_id, slug");

    private static async Task DrainAsync(BotHarness bot)
    {
        while (await bot.Get<Retagger>().StepAsync(bot.Token))
        {
        }
    }
}
