namespace AlertBot.Stories.Events;

/// <summary>A term as a number of 31 bits. Two terms meet in one too rarely to matter in a sum over hundreds.</summary>
internal static class TermHash
{
    public const uint Start = 2166136261;

    public static uint Of(string term) => Finish(Continue(Start, term));

    public static uint Continue(uint hash, string term)
    {
        unchecked
        {
            foreach (var c in term)
            {
                hash = (hash ^ c) * 16777619;
            }

            return (hash ^ ' ') * 16777619;
        }
    }

    public static uint Finish(uint hash)
    {
        unchecked
        {
            hash ^= hash >> 16;
            hash *= 0x85ebca6b;
            hash ^= hash >> 13;
            return hash & int.MaxValue;
        }
    }
}
