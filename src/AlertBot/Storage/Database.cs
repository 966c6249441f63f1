using System.Data;
using System.Data.Common;
using Dapper;

namespace AlertBot.Storage;

/// <summary>
/// The one database of an installation. What differs between SQLite and PostgreSQL is named here; every other statement runs on both.
/// Writes come one after another in the whole installation, so that what was read in a transaction still holds when it writes. Times
/// are stored as Unix milliseconds, UTC.
/// </summary>
internal abstract class Database : IDisposable
{
    static Database()
    {
        // Truth values are numbers in the tables of both.
        SqlMapper.RemoveTypeMap(typeof(bool));
        SqlMapper.RemoveTypeMap(typeof(bool?));
        SqlMapper.AddTypeHandler(new TruthHandler());
    }

    /// <summary>Where it is, in words for people: never a secret.</summary>
    public abstract string Place { get; }

    /// <summary>Whether other processes may use it at the same time.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Where its connections come from, for what brings SQL of its own; null where nobody else may have any.</summary>
    public virtual DbDataSource? Source => null;

    /// <summary>The database's own time, in Unix milliseconds.</summary>
    protected abstract string Now { get; }

    /// <summary>Asks the database what time it is.</summary>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return DateTimeOffset.FromUnixTimeMilliseconds(await connection.ExecuteScalarAsync<long>($"SELECT {Now}"));
    }

    /// <summary>Opens a connection for reading; the caller disposes it.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> in one write transaction: all of it happens or nothing. It must not begin another one.</summary>
    public abstract Task<T> InTransactionAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>
    /// The same for a statement that takes rows which nobody else holds, with <see cref="SkipLocked"/>: it waits for no other writer
    /// where the database can do without.
    /// </summary>
    public abstract Task<T> ClaimAsync<T>(Func<DbTransaction, Task<T>> work, CancellationToken cancellationToken);

    /// <summary>The end of a query for rows to be claimed: those that another writer holds are passed over.</summary>
    /// <param name="table">The table's name in the query.</param>
    public abstract string SkipLocked(string table);

    /// <summary>The condition that a column has one of any number of numbers: one parameter for all, as thousands would take long to hand over.</summary>
    /// <param name="parameter">With its sign, of a value by <see cref="ListOf"/>.</param>
    public abstract string OneOf(string column, string parameter);

    /// <summary>Numbers as <see cref="OneOf"/> takes them.</summary>
    public static string ListOf(IEnumerable<long> numbers) => string.Join(',', numbers);

    /// <summary>Rows of a <c>key</c> (text) and a <c>value</c>, as many as wanted in one parameter.</summary>
    /// <param name="parameter">With its sign, of a value by <see cref="PairsOf"/>.</param>
    public abstract string Pairs(string parameter);

    /// <summary>Rows as <see cref="Pairs"/> takes them.</summary>
    /// <param name="pairs">The keys are numbers, or words with nothing in them that JSON would want escaped.</param>
    public static string PairsOf<T>(IEnumerable<(T Key, long Value)> pairs) => $"{{{string.Join(',', pairs.Select(p => $"\"{p.Key}\":{p.Value}"))}}}";

    /// <summary>Its index of words.</summary>
    public abstract FullText Texts { get; }

    /// <summary>A migration as this database understands it.</summary>
    public abstract string Translate(string migration);

    /// <summary>Makes the database where there is none, and keeps others from migrating it until what is returned is disposed.</summary>
    public abstract Task<IAsyncDisposable> BeginMigratingAsync(CancellationToken cancellationToken);

    /// <summary>Looks at it as a whole; changes nothing in it.</summary>
    public abstract Task<DatabaseFacts> LookAsync(CancellationToken cancellationToken);

    /// <summary>What each table takes, in the order of their names. Takes as long as reading the tables through.</summary>
    public abstract Task<IReadOnlyList<TableSize>> SizesAsync(CancellationToken cancellationToken);

    /// <summary>Bytes that are in use: what rows that went have left behind, and the next ones will take, is not counted.</summary>
    public abstract Task<long> UsedAsync(CancellationToken cancellationToken);

    /// <summary>Gives back what is no longer used, as far as that holds nobody up.</summary>
    public abstract Task ShrinkAsync(CancellationToken cancellationToken);

    /// <summary>Gives all of it back. Nobody else can write meanwhile, and it takes as much room again.</summary>
    public abstract Task CompactAsync(CancellationToken cancellationToken);

    /// <summary>The database's own check of its pages; given up after the limit.</summary>
    public abstract Task<IntegrityResult> CheckIntegrityAsync(TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>Writes a copy as of one moment, while others go on writing, and checks it.</summary>
    /// <exception cref="InvalidOperationException">It could not be made, or is damaged.</exception>
    public abstract Task BackUpAsync(string file, CancellationToken cancellationToken);

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
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    protected static async Task<long> SchemaAsync(DbConnection connection) => await connection.ExecuteScalarAsync<long?>("SELECT MAX(number) FROM schema_migrations") ?? 0;

    private sealed class TruthHandler : SqlMapper.TypeHandler<bool>
    {
        public override bool Parse(object value) => value is bool truth ? truth : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) != 0;

        public override void SetValue(IDbDataParameter parameter, bool value) => (parameter.DbType, parameter.Value) = (DbType.Int64, value ? 1L : 0L);
    }
}

/// <param name="Size">Bytes of the database; <paramref name="Log"/> those of its write-ahead log, <paramref name="Free"/> those that the disk has left, where that can be seen.</param>
/// <param name="WriteFault">Why it takes no writes; null if it does.</param>
internal sealed record DatabaseFacts(long Size, long Log, long? Free, long Schema, long NewestSchema, string? WriteFault);

/// <param name="IsFinished">False: it took too long.</param>
/// <param name="Fault">The first damage that was found.</param>
internal sealed record IntegrityResult(bool IsFinished, string? Fault);
