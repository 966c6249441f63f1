using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Checkups;

/// <summary>Whether the database has room, takes writes and has the schema of this program.</summary>
internal sealed class DatabaseCheck(Database database) : ICheck
{
    private const double Megabyte = 1024 * 1024;

    public string Subject => "Database";

    public CheckReach Reach => CheckReach.Database;

    public async Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken) => [.. Judge(await database.LookAsync(cancellationToken))];

    public IEnumerable<Finding> Judge(DatabaseFacts facts)
    {
        if (facts.WriteFault is { } why)
        {
            yield return Finding.Fault(Subject, $"it takes no writes: {why}", "Look whether the disk is full or read-only, whether the file is the bot's own, and whether another program holds it.");
        }

        if (facts.Schema != facts.NewestSchema)
        {
            yield return Finding.Fault(
                Subject, $"its schema is {Count(facts.Schema)}, this program's {Count(facts.NewestSchema)}", facts.Schema > facts.NewestSchema ? "Start the newer version, or restore a backup." : "A start of this version brings it up to date.");
        }

        // SQLite needs room for the log beside the file; a vacuum or a backup needs as much again.
        if (facts.Free is { } free && free < Math.Max(1024 * Megabyte, facts.Size))
        {
            yield return new Finding(
                free < Math.Max(100 * Megabyte, facts.Size / 10.0) ? Grade.Fault : Grade.Warning,
                Subject, $"the disk has {Size(free)} left, the database has {Size(facts.Size)}", "Free some space, move Storage:Path to a larger disk, or keep less text (Retention:Text).");
        }

        if (facts.Log > Math.Max(256 * Megabyte, facts.Size / 2.0))
        {
            yield return Finding.Warning(Subject, $"its write-ahead log has grown to {Size(facts.Log)}", "Something has read it for very long: end other programs that have the file open, or start the bot again.");
        }

        if (facts.WriteFault is null)
        {
            yield return Finding.Ok(Subject, $"{Size(facts.Size)}, {(facts.Free is { } left ? $"log {Size(facts.Log)}, {Size(left)} free, " : "")}schema {Count(facts.Schema)}, takes writes");
        }
    }

    private static string Size(double bytes) => bytes >= 1024 * Megabyte ? $"{(bytes / 1024 / Megabyte).ToString("0.0", CultureInfo.InvariantCulture)} GB" : $"{(bytes / Megabyte).ToString("0.0", CultureInfo.InvariantCulture)} MB";

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
