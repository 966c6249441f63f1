using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace AlertBot.Stories.Search;

/// <summary>What the index knows of a story beside its words, as a number for each.</summary>
internal static class StoryMark
{
    /// <param name="kind">As stored with the tag.</param>
    public static ulong OfTag(string kind, string slug) => Of($"{kind}:{slug}");

    public static ulong OfFeed(long feed) => Of(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"feed:{feed}"));

    private static ulong Of(string text) => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));
}
