using System.Text.RegularExpressions;

namespace AlertBot.Stories;

/// <summary>One form for all addresses of one page: no scheme, no www, no tracking parameters, no trailing slash, no fragment.</summary>
internal static partial class CanonicalLink
{
    /// <summary>Such as <c>example.org/2024/03/story?id=7</c>, or null where there is no web address.</summary>
    public static string? Of(string? link)
    {
        if (!Uri.TryCreate(link, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return null;
        }

        var host = uri.IdnHost.ToLowerInvariant();
        host = host.StartsWith("www.", StringComparison.Ordinal) ? host[4..] : host;
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        var query = uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !Tracking().IsMatch(p)).Order(StringComparer.Ordinal).ToList();
        return $"{host}{port}{uri.AbsolutePath.TrimEnd('/')}{(query.Count > 0 ? "?" + string.Join('&', query) : "")}";
    }

    // Parameters that say where a reader came from, never what the page is.
    [GeneratedRegex(@"^(utm_\w+|at_(medium|campaign|custom\d?|link\w*|ptr\w*|bbc\w*|format)|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|cmpid|cmp|ncid|ocid|smid|partner|rss|feedtype|ref_?src|ref|spm|_hs\w+|wt\.?mc\w*|xtor|mkt_tok|guce\w*|guccounter|__twitter_impression)(=|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tracking();
}
