using Dapper;
using Microsoft.Data.Sqlite;

namespace AlertBot.Storage;

/// <summary>Looks at the database as a file and as a whole; changes nothing in it.</summary>
internal sealed class DatabaseProbe(Database database)
{
    private const int SecondsToWrite = 5;

    public async Task<DatabaseFacts> LookAsync(CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(database.Path);
        await using var connection = await database.OpenAsync(cancellationToken);
        var schema = await connection.ExecuteScalarAsync<long?>("SELECT MAX(number) FROM schema_migrations") ?? 0;
        return new DatabaseFacts(SizeOf(path), SizeOf(path + "-wal"), new DriveInfo(path).AvailableFreeSpace, schema, Migrator.Newest, await WriteFaultAsync(path, cancellationToken));
    }

    /// <summary>The database's own quick check; given up after the limit.</summary>
    public async Task<IntegrityResult> CheckIntegrityAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var connection = (SqliteConnection)await database.OpenAsync(cancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        // The check runs in SQLite from beginning to end: only an interrupt stops it.
        await using var stop = timeout.Token.Register(() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle!));
        try
        {
            var found = await connection.QueryFirstAsync<string>("PRAGMA quick_check(1)");
            return new IntegrityResult(true, found == "ok" ? null : found);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SQLitePCL.raw.SQLITE_INTERRUPT)
        {
            return new IntegrityResult(false, null);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            return new IntegrityResult(true, exception.Message);
        }
    }

    /// <summary>Takes the write lock and gives it back.</summary>
    private static async Task<string?> WriteFaultAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, DefaultTimeout = SecondsToWrite, Pooling = false }.ToString());
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await transaction.RollbackAsync(cancellationToken);
            return null;
        }
        catch (SqliteException exception)
        {
            return exception.Message;
        }
    }

    private static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}

/// <param name="Size">Bytes of the file; <paramref name="Log"/> those of its write-ahead log, <paramref name="Free"/> those that the disk has left.</param>
/// <param name="WriteFault">Why it takes no writes; null if it does.</param>
internal sealed record DatabaseFacts(long Size, long Log, long Free, long Schema, long NewestSchema, string? WriteFault);

/// <param name="IsFinished">False: it took too long.</param>
/// <param name="Fault">The first damage that was found.</param>
internal sealed record IntegrityResult(bool IsFinished, string? Fault);
