using System.Text.RegularExpressions;
using AlertBot.Feeds;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Journeys;

/// <summary>A year of feeds as they are: outages, moves, guids issued anew, wrong clocks, restarts, text forgotten after a month.</summary>
public sealed partial class YearJourneys
{
    private const int Days = 365;
    private const int PollsPerDay = 4;

    [Fact]
    public async Task Every_item_of_a_year_is_alerted_exactly_once()
    {
        await using var bot = await BotHarness.StartAsync();
        var news = new YearOfNews(bot.Site, seed: 7);
        news.Open(bot.Time.GetUtcNow());
        foreach (var publisher in news.Publishers)
        {
            await bot.Get<FeedStore>().AddAsync(bot.Site.Address(publisher.Path), publisher.Habit, null, "test", bot.Token);
        }

        await bot.SayAsync("/follow north-korea");
        await bot.TurnAsync();
        var baseline = news.Publishers.SelectMany(p => p.Published).ToHashSet();
        await LiveAsync(bot, news, new Random(11));

        var alerted = await AlertedAsync(bot);
        var expected = news.Publishers.SelectMany(p => p.Published).Where(code => !baseline.Contains(code)).ToList();
        Assert.InRange(expected.Count, 1000, 4000);
        Assert.Empty(expected.Except(alerted).Select(code => $"{code} of {news.Publishers.Single(p => p.Published.Contains(code)).Habit} was not alerted"));
        Assert.Empty(alerted.CountBy(c => c).Where(c => c.Value > 1).Select(c => $"{c.Key} of {news.Publishers.Single(p => p.Published.Contains(c.Key)).Habit} was alerted {c.Value} times"));
        Assert.Empty(alerted.Intersect(baseline));
    }

    private static async Task LiveAsync(BotHarness bot, YearOfNews news, Random random)
    {
        var failing = new Dictionary<YearOfNews.Publisher, int>();
        var asleep = 0;
        for (var turn = 0; turn < Days * PollsPerDay; turn++)
        {
            bot.Time.Advance(TimeSpan.FromHours(24 / PollsPerDay));
            foreach (var publisher in news.Publishers)
            {
                Happen(publisher, failing, random, bot.Time.GetUtcNow());
            }

            // The bot's own machine is off for up to three days now and then, and is started anew in any case.
            asleep = asleep > 0 ? asleep - 1 : random.Next(120) == 0 ? random.Next(1, 3 * PollsPerDay) : 0;
            if (asleep > 0)
            {
                continue;
            }

            await (random.Next(60) == 0 ? bot.RestartAsync() : Task.CompletedTask);
            if (random.Next(200) == 0)
            {
                // Somebody sets the machine's clock back.
                bot.Time.AdjustTime(bot.Time.GetUtcNow().AddHours(-random.Next(1, 30)));
            }

            await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
            await bot.DeliverAsync();
            await (turn % 40 == 0 ? bot.Get<StoryStore>().PruneAsync(bot.Time.GetUtcNow().AddDays(-30), 10_000, bot.Token) : Task.CompletedTask);
        }

        // What was published last has to be read yet, whatever pause a feed is in.
        foreach (var publisher in news.Publishers)
        {
            publisher.Serve();
        }

        for (var day = 0; day < 3; day++)
        {
            bot.Time.Advance(TimeSpan.FromDays(1.5));
            await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
            await bot.DeliverAsync();
        }
    }

    private static void Happen(YearOfNews.Publisher publisher, Dictionary<YearOfNews.Publisher, int> failing, Random random, DateTimeOffset now)
    {
        if (random.Next(8) == 0)
        {
            publisher.Publish(now);
        }

        if (random.Next(20) == 0)
        {
            publisher.Edit();
        }

        var turnsLeft = failing.GetValueOrDefault(publisher);
        if (turnsLeft > 0)
        {
            failing[publisher] = turnsLeft - 1;
        }
        else if (random.Next(150) == 0)
        {
            // At most three days: with the bot's own pauses, no more than the window of a feed can bridge.
            failing[publisher] = random.Next(1, 3 * PollsPerDay);
            publisher.Fail(random.Next(5));
        }
        else if (random.Next(500) == 0)
        {
            publisher.Move();
        }
        else
        {
            publisher.Serve();
        }
    }

    private static async Task<IReadOnlyList<string>> AlertedAsync(BotHarness bot)
    {
        await using var connection = await bot.Get<Database>().OpenAsync(bot.Token);
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM outbox WHERE state <> 'sent'"));
        var cards = await connection.QueryAsync<string>("SELECT card FROM local_messages WHERE channel = @Channel AND card LIKE '%\"Alert\"%'", new { BotHarness.Channel });
        // What could not be told in time is told on one card.
        return [.. cards.SelectMany(c => c.Contains("While you were away", StringComparison.Ordinal) ? Code().Matches(c).Select(m => m.Value).Distinct() : [Code().Match(c).Value])];
    }

    [GeneratedRegex(@"\bq[0-9]+z\b")]
    private static partial Regex Code();
}
