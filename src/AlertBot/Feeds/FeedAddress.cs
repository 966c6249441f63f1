using System.Buffers;
using System.Net;

namespace AlertBot.Feeds;

/// <summary>The normal form of a feed's address, so that one feed is one row whoever typed it and what is judged is what is meant.</summary>
internal static class FeedAddress
{
    private static readonly SearchValues<char> SchemeLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-");

    /// <summary>
    /// Absolute http or https only; no fragment, default ports dropped, the host in the one form that the DNS knows. A user name or password
    /// is refused. <paramref name="why"/> says what is wrong and what to do.
    /// </summary>
    public static bool TryParse(string text, out Uri address, out string why)
    {
        if (!TryParse(text, out address, out var login, out why))
        {
            return false;
        }

        why = login is null ? "" : "The address holds a user name or password. Give it without them, then the login with /feed login.";
        return login is null;
    }

    /// <param name="login">The user name and password that stood in the text; the address is without them.</param>
    public static bool TryParse(string text, out Uri address, out NetworkCredential? login, out string why)
    {
        (address, login) = (null!, null);
        var typed = text.Trim();
        why = FaultOf(typed) ?? "";
        if (why.Length > 0)
        {
            return false;
        }

        if (!Uri.TryCreate(typed, UriKind.Absolute, out var parsed) || WebHost.Of(parsed)?.TrimEnd('.') is not { Length: > 0 } host)
        {
            why = $"'{Shown(typed)}' is no web address: after http:// or https:// comes the name of the site, such as https://example.org/feed.";
            return false;
        }

        login = LoginOf(parsed);
        address = new UriBuilder(parsed) { Host = host, UserName = "", Password = "", Fragment = "" }.Uri;
        return true;
    }

    /// <summary>The same address under the other scheme: http and https are one feed.</summary>
    public static Uri OtherScheme(Uri address) => new UriBuilder(address)
    {
        Scheme = address.Scheme == "http" ? "https" : "http",
        Port = address.IsDefaultPort ? -1 : address.Port,
    }.Uri;

    private static string? FaultOf(string typed)
    {
        var start = typed.IndexOf("//", StringComparison.Ordinal) is >= 0 and var slashes ? slashes + 2 : 0;
        var length = typed.AsSpan(start).IndexOfAny("/?#") is >= 0 and var first ? first : typed.Length - start;
        var head = typed[..(start + length)];
        var site = head[Math.Max(start, head.LastIndexOf('@') + 1)..];

        // Programs read these signs differently: what one takes for the site, another takes for the path.
        if (typed.Where(char.IsControl).Concat(head.Where(c => c == '\\' || char.IsWhiteSpace(c))).Select(NameOf).FirstOrDefault() is { } sign)
        {
            return $"The address holds {sign}. Write it in one piece with plain slashes, as in https://example.org/feed.";
        }

        if (typed.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && typed.AsSpan(0, colon) is var scheme && !scheme.ContainsAnyExcept(SchemeLetters)
            && !scheme.Equals("http", StringComparison.OrdinalIgnoreCase) && !scheme.Equals("https", StringComparison.OrdinalIgnoreCase))
        {
            return $"What starts with {Shorten(scheme.ToString())}: can't be fetched. The address must start with http:// or https://.";
        }

        return !typed.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !typed.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
                ? $"'{Shown(typed)}' is no web address. It must start with http:// or https://."
            : !site.Contains('%', StringComparison.Ordinal) ? null
            : site.StartsWith('[') ? $"'{Shorten(site)}' names a network card of one machine (after the %). Give the site's public address."
            : $"The name of the site, '{Shorten(site)}', holds a %. Write it with its plain letters.";
    }

    private static string NameOf(char sign) => sign switch
    {
        '\\' => "a backslash",
        '\t' => "a tab",
        '\r' or '\n' => "a line break",
        _ when char.IsWhiteSpace(sign) => "a space",
        _ => "a control character",
    };

    private static NetworkCredential? LoginOf(Uri parsed)
    {
        if (parsed.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = parsed.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "");
    }

    // What is told of an address never holds a password.
    private static string Shown(string typed) => Shorten(typed.LastIndexOf('@') is >= 0 and var at ? $"…{typed[at..]}" : typed);

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
