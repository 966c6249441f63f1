using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace AlertBot.Storage;

/// <summary>
/// Copies an installation from SQLite into an empty PostgreSQL database: all of it in one transaction, or nothing. What arrived is read
/// back and held against what was sent, row by row, before it counts.
/// </summary>
internal sealed class DatabaseMove(SqliteDatabase from, PostgresDatabase to, IEnumerable<ILeased> leased)
{
    // They tell of the processes that use a database, and of the database itself.
    private static readonly string[] NotMoved = ["schema_migrations", "replicas"];

    // The index of words is made anew from the stories.
    private const string Index = "search_";

    /// <param name="isDryRun">Everything is copied and compared, and then taken back.</param>
    /// <exception cref="InvalidOperationException">The target is not empty, or something arrived that was not sent.</exception>
    public async Task<IReadOnlyList<MovedTable>> RunAsync(bool isDryRun, IProgress<MovedTable> progress, CancellationToken cancellationToken)
    {
        await using var source = await from.OpenAsync(cancellationToken);
        var tables = await TablesAsync(source);
        await RefuseUnlessEmptyAsync(tables, cancellationToken);
        await using var target = await to.OpenNativeAsync(cancellationToken);
        await using var transaction = await target.BeginTransactionAsync(cancellationToken);
        var moved = new List<MovedTable>();
        foreach (var table in tables)
        {
            var done = await MoveAsync(table, source, target, cancellationToken);
            moved.Add(done);
            progress.Report(done);
        }

        await CountOnAsync(tables, source, target);
        if (!isDryRun)
        {
            await transaction.CommitAsync(cancellationToken);
            await to.InTransactionAsync(ReleaseAsync, cancellationToken);
        }

        return moved;
    }

    /// <summary>All tables, each after those that it refers to.</summary>
    private static async Task<IReadOnlyList<Table>> TablesAsync(DbConnection source)
    {
        var names = (await source.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")).Except(NotMoved).Where(n => !n.StartsWith(Index, StringComparison.Ordinal)).ToList();
        var refersTo = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            refersTo[name] = [.. (await source.QueryAsync<string>("SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(@name)", new { name })).Where(t => t != name)];
        }

        var ordered = new List<Table>();
        while (ordered.Count < names.Count)
        {
            var ready = names.Where(n => ordered.All(o => o.Name != n) && refersTo[n].All(r => ordered.Any(o => o.Name == r))).ToList();
            if (ready.Count == 0)
            {
                throw new InvalidOperationException("The tables refer to each other in a circle.");
            }

            foreach (var name in ready)
            {
                ordered.Add(new Table(name, [.. await source.QueryAsync<string>("SELECT name FROM pragma_table_info(@name) ORDER BY cid", new { name })]));
            }
        }

        return ordered;
    }

    private async Task RefuseUnlessEmptyAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken)
    {
        await using var target = await to.OpenAsync(cancellationToken);
        foreach (var table in tables)
        {
            if (await target.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table.Name})"))
            {
                throw new InvalidOperationException($"{to.Place} is not empty: its table {table.Name} has rows. Give an empty database; nothing was changed.");
            }
        }
    }

    private static async Task<MovedTable> MoveAsync(Table table, DbConnection source, NpgsqlConnection target, CancellationToken cancellationToken)
    {
        var types = (await target.QueryAsync<(string Name, string Type)>("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = @Name", new { table.Name })).ToDictionary(c => c.Name, c => TypeOf(c.Type));
        var columns = string.Join(", ", table.Columns.Select(c => $"\"{c}\""));
        var sent = new Digest();
        await using (var reader = await source.ExecuteReaderAsync($"SELECT {columns} FROM \"{table.Name}\""))
        await using (var writer = await target.BeginBinaryImportAsync($"COPY \"{table.Name}\" ({columns}) FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            var values = new object[table.Columns.Count];
            while (await reader.ReadAsync(cancellationToken))
            {
                reader.GetValues(values);
                // PostgreSQL has no NUL in a text. It is no character that anybody could see.
                var row = values.Select(v => v is string text ? text.Replace("\0", "", StringComparison.Ordinal) : v).ToArray();
                sent.Add(row);
                await writer.StartRowAsync(cancellationToken);
                foreach (var (column, value) in table.Columns.Zip(row))
                {
                    await (value is DBNull ? writer.WriteNullAsync(cancellationToken) : writer.WriteAsync(value, types[column], cancellationToken));
                }
            }

            await writer.CompleteAsync(cancellationToken);
        }

        var arrived = new Digest();
        await using (var reader = await target.ExecuteReaderAsync($"SELECT {columns} FROM \"{table.Name}\""))
        {
            var values = new object[table.Columns.Count];
            while (await reader.ReadAsync(cancellationToken))
            {
                reader.GetValues(values);
                arrived.Add(values);
            }
        }

        return arrived == sent ? new MovedTable(table.Name, sent.Rows) : throw new InvalidOperationException(
            $"Table {table.Name} did not arrive as it was sent: {sent.Rows} rows were sent and {arrived.Rows} are there, or their contents differ. Nothing was kept.");
    }

    private static NpgsqlDbType TypeOf(string type) => type switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "double precision" => NpgsqlDbType.Double,
        "text" => NpgsqlDbType.Text,
        _ => throw new InvalidOperationException($"Columns of the type {type} can't be moved."),
    };

    // Numbers that were given once are never given again, also where their rows are gone: they are keys of messages.
    private static async Task CountOnAsync(IReadOnlyList<Table> tables, DbConnection source, NpgsqlConnection target)
    {
        foreach (var table in tables.Where(t => t.Columns.Contains("id")))
        {
            if (await target.ExecuteScalarAsync<string?>("SELECT pg_get_serial_sequence(@Name, 'id')", new { table.Name }) is { } sequence)
            {
                var given = await source.ExecuteScalarAsync<long?>("SELECT seq FROM sqlite_sequence WHERE name = @Name", new { table.Name });
                var last = Math.Max(given ?? 0, await source.ExecuteScalarAsync<long?>($"SELECT MAX(id) FROM \"{table.Name}\"") ?? 0);
                await target.ExecuteAsync("SELECT setval(CAST(@sequence AS regclass), @Last, @HasAny = 1)", new { sequence, Last = Math.Max(last, 1), HasAny = last > 0 });
            }
        }
    }

    private async Task ReleaseAsync(DbTransaction transaction)
    {
        foreach (var kind in leased)
        {
            await kind.ReleaseAsync(transaction, null);
        }
    }

    private sealed record Table(string Name, IReadOnlyList<string> Columns);

    /// <summary>What rows there are, in whatever order they come.</summary>
    private sealed record Digest
    {
        public long Rows { get; private set; }

        private ulong Sum { get; set; }

        public void Add(IEnumerable<object> row)
        {
            var hash = new XxHash64();
            foreach (var value in row)
            {
                var bytes = value switch
                {
                    DBNull => [],
                    string text => Encoding.UTF8.GetBytes(text),
                    double number => Number(BitConverter.DoubleToInt64Bits(number)),
                    _ => Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
                };
                hash.Append([(byte)(value is DBNull ? 0 : 1)]);
                hash.Append(Number(bytes.Length));
                hash.Append(bytes);
            }

            Rows++;
            Sum = unchecked(Sum + hash.GetCurrentHashAsUInt64());
        }

        private static byte[] Number(long number)
        {
            var bytes = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
            return bytes;
        }
    }
}

internal sealed record MovedTable(string Name, long Rows);
