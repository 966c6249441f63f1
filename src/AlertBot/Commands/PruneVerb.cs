using System.Globalization;
using AlertBot.Storage;
using AlertBot.Stories;
using Microsoft.Extensions.Options;

namespace AlertBot.Commands;

/// <summary><c>alertbot prune</c>: forgets what the settings no longer keep, as the bot does every six hours; or only says what that would be.</summary>
internal static class PruneVerb
{
    private const string Usage = """
        Usage: alertbot prune [--dry-run] [--compact] [--Section:Key=value ...]

        Forgets what is older than Retention:Text and Retention:Alerts, and the oldest texts where the database takes more than
        Retention:MaxSize. The identity and the tags of a story are kept, so none is posted twice; what waits to be sent is kept. The
        bot may run meanwhile, and does the same by itself every six hours.

        --dry-run   Say what would go, by table, and change nothing.
        --compact   Then write the database anew without its gaps. Stop the bot first; it takes as much room again meanwhile.

        Exit code: 0 done, 1 it failed, 2 wrong settings or wrong usage.

        """;

    private static readonly DatabaseVerb Verb = new("prune", Usage) { Flags = ["--dry-run", "--compact"] };

    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken) => Verb.RunAsync(args, output, error, async (read, settings) =>
    {
        await using var services = await DatabaseVerb.OpenAsync(settings, cancellationToken);
        await PruneAsync(read, services, output, error, cancellationToken);
    });

    private static async Task PruneAsync(VerbArguments read, IServiceProvider services, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var (retention, database) = (services.GetRequiredService<Retention>(), services.GetRequiredService<Database>());
        if (read.Has("--dry-run"))
        {
            await TellAsync(output, await retention.LookAsync(cancellationToken));
            return;
        }

        var options = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        using var alone = read.Has("--compact") && !options.IsShared ? InstallationLock.Take(options.Path) : null;
        var before = await database.LookAsync(cancellationToken);
        var gone = await retention.PruneAsync(new Told(new Progress(error, services.GetRequiredService<TimeProvider>(), "rows")), cancellationToken);
        await (read.Has("--compact") ? database.CompactAsync(cancellationToken) : Task.CompletedTask);
        var after = await database.LookAsync(cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{gone:N0} texts, messages and commands were forgotten. The database had {before.Size / 1e6:N1} MB and has {after.Size / 1e6:N1} MB."));
    }

    /// <summary>What would be forgotten, a line a table.</summary>
    public static async Task TellAsync(TextWriter output, IReadOnlyList<Prunable> prunable)
    {
        foreach (var part in prunable.Where(p => p.Rows > 0))
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{part.Table,-18} {part.Rows,12:N0} rows {part.Bytes / 1e6,10:N1} MB   {part.From:yyyy-MM-dd} to {part.To:yyyy-MM-dd}{(part.Table is "stories" or "tags" ? "   (the text alone)" : "")}"));
        }

        await output.WriteLineAsync(prunable.Any(p => p.Rows > 0)
            ? string.Create(CultureInfo.InvariantCulture, $"That is {prunable.Sum(p => p.Bytes) / 1e6:N1} MB of {prunable.Sum(p => p.Rows):N0} rows. Nothing was changed.")
            : "Nothing would be forgotten: all of it is to be kept.");
    }

    // Progress<T> would tell on other threads, and too late.
    private sealed class Told(Progress progress) : IProgress<long>
    {
        public void Report(long value) => progress.Report(value);
    }
}
