using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Stories.Events;

namespace AlertBot.Lookups;

/// <summary>An event in a line: what its first telling says, who told it first, how many outlets have it.</summary>
internal static class EventLine
{
    public static CardItem Of(DatedEvent told) =>
        new(told.Title, told.Link, told.Outlets > 1 ? $"{told.Source} first, {told.Outlets.ToString(CultureInfo.InvariantCulture)} outlets" : told.Source, told.At);
}
