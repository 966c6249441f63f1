using System.Text.RegularExpressions;

namespace AlertBot.Feeds.Hubs;

/// <summary>Reads the hub and the address that a feed has there from HTTP <c>Link</c> headers (RFC 8288).</summary>
internal static partial class LinkHeader
{
    private const int Longest = 8000;

    /// <summary>What a feed says of itself, where the headers go before the document. https://www.w3.org/TR/websub/#discovery</summary>
    public static FeedHints Complete(FeedHints hints, string? header, Uri address) =>
        hints with { Hub = Find(header, "hub", address) ?? hints.Hub, Self = Find(header, "self", address) ?? hints.Self };

    private static Uri? Find(string? header, string relation, Uri address) => header is not { Length: > 0 and <= Longest } ? null : Links().Matches(header)
        .Where(link => Relation().Match(link.Groups["parameters"].Value).Groups["rel"].Value.Split(' ').Contains(relation, StringComparer.OrdinalIgnoreCase))
        .Select(link => FeedLinks.Resolve(link.Groups["to"].Value, address))
        .OfType<string>()
        .Select(to => Uri.TryCreate(to, UriKind.Absolute, out var found) ? found : null)
        .FirstOrDefault(found => found is not null);

    [GeneratedRegex("<(?<to>[^<>]*)>(?<parameters>[^<]*)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Links();

    [GeneratedRegex("""\brel\s*=\s*("(?<rel>[^"]*)"|(?<rel>[^\s;,"]+))""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Relation();
}
