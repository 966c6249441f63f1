namespace AlertBot.Feeds.Finding;

/// <summary>
/// One search: candidates are asked in the order of how likely they are feeds, until one kind of them brought some or the requests
/// are used up. A site that closes its door is not asked again.
/// </summary>
internal sealed class FeedSearch
{
    public const int MostRequests = 12;

    private const int MostRefusals = 3;
    private const int MostAnchors = 6;

    private static readonly string[] CommonPaths =
        ["feed/", "rss", "rss.xml", "atom.xml", "feed.xml", "index.xml", "feeds/posts/default", "?feed=rss2", "feed.json", "rss/feed.xml"];

    private readonly FeedFetcher _fetcher;
    private readonly IReadOnlyList<Uri> _meant;
    private readonly SiteRule? _rule;
    private readonly PriorityQueue<Uri, (Kind Kind, int Order)> _candidates = new();
    private readonly HashSet<Uri> _known = [];
    private readonly Dictionary<string, int> _refusals = [];
    private readonly List<FoundFeed> _found = [];
    private Kind _foundAs;
    private string? _trouble;
    private int _requests;
    private int _order;

    public FeedSearch(FeedFetcher fetcher, IReadOnlyList<Uri> meant, SiteRule? rule)
    {
        (_fetcher, _meant, _rule) = (fetcher, meant, rule);
        Add(Kind.Rule, (rule as SiteRule.Feeds)?.Addresses ?? []);
        if (rule is not SiteRule.Feeds { IsGuess: false })
        {
            Add(Kind.Typed, [meant[0]]);
        }
    }

    // In the order in which they are asked.
    private enum Kind
    {
        Rule,
        Typed,
        Declared,
        Anchor,
        Home,
        Common,
        Comments,
    }

    public FindResult Result => _found.Count > 0
        ? new FindResult.Found(WithoutTwins(_found))
        : new FindResult.Nothing(Why());

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (_requests < MostRequests && _candidates.TryDequeue(out var address, out var rank) && !IsEnough(rank.Kind))
        {
            if (_refusals.GetValueOrDefault(Door(address)) < MostRefusals)
            {
                _requests++;
                Take(address, rank.Kind, await _fetcher.FetchAsync(address, null, null, cancellationToken));
            }
        }
    }

    // One place of the usual ones is enough; of what a page declares all is read.
    private bool IsEnough(Kind next) => _found.Count > 0 && (next > _foundAs || next is Kind.Typed or Kind.Common);

    private void Take(Uri address, Kind kind, FetchResult result)
    {
        switch (result)
        {
            case FetchResult.Fetched fetched when FeedParser.Parse(fetched.Document) is FeedReading.Parsed(var feed):
                Accept(new FoundFeed(address, fetched.MovedTo ?? address, feed), kind);
                break;
            case FetchResult.Fetched fetched:
                Note(kind, "what is there is no feed");
                Follow(PageLinks.Read(fetched.Document, fetched.Document.BaseAddress ?? address), fetched.Document.BaseAddress ?? address, kind);
                break;
            case { Trouble: { } why }:
                Refused(address, kind, why, result switch
                {
                    FetchResult.Gone or FetchResult.Failed(FetchFault.Missing or FetchFault.NotAFeed or FetchFault.TooLarge or FetchFault.Redirects, _) => 0,
                    FetchResult.Failed(FetchFault.Challenge or FetchFault.Refused or FetchFault.Login or FetchFault.Site or FetchFault.Broken, _) => 1,
                    _ => MostRefusals,
                });
                break;
        }
    }

    private void Accept(FoundFeed feed, Kind kind)
    {
        if (_found.TrueForAll(f => f.Address != feed.Address && f.Address != FeedAddress.OtherScheme(feed.Address)))
        {
            _found.Add(feed);
            _foundAs = kind;
        }
    }

    private void Follow(PageLinks links, Uri page, Kind kind)
    {
        // A link on a page that some link led to may lead to feeds, but no further.
        Add(Kind.Declared, links.Declared);
        Add(Kind.Anchor, links.Anchors.Take(MostAnchors));
        Add(Kind.Comments, links.Comments);
        Add(Kind.Home, links.Refresh is { } elsewhere ? [elsewhere] : []);
        if (kind is Kind.Typed)
        {
            Guess(page);
        }
    }

    private void Refused(Uri address, Kind kind, string why, int weight)
    {
        Note(kind, why);
        var refusals = _refusals[Door(address)] = _refusals.GetValueOrDefault(Door(address)) + weight;
        if (kind is not Kind.Typed)
        {
            return;
        }

        // Without https:// it may be the other scheme that was meant.
        if (refusals >= MostRefusals && address == _meant[0] && _meant is [_, var other])
        {
            Add(Kind.Typed, [other]);
        }
        else
        {
            Guess(address);
        }
    }

    private void Guess(Uri address)
    {
        if (_rule is SiteRule.Page)
        {
            return;
        }

        var home = new Uri(address, "/");
        var folder = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        Add(Kind.Home, [home]);
        Add(Kind.Common, folder == home ? [] : [new Uri(folder, CommonPaths[0]), new Uri(folder, CommonPaths[2])]);
        Add(Kind.Common, CommonPaths.Select(p => new Uri(home, p)));
    }

    private void Add(Kind kind, IEnumerable<Uri> addresses)
    {
        foreach (var address in addresses.Where(_known.Add))
        {
            _candidates.Enqueue(address, (kind, _order++));
        }
    }

    private static string Door(Uri address) => address.GetLeftPart(UriPartial.Authority);

    // What befell the address that was given says more than what befell the guesses after it.
    private void Note(Kind kind, string why) => _trouble = kind is Kind.Typed or Kind.Rule ? why : _trouble ?? why;

    private string Why()
    {
        var where = _meant[0].Host;
        return (_rule, _trouble) switch
        {
            (SiteRule.Page page, "what is there is no feed") => page.Otherwise,
            (_, null) => $"{where} did not answer within a minute",
            (_, var trouble) when _requests > 1 => $"{trouble}. {_requests} addresses of the site were tried: none of them is a feed. If you know the feed's own address, give that",
            (_, var trouble) => trouble,
        };
    }

    // The same items as RSS, Atom and JSON are one feed in three clothes; the first is taken.
    private static List<FoundFeed> WithoutTwins(IReadOnlyList<FoundFeed> found)
    {
        var kept = new List<FoundFeed>();
        foreach (var feed in found)
        {
            if (!kept.Exists(k => AreTwins(k.Feed, feed.Feed)))
            {
                kept.Add(feed);
            }
        }

        return kept;
    }

    private static bool AreTwins(ParsedFeed one, ParsedFeed other)
    {
        var (a, b) = (Titles(one), Titles(other));
        return a.Count > 0 && b.Count > 0 && a.Intersect(b).Count() >= 0.8 * a.Union(b).Count();

        static HashSet<string> Titles(ParsedFeed feed) => [.. feed.Entries.Select(e => e.Title.Length > 0 ? e.Title : e.Link ?? "")];
    }
}
