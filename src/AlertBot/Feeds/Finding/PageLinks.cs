using System.Text.RegularExpressions;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace AlertBot.Feeds.Finding;

/// <summary>
/// The addresses on a page that may be feeds. AngleSharp's tokenizer reads the page; no tree is built, so a page of any depth costs
/// no more than its length.
/// </summary>
internal sealed partial class PageLinks
{
    private const int Most = 24;
    private const string CommentWords = "comment";

    private readonly Uri _page;
    private readonly List<Uri> _declared = [];
    private readonly List<Uri> _comments = [];
    private readonly List<Uri> _anchors = [];
    private Uri _base;
    private (string Href, string Title, string Text)? _anchor;

    private PageLinks(Uri page) => (_page, _base) = (page, page);

    /// <summary>Those that the page declares to be its feeds, in its order.</summary>
    public IReadOnlyList<Uri> Declared => _declared;

    /// <summary>Feeds of what readers wrote below the articles.</summary>
    public IReadOnlyList<Uri> Comments => _comments;

    /// <summary>Links whose address or words speak of feeds, those of the same site first.</summary>
    public IReadOnlyList<Uri> Anchors => [.. _anchors.OrderBy(a => a.Host != _page.Host)];

    /// <summary>Where the page sends its readers by itself.</summary>
    public Uri? Refresh { get; private set; }

    public static PageLinks Read(FeedDocument page, Uri address)
    {
        var links = new PageLinks(address);
        var html = page.Text.Length <= HtmlText.Longest ? page.Text : page.Text[..HtmlText.Longest];
        using var source = new TextSource(new ReadOnlyMemoryTextSource(html.AsMemory()));
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.ResolverExtended) { SkipComments = true };
        while (true)
        {
            ref var token = ref tokenizer.GetStructToken();
            if (token.Type == HtmlTokenType.EndOfFile)
            {
                break;
            }

            links.Take(ref token);
            if (token.Type == HtmlTokenType.StartTag)
            {
                tokenizer.State = ModeOf(token.Name.ToString());
            }
        }

        links.FindChannel(html);
        return links;
    }

    // What stands in a script is not markup.
    private static HtmlParseMode ModeOf(string tag) => tag switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "iframe" or "noframes" or "xmp" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        _ => HtmlParseMode.PCData,
    };

    private void Take(ref StructHtmlToken token)
    {
        switch (token.Type)
        {
            case HtmlTokenType.Character when _anchor is { } open && open.Text.Length < 200:
                _anchor = open with { Text = open.Text + token.Data.ToString() };
                break;
            case HtmlTokenType.EndTag when token.Name == "a":
                CloseAnchor();
                break;
            case HtmlTokenType.StartTag when token.Name == "base" && _base == _page:
                _base = FeedLinks.Base(Value(ref token, "href"), _page) ?? _page;
                break;
            case HtmlTokenType.StartTag when token.Name == "link":
                Declare(Value(ref token, "rel"), Value(ref token, "type"), Value(ref token, "href"), Value(ref token, "title"));
                break;
            case HtmlTokenType.StartTag when token.Name == "meta" && Value(ref token, "http-equiv").Equals("refresh", StringComparison.OrdinalIgnoreCase):
                Refresh ??= RefreshAddress().Match(Value(ref token, "content")) is { Success: true } match ? Resolve(match.Groups["to"].Value) : null;
                break;
            case HtmlTokenType.StartTag when token.Name is var name && (name == "a" || name == "area"):
                CloseAnchor();
                _anchor = (Value(ref token, "href"), $"{Value(ref token, "title")} {Value(ref token, "aria-label")} {Value(ref token, "class")}", "");
                break;
        }
    }

    private void Declare(string rel, string type, string href, string title)
    {
        var relations = rel.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var isFeed = relations.Contains("feed", StringComparer.OrdinalIgnoreCase)
            || (relations.Contains("alternate", StringComparer.OrdinalIgnoreCase) && (FeedType().IsMatch(type) || (type.Length == 0 && FeedPath().IsMatch(href))));
        if (isFeed && !OEmbed().IsMatch(href))
        {
            Add(IsOfComments(href, title) ? _comments : _declared, Resolve(href));
        }
    }

    private void CloseAnchor()
    {
        if (_anchor is var (href, title, text) && (FeedPath().IsMatch(href) || FeedWords().IsMatch(text.Trim()) || FeedWords().IsMatch(title.Trim())))
        {
            Add(IsOfComments(href, text) ? _comments : _anchors, Resolve(href));
        }

        _anchor = null;
    }

    // A channel's page declares its feed only now and then, but always says which channel it is.
    private void FindChannel(string html)
    {
        if ((_page.Host == "youtube.com" || _page.Host.EndsWith(".youtube.com", StringComparison.Ordinal)) && _declared.Count == 0
            && ChannelId().Match(html) is { Success: true } match)
        {
            _declared.Add(new Uri($"https://www.youtube.com/feeds/videos.xml?channel_id={match.Groups["id"].Value}"));
        }
    }

    private void Add(List<Uri> links, Uri? address)
    {
        if (address is not null && links.Count < Most && !links.Contains(address) && address != _page)
        {
            links.Add(address);
        }
    }

    private Uri? Resolve(string href) => FeedLinks.Resolve(FeedScheme().Replace(href.Trim(), ""), _base) is { } link && FeedAddress.TryParse(link, out var address, out _) ? address : null;

    private static string Value(ref StructHtmlToken token, string name) => token.GetAttribute(name).ToString();

    private static bool IsOfComments(string href, string title) =>
        href.Contains("/comments", StringComparison.OrdinalIgnoreCase) || href.Contains("feed=comments", StringComparison.OrdinalIgnoreCase) || title.Contains(CommentWords, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^\s*(application|text)/((rss|atom|rdf|feed)\+?(xml|json)?|xml)\b|^\s*application/(x-)?(rss|atom)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex FeedType();

    [GeneratedRegex(@"(^|[/._?=&-])(rss|atom|feeds?|rdf)\d?([/._?=&-]|$)|/index\.xml$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex FeedPath();

    [GeneratedRegex(@"^(rss|atom|xml|web ?feed|feeds?|subscribe)\b.{0,20}$|\b(rss|atom) ?feed\b|\brss\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex FeedWords();

    // WordPress declares the address of its embeds next to its feeds.
    [GeneratedRegex("oembed|/wp-json", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex OEmbed();

    [GeneratedRegex(@"url\s*=\s*['""]?(?<to>[^'""\s>]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex RefreshAddress();

    [GeneratedRegex("^feed:(//)?(?=http)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex FeedScheme();

    [GeneratedRegex("(itemprop=\"(identifier|channelId)\" content=\"|\"externalId\":\"|href=\"https://www\\.youtube\\.com/channel/)(?<id>UC[A-Za-z0-9_-]{22})\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ChannelId();
}
