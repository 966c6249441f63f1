using System.Globalization;
using AlertBot.Storage;
using Microsoft.Extensions.Options;

namespace AlertBot.Commands;

/// <summary><c>alertbot migrate</c>: moves an installation from SQLite to PostgreSQL. The file is read, and stays as it is.</summary>
internal static class MigrateVerb
{
    private const string Usage = """
        Usage: alertbot migrate --from sqlite --to postgres [--dry-run] --Storage:ConnectionString=... [--Storage:Path=...]

        Copies everything in the SQLite file of Storage:Path into the empty PostgreSQL database of Storage:ConnectionString,
        in one transaction, and compares what arrived with what was sent. The bot must be stopped. The file stays as it is,
        but for being brought to this version's schema. Afterwards start the bot with --Storage:Provider=postgres, with the
        same Storage:Keys: it goes on where it stopped.

        --dry-run   Copy and compare, then take it back.

        Exit code: 0 done, 1 nothing was moved, 2 wrong settings or wrong usage.

        """;

    private static readonly DatabaseVerb Verb = new("migrate", Usage)
    {
        Options = ["--from", "--to"],
        Flags = ["--dry-run"],
        Fault = read => read["--from"] == "sqlite" && read["--to"] == "postgres" && read.Rest.Count == 0 ? null : "It moves --from sqlite --to postgres.",
        Settings = ["--Storage:Provider=postgres"],
    };

    public static Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken) =>
        Verb.RunAsync(args, output, error, (read, settings) => MoveAsync(settings, read.Has("--dry-run"), output, cancellationToken));

    private static async Task MoveAsync(IConfiguration settings, bool isDryRun, TextWriter output, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(settings);
        services.AddRoutingCore();
        services.AddAlertBot(settings);
        await using var provider = services.BuildServiceProvider();
        var time = provider.GetRequiredService<TimeProvider>();
        var path = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Path;
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"There is no {Path.GetFullPath(path)}. Give the Storage:Path that the bot ran with.");
        }

        using var alone = InstallationLock.Take(path);
        using var from = new SqliteDatabase(path);
        var to = (PostgresDatabase)provider.GetRequiredService<Database>();
        await new Migrator(from, time).MigrateAsync(cancellationToken);
        await new Migrator(to, time).MigrateAsync(cancellationToken);
        var moved = await new DatabaseMove(from, to, provider.GetServices<ILeased>()).RunAsync(
            isDryRun, new Told(table => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Rows,12:N0} {table.Name}"))), cancellationToken);
        var rows = moved.Sum(t => t.Rows);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rows,12:N0} rows of {moved.Count} tables {(isDryRun ? "would be" : "are")} in {to.Place}, each as it was."));
        await output.WriteLineAsync(isDryRun ? "It was taken back: the database has the tables, with nothing in them." : "Start the bot with Storage__Provider=postgres and the same Storage__ConnectionString and Storage__Keys.");
    }

    // Progress<T> would tell on other threads, and too late.
    private sealed class Told(Action<MovedTable> tell) : IProgress<MovedTable>
    {
        public void Report(MovedTable value) => tell(value);
    }
}
