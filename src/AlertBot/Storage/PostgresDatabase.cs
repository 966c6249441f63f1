using System.ComponentModel;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace AlertBot.Storage;

/// <summary>
/// A PostgreSQL database, which any number of processes may use. One writer at a time is held up by an advisory lock for the length of
/// its transaction; claims go beside it. A server that is gone is an error of the call alone: the next one connects anew.
/// </summary>
internal sealed partial class PostgresDatabase : Database
{
    // Locks of this program; the numbers are its own choice.
    private const long WriteLock = 0x416C657274_01;
    private const long MigrationLock = 0x416C657274_02;

    private const int OldestVersion = 15;
    private const int TriesAtStart = 10;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    private readonly NpgsqlConnectionStringBuilder _parts;
    private readonly NpgsqlDataSource _source;
    private readonly SemaphoreSlim _writers = new(1, 1);

    /// <param name="connectionString">One that <see cref="Fault"/> finds nothing wrong with.</param>
    public PostgresDatabase(string connectionString)
    {
        _parts = new NpgsqlConnectionStringBuilder(connectionString);
        SetUnlessGiven("Application Name", "AlertBot");
        // The server has a hundred for all replicas if nobody changed it.
        SetUnlessGiven("Maximum Pool Size", 20);
        SetUnlessGiven("Max Auto Prepare", 200);
        // A server that vanished without a word is noticed.
        SetUnlessGiven("Keepalive", 10);
        _source = NpgsqlDataSource.Create(_parts);
        Texts = new PostgresFullText(this);

        void SetUnlessGiven(string key, object value)
        {
            if (!_parts.ShouldSerialize(key))
            {
                _parts[key] = value;
            }
        }
    }

    public override string Place => $"{_parts.Database} at {_parts.Host}:{_parts.Port}";

    public override bool IsShared => true;

    public override FullText Texts { get; }

    public override DbDataSource Source => _source;

    protected override string Now => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    /// <summary>Why a connection string can't be used, without a word of it; null if it can.</summary>
    public static string? Fault(string connectionString)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return string.IsNullOrEmpty(parts.Host) ? "it names no Host" : string.IsNullOrEmpty(parts.Database) ? "it names no Database" : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or NotSupportedException)
        {
            return "it can't be read";
        }
    }

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => new PostgresConnection(await _source.OpenConnectionAsync(cancellationToken));

    /// <summary>Opens a connection for what only this server has; the caller disposes it.</summary>
    public async Task<NpgsqlConnection> OpenNativeAsync(CancellationToken cancellationToken) => await _source.OpenConnectionAsync(cancellationToken);

    public override async Task<T> InTransactionAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        // Those of this process wait here, so that they do not hold all connections while they do.
        await _writers.WaitAsync(cancellationToken);
        try
        {
            await using var alone = await BeginAloneAsync(WriteLock, null, cancellationToken);
            return await CommitAsync(alone.Transaction, work, cancellationToken);
        }
        finally
        {
            _writers.Release();
        }
    }

    public override async Task<T> ClaimAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        return await CommitAsync(transaction, work, cancellationToken);
    }

    public override string OneOf(string column, string parameter) => $"{column} = ANY(CAST(string_to_array({parameter}, ',') AS bigint[]))";

    public override string Pairs(string parameter) => $"json_each_text(CAST({parameter} AS json))";

    public override string SkipLocked(string table) => $"FOR UPDATE OF {table} SKIP LOCKED";

    // Text is compared by its bytes, as SQLite does, whatever the database's own order is.
    public override string Translate(string migration) => Words().Replace(VirtualTable().Replace(migration, PostgresFullText.Schema), word => word.Value switch
    {
        "INTEGER" => "bigint",
        "REAL" => "double precision",
        "BLOB" => "bytea",
        "TEXT" => "text COLLATE \"C\"",
        " WITHOUT ROWID" => "",
        _ => "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
    });

    public override async Task<IAsyncDisposable> BeginMigratingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenPatientlyAsync(cancellationToken);
            var version = await connection.ExecuteScalarAsync<int>("SELECT CAST(current_setting('server_version_num') AS integer) / 10000");
            var encoding = await connection.ExecuteScalarAsync<string>("SHOW server_encoding");
            return version >= OldestVersion && encoding == "UTF8"
                ? await BeginAloneAsync(MigrationLock, 0, cancellationToken)
                : throw new InvalidOperationException($"{Place} is PostgreSQL {version} with the encoding {encoding}. AlertBot needs version {OldestVersion} or newer and the encoding UTF8.");
        }
        catch (NpgsqlException exception)
        {
            throw new InvalidOperationException($"{Place} can't be used: {exception.Message}. Look at Storage:ConnectionString, and whether the server runs and lets this account in.", exception);
        }
    }

    // A server that starts beside the bot, or is just being restarted, takes connections in a moment.
    private async Task<DbConnection> OpenPatientlyAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await OpenAsync(cancellationToken);
            }
            catch (NpgsqlException exception) when (exception.IsTransient && tries < TriesAtStart)
            {
                await Task.Delay(BetweenTries, cancellationToken);
            }
        }
    }

    public override async Task<DatabaseFacts> LookAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var size = await connection.ExecuteScalarAsync<long>("SELECT pg_database_size(current_database())");
        var isReadOnly = await connection.ExecuteScalarAsync<string>("SHOW transaction_read_only") == "on";
        return new DatabaseFacts(size, 0, null, await SchemaAsync(connection), Migrator.Newest, isReadOnly ? "the server is read-only" : null);
    }

    public override async Task<IReadOnlyList<TableSize>> SizesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var tables = (await connection.QueryAsync<(string Name, long Bytes, long IndexBytes)>(
            "SELECT relname, pg_total_relation_size(oid), pg_indexes_size(oid) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname")).ToList();
        var sizes = new List<TableSize>();
        foreach (var table in tables)
        {
            sizes.Add(new TableSize(table.Name, await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table.Name}"), table.Bytes, table.IndexBytes));
        }

        return sizes;
    }

    // The server tells of no room inside its files, so what rows have is added up where much of it comes and goes.
    public override async Task<long> UsedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            """
            SELECT CAST(pg_database_size(current_database())
                - pg_table_size('stories') + (SELECT COALESCE(SUM(pg_column_size(s.*) + COALESCE(pg_column_size(title), 0) + COALESCE(pg_column_size(body), 0)), 0) FROM stories s)
                - pg_table_size('tags') + (SELECT COALESCE(SUM(pg_column_size(t.*) + 28), 0) FROM tags t)
                - pg_table_size('quotes') + (SELECT COALESCE(SUM(pg_column_size(q.*) + 28), 0) FROM quotes q)
                - pg_table_size('outbox') + (SELECT COALESCE(SUM(pg_column_size(o.*) + 28), 0) FROM outbox o) AS BIGINT)
            """,
            commandTimeout: 0,
            cancellationToken: cancellationToken));
    }

    // The server's autovacuum makes the room fit for new rows.
    public override Task ShrinkAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task CompactAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition("VACUUM (FULL, ANALYZE)", commandTimeout: 0, cancellationToken: cancellationToken));
    }

    // The server checks its pages itself, where that is switched on.
    public override async Task<IntegrityResult> CheckIntegrityAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        var failures = await connection.ExecuteScalarAsync<long?>("SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()");
        return new IntegrityResult(true, failures > 0 ? $"{failures} pages failed the server's checksums" : null);
    }

    // The server's own program knows every version's secrets of the format.
    public override async Task BackUpAsync(string file, CancellationToken cancellationToken)
    {
        await RunAsync("pg_dump", ["--format=custom", "--no-owner", $"--file={file}"], cancellationToken);
        await RunAsync("pg_restore", ["--list", file], cancellationToken);
    }

    private async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        // What the connection needs goes by the environment: a command line can be read by everybody on the machine.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var (name, value) in new[] { ("PGHOST", _parts.Host), ("PGPORT", _parts.Port.ToString(CultureInfo.InvariantCulture)), ("PGDATABASE", _parts.Database), ("PGUSER", _parts.Username), ("PGPASSWORD", _parts.Password) })
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = await process.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{program} failed: {error.Trim()}");
            }
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException($"{program} is not installed here. It comes with PostgreSQL's client programs (Debian: postgresql-client); or back the server up with its own means.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        _source.Dispose();
        _writers.Dispose();
    }

    private async Task<Alone> BeginAloneAsync(long advisoryLock, int? timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await BeginOnceAsync();
        }
        catch (NpgsqlException exception) when (exception is { IsTransient: true, InnerException: not TimeoutException })
        {
            // The pool had a connection that the server has ended since. Nothing was done on it yet.
            return await BeginOnceAsync();
        }

        async Task<Alone> BeginOnceAsync()
        {
            var connection = await OpenAsync(cancellationToken);
            try
            {
                var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_xact_lock(@advisoryLock)", new { advisoryLock }, transaction, timeout, cancellationToken: cancellationToken));
                return new Alone(connection, transaction);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
    }

    private static async Task<T> CommitAsync<T>(DbTransaction transaction, Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        var result = await work(transaction);
        // A commit that has begun is not called off: nobody would know what became of it.
        cancellationToken.ThrowIfCancellationRequested();
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    [GeneratedRegex(@"CREATE VIRTUAL TABLE search_texts [^;]*;(?:\s*INSERT INTO search_texts [^;]*;)*")]
    private static partial Regex VirtualTable();

    [GeneratedRegex(@"\bINTEGER\s+PRIMARY KEY(?! AUTOINCREMENT)(?! REFERENCES)(?! CHECK)\b|\bINTEGER\s+PRIMARY KEY AUTOINCREMENT\b|\b(?:INTEGER|REAL|BLOB|TEXT)\b| WITHOUT ROWID\b")]
    private static partial Regex Words();

    /// <summary>A transaction with a lock that nobody else has until its end, or that of its connection.</summary>
    private sealed class Alone(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
    {
        public DbTransaction Transaction => transaction;

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
