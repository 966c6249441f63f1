using System.Text.RegularExpressions;

namespace AlertBot.Storage;

/// <summary>How Dapper writes a list with nothing in it, and how PostgreSQL wants it: <c>= ANY ('{}')</c> has whatever type it is compared with.</summary>
internal static partial class EmptyList
{
    public static string Spell(string sql) =>
        sql.Contains("WHERE 1 = 0)", StringComparison.Ordinal) ? Pattern().Replace(sql, list => list.Groups["not"].Success ? "<> ALL ('{}')" : "= ANY ('{}')") : sql;

    [GeneratedRegex(@"(?<not>NOT )?IN \(SELECT @\w+ WHERE 1 = 0\)")]
    private static partial Regex Pattern();
}
