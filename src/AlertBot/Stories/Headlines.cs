namespace AlertBot.Stories;

/// <summary>Whether two headlines may be versions of one, in any script: by the pairs of letters that they share.</summary>
internal static class Headlines
{
    private const double Share = 0.7;

    public static bool AreSame(string one, string? other) => other is not null && EntryKeys.Folded(one) == EntryKeys.Folded(other);

    /// <param name="other">Null where nobody knows: then they are not alike.</param>
    public static bool AreAlike(string one, string? other)
    {
        var (a, b) = (Pairs(one), Pairs(other ?? ""));
        return Math.Min(a.Count, b.Count) is > 0 and var fewer && a.Count(b.Contains) >= fewer * Share;
    }

    private static HashSet<(char, char)> Pairs(string headline)
    {
        var letters = EntryKeys.Folded(headline);
        return [.. letters.Zip(letters.Skip(1))];
    }
}
