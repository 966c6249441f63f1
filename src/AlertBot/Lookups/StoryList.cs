using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Stories;

namespace AlertBot.Lookups;

/// <summary>Stories as a list on a card.</summary>
internal static class StoryList
{
    public static CardBlock Of(string heading, IEnumerable<Story> stories) =>
        new CardBlock.Items(heading, [.. stories.Select(s => new CardItem(s.Title, s.Link, s.Source, s.SortedAt))]);

    /// <summary><c>1 story</c>, <c>7 stories</c>.</summary>
    public static string Count(long stories) => stories == 1 ? "1 story" : $"{stories.ToString(CultureInfo.InvariantCulture)} stories";
}
