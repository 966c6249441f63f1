namespace AlertBot.Feeds.Formats;

/// <summary>Links of feeds: absolute http or https addresses, or nothing.</summary>
internal static class EntryLinks
{
    public static string? Absolute(string? link, Uri? relativeTo)
    {
        if (string.IsNullOrWhiteSpace(link))
        {
            return null;
        }

        var folded = string.Concat(link.Where(c => !char.IsWhiteSpace(c)));
        return (relativeTo is null ? Uri.TryCreate(folded, UriKind.Absolute, out var uri) : Uri.TryCreate(relativeTo, folded, out uri)) && uri.Scheme is "http" or "https"
            ? uri!.AbsoluteUri
            : null;
    }

    /// <summary>The link if it is a web address by itself.</summary>
    public static string? Web(string? text) =>
        text is not null && (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) ? Absolute(text, null) : null;
}
