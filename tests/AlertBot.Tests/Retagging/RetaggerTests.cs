using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Tagging;
using AlertBot.Tests.Support;
using CsCheck;
using Dapper;

namespace AlertBot.Tests.Retagging;

/// <summary>From a change of what is known to the tags of stories that the archive has already.</summary>
public sealed class RetaggerTests
{
    private const string Nickname = "The Iron Duke";
    private const string AddNickname = $"/actor set kim-yung-ho aliases:Kim Yung-ho; {Nickname} apply:yes";

    private static readonly string[] Names = ["Kim Jong Un", "Kim Yung-ho", "Kim", "President Moon Jae-in", "North Korea", "Seoul", "Beijing", "the North", "Nobody Known", "the unification minister", "Xi Jinping"];
    private static readonly string[] Acts = ["fired a missile near", "imposed sanctions on", "said “we will talk to”", "met", "stood in", "denied a report on"];

    [Fact]
    public async Task A_new_alias_is_found_in_stories_of_the_archive_and_nothing_is_posted()
    {
        await using var bot = await WithStoriesAsync(2);
        await bot.SayAsync("/follow kim-yung-ho");
        await DrainAsync(bot);
        Assert.Contains("The archive has none yet", (await bot.SayAsync("/latest kim-yung-ho")).Text(), StringComparison.Ordinal);

        await bot.SayAsync(AddNickname);
        await DrainAsync(bot);
        await bot.TurnAsync();

        Assert.Contains($"{Nickname} speaks 1", (await bot.SayAsync("/latest kim-yung-ho")).Text(), StringComparison.Ordinal);
        Assert.Equal(new RetagCounts(2, 2, 0, 0), (await StateAsync(bot)).Done);
        Assert.Empty(await bot.AlertsAsync());
    }

    [Fact]
    public void What_is_known_still_changes_nothing() => Gen.Select(Gen.Int[0, Names.Length - 1], Gen.Int[0, Acts.Length - 1], Gen.Int[0, Names.Length - 1])
        .Array[1, 12].List[1, 6].Sample(stories => UnchangedAsync(stories).GetAwaiter().GetResult(), iter: 12);

    [Fact]
    public async Task A_killed_bot_goes_on_where_it_was()
    {
        await using var bot = await WithStoriesAsync(120);
        await DrainAsync(bot);
        await bot.SayAsync(AddNickname);
        Assert.True(await bot.Get<Retagger>().StepAsync(bot.Token), "It did not begin.");
        Assert.True(await bot.Get<Retagger>().StepAsync(bot.Token), "It did not go on.");
        Assert.Equal(new RetagCounts(50, 50, 0, 0), (await StateAsync(bot)).Done);
        Assert.Equal(50, await CountTagsAsync(bot, "kim-yung-ho"));

        await bot.RestartAsync();
        await DrainAsync(bot);

        Assert.Equal(new RetagCounts(120, 120, 0, 0), (await StateAsync(bot)).Done);
        Assert.Equal(120, await CountTagsAsync(bot, "kim-yung-ho"));
    }

    [Fact]
    public async Task The_newest_stories_come_first_and_a_second_change_begins_anew()
    {
        await using var bot = await WithStoriesAsync(60);
        await DrainAsync(bot);
        await bot.SayAsync(AddNickname);
        await bot.Get<Retagger>().StepAsync(bot.Token);
        await bot.Get<Retagger>().StepAsync(bot.Token);
        var done = (await bot.StoriesAsync()).Take(50).Select(s => s.Id.Value).ToHashSet();
        Assert.Equal(done, await TaggedAsync(bot, "kim-yung-ho"));

        await bot.SayAsync("/actor undo kim-yung-ho apply:yes");
        await DrainAsync(bot);

        Assert.Empty(await TaggedAsync(bot, "kim-yung-ho"));
        Assert.Equal(new RetagCounts(60, 50, 0, 0), (await StateAsync(bot)).Done);
    }

    [Fact]
    public async Task While_stories_come_and_names_change_each_story_ends_with_the_tags_of_now()
    {
        await using var bot = await WithStoriesAsync(1);
        for (var round = 0; round < 8; round++)
        {
            bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(2 + (round * 20), 20).Select(About)]));
            Func<Task>[] all = [bot.TurnAsync, () => bot.SayAsync(round % 2 == 0 ? AddNickname : "/actor undo kim-yung-ho apply:yes"), () => DrainAsync(bot)];
            await Parallel.ForEachAsync(all, async (work, _) => await work());
            await DrainAsync(bot);
            var stories = await bot.StoriesAsync();
            Assert.Equal(21 + (round * 20), stories.Count);
            foreach (var story in stories)
            {
                Assert.True(await bot.Get<TagStore>().HasAsync(story.Id, bot.Get<StoryTagger>().Tag(StoryText.Of(story)), bot.Token), $"{story.Title} has other tags.");
            }
        }
    }

    [Fact]
    public async Task A_knowledge_file_that_changed_while_the_bot_was_down_counts_too()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Knowledge("Duke of Nowhere"), TestContext.Current.CancellationToken);
        await using var bot = await WithStoriesAsync(1, new Dictionary<string, string?> { ["Knowledge:Path"] = file });
        await DrainAsync(bot);
        Assert.Empty(await TaggedAsync(bot, "duke"));

        await bot.RestartAsync();
        Assert.False(await bot.Get<Retagger>().StepAsync(bot.Token), "The file is the same.");
        await File.WriteAllTextAsync(file, Knowledge(Nickname), bot.Token);
        await bot.RestartAsync();
        await DrainAsync(bot);

        Assert.Single(await TaggedAsync(bot, "duke"));
        File.Delete(file);

        static string Knowledge(string name) => $"actors:\n  - slug: duke\n    kind: person\n    name: {name}\n";
    }

    [Fact]
    public async Task Stories_without_text_keep_their_tags_and_are_counted()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1) with { Date = "Fri, 31 May 2024 00:00:00 GMT" }, About(2)));
        await bot.TurnAsync();
        await bot.Get<StoryStore>().PruneAsync(bot.Time.GetUtcNow().AddDays(1), 1, bot.Token);
        var before = await RowsAsync(bot);
        await bot.SayAsync(AddNickname);
        await DrainAsync(bot);

        Assert.Equal(new RetagCounts(2, 1, 0, 1), (await StateAsync(bot)).Done);
        Assert.Subset((await RowsAsync(bot)).ToHashSet(), before.ToHashSet());
        Assert.Contains("1, whose text is no longer kept", (await bot.SayAsync("/retag")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_was_edited_or_pruned_meanwhile_is_not_the_one_that_was_read()
    {
        await using var bot = await WithStoriesAsync(1);
        var read = Assert.Single(await bot.StoriesAsync());
        Assert.True(await IsCurrentAsync(), "Nothing has happened to it.");

        bot.Site.Serve("/feed", Rss.Feed(About(1) with { Text = "It was somebody else who spoke." }));
        await bot.TurnAsync();
        Assert.False(await IsCurrentAsync(), "The publisher edited it.");

        read = Assert.Single(await bot.StoriesAsync());
        Assert.True(await IsCurrentAsync(), "It was read after the edit.");
        await bot.Get<StoryStore>().PruneAsync(bot.Time.GetUtcNow().AddDays(1), 1, bot.Token);
        Assert.False(await IsCurrentAsync(), "Its text is gone.");

        Task<bool> IsCurrentAsync() => bot.Get<Database>().InTransactionAsync(t => StoryStore.IsCurrentAsync(t, read), bot.Token);
    }

    [Fact]
    public async Task Moderators_see_how_far_it_is_and_hold_it_and_let_it_go()
    {
        await using var bot = await WithStoriesAsync(60);
        Assert.Equal("The archive is about to be tagged", (await bot.SayAsync("/retag")).Title);
        await DrainAsync(bot);
        Assert.Equal("The archive is tagged with all that is known now", (await bot.SayAsync("/retag")).Title);

        await bot.SayAsync(AddNickname);
        Assert.Contains("it begins again", (await bot.SayAsync("/retag")).Text(), StringComparison.Ordinal);
        await bot.Get<Retagger>().StepAsync(bot.Token);
        await bot.Get<Retagger>().StepAsync(bot.Token);
        var under = await bot.SayAsync("/retag");
        Assert.Contains("Stories: 50 of 60", under.Text(), StringComparison.Ordinal);
        var paused = await bot.SayAsync(under.Actions.Single(a => a.Label == "Pause").Command);
        Assert.Equal("Tagging the archive anew is paused", paused.Title);
        Assert.Contains("Paused by: mod", paused.Text(), StringComparison.Ordinal);

        await bot.RestartAsync();
        Assert.False(await bot.Get<Retagger>().StepAsync(bot.Token), "It is paused.");
        await bot.SayAsync(paused.Actions.Single(a => a.Label == "Go on").Command);
        await DrainAsync(bot);
        var done = await bot.SayAsync("/retag");
        Assert.Contains("Stories: 60\nChanged: 60", done.Text(), StringComparison.Ordinal);

        Assert.Equal("The archive is being tagged anew", (await bot.SayAsync(done.Actions.Single(a => a.Label == "Tag all again").Command)).Title);
        await DrainAsync(bot);
        Assert.Equal(new RetagCounts(60, 0, 0, 0), (await StateAsync(bot)).Done);
        Assert.StartsWith("Only moderators", (await bot.SayAsync("/retag", BotHarness.Member)).Title, StringComparison.Ordinal);
        Assert.Equal(CardTone.Problem, (await bot.SayAsync("/retag backwards")).Tone);
    }

    private static RssItem About(int number) => new(
        $"{Nickname} speaks {number}", $"https://wire.example/duke/{number}", $"duke-{number}", $"{Nickname} spoke for the {number}. time on Monday about many things that matter to all of us here.",
        $"Sat, {1 + (number / 24):00} Jun 2024 {number % 24:00}:00:00 GMT");

    private static async Task<BotHarness> WithStoriesAsync(int count, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var bot = await BotHarness.StartAsync(settings);
        await bot.AddFeedAsync("/feed", Rss.Feed([.. Enumerable.Range(1, count).Select(About)]));
        await bot.TurnAsync();
        return bot;
    }

    private static async Task UnchangedAsync(List<(int, int, int)[]> stories)
    {
        await using var bot = await BotHarness.StartAsync();
        var items = stories.Select((story, i) => new RssItem(
            Sentence(story[0]), $"https://wire.example/{i}", $"g{i}", string.Join(" ", story.Select(Sentence)), i % 2 == 0 ? null : "Sat, 01 Jun 2024 00:00:00 GMT"));
        await bot.AddFeedAsync("/feed", Rss.Feed([.. items]));
        await bot.TurnAsync();
        var before = await RowsAsync(bot);
        await DrainAsync(bot);

        Assert.Equal(before, await RowsAsync(bot));
        Assert.Equal(new RetagCounts(stories.Count, 0, 0, 0), (await StateAsync(bot)).Done);

        static string Sentence((int Who, int Act, int Whom) part) => $"{Names[part.Who]} {Acts[part.Act]} {Names[part.Whom]} on Monday.";
    }

    private static async Task DrainAsync(BotHarness bot)
    {
        while (await bot.Get<Retagger>().StepAsync(bot.Token))
        {
        }
    }

    private static async Task<RetagState> StateAsync(BotHarness bot) => (await bot.Get<RetagStore>().FindAsync(bot.Token))!;

    private static async Task<int> CountTagsAsync(BotHarness bot, string slug) => (await TaggedAsync(bot, slug)).Count;

    private static async Task<HashSet<long>> TaggedAsync(BotHarness bot, string slug)
    {
        await using var connection = await bot.Get<Database>().OpenAsync(bot.Token);
        return [.. await connection.QueryAsync<long>("SELECT story_id FROM tags WHERE slug = @Slug", new { Slug = slug })];
    }

    /// <summary>All that is stored of tags and quotes.</summary>
    private static async Task<List<string>> RowsAsync(BotHarness bot)
    {
        await using var connection = await bot.Get<Database>().OpenAsync(bot.Token);
        return [.. await connection.QueryAsync<string>(
            """
            SELECT 'tag ' || story_id || ' ' || kind || ' ' || slug || ' ' || salience || ' ' || sorted_at || ' ' || evidence FROM tags
            UNION ALL SELECT 'quote ' || story_id || ' ' || section || ' ' || start || ' ' || text || ' ' || COALESCE(speaker, '') || ' ' || COALESCE(speaker_name, '') FROM quotes
            ORDER BY 1
            """)];
    }
}
