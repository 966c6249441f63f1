using System.Globalization;

namespace AlertBot.Platforms.Discord;

/// <summary>Discord's ids, which hold the time when they were made. https://discord.com/developers/docs/reference#snowflakes</summary>
internal static class Snowflake
{
    private const long Epoch = 1_420_070_400_000;
    private const int TimeShift = 22;

    /// <returns>Null for what is no id or holds no possible time.</returns>
    public static DateTimeOffset? TimeOf(string id) =>
        ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >> TimeShift > 0
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(number >> TimeShift) + Epoch)
            : null;

    /// <summary>The smallest id of a moment; "0" for any before Discord.</summary>
    public static string At(DateTimeOffset moment) =>
        ((ulong)Math.Max(0, moment.ToUnixTimeMilliseconds() - Epoch) << TimeShift).ToString(CultureInfo.InvariantCulture);
}
