using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Moderation;

public sealed class FeedHealthTests
{
    [Fact]
    public async Task The_sick_stand_there_the_worst_first_with_cause_and_what_to_do()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/well", Rss.Feed());
        var silent = await SickAsync(bot, "/silent", "gap_ms = 3600000, last_new_at = @Now - 8 * 86400000, succeeded_at = @Now");
        var missing = await SickAsync(bot, "/missing", "fault = 'Missing', failures = 7, failing_since = @Now - 86400000, last_error = '404: no feed at this address'");
        var ended = await SickAsync(bot, "/ended", "fault = 'Ended', failures = 1, paused_at = @Now - 90000000, last_error = '410: the publisher ended this feed'");
        await SickAsync(bot, "/failing", "fault = 'Dns', failures = 1, failing_since = @Now - 60000, last_error = 'no such host'");

        var card = await bot.SayAsync("/feed health");

        Assert.Equal("3 of 5 feeds are sick", card.Title);
        Assert.Equal([ended, missing, silent], card.Blocks.OfType<CardBlock.Items>().Select(b => FeedOf(b.Rows.Single())));
        Assert.Contains("404: no feed at this address; since 2024-06-02 09:00:00Z", card.Text(), StringComparison.Ordinal);
        Assert.Contains("Last read never; not tried any more.", card.Text(), StringComparison.Ordinal);
        Assert.Contains("1 feed failed lately and is tried again", card.Text(), StringComparison.Ordinal);
        Assert.Equal(
            [
                $"Look for its feeds {ended}", $"Resume {ended}", $"Remove {ended}",
                $"Look for its feeds {missing}", $"Resume {missing}", $"Pause {missing}", $"Remove {missing}",
                $"Test {silent}", $"Resume {silent}", $"Pause {silent}", $"Remove {silent}",
            ],
            card.Actions.Select(a => a.Label));
        Assert.Contains(card.Actions, a => a.Command == $"/feed test {bot.Site.Address("/")}");
        Assert.Contains("3 sick", (await bot.SayAsync("/feed list")).Title, StringComparison.Ordinal);

        static FeedId FeedOf(CardItem row) => new(long.Parse(row.Text.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Who_is_no_moderator_sees_the_sick_but_gets_no_buttons_that_would_be_refused()
    {
        await using var bot = await BotHarness.StartAsync();
        await SickAsync(bot, "/missing", "fault = 'Missing', failures = 7, failing_since = @Now - 86400000, last_error = '404'");

        var card = await bot.SayAsync("/feed health", BotHarness.Member);

        Assert.Equal("1 of 1 feed is sick", card.Title);
        Assert.Empty(card.Actions);
    }

    [Fact]
    public async Task Many_sick_feeds_fill_pages_and_every_button_has_room()
    {
        await using var bot = await BotHarness.StartAsync();
        for (var number = 0; number < 12; number++)
        {
            await SickAsync(bot, $"/{number}", "fault = 'Dns', failures = 7, failing_since = @Now - 86400000, last_error = 'no such host'");
        }

        Card[] pages = [await bot.SayAsync("/feed health"), await bot.SayAsync("/feed health 2"), await bot.SayAsync("/feed health page:3")];

        Assert.Equal([5, 5, 2], pages.Select(p => p.Blocks.OfType<CardBlock.Items>().Count()));
        Assert.Equal(12, pages.SelectMany(p => p.Blocks.OfType<CardBlock.Items>().SelectMany(b => b.Rows)).Select(r => r.Link).Distinct().Count());
        Assert.All(pages, p => Assert.InRange(p.Actions.Count, 1, 25));
        Assert.Equal("There is no page 4", (await bot.SayAsync("/feed health 4")).Title);
    }

    [Fact]
    public async Task That_all_are_well_is_said()
    {
        await using var bot = await BotHarness.StartAsync();
        Assert.Equal("There are no feeds yet", (await bot.SayAsync("/feed health")).Title);
        await bot.AddFeedAsync("/one", Rss.Feed());
        Assert.Equal("The one feed is well", (await bot.SayAsync("/feed health")).Title);
        var two = await bot.AddFeedAsync("/two", Rss.Feed());
        Assert.Equal("All 2 feeds are well", (await bot.SayAsync("/feed health")).Title);

        await bot.SayAsync($"/feed pause {two.Id}");
        Assert.Contains("1 feed is paused by moderators", (await bot.SayAsync("/feed health")).Text(), StringComparison.Ordinal);
        await SickAsync(bot, "/three", "fault = 'Dns', failures = 1, failing_since = @Now, last_error = 'no such host'");
        Assert.Equal("No feed is sick", (await bot.SayAsync("/feed health")).Title);
    }

    private static async Task<FeedId> SickAsync(BotHarness bot, string path, string state)
    {
        var feed = await bot.AddFeedAsync(path, Rss.Feed());
        await bot.Get<Database>().InTransactionAsync(
            t => t.Connection!.ExecuteAsync($"UPDATE feeds SET {state} WHERE id = @Id", new { Id = feed.Id.Value, Now = bot.Time.GetUtcNow().ToUnixTimeMilliseconds() }, t), bot.Token);
        return feed.Id;
    }
}
