using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Feeds.Opml;
using AlertBot.Knowledge;
using YamlDotNet.Core;

namespace AlertBot.Moderation;

/// <summary>The feeds of a file, OPML or YAML, each once.</summary>
/// <param name="Faults">What in it can't be used, by line; the rest can.</param>
/// <param name="Repeated">How many more times feeds are listed that are there already.</param>
internal sealed record FeedListing(IReadOnlyList<ListedFeed> Feeds, IReadOnlyList<OpmlFault> Faults, int Repeated)
{
    /// <summary>More are not taken from one file.</summary>
    public const int MostFeeds = 20_000;

    private static readonly string[] FeedKeys = ["url", "title", "interval", "paused", "fullText", "pack"];

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <returns>The feeds, or the reason why the file is no list of any.</returns>
    public static (FeedListing? Listing, string Why) Read(string text) => IsMarkup(text) ? ReadOpml(text) : ReadYaml(text);

    private static bool IsMarkup(string text) => text.AsSpan().TrimStart(FeedCharset.Marks).StartsWith("<") || text.Contains("<opml", StringComparison.OrdinalIgnoreCase);

    private static (FeedListing? Listing, string Why) ReadOpml(string text) => OpmlReader.Read(text) is { } opml
        ? (new FeedListing([.. opml.Feeds.Select(f => new ListedFeed(f.Address, f.Title, null, false, false, f.Line))], opml.Faults, opml.Repeated), "")
        : (null, "It is no OPML: there is neither an <opml> element nor an <outline> with the address of a feed (xmlUrl).");

    private static (FeedListing? Listing, string Why) ReadYaml(string text)
    {
        try
        {
            if (YamlValue.Read(new StringReader(text)) is not YamlMapping root || root.Entries.FirstOrDefault(e => e.Key == "feeds") is not { } feeds)
            {
                return (null, "It is neither OPML nor a YAML file with “feeds:”.");
            }

            var faults = new List<KnowledgeFault>();
            var (listed, repeated) = Read(feeds, faults);
            return (new FeedListing(listed, [.. faults.Select(f => new OpmlFault(f.Line, f.Reason))], repeated), "");
        }
        catch (YamlException broken)
        {
            return (null, $"Line {broken.Start.Line.ToString(CultureInfo.InvariantCulture)}: this is no YAML that can be read: {broken.InnerException?.Message ?? broken.Message}");
        }
    }

    /// <summary>The list under <c>feeds:</c>. What does not fit goes to the faults and is left out.</summary>
    public static (IReadOnlyList<ListedFeed> Feeds, int Repeated) Read(YamlEntry feeds, List<KnowledgeFault> faults)
    {
        var (read, seen, repeated) = (new List<ListedFeed>(), new HashSet<Uri>(), 0);
        foreach (var item in new YamlFields("", new YamlMapping(feeds.Line, [feeds]), ["feeds"], faults).List("feeds"))
        {
            if (item is not YamlMapping mapping)
            {
                faults.Add(new KnowledgeFault("", item.Line, "a feed must be a mapping with url and title"));
                continue;
            }

            if (read.Count == MostFeeds)
            {
                faults.Add(new KnowledgeFault("", item.Line, $"only {MostFeeds} feeds are taken from one file, and the rest begins here: split it"));
                break;
            }

            var before = faults.Count;
            var fields = new YamlFields("", mapping, FeedKeys, faults);
            var url = fields.Required("url");
            if (!FeedAddress.TryParse(url, out var address, out var why) && url.Length > 0)
            {
                fields.Fault(fields.LineOf("url"), why);
            }

            var feed = new ListedFeed(address, fields.Optional("title"), Interval(fields), fields.Flag("paused"), fields.Flag("fullText"), mapping.Line);
            if (faults.Count > before)
            {
                continue;
            }

            if (seen.Contains(FeedAddress.OtherScheme(address)) || !seen.Add(address))
            {
                repeated++;
            }
            else
            {
                read.Add(feed);
            }
        }

        return (read, repeated);
    }

    private static TimeSpan? Interval(YamlFields fields)
    {
        if (fields.Optional("interval") is not { } text)
        {
            return null;
        }

        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var interval) && interval >= Shortest && interval <= Longest)
        {
            return interval;
        }

        fields.Fault(fields.LineOf("interval"), $"'interval' is '{text}': write hours, minutes and seconds from 00:01:00 to 7.00:00:00");
        return null;
    }
}

/// <summary>One feed as a file wants it.</summary>
internal sealed record ListedFeed(Uri Address, string? Title, TimeSpan? Interval, bool IsPaused, bool FullText, int Line);
