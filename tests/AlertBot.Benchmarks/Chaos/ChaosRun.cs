using System.Data.Common;
using System.Globalization;

namespace AlertBot.Benchmarks.Chaos;

/// <summary>
/// Bots that are killed again and again while stories come in and alerts go out; in the end what the platform shows is held against
/// what was published.
/// </summary>
internal sealed class ChaosRun(ChaosPlan plan, TextWriter output)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // So long before a kill a story comes up, at most: its alerts are on their way then.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(1.2);

    // Four failures in a row are tried again in five minutes.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(6);

    private const int MostEnds = 100;

    private readonly Random _random = new(plan.Seed);
    private readonly List<double> _starts = [];
    private readonly List<string> _lines = [];
    private long _underWay;
    private int _ends;

    /// <summary>How many kills fell while messages were under way.</summary>
    public int KillsUnderWay { get; private set; }

    public async Task<ChaosTally> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-chaos-");
        try
        {
            await using IChaosPlatform platform = plan.Platform == "slack" ? await ChaosSlack.StartAsync(plan, cancellationToken) : await ChaosDiscord.StartAsync(plan, cancellationToken);
            await using var news = await ChaosNews.StartAsync(plan.Seed);
            await using var storage = await ChaosStorage.StartAsync(plan, folder.FullName);
            var settings = Settings(folder.FullName, platform, storage, news);
            await using var outbox = await ChaosOutbox.PrepareAsync(settings, news.Addresses, platform.Channels, cancellationToken);
            return await RunAsync(folder.FullName, settings, platform, storage, news, outbox, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<ChaosTally> RunAsync(
        string folder, Dictionary<string, string> settings, IChaosPlatform platform, ChaosStorage storage, ChaosNews news, ChaosOutbox outbox, CancellationToken cancellationToken)
    {
        var bots = Enumerable.Range(0, plan.Replicas).Select(_ => Start(folder, settings)).ToArray();
        try
        {
            await Task.WhenAll(bots.Select(b => b.Started));
            await UntilAsync(() => Task.FromResult(news.IsRead), cancellationToken);
            for (var kill = 1; kill <= plan.Kills; kill++)
            {
                var victim = _random.Next(bots.Length);
                await UpAsync(bots, victim, () => Start(folder, settings), cancellationToken);
                await LiveAsync(news, outbox, (plan.Stories * kill / plan.Kills) - news.Published, cancellationToken);
                await bots[victim].DisposeAsync();
                await NoteKillAsync(kill, news, outbox, cancellationToken);
                bots[victim] = Start(folder, settings);
                if (plan.DatabaseRestarts * kill / plan.Kills > plan.DatabaseRestarts * (kill - 1) / plan.Kills)
                {
                    await storage.RestartAsync(_random, cancellationToken);
                }
            }

            for (var bot = 0; bot < bots.Length; bot++)
            {
                await UpAsync(bots, bot, () => Start(folder, settings), cancellationToken);
            }

            await DrainAsync(outbox, cancellationToken);
            await PlantAsync(platform, cancellationToken);
        }
        finally
        {
            foreach (var bot in bots)
            {
                await bot.DisposeAsync();
            }
        }

        return await ReportAsync(platform, outbox, cancellationToken);
    }

    private static Dictionary<string, string> Settings(string folder, IChaosPlatform platform, ChaosStorage storage, ChaosNews news)
    {
        var catalog = Path.Combine(folder, "feeds.yaml");
        File.WriteAllText(catalog, "feeds: []\n");
        return new Dictionary<string, string>(platform.Settings.Concat(storage.Settings))
        {
            ["Feeds__Catalog"] = catalog,
            ["Feeds__AllowedPrivateEndpoints__0"] = news.Endpoint,
            ["Feeds__Interval"] = "00:00:00.3",
            ["Feeds__MinInterval"] = "00:00:00.3",
            ["Feeds__MaxInterval"] = "00:00:00.3",
            ["Feeds__Sweep"] = "00:00:00.1",
            ["Feeds__PerHost"] = ChaosNews.Feeds.ToString(CultureInfo.InvariantCulture),
            ["Alerts__Sweep"] = "00:00:00.1",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
        };
    }

    private BotProcess Start(string folder, IReadOnlyDictionary<string, string> settings) => BotProcess.Start(folder, settings, line =>
    {
        lock (_lines)
        {
            if (line.StartsWith("fail", StringComparison.Ordinal) || line.StartsWith("crit", StringComparison.Ordinal))
            {
                _lines.Add(line);
            }
        }
    });

    /// <summary>Waits until a bot is up; one that ended by itself, as where there was no database, is started again as a supervisor would.</summary>
    private async Task UpAsync(BotProcess[] bots, int number, Func<BotProcess> start, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                _starts.Add((await bots[number].Started.WaitAsync(cancellationToken)).TotalSeconds);
                return;
            }
            catch (InvalidOperationException) when (_ends++ < MostEnds)
            {
                await bots[number].DisposeAsync();
                bots[number] = start();
            }
        }
    }

    /// <summary>Lets the bots live on for a while, with so many stories in its last moments.</summary>
    private async Task LiveAsync(ChaosNews news, ChaosOutbox outbox, int stories, CancellationToken cancellationToken)
    {
        var life = plan.Life.Least + ((plan.Life.Most - plan.Life.Least) * _random.NextDouble());
        var ahead = (Ahead < life ? Ahead : life) * _random.NextDouble();
        await Task.Delay(life - ahead, cancellationToken);
        for (var story = 0; story < stories; story++)
        {
            news.Publish();
        }

        await (plan.IsAimed && stories > 0
            ? UntilAsync(async () => (await outbox.LookAsync(cancellationToken)).UnderWay > 0, cancellationToken)
            : Task.Delay(ahead, cancellationToken));
    }

    private async Task NoteKillAsync(int kill, ChaosNews news, ChaosOutbox outbox, CancellationToken cancellationToken)
    {
        try
        {
            var progress = await outbox.LookAsync(cancellationToken);
            KillsUnderWay += progress.UnderWay > 0 ? 1 : 0;
            _underWay += progress.UnderWay;
            if (kill % Math.Max(1, plan.Kills / 20) == 0)
            {
                await output.WriteLineAsync($"kills {kill}, stories published {news.Published} of {plan.Stories}, alerts sent {progress.Sent}, waiting {progress.Pending}, under way at this kill {progress.UnderWay}, in doubt so far {progress.Doubtful}");
            }
        }
        catch (DbException)
        {
            // The database is on its way up.
        }
    }

    /// <summary>Waits until all is sent, or nothing happens any more though it is time for it.</summary>
    private async Task DrainAsync(ChaosOutbox outbox, CancellationToken cancellationToken)
    {
        var (sent, idle, last) = (-1L, TimeSpan.Zero, TimeProvider.System.GetUtcNow());
        await UntilAsync(
            async () =>
            {
                var progress = await outbox.LookAsync(cancellationToken);
                var now = TimeProvider.System.GetUtcNow();
                last = progress.Sent == sent ? last : now;
                sent = progress.Sent;
                // The bot itself may wait for longer than anybody here is patient: a minute after the third failure in a row.
                var isPause = progress.NextAttempt > now && now - last < LongestPause;
                idle = last == now || isPause ? TimeSpan.Zero : idle + Look;
                return (progress.Pending == 0 && progress.Sent + progress.GivenUp >= plan.Alerts) || idle > plan.Patience;
            },
            cancellationToken);

        // What a bot would send twice it sends now.
        await Task.Delay(plan.Life.Most, cancellationToken);
    }

    private async Task PlantAsync(IChaosPlatform platform, CancellationToken cancellationToken)
    {
        var channel = platform.Channels[_random.Next(platform.Channels.Count)];
        if (plan.Plant is "double" or "order")
        {
            await platform.RepeatFirstAsync(channel, cancellationToken);
        }

        if (plan.Plant is "lost" or "order")
        {
            await platform.DeleteFirstAsync(channel, cancellationToken);
        }
    }

    private async Task<ChaosTally> ReportAsync(IChaosPlatform platform, ChaosOutbox outbox, CancellationToken cancellationToken)
    {
        var due = Enumerable.Range(0, plan.Stories).ToList();
        var tally = platform.Channels
            .Select(c => ChaosTally.Of(due, ChaosNews.FeedOf, [.. platform.Messages(c).Select(ChaosNews.StoryIn).OfType<int>()]))
            .Aggregate(ChaosTally.Clean, (sum, one) => sum + one);
        var progress = await outbox.LookAsync(cancellationToken);
        foreach (var (state, why, count) in await outbox.ReasonsAsync(cancellationToken))
        {
            await output.WriteLineAsync($"{count} {state}: {why}");
        }

        foreach (var fault in _lines.CountBy(l => l).OrderByDescending(l => l.Value).Take(10))
        {
            await output.WriteLineAsync($"  bot, {fault.Value} times: {fault.Key}");
        }

        await output.WriteLineAsync($"bots ended by themselves {_ends} times");
        await output.WriteLineAsync($"a bot was up after {_starts.DefaultIfEmpty().Average():0.00} s, at the slowest {_starts.DefaultIfEmpty().Max():0.00} s");
        await output.WriteLineAsync(
            $"{KillsUnderWay} of {plan.Kills} kills fell while messages were under way, {_underWay} messages in all; {platform.LostAnswers} answers were lost; {progress.Doubtful} alerts had an attempt of unknown outcome");
        await output.WriteLineAsync($"given up {progress.GivenUp}, unexpected {tally.Unexpected}, out of order {tally.OutOfOrder}");
        return tally;
    }

    private static async Task UntilAsync(Func<Task<bool>> conditionAsync, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Look);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                if (await conditionAsync())
                {
                    return;
                }
            }
            catch (DbException)
            {
                // The database is on its way up.
            }
        }
    }
}
