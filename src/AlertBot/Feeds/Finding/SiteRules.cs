using System.Text.RegularExpressions;

namespace AlertBot.Feeds.Finding;

/// <summary>
/// Where well-known sites have their feeds, read from an address of theirs. A function of values; an address that is a feed's
/// already is left alone.
/// </summary>
internal static partial class SiteRules
{
    private static readonly Dictionary<string, string> WithoutFeeds = new()
    {
        ["t.me"] = "Telegram", ["telegram.me"] = "Telegram", ["telegram.org"] = "Telegram",
        ["x.com"] = "X", ["twitter.com"] = "X", ["facebook.com"] = "Facebook", ["instagram.com"] = "Instagram", ["threads.net"] = "Threads",
        ["threads.com"] = "Threads", ["linkedin.com"] = "LinkedIn", ["tiktok.com"] = "TikTok", ["whatsapp.com"] = "WhatsApp",
    };

    private static readonly (string Host, Func<Uri, string[], SiteRule?> Rule)[] Rules =
    [
        ("youtube.com", YouTube),
        ("youtu.be", (_, _) => FromYouTubePage),
        ("reddit.com", Reddit),
        ("substack.com", Substack),
        ("medium.com", Medium),
        ("news.google.com", GoogleNews),
        ("google.com", GoogleSearch),
        ("github.com", GitHub),
        ("gitlab.com", GitLab),
        ("bsky.app", Bluesky),
        ("blog.naver.com", (_, path) => path is [var name, ..] ? At($"https://rss.blog.naver.com/{name}.xml") : null),
        ("tistory.com", (address, _) => At($"https://{address.Host}/rss")),
        ("blogspot.com", (address, _) => At($"https://{address.Host}/feeds/posts/default")),
    ];

    private static readonly SiteRule FromYouTubePage =
        new SiteRule.Page("YouTube's page names no channel. Give the address of the channel itself: youtube.com/channel/ and its id, which stands under Share on the channel's page");

    /// <returns>Null where nothing is known of the site.</returns>
    public static SiteRule? Of(Uri address)
    {
        if (WithoutFeeds.FirstOrDefault(s => IsAt(address, s.Key)).Value is { } site)
        {
            return new SiteRule.None($"{site} offers no feeds. Follow the same source where it has one: its own web site, YouTube, Mastodon or Bluesky");
        }

        var path = address.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return LooksLikeFeed(address) ? null
            : Rules.FirstOrDefault(r => IsAt(address, r.Host)) is { Rule: { } rule } ? rule(address, path)
            : Mastodon(address, path);
    }

    private static SiteRule? YouTube(Uri address, string[] path) => path switch
    {
        ["channel", var id, ..] => At($"https://www.youtube.com/feeds/videos.xml?channel_id={id}"),
        _ when Query(address, "list") is { } list => At($"https://www.youtube.com/feeds/videos.xml?playlist_id={list}"),
        _ => FromYouTubePage,
    };

    private static SiteRule Reddit(Uri address, string[] path) => path is [.., "search"]
        ? At($"https://www.reddit.com/{string.Join('/', path)}.rss{address.Query}")
        : At($"https://www.reddit.com/{string.Concat(path.Select(p => $"{(p == "u" ? "user" : p)}/"))}.rss{address.Query}");

    private static SiteRule? Substack(Uri address, string[] path) => path switch
    {
        [['@', .. var name], ..] when IsAt(address, "substack.com") => At($"https://{name}.substack.com/feed"),
        _ when Subdomain(address, "substack.com") is { } name => At($"https://{name}.substack.com/feed"),
        _ => null,
    };

    private static SiteRule? Medium(Uri address, string[] path) => path switch
    {
        _ when Subdomain(address, "medium.com") is { } name => At($"https://{name}.medium.com/feed"),
        ["tag", var tag, ..] => At($"https://medium.com/feed/tag/{tag}"),
        [var name, ..] => At($"https://medium.com/feed/{name}"),
        _ => null,
    };

    // The pages and their feeds have the same paths, one below /rss.
    private static SiteRule GoogleNews(Uri address, string[] path) =>
        At($"https://news.google.com/rss{(path is [] or ["home"] ? "" : $"/{string.Join('/', path)}")}{address.Query}");

    private static SiteRule? GoogleSearch(Uri address, string[] path) => path is ["search"] && Query(address, "tbm") == "nws" && Query(address, "q") is { } words
        ? At($"https://news.google.com/rss/search?q={words}") : null;

    private static SiteRule? GitHub(Uri address, string[] path) => path switch
    {
        _ when address.Host.TrimStartOnce("www.") != "github.com" => null,
        [var owner, var name, "commits" or "tree", .. { Length: > 0 } branch] => At($"https://github.com/{owner}/{name}/commits/{string.Join('/', branch)}.atom"),
        [var owner, var name, ("releases" or "tags" or "commits" or "discussions") and var part, ..] => At($"https://github.com/{owner}/{name}/{part}.atom"),
        [var owner, var name, ..] => At($"https://github.com/{owner}/{name}/releases.atom", $"https://github.com/{owner}/{name}/commits.atom"),
        [var owner] => At($"https://github.com/{owner}.atom"),
        _ => null,
    };

    private static SiteRule? GitLab(Uri address, string[] path) => Array.IndexOf(path, "-") switch
    {
        >= 2 and var dash when path[(dash + 1)..] is [("tags" or "releases" or "commits") and var part, .. var rest] =>
            At($"https://gitlab.com/{string.Join('/', path[..dash])}/-/{string.Join('/', rest.Prepend(part))}?format=atom"),
        _ => path.Length >= 2 ? At($"https://gitlab.com/{string.Join('/', path.TakeWhile(p => p != "-"))}.atom") : null,
    };

    private static SiteRule? Bluesky(Uri address, string[] path) => path is ["profile", var name, ..] ? At($"https://bsky.app/profile/{name}/rss") : null;

    // Any server may speak Mastodon; the form of the address is all that there is to go by.
    private static SiteRule? Mastodon(Uri address, string[] path) => path switch
    {
        [['@', not '@', ..] and var name, ..] => new SiteRule.Feeds(new Uri(address, $"/{name}.rss")) { IsGuess = true },
        ["users", var name, ..] => new SiteRule.Feeds(new Uri(address, $"/users/{name}.rss")) { IsGuess = true },
        _ => null,
    };

    private static SiteRule.Feeds At(params string[] addresses) => new([.. addresses.Select(a => new Uri(a))]);

    private static bool IsAt(Uri address, string host) =>
        address.Host == host || (address.Host.EndsWith(host, StringComparison.Ordinal) && address.Host[^(host.Length + 1)] == '.');

    private static string? Subdomain(Uri address, string host) =>
        address.Host.EndsWith("." + host, StringComparison.Ordinal) && address.Host[..^(host.Length + 1)] is var name && name != "www" ? name : null;

    // As it stands in the address, escapes and all.
    private static string? Query(Uri address, string name) => address.Query.TrimStart('?').Split('&')
        .Select(p => p.Split('=', 2)).FirstOrDefault(p => p[0] == name && p.Length == 2 && p[1].Length > 0)?[1];

    private static string TrimStartOnce(this string text, string start) => text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : text;

    private static bool LooksLikeFeed(Uri address) => FeedPath().IsMatch(address.AbsolutePath) || Query(address, "format") is "atom" or "rss";

    [GeneratedRegex(@"\.(rss|atom|xml|rdf|json)$|/(rss|feed|feeds)(/|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex FeedPath();
}
