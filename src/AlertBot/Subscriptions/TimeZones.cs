using AlertBot.Knowledge;
using NodaTime;

namespace AlertBot.Subscriptions;

/// <summary>The zones of the TZ database that comes with the program, whatever the machine has.</summary>
internal static class TimeZones
{
    private const int MostSlips = 3;

    private static readonly IDateTimeZoneProvider Tzdb = DateTimeZoneProviders.Tzdb;

    // Those that have a place in them, such as Asia/Seoul, before the abbreviations.
    private static readonly IReadOnlyList<string> Ids = [.. Tzdb.Ids.OrderBy(i => !i.Contains('/', StringComparison.Ordinal)).ThenBy(i => i, StringComparer.Ordinal)];

    private static readonly Dictionary<string, string> ByName = Tzdb.Ids.ToDictionary(i => i, StringComparer.OrdinalIgnoreCase);

    public const string Default = "UTC";

    public const string HowToWrite = "Zones are called by a continent and a city, such as Asia/Seoul, Europe/Berlin or America/New_York.";

    /// <summary>The zone of a name, however it is capitalised; null if there is none.</summary>
    public static DateTimeZone? Find(string name) => ByName.TryGetValue(Underscored(name), out var id) ? Tzdb[id] : null;

    /// <summary>How the zone of a name is written; null if there is none.</summary>
    public static string? IdOf(string name) => Find(name)?.Id;

    /// <summary>The zone of a channel: the default where it names none.</summary>
    public static DateTimeZone Of(ChannelSettings settings) => (settings.TimeZone is { } name ? Find(name) : null) ?? DateTimeZone.Utc;

    /// <summary>The zones that begin with what was typed, or whose place does, then those that contain it.</summary>
    public static IEnumerable<string> Suggest(string typed)
    {
        var text = Underscored(typed);
        return Ids.Where(i => i.Contains(text, StringComparison.OrdinalIgnoreCase)).OrderBy(i => i.StartsWith(text, StringComparison.OrdinalIgnoreCase) || PlaceOf(i).StartsWith(text, StringComparison.OrdinalIgnoreCase) ? 0 : 1);
    }

    /// <summary>What a person may have meant who wrote a name that is none.</summary>
    public static IEnumerable<string> Nearest(string typed)
    {
        var text = Underscored(typed).ToLowerInvariant();
        return Suggest(text)
            .Concat(Ids.Select(i => (Id: i, Slips: Math.Min(Slips(i), Slips(PlaceOf(i))))).Where(i => i.Slips <= MostSlips).OrderBy(i => i.Slips).Select(i => i.Id))
            .Distinct();

        int Slips(string name) => EditDistance.Between(text, name.ToLowerInvariant());
    }

    private static string PlaceOf(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static string Underscored(string name) => name.Trim().Replace(' ', '_');
}
