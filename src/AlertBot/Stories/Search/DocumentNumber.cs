namespace AlertBot.Stories.Search;

/// <summary>
/// The numbers of stories in the index: 16 for each second, so that the order of the numbers is that of time. They stay small where
/// stories stand close, and an index of small distances is small.
/// </summary>
internal static class DocumentNumber
{
    private const int Bits = 4;

    private const int MostBits = 40;

    /// <summary>The first number of a time.</summary>
    public static long At(DateTimeOffset time) => Math.Max(0, time.ToUnixTimeSeconds()) << Bits;

    /// <summary>How far numbers lie apart by so much time.</summary>
    public static long Of(TimeSpan time) => (long)time.TotalSeconds << Bits;

    /// <summary>A number for a story, another one for each attempt; the more attempts, the farther it may lie behind its time.</summary>
    public static long Of(long story, DateTimeOffset sortedAt, int attempt) =>
        At(sortedAt) + (attempt == 0 ? story & ((1 << Bits) - 1) : (long)(unchecked((ulong)story * 0x9E3779B97F4A7C15 + ((ulong)attempt * 0xBF58476D1CE4E5B9)) >> (64 - Math.Min(MostBits, Bits + attempt))));
}
