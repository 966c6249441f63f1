namespace AlertBot.Platforms;

/// <summary>The names of the commands as people type them: with a slash or without, in any case, misspelt.</summary>
internal static class CommandNames
{
    private const int MostSuggestions = 3;

    /// <summary>The first word of a line and the first two, and where each ends. A slash at its start is left out.</summary>
    public static IEnumerable<(string Name, int End)> HeadsOf(string line)
    {
        var start = line.StartsWith('/') ? 1 : 0;
        var first = WordFrom(line, start);
        var second = WordFrom(line, first.End);
        if (second.Word.Length > 0)
        {
            yield return ($"{first.Word} {second.Word}", second.End);
        }

        if (first.Word.Length > 0)
        {
            yield return (first.Word, first.End);
        }
    }

    /// <summary>The names that a person may have meant, nearest first; none if all are far off.</summary>
    public static IReadOnlyList<string> Nearest(string typed, IEnumerable<string> names)
    {
        var wanted = typed.TrimStart('/').Trim();
        var near = from name in names
                   let distance = name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(wanted, name)
                   where wanted.Length > 0 && distance <= Math.Max(1, Math.Min(wanted.Length, name.Length) / 3)
                   orderby distance, name
                   select name;
        return [.. near.Take(MostSuggestions)];
    }

    private static (string Word, int End) WordFrom(string line, int start)
    {
        while (start < line.Length && char.IsWhiteSpace(line[start]))
        {
            start++;
        }

        var end = start;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
        {
            end++;
        }

        return (line[start..end], end);
    }

    /// <summary>Letters to insert, delete, change or swap with their neighbour to make one word of the other.</summary>
    private static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Cheapest(i, j);
            }
        }

        return cost[left.Length, right.Length];

        int Cheapest(int i, int j)
        {
            var change = cost[i - 1, j - 1] + (Same(i, j) ? 0 : 1);
            var best = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
            return i > 1 && j > 1 && Same(i, j - 1) && Same(i - 1, j) ? Math.Min(best, cost[i - 2, j - 2] + 1) : best;
        }

        bool Same(int i, int j) => char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
    }
}
