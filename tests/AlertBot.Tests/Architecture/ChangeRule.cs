using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Architecture;

/// <summary>Whatever a moderator changes is in the log of changes: each changing command is run and must leave a line there.</summary>
internal static class ChangeRule
{
    /// <summary>How each moderators' changing command is run so that it changes something, by its name; what must be said before stands in front of it.</summary>
    /// <param name="feed">The number of a feed that is polled.</param>
    public static IReadOnlyDictionary<string, string[]> Lines(BotHarness bot, string feed) => new Dictionary<string, string[]>
    {
        ["actor add"] = ["/actor add \"Hong Gil-dong\""],
        ["actor alias"] = ["/actor alias kim-yung-ho add:The Iron Duke"],
        ["actor merge"] = ["/actor merge moon-jae-in kim-yung-ho apply:yes"],
        ["actor remove"] = ["/actor remove kim-yung-ho apply:yes"],
        ["actor set"] = ["/actor set kim-yung-ho name:\"Kim Young-ho\""],
        ["actor undo"] = ["/actor set kim-yung-ho name:\"Kim Young-ho\"", "/actor undo kim-yung-ho"],
        ["channel pings"] = ["/channel pings 1"],
        ["config import"] = [$"/config import {bot.Site.Address("/config.yaml")}", "/config import apply:1"],
        ["feed add"] = [$"/feed add {bot.Site.Address("/new")}"],
        ["feed header"] = [$"/feed header {feed} X-Api-Key 123"],
        ["feed import"] = [$"/feed import {bot.Site.Address("/list.opml")}", "/feed import apply:1"],
        ["feed login"] = [$"/feed login {feed} desk letmein"],
        ["feed logout"] = [$"/feed login {feed} desk letmein", $"/feed logout {feed}"],
        ["feed pause"] = [$"/feed pause {feed}"],
        ["feed remove"] = [$"/feed remove {feed}"],
        ["feed resume"] = [$"/feed pause {feed}", $"/feed resume {feed}"],
        ["feed set"] = [$"/feed set {feed} title:Wire"],
        ["topics add"] = ["/topics add Whaling phrases:whaling"],
        ["topics forget"] = ["/topics forget"],
        ["topics phrase"] = ["/topics phrase sanctions add:asset grab"],
        ["topics remove"] = ["/topics remove sanctions"],
        ["topics set"] = ["/topics set sanctions threshold:3"],
        ["topics severity"] = ["/topics severity sanctions urgent"],
        ["topics threshold"] = ["/topics threshold sanctions 3"],
        ["topics undo"] = ["/topics remove sanctions", "/topics undo sanctions"],
        ["undo"] = ["/topics remove sanctions", "/undo 1"],
    };

    /// <summary>The changing commands of moderators that nothing tells how to run, or that leave no line when they are run.</summary>
    /// <param name="start">A bot of which the one feed has this number.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(Func<Task<(BotHarness Bot, string Feed)>> start)
    {
        var faults = new List<string>();
        foreach (var name in await NamesAsync(start))
        {
            var (bot, feed) = await start();
            await using (bot)
            {
                if (!Lines(bot, feed).TryGetValue(name, out var lines))
                {
                    faults.Add($"/{name}: ChangeRule does not know how to run it");
                    continue;
                }

                foreach (var line in lines[..^1])
                {
                    await bot.SayAsync(line);
                }

                var before = await CountAsync(bot);
                var answer = await bot.SayAsync(lines[^1]);
                if (await CountAsync(bot) != before + 1)
                {
                    faults.Add($"/{name}: “{answer.Title}” left no line in the log of changes");
                }
            }
        }

        return faults;
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(Func<Task<(BotHarness Bot, string Feed)>> start)
    {
        await using var bot = (await start()).Bot;
        return [.. bot.Get<CommandRouter>().Commands.Where(c => c is { Changes: true, ModeratorsOnly: true }).Select(c => c.Name)];
    }

    private static async Task<long> CountAsync(BotHarness bot) => (await bot.QueryAsync<long>("SELECT COUNT(*) FROM changes"))[0];
}
