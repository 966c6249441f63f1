using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AlertBot.Storage;

/// <summary>
/// A SQLite file. Every write runs in a transaction that takes the write lock at its start, so that a reader's transaction never has to
/// be upgraded and fails busy. Writers of this process come in the order in which they asked.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    private const int SecondsToWrite = 5;
    private const int PagesAtOnce = 500;
    private const string Unused = "SELECT f.freelist_count FROM pragma_freelist_count f, pragma_auto_vacuum a WHERE a.auto_vacuum = 2";

    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    private readonly string _connectionString;
    private readonly SemaphoreSlim _writers = new(1, 1);
    private WriterConnection? _writer;
    private bool _isDisposed;

    /// <param name="path">The file; made on first use by <see cref="Migrator"/>.</param>
    public SqliteDatabase(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
        Texts = new SqliteFullText(this);
    }

    public string Path { get; }

    /// <summary>Lets go of the file, which connections of before would hold open.</summary>
    public void Release()
    {
        Dispose();
        using var any = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(any);
    }

    public override string Place => Path;

    public override bool IsShared => false;

    public override FullText Texts { get; }

    protected override string Now => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await OpenFileAsync(cancellationToken);

    public override async Task<T> InTransactionAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await _writers.WaitAsync(cancellationToken);
        try
        {
            _writer ??= new WriterConnection(await OpenFileAsync(cancellationToken));
            await using var transaction = await _writer.BeginTransactionAsync(cancellationToken);
            var result = await work(transaction);
            await transaction.CommitAsync(cancellationToken);
            return result;
        }
        finally
        {
            _writers.Release();
        }
    }

    // There is one writer at a time in any case.
    public override Task<T> ClaimAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken) => InTransactionAsync(work, cancellationToken);

    public override string SkipLocked(string table) => "";

    public override string OneOf(string column, string parameter) => $"{column} IN (SELECT value FROM json_each('[' || {parameter} || ']'))";

    public override string Pairs(string parameter) => $"json_each({parameter})";

    public override string Translate(string migration) => migration;

    public override async Task<IAsyncDisposable> BeginMigratingAsync(CancellationToken cancellationToken)
    {
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var connection = await OpenFileAsync(cancellationToken);
        // Of use for a new file only; an old one gets it when it is compacted.
        await connection.ExecuteAsync("PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL");
        return connection;
    }

    public override async Task<DatabaseFacts> LookAsync(CancellationToken cancellationToken)
    {
        var path = System.IO.Path.GetFullPath(Path);
        await using var connection = await OpenAsync(cancellationToken);
        return new DatabaseFacts(
            SizeOf(path), SizeOf(path + "-wal"), new DriveInfo(path).AvailableFreeSpace, await SchemaAsync(connection), Migrator.Newest, await WriteFaultAsync(path, cancellationToken));

        static long SizeOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
    }

    public override async Task<IReadOnlyList<TableSize>> SizesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenFileAsync(cancellationToken);
        return await SqliteSizes.ReadAsync(connection);
    }

    public override async Task<long> UsedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenFileAsync(cancellationToken);
        return await SqliteSizes.UsedAsync(connection);
    }

    public override async Task ShrinkAsync(CancellationToken cancellationToken)
    {
        for (long left = long.MaxValue, last; ; left = last)
        {
            last = await InTransactionAsync(
                async transaction =>
                {
                    // A page is freed with each row of the answer.
                    await transaction.Connection!.QueryAsync<long>($"PRAGMA incremental_vacuum({PagesAtOnce})", transaction: transaction);
                    return await transaction.Connection!.ExecuteScalarAsync<long?>(Unused, transaction: transaction) ?? 0;
                },
                cancellationToken);
            if (last == 0 || last >= left)
            {
                return;
            }
        }
    }

    public override async Task CompactAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenFileAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("PRAGMA auto_vacuum = INCREMENTAL; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)", commandTimeout: 0, cancellationToken: cancellationToken));
    }

    public override async Task<IntegrityResult> CheckIntegrityAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var connection = await OpenFileAsync(cancellationToken);
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

    public override async Task BackUpAsync(string file, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path))
        {
            throw new InvalidOperationException($"There is no {System.IO.Path.GetFullPath(Path)}. Give the Storage:Path that the bot runs with.");
        }

        await using (var connection = await OpenFileAsync(cancellationToken))
        {
            await connection.ExecuteAsync("VACUUM INTO @file", new { file });
        }

        await using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await copy.OpenAsync(cancellationToken);
        if (await copy.QueryFirstAsync<string>("PRAGMA integrity_check(1)") is not "ok" and var fault)
        {
            throw new InvalidOperationException($"The copy is damaged: {fault}. Look at the database with alertbot doctor.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        // Whoever writes just now ends first.
        if (_writers.Wait(LongestWrite))
        {
            _writer?.Dispose();
        }

        _writers.Dispose();
    }

    private async Task<SqliteConnection> OpenFileAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        // A commit survives a power cut, not only a killed process: alerts are sent on the strength of it. Eight megabytes of pages are kept where they are used.
        await connection.ExecuteAsync("PRAGMA synchronous = FULL; PRAGMA cache_size = -8000");
        return connection;
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
}
