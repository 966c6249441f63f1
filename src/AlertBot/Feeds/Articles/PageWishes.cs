using AngleSharp.Html.Dom;

namespace AlertBot.Feeds.Articles;

/// <summary>
/// What a page asks robots not to do with it, in X-Robots-Tag, in its meta elements or by the reservation of text and data mining. We
/// keep the text, look through it and quote it: a page that forbids one of these is left alone.
/// </summary>
internal static class PageWishes
{
    private static readonly string[] Ours = ["none", "noindex", "noarchive", "nosnippet", "noai", "nocache"];

    /// <returns>The wish that forbids it, as written; null if none does.</returns>
    public static string? Against(IHtmlDocument page, FetchResult.Fetched fetched) =>
        fetched.ReservesMining || Metas(page, "tdm-reservation").Any(m => m.Trim() == "1") ? "tdm-reservation"
        : Forbidden(fetched.RobotsTag ?? "") ?? Metas(page, "robots").Concat(Metas(page, RobotsRules.Token)).Select(Forbidden).FirstOrDefault(w => w is not null);

    private static IEnumerable<string> Metas(IHtmlDocument page, string name) =>
        page.QuerySelectorAll("meta[name][content]").Where(m => string.Equals(m.GetAttribute("name")?.Trim(), name, StringComparison.OrdinalIgnoreCase)).Select(m => m.GetAttribute("content")!);

    // "otherbot: noindex, nofollow" speaks to that robot alone, up to the next name.
    private static string? Forbidden(string wishes)
    {
        var isForUs = true;
        foreach (var written in wishes.Split(','))
        {
            var wish = written.Trim().ToLowerInvariant();
            if (wish.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && !wish.StartsWith("unavailable_after", StringComparison.Ordinal) && !wish.StartsWith("max-", StringComparison.Ordinal))
            {
                isForUs = wish[..colon].Trim() is RobotsRules.Token or "*";
                wish = wish[(colon + 1)..].Trim();
            }

            if (isForUs && Ours.Contains(wish))
            {
                return wish;
            }
        }

        return null;
    }
}
