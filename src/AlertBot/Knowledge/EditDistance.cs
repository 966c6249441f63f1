namespace AlertBot.Knowledge;

/// <summary>How many letters must be put in, taken out, changed or swapped with a neighbour to get from one word to another.</summary>
internal static class EditDistance
{
    private const int Longest = 64;

    /// <summary>Only the first 64 letters of each word are compared.</summary>
    public static int Between(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left[..Math.Min(left.Length, Longest)];
        right = right[..Math.Min(right.Length, Longest)];
        Span<int> before = stackalloc int[Longest + 1];
        Span<int> last = stackalloc int[Longest + 1];
        Span<int> row = stackalloc int[Longest + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return last[right.Length];
    }

    /// <summary>1 for equal words, 0 for words that share nothing.</summary>
    public static double Similarity(string left, string right)
    {
        var longest = Math.Min(Longest, Math.Max(left.Length, right.Length));
        return longest == 0 ? 1 : 1 - ((double)Between(left, right) / longest);
    }
}
