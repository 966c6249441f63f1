using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>The same words, in the outlets that have them.</summary>
/// <param name="Words">The longest form of them, exactly as its outlet has it.</param>
/// <param name="At">When the first outlet had them.</param>
/// <param name="Also">The other outlets.</param>
internal sealed record FoldedQuote(StoredQuote Words, DateTimeOffset At, IReadOnlyList<string> Also)
{
    // Fewer are a turn of speech that somebody may well use twice.
    private const int FewestSharedCharacters = 25;

    /// <summary>Puts together what is the same but for marks, capitals and what one outlet left out.</summary>
    /// <returns>Newest first.</returns>
    public static IReadOnlyList<FoldedQuote> Of(IEnumerable<StoredQuote> quotes)
    {
        var groups = new List<(string Key, List<StoredQuote> Quotes)>();
        foreach (var quote in quotes.OrderByDescending(q => q.Text.Length))
        {
            var key = string.Concat(quote.Text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
            var same = groups.Find(g => g.Key == key || (key.Length >= FewestSharedCharacters && g.Key.Contains(key, StringComparison.Ordinal)));
            if (same.Quotes is { } known)
            {
                known.Add(quote);
            }
            else
            {
                groups.Add((key, [quote]));
            }
        }

        return [.. groups.Select(g => new FoldedQuote(g.Quotes[0], g.Quotes.Min(q => q.At), [.. g.Quotes.OrderBy(q => q.At).Select(q => q.Source).Distinct().Where(s => s != g.Quotes[0].Source)]))
            .OrderByDescending(q => q.At)];
    }
}
