using System.Collections.Frozen;
using System.Globalization;
using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Formats;

/// <summary>
/// What the head of an XML feed says about when to ask for it, under whatever prefix. A value that makes no sense says nothing, as does
/// a feed that would never be asked.
/// </summary>
internal static class XmlHints
{
    private const int MostMinutes = 366 * 24 * 60;

    private static readonly FrozenDictionary<string, DayOfWeek> Days =
        Enum.GetValues<DayOfWeek>().ToFrozenDictionary(day => day.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, TimeSpan> Periods = new Dictionary<string, TimeSpan>(StringComparer.OrdinalIgnoreCase)
    {
        ["hourly"] = TimeSpan.FromHours(1),
        ["daily"] = TimeSpan.FromDays(1),
        ["weekly"] = TimeSpan.FromDays(7),
        ["monthly"] = TimeSpan.FromDays(30),
        ["yearly"] = TimeSpan.FromDays(365),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <param name="head">The channel or feed.</param>
    /// <param name="address">What relative addresses in it are resolved against.</param>
    public static FeedHints Read(MarkupElement head, Uri? address)
    {
        var hours = head.First("skiphours")?.Elements.Where(hour => hour.Name == "hour")
            .Select(hour => Number(hour)).OfType<int>().Where(hour => hour is >= 0 and <= 24).Select(hour => hour % 24).ToHashSet() ?? [];
        var days = head.First("skipdays")?.Elements.Where(day => day.Name == "day")
            .Where(day => Days.ContainsKey(day.Text.Trim())).Select(day => Days[day.Text.Trim()]).ToHashSet() ?? [];
        return new FeedHints
        {
            Ttl = head.First("ttl") is { } ttl && Number(ttl) is > 0 and <= MostMinutes and { } minutes ? TimeSpan.FromMinutes(minutes) : null,
            SkipHours = hours.Count < 24 ? hours : [],
            SkipDays = days.Count < Days.Count ? days : [],
            UpdatePeriod = Period(head.First("updateperiod"), head.First("updatefrequency")),
            Hub = Link(head, "hub", address),
            Self = Link(head, "self", address),
        };
    }

    private static TimeSpan? Period(MarkupElement? period, MarkupElement? frequency)
    {
        // The module's own defaults: daily, once.
        var times = frequency is null ? null : Number(frequency);
        var isKnown = Periods.TryGetValue(period?.Text.Trim() ?? "daily", out var span);
        return isKnown && (period is not null || times > 0) ? span / Math.Max(1, times ?? 1) : null;
    }

    private static Uri? Link(MarkupElement head, string relation, Uri? address)
    {
        foreach (var child in head.Elements)
        {
            if (child.Name == "link" && child.Attribute("rel") is { } relations
                && relations.Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase) && FeedLinks.Address(child.Attribute("href"), address) is { } link)
            {
                return link;
            }
        }

        return null;
    }

    private static int? Number(MarkupElement element) =>
        int.TryParse(element.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
