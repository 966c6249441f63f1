using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertBot.Platforms.Slack;

/// <summary>Slack's ids of messages, which are times: <c>1700000000.000100</c>. They are texts, never numbers.</summary>
internal static partial class SlackTime
{
    public static bool IsTs(string text) => Ts().IsMatch(text);

    public static string At(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{time.ToUnixTimeMilliseconds() / 1000}.{time.Millisecond:000}000");

    [GeneratedRegex(@"^[0-9]{1,12}\.[0-9]{1,9}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Ts();
}
