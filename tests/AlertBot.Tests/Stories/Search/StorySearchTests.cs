using System.Text;
using AlertBot.Feeds;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Search;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Stories.Search;

/// <summary>What holds for the index of words on either database.</summary>
public sealed class StorySearchTests
{
    public static TheoryData<string> Storages { get; } = ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task Words_phrases_exclusions_choices_and_beginnings_find_what_they_say(string storage)
    {
        await using var bot = await WithAsync(
            storage,
            ("Missiles launched", "The army tested two missiles near the coast."),
            ("Rocket flies", "A rocket was launched; the test was a success."),
            ("Talks fail", "Negotiators left the summit. The coast near the city was calm."),
            ("Müller in São Paulo", "The minister visited Łódź, too."),
            ("대통령이 회담을 열었다", "북한의 미사일 시험"),
            ("日本政府が発表", "ミサイル発射について"));

        Assert.Equal(["Missiles launched"], await FindAsync(bot, "missile"));
        Assert.Equal(["Missiles launched"], await FindAsync(bot, "testing missiles"));
        Assert.Equal(["Talks fail", "Missiles launched"], await FindAsync(bot, "coast near"));
        Assert.Equal(["Talks fail"], await FindAsync(bot, "\"coast near\""));
        Assert.Equal(["Rocket flies"], await FindAsync(bot, "launched -missile"));
        Assert.Equal(["Talks fail"], await FindAsync(bot, "coast -\"two missiles\""));
        Assert.Equal(["Rocket flies", "Missiles launched"], await FindAsync(bot, "missile OR rocket test"));
        Assert.Equal(["Talks fail"], await FindAsync(bot, "negot*"));
        Assert.Equal(["Müller in São Paulo"], await FindAsync(bot, "muller \"sao paulo\" LODZ"));
        Assert.Equal(["대통령이 회담을 열었다"], await FindAsync(bot, "대통령 미사일"));
        Assert.Equal(["日本政府が発表"], await FindAsync(bot, "政府 ミサイル"));
        Assert.Empty(await FindAsync(bot, "府政"));
        Assert.Empty(await FindAsync(bot, "missile negotiators"));
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task What_stands_in_the_title_comes_before_what_stands_in_the_text_and_of_the_same_the_fresher(string storage)
    {
        await using var bot = await WithAsync(
            storage,
            ("Storm hits harbour", "Ships stayed in port while the wind grew over the whole day."),
            ("Ships stay in port", "The wind grew over the whole day and a storm is expected."),
            ("Storm hits harbour", "Boats stayed in port while the wind grew over the whole day."));

        var best = await bot.Get<StorySearch>().FindAsync(SearchWords.Parse("storm").Query!, SearchOrder.Best, 0, 10, bot.Token);
        Assert.Equal([3, 1, 2], best.Stories.Select(s => s.Id.Value));
        Assert.Equal((false, false, true), (best.HasMore, best.IsCut, best.IsWhole));

        var first = await bot.Get<StorySearch>().FindAsync(SearchWords.Parse("storm").Query!, SearchOrder.Newest, 0, 2, bot.Token);
        var second = await bot.Get<StorySearch>().FindAsync(SearchWords.Parse("storm").Query!, SearchOrder.Newest, 2, 2, bot.Token);
        Assert.Equal([3, 2], first.Stories.Select(s => s.Id.Value));
        Assert.Equal([1], second.Stories.Select(s => s.Id.Value));
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task A_story_is_found_as_it_is_now_and_no_longer_once_it_is_forgotten(string storage)
    {
        await using var bot = await WithAsync(storage, ("Storm ahead", "A storm comes."), ("Calm sea", "No wind at all."));
        Assert.Equal(["Storm ahead"], await FindAsync(bot, "storm"));

        var story = (await bot.StoriesAsync()).Single(s => s.Title == "Storm ahead");
        await bot.Get<Database>().InTransactionAsync(t => StoryStore.UpdateAsync(t, story with { Title = "Hurricane ahead", Body = "It grew." }), bot.Token);
        Assert.Empty(await FindAsync(bot, "storm"));
        Assert.Equal(["Hurricane ahead"], await FindAsync(bot, "hurricane"));

        bot.Time.Advance(TimeSpan.FromDays(400));
        await bot.Get<Retention>().PruneAsync(null, bot.Token);
        Assert.Empty(await FindAsync(bot, "hurricane"));
        Assert.Equal((0, 0), await bot.Get<SearchIndex>().StateAsync(bot.Token));
        Assert.Equal([0], await bot.QueryAsync<long>("SELECT COUNT(*) FROM search_changes"));

        await bot.Get<Database>().InTransactionAsync(t => StoryStore.UpdateAsync(t, story), bot.Token);
        Assert.Equal(["Storm ahead"], await FindAsync(bot, "storm"));
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task An_archive_from_before_is_indexed_behind_from_its_newest_on(string storage)
    {
        await using var bot = await WithAsync(storage);
        await AddManyAsync(bot, 2500, "old");
        Assert.False((await bot.Get<StorySearch>().FindAsync(SearchWords.Parse("old").Query!, SearchOrder.Newest, 0, 1, bot.Token)).IsWhole);

        Assert.Equal(2500, await bot.Get<SearchIndex>().WorkAsync(bot.Token));
        Assert.Equal((2500, 0), await bot.Get<SearchIndex>().StateAsync(bot.Token));
        await AddManyAsync(bot, 5, "fresh");
        Assert.Equal(5, (await FindAsync(bot, "fresh")).Count);
        Assert.Equal(0, await bot.Get<SearchIndex>().WorkAsync(bot.Token));
    }

    /// <summary>Where to look is reckoned by how many stories have each word; what is reckoned wrongly costs time, never a story.</summary>
    [Theory]
    [MemberData(nameof(Storages))]
    public async Task What_is_far_back_or_in_few_of_many_is_found(string storage)
    {
        await using var bot = await WithAsync(storage);
        await AddManyAsync(bot, 3000, "common", step: 3_600_000, body: n => $"common {(n % 2 == 0 ? "red" : "blue")} {(n == 2990 ? "needle blue" : "straw")} {(n is 7 or 2900 ? "side lime" : "lime side")} universities{n % 300}");
        await bot.Get<SearchIndex>().WorkAsync(bot.Token);

        Assert.Equal(["common2990"], await FindAsync(bot, "common needle"));
        Assert.Equal(["common2990"], await FindAsync(bot, "red blue"));
        Assert.Equal(["common2990"], await FindAsync(bot, "needl*"));
        Assert.Equal(["common7", "common2900"], await FindAsync(bot, "\"side lime\""));
        Assert.Equal(["common0", "common300", "common600"], (await FindAsync(bot, "universities0")).Take(3));
        Assert.Equal(10, (await FindAsync(bot, "universi*")).Count);
        Assert.Empty(await FindAsync(bot, "needle straw -red"));
        foreach (var typed in (string[])["common needle", "red blue", "needl*"])
        {
            var best = await bot.Get<StorySearch>().FindAsync(SearchWords.Parse(typed).Query!, SearchOrder.Best, 0, 10, bot.Token);
            Assert.Equal(["common2990"], best.Stories.Select(s => s.Title));
        }
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task Words_are_counted_once_a_story_and_once_however_often_it_changes(string storage)
    {
        await using var bot = await WithAsync(storage, ("Storm storm", "A storm comes."), ("Calm sea", "No storm at all."));
        Assert.Equal(2, (await FindAsync(bot, "storm")).Count);
        var story = (await bot.StoriesAsync())[0];
        await bot.Get<Database>().InTransactionAsync(t => StoryStore.UpdateAsync(t, story with { Body = "A hurricane comes." }), bot.Token);
        Assert.Single(await FindAsync(bot, "hurricane"));

        Assert.Equal([2, 2, 1, 0], await bot.QueryAsync<long>("SELECT documents FROM search_words WHERE word IN ('', 'storm', 'sea', 'hurricane') ORDER BY documents DESC"));
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task Many_stories_of_one_second_are_all_found(string storage)
    {
        await using var bot = await WithAsync(storage);
        await AddManyAsync(bot, 200, "midnight", step: 0);

        Assert.Equal(200, (await bot.Get<StorySearch>().FindAsync(SearchWords.Parse("midnight").Query!, SearchOrder.Best, 0, 500, bot.Token)).Stories.DistinctBy(s => s.Id).Count());
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public async Task Tags_sources_and_times_narrow_it_and_follow_changes(string storage)
    {
        await using var bot = await WithAsync(storage, ("North Korea fires a missile", "North Korea fired a missile on Monday."), ("China buys a missile", "China bought a missile."));
        var query = SearchWords.Parse("missile").Query!;
        var feed = (await bot.Get<FeedStore>().ListAsync(bot.Token)).Single().Id.Value;
        var (older, newer) = ((await bot.StoriesAsync())[1].SortedAt, (await bot.StoriesAsync())[0].SortedAt);

        Assert.Equal(["North Korea fires a missile"], await FindAsync(bot, query with { Marks = [[StoryMark.OfTag("actor", "north-korea")]] }));
        Assert.Equal(2, (await FindAsync(bot, query with { Marks = [[StoryMark.OfFeed(feed), StoryMark.OfFeed(feed + 1)]] })).Count);
        Assert.Empty(await FindAsync(bot, query with { Marks = [[StoryMark.OfFeed(feed)], [StoryMark.OfTag("actor", "france")]] }));
        Assert.Empty(await FindAsync(bot, query with { Marks = [[StoryMark.OfFeed(feed + 1)]] }));
        Assert.Equal(["China buys a missile"], await FindAsync(bot, StorySearch.Within(query, newer, null)));
        Assert.Equal(["North Korea fires a missile"], await FindAsync(bot, StorySearch.Within(query, older, newer)));

        await bot.SayAsync("/actor merge china north-korea apply:yes");
        Assert.Equal(2, (await FindAsync(bot, query with { Marks = [[StoryMark.OfTag("actor", "north-korea")]] })).Count);
    }

    /// <summary>Whatever is typed: an answer or a sentence why not, never a fault of the database.</summary>
    [Theory]
    [MemberData(nameof(Storages))]
    public async Task No_typed_text_breaks_it(string storage)
    {
        await using var bot = await WithAsync(storage, ("Missiles launched", "The army tested two missiles."));
        string[] parts =
        [
            "missile", "test", "OR", "AND", "NOT", "NEAR", "-", "\"", "“", "*", "(", ")", ":", "^", "{", "}", "'", "''", "\\", ";", "--", "&", "|", "!", "<->", "§1", "%", "_", "?", "@p", "$1", "\0",
            "\uD800", "title:", " ", " ", "+", "a", "3e5", "1.5", "-1", "대통령", "日本", "é", "İ", "मुं", "\u0301", "😀", "the", "http://x.y/z?a=b", "a@b.c", "NULL", "\u202E", "\n",
        ];
        var random = new Random(7);
        for (var i = 0; i < 400; i++)
        {
            var typed = new StringBuilder();
            for (var n = random.Next(1, 9); n > 0; n--)
            {
                typed.Append(parts[random.Next(parts.Length)]).Append(random.Next(3) == 0 ? "" : " ");
            }

            var (query, fault) = SearchWords.Parse(typed.ToString());
            Assert.True(query is null ? fault!.EndsWith('.') || fault.Contains("missil", StringComparison.Ordinal) : fault is null, typed.ToString());
            if (query is not null)
            {
                await FindAsync(bot, query);
                await bot.Get<StorySearch>().FindAsync(query, SearchOrder.Best, 0, 10, bot.Token);
            }
        }

        Assert.Equal(["Missiles launched"], await FindAsync(bot, "missile"));
    }

    private static async Task<BotHarness> WithAsync(string storage, params (string Title, string Body)[] stories)
    {
        var bot = await BotHarness.StartAsync(storage: Enum.Parse<StorageProvider>(storage, ignoreCase: true));
        await bot.AddFeedAsync("/feed", Rss.Feed([.. stories.Select((s, i) =>
            new RssItem(s.Title, $"https://wire.example/{i}", $"g{i}", s.Body) { Date = $"Sat, 01 Jun 2024 0{i}:00:00 GMT" })]));
        await bot.TurnAsync();
        return bot;
    }

    private static Task<IReadOnlyList<string>> FindAsync(BotHarness bot, string typed) => FindAsync(bot, SearchWords.Parse(typed).Query!);

    private static async Task<IReadOnlyList<string>> FindAsync(BotHarness bot, TextQuery query) =>
        [.. (await bot.Get<StorySearch>().FindAsync(query, SearchOrder.Newest, 0, 10, bot.Token)).Stories.Select(s => s.Title)];

    private static Task AddManyAsync(BotHarness bot, int count, string word, int step = 60_000, Func<int, string>? body = null) => bot.Get<Database>().InTransactionAsync(
        t => t.Connection!.ExecuteAsync(
            """
            INSERT INTO stories (story_key, title, body, feed_id, source, first_seen_at, sorted_at)
            VALUES (@Key, @Title, @Body, (SELECT MAX(id) FROM feeds), 'source', @At, @At)
            """,
            Enumerable.Range(0, count).Select(n => new
            {
                Key = $"{word}{n}", Title = body is null ? "A story" : $"{word}{n}", Body = body?.Invoke(n) ?? $"the {word} story number {n}", At = bot.Time.GetUtcNow().ToUnixTimeMilliseconds() - (n * (long)step),
            }),
            t),
        bot.Token);
}
