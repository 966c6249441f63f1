using System.Data.Common;
using Dapper;

namespace AlertBot.Storage;

/// <summary>
/// What each table of a SQLite file takes. The build of SQLite that the bot has can't tell it, so the bytes of the rows are added up, and
/// the pages in use are divided by that. Reads all rows, though not their long texts.
/// </summary>
internal static class SqliteSizes
{
    // Of a row in a page: where it is, how long, and what is in its header.
    private const long RowCost = 5;

    public static async Task<IReadOnlyList<TableSize>> ReadAsync(DbConnection connection)
    {
        var (pages, sizes) = (await PagesAsync(connection), await RowsAsync(connection));
        var share = pages / (double)Math.Max(1, sizes.Sum(s => s.Bytes));
        return [.. sizes.Select(s => s with { Bytes = (long)(s.Bytes * share), IndexBytes = (long)(s.IndexBytes * share) })];
    }

    /// <summary>Bytes that the rows and their indexes have. A text that went leaves a gap in its page, which SQLite keeps until the file is written anew; no gap is counted.</summary>
    public static async Task<long> UsedAsync(DbConnection connection) => Math.Min(await PagesAsync(connection), (await RowsAsync(connection)).Sum(s => s.Bytes));

    private static Task<long> PagesAsync(DbConnection connection) => connection.ExecuteScalarAsync<long>(
        "SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s");

    private static async Task<List<TableSize>> RowsAsync(DbConnection connection)
    {
        var tables = (await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL %' ORDER BY name")).ToList();
        var sizes = new List<TableSize>();
        foreach (var table in tables)
        {
            sizes.Add(await ReadAsync(connection, table));
        }

        return sizes;
    }

    private static async Task<TableSize> ReadAsync(DbConnection connection, string table)
    {
        var columns = (await connection.QueryAsync<(string Name, string Type)>("SELECT name, type FROM pragma_table_info(@table)", new { table })).ToDictionary(c => c.Name, c => c.Type);
        var indexes = await connection.QueryAsync<(string Name, string? Condition, string Origin)>(
            """
            SELECT i.name, SUBSTR(m.sql, INSTR(m.sql, ' WHERE ')) AS condition, i.origin
            FROM pragma_index_list(@table) i LEFT JOIN sqlite_master m ON m.name = i.name AND INSTR(m.sql, ' WHERE ') > 0
            """,
            new { table });
        var (rows, bytes) = await SumAsync(connection, table, columns.Select(c => (c.Key, c.Value)), "");
        var ofIndexes = 0L;
        foreach (var index in indexes)
        {
            var keys = (await connection.QueryAsync<string?>("SELECT name FROM pragma_index_xinfo(@index)", new { index = index.Name })).ToList();
            // A primary key of a table without row ids is the table itself.
            if (index.Origin != "pk" || keys.Count < columns.Count)
            {
                ofIndexes += (await SumAsync(connection, table, keys.Select(k => (k ?? "rowid", k is null ? "INTEGER" : columns[k])), index.Condition ?? "")).Bytes;
            }
        }

        return new TableSize(table, rows, bytes + ofIndexes, ofIndexes);
    }

    private static async Task<(long Rows, long Bytes)> SumAsync(DbConnection connection, string table, IEnumerable<(string Name, string Type)> columns, string condition)
    {
        // A number of some digits takes about five bytes for twelve of them.
        var sum = string.Join(" + ", columns.Select(c => c.Type == "INTEGER" ? $"1 + COALESCE((OCTET_LENGTH({c.Name}) * 5 + 6) / 12, 0)" : $"1 + COALESCE(OCTET_LENGTH({c.Name}), 0)"));
        return await connection.QuerySingleAsync<(long, long)>($"SELECT COUNT(*), COALESCE(SUM({sum} + {RowCost}), 0) FROM {table} {condition}");
    }
}
