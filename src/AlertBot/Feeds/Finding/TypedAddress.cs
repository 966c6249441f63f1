using System.Text.RegularExpressions;

namespace AlertBot.Feeds.Finding;

/// <summary>Reads an address as people give it: with or without https://, as feed://, in angle brackets, or as a handle such as @name@server.</summary>
internal static partial class TypedAddress
{
    /// <returns>What may be meant, likeliest first; none, and <paramref name="why"/>, where it is no web address.</returns>
    public static IReadOnlyList<Uri> Read(string typed, out string why)
    {
        var text = typed.Trim().Trim('<', '>').Trim();
        if (Handle().Match(text) is { Success: true } handle)
        {
            text = $"{handle.Groups["server"].Value}/@{handle.Groups["name"].Value}";
        }

        text = FeedScheme().Replace(text, "");
        if (text.Contains("://", StringComparison.Ordinal))
        {
            return FeedAddress.TryParse(text, out var address, out why) ? [address] : [];
        }

        text = text.TrimStart('/');
        if (!FeedAddress.TryParse($"https://{text}", out var secure, out why) || !(secure.Host.Contains('.', StringComparison.Ordinal) || secure.HostNameType == UriHostNameType.IPv6 || !secure.IsDefaultPort))
        {
            why = why is { Length: > 0 } && text.Contains('@', StringComparison.Ordinal)
                ? why : $"'{(text.Length <= 80 ? text : text[..80] + "…")}' is no web address. Give one such as 38north.org or https://www.38north.org/feed/.";
            return [];
        }

        return [secure, FeedAddress.OtherScheme(secure)];
    }

    [GeneratedRegex(@"^@(?<name>[\w.-]+)@(?<server>[\w-]+(\.[\w-]+)+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Handle();

    // feed://example.org/rss and feed:https://example.org/rss are what old browsers made of a feed's address.
    [GeneratedRegex(@"^feed:(//)?(?=.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex FeedScheme();
}
