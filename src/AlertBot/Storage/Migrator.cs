using System.Globalization;
using System.Reflection;
using Dapper;

namespace AlertBot.Storage;

/// <summary>Brings the database to the newest schema: numbered, forward only, each migration in a transaction of its own. Any number of processes may do it at once: one does, the others wait.</summary>
internal sealed class Migrator(Database database, TimeProvider time)
{
    /// <summary>The number of this program's newest migration.</summary>
    public static long Newest => Migrations().Max(m => m.Number);

    /// <exception cref="InvalidOperationException">The database was written by a newer version of the program.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var alone = await database.BeginMigratingAsync(cancellationToken);
        await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                database.Translate("CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL)"), transaction: transaction),
            cancellationToken);

        var known = Migrations().ToList();
        var applied = await AppliedAsync(cancellationToken);
        if (applied.Count > 0 && applied.Max() > known.Max(m => m.Number))
        {
            throw new InvalidOperationException(
                $"{database.Place} has schema {applied.Max()}, newer than this program's {known.Max(m => m.Number)}. Start the newer version, or restore a backup.");
        }

        foreach (var migration in known.Where(m => !applied.Contains(m.Number)))
        {
            await ApplyAsync(migration, cancellationToken);
        }
    }

    private async Task<HashSet<long>> AppliedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<long>("SELECT number FROM schema_migrations")];
    }

    private Task ApplyAsync(Migration migration, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var connection = transaction.Connection!;
                await connection.ExecuteAsync(database.Translate(migration.Sql), transaction: transaction);
                await connection.ExecuteAsync(
                    "INSERT INTO schema_migrations (number, name, applied_at) VALUES (@Number, @Name, @At)",
                    new { migration.Number, migration.Name, At = time.GetUtcNow().ToUnixTimeMilliseconds() },
                    transaction);
            },
            cancellationToken);

    private static IEnumerable<Migration> Migrations()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Migrations/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(resource["Migrations/".Length..]);
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return new Migration(long.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }

    private sealed record Migration(long Number, string Name, string Sql);
}
