namespace AlertBot.Feeds;

/// <summary>The normal form of a feed's address, so that one feed is one row whoever typed it.</summary>
internal static class FeedAddress
{
    /// <summary>Absolute http or https only; no fragment, no credentials, default ports dropped. <paramref name="why"/> says what is wrong.</summary>
    public static bool TryParse(string text, out Uri address, out string why)
    {
        address = null!;
        why = "";
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.Host.Length == 0)
        {
            why = $"'{Shorten(text)}' is no web address. It must start with http:// or https://.";
            return false;
        }

        if (parsed.UserInfo.Length > 0)
        {
            why = "The address holds a user name or password. Feeds that need a login are not supported.";
            return false;
        }

        address = new UriBuilder(parsed) { Fragment = "" }.Uri;
        return true;
    }

    /// <summary>The same address under the other scheme: http and https are one feed.</summary>
    public static Uri OtherScheme(Uri address) => new UriBuilder(address)
    {
        Scheme = address.Scheme == "http" ? "https" : "http",
        Port = address.IsDefaultPort ? -1 : address.Port,
    }.Uri;

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
