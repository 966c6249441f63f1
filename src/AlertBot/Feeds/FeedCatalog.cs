using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AlertBot.Feeds;

/// <summary>One line of the curated list.</summary>
internal sealed record CatalogFeed(Uri Address, string? Title, TimeSpan? Interval)
{
    /// <summary>The pack that it belongs to; null where the list has no packs.</summary>
    public PackName? Pack { get; init; }
}

/// <param name="Slug">What people type.</param>
/// <param name="Title">What people see.</param>
internal sealed record PackName(string Slug, string Title);

/// <summary>Reads the curated feeds that a new installation starts with.</summary>
internal static class FeedCatalog
{
    /// <exception cref="FeedCatalogException">Says every fault with its place in the file.</exception>
    public static IReadOnlyList<CatalogFeed> Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new FeedCatalogException([$"{path}: no such file. Name another in Feeds:Catalog."]);
        }

        var file = Read(path);
        var faults = new List<string>();
        var feeds = new List<CatalogFeed>();
        var seen = new HashSet<Uri>();
        var packs = (file.Packs ?? []).ToDictionary(p => p.Key, p => new PackName(p.Key, p.Value));
        faults.AddRange(packs.Values.Where(p => string.IsNullOrWhiteSpace(p.Slug) || p.Slug.Any(char.IsWhiteSpace) || string.IsNullOrWhiteSpace(p.Title))
            .Select(p => $"{path}: pack '{p.Slug}' must have a name without spaces and a title."));
        foreach (var (entry, number) in (file.Feeds ?? []).Select((e, i) => (e, i + 1)))
        {
            if (!FeedAddress.TryParse(entry.Url ?? "", out var address, out var why))
            {
                faults.Add($"{path}: feed {number}: {why}");
            }
            else if (!seen.Add(address) || seen.Contains(FeedAddress.OtherScheme(address)))
            {
                faults.Add($"{path}: feed {number}: {address} is listed twice. Remove one of them.");
            }
            else if (entry.Pack is not null && !packs.ContainsKey(entry.Pack))
            {
                faults.Add($"{path}: feed {number}: there is no pack '{entry.Pack}'. Give it a title under packs, or correct the name.");
            }
            else
            {
                feeds.Add(new CatalogFeed(address, entry.Title, entry.Interval) { Pack = entry.Pack is null ? null : packs[entry.Pack] });
            }
        }

        return faults.Count == 0 ? feeds : throw new FeedCatalogException(faults);
    }

    private static CatalogFile Read(string path)
    {
        try
        {
            var yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).Build();
            return yaml.Deserialize<CatalogFile?>(File.ReadAllText(path)) ?? new CatalogFile();
        }
        catch (YamlException exception)
        {
            throw new FeedCatalogException([$"{path}:{exception.Start.Line}: {exception.InnerException?.Message ?? exception.Message}"]);
        }
    }

    // Written to by the YAML reader.
    private sealed class CatalogFile
    {
        public Dictionary<string, string>? Packs { get; set; }
        public List<CatalogEntry>? Feeds { get; set; }
    }

    private sealed class CatalogEntry
    {
        public string? Url { get; set; }
        public string? Title { get; set; }
        public TimeSpan? Interval { get; set; }
        public string? Pack { get; set; }
    }
}

internal sealed class FeedCatalogException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
