using System.Globalization;

namespace AlertBot.Stories;

internal readonly record struct StoryId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
