using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Emulators.Discord.World;

/// <summary>Makes ids as Discord does: milliseconds since 2015 above 22 bits, each greater than the one before.</summary>
internal sealed class Snowflakes(TimeProvider clock)
{
    private const long Epoch = 1_420_070_400_000;

    private ulong _last = 1UL << 22;

    public string Next()
    {
        var now = (ulong)Math.Max(0, clock.GetUtcNow().ToUnixTimeMilliseconds() - Epoch) << 22;
        _last = Math.Max(_last + 1, now);
        return _last.ToString(CultureInfo.InvariantCulture);
    }

    public static ulong Number(string id) => ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static DateTimeOffset TimeOf(string id) => DateTimeOffset.FromUnixTimeMilliseconds((long)(Number(id) >> 22) + Epoch);

    /// <summary>A token that is the same for the same id and that nobody guesses from it.</summary>
    public static string TokenFor(string id) => "aW50ZXJhY3Rpb24" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("interaction " + id)));
}
