using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AlertBot.Storage;

/// <summary>
/// The one database of an installation. Every write runs in a transaction that takes the write lock at its start, so
/// that a reader's transaction never has to be upgraded and fails busy. Writers of this process come one after another, in
/// the order in which they asked. Times are stored as Unix milliseconds, UTC.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly string _connectionString;
    private readonly SemaphoreSlim _writers = new(1, 1);
    private WriterConnection? _writer;

    /// <param name="path">The SQLite file; made on first use by <see cref="Migrator"/>.</param>
    public Database(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
    }

    public string Path { get; }

    /// <summary>Opens a connection for reading; the caller disposes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await OpenFileAsync(cancellationToken);

    /// <summary>Runs <paramref name="work"/> in one write transaction: all of it happens or nothing. It must not begin another one.</summary>
    public async Task<T> InTransactionAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken)
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

    public Task InTransactionAsync(Func<DbTransaction, Task> work, CancellationToken cancellationToken) =>
        InTransactionAsync(
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            cancellationToken);

    public void Dispose()
    {
        _writer?.Dispose();
        _writers.Dispose();
    }

    private async Task<SqliteConnection> OpenFileAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        // A commit survives a power cut, not only a killed process: alerts are sent on the strength of it.
        await connection.ExecuteAsync("PRAGMA synchronous = FULL");
        return connection;
    }
}
