using System.Text.RegularExpressions;
using AlertBot.Feeds;

namespace AlertBot.Stories;

/// <summary>
/// One form for all addresses of one page: no scheme, no www, no mobile or AMP edition, no redirecting wrapper, no tracking
/// parameters, no trailing slash, no fragment.
/// </summary>
internal static partial class CanonicalLink
{
    private const int MostWrappers = 3;

    private static readonly HashSet<string> EditionLabels = ["www", "m", "mobile", "amp"];

    private static readonly HashSet<string> DefaultDocuments = new(StringComparer.OrdinalIgnoreCase) { "index.html", "index.htm", "index.php", "default.aspx" };

    /// <summary>Such as <c>example.org/2024/03/story?id=7</c>, or null where there is no web address.</summary>
    public static string? Of(string? link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var uri) || !IsWeb(uri))
        {
            return null;
        }

        for (var i = 0; i < MostWrappers && Wrapped(uri) is { } inner; i++)
        {
            uri = inner;
        }

        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        var query = string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !Tracking().IsMatch(p)).Order(StringComparer.Ordinal));
        return $"{Host(uri)}{port}{Path(uri)}{(query.Length > 0 ? "?" + query : "")}";
    }

    // "m.example.org" and "en.m.example.org" are editions of a site; "amp.dev" is one itself.
    private static string Host(Uri uri)
    {
        var labels = (WebHost.Of(uri) ?? uri.Host).TrimEnd('.').Split('.').ToList();
        while (labels.Count > 2 && EditionLabels.Contains(labels[0]))
        {
            labels.RemoveAt(0);
        }

        if (labels.Count > 3 && labels[1] == "m")
        {
            labels.RemoveAt(1);
        }

        return string.Join('.', labels);
    }

    private static string Path(Uri uri)
    {
        var path = Unescaped(SessionId().Replace(uri.AbsolutePath, ""));
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != "amp").ToList();
        if (segments is [.., var last])
        {
            segments[^1] = AmpEnding().Replace(last, "$1");
            if (DefaultDocuments.Contains(last))
            {
                segments.RemoveAt(segments.Count - 1);
            }
        }

        return string.Concat(segments.Select(s => $"/{s}"));
    }

    // One page is written with its letters and with their escapes.
    private static string Unescaped(string path) => path.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(path) : path;

    /// <summary>The address within one that only leads on: search engines' redirects and AMP caches.</summary>
    private static Uri? Wrapped(Uri uri)
    {
        var host = WebHost.Of(uri);
        var inner = Redirector().IsMatch(host + uri.AbsolutePath) && Target().Match(uri.Query) is { Success: true } target ? Uri.UnescapeDataString(target.Groups[1].Value.Replace('+', ' '))
            : AmpCache().Match(host + uri.AbsolutePath) is { Success: true } cache ? $"http{(cache.Groups[1].Success ? "s" : "")}://{cache.Groups[2].Value}{uri.Query}"
            : null;
        return Uri.TryCreate(inner, UriKind.Absolute, out var found) && IsWeb(found) ? found : null;
    }

    private static bool IsWeb(Uri uri) => uri.Scheme is "http" or "https";

    [GeneratedRegex(@"^((www\.|news\.)?google\.[a-z.]{2,6}/url|(www\.)?bing\.com/news/apiclick\.aspx|l\.facebook\.com/l\.php|(www\.)?t\.umblr\.com/redirect)$", RegexOptions.CultureInvariant)]
    private static partial Regex Redirector();

    [GeneratedRegex(@"[?&](?:url|q|u|z)=(https?(?:%3A|:)[^&]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Target();

    [GeneratedRegex(@"^(?:(?:www\.)?google\.[a-z.]{2,6}/amp|[a-z0-9-]+\.cdn\.ampproject\.org/[cv])/(s/)?([^/]+\.[^/]+/.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex AmpCache();

    [GeneratedRegex(@";jsessionid=[^/]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SessionId();

    [GeneratedRegex(@"\.amp(\.html?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AmpEnding();

    // Parameters that say where a reader came from or in which edition, never what the page is.
    [GeneratedRegex(
        @"^((utm_\w+|at_(medium|campaign|custom\d?|link\w*|ptr\w*|bbc\w*|format)|fbclid|gclid|dclid|gbraid|wbraid|gad_source|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|_ga|_gl|mc_[ce]id" +
        @"|cmpid|cmp|s_cid|i(nt)?cid|ito|ncid|ocid|smid|smtyp|srnd|sref|soc_(src|trk)|partner|rss|feedtype|ref_?src|ref|spm|_hs\w+|wt\.?mc\w*|xtor|mkt_tok|vero_id|oly_(enc|anon)_id" +
        @"|guce\w*|guccounter|__twitter_impression|_?amp|wprov|oc)(=|$)|(output(type)?=amp|\w+=(rss\w*|atom|feed)$))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tracking();
}
