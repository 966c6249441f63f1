namespace AlertBot.Stories.Events;

/// <summary>A term as a number of 31 bits. Two terms meet in one too rarely to matter in a sum over hundreds.</summary>
internal static class TermHash
{
    public static uint Of(string term)
    {
        var hash = 2166136261u;
        foreach (var c in term)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return Mixed(hash);
    }

    /// <summary>The hash of a row of terms, one term longer.</summary>
    public static uint Continue(uint row, uint term) => Mixed(unchecked((row * 31) + term));

    private static uint Mixed(uint hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
            hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
            return (hash ^ (hash >> 16)) & int.MaxValue;
        }
    }
}
