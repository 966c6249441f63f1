using AlertBot.Feeds.Markup;

namespace AlertBot.Feeds.Opml;

/// <summary>
/// Reads OPML 1.0 and 2.0, however badly it was written: names in any case, folders as deep as they come, tags that were never
/// closed, no version, no head. Nothing that a document type declares is looked at. It takes time in proportion to the text.
/// http://opml.org/spec2.opml
/// </summary>
internal sealed class OpmlReader
{
    private const int MostFeeds = 20_000;
    private const int MostFaults = 1_000;
    private const int MostLabels = 10;
    private const int LongestText = 200;

    private readonly List<OpmlFeed> _feeds = [];
    private readonly List<OpmlFault> _faults = [];
    private readonly HashSet<Uri> _seen = [];

    // The open outlines: folders with their names, feeds with none.
    private readonly Stack<string?> _open = new();
    private readonly XmlEntities _entities = new();
    private readonly string _text;
    private (int At, int Line) _counted = (0, 1);
    private string? _title;
    private int _repeated;
    private bool _isOpml;
    private bool _isFull;

    private OpmlReader(string text) => _text = text;

    /// <returns>Null where there is neither an OPML element nor an outline with a feed's address.</returns>
    public static OpmlDocument? Read(string text) => new OpmlReader(text).Read();

    private OpmlDocument? Read()
    {
        var scanner = new TagScanner(_text);
        var inTitle = false;
        while (!_isFull && scanner.Next())
        {
            switch (scanner.Kind)
            {
                case TagKind.Start when Is(scanner, "opml"):
                    _isOpml = true;
                    break;
                case TagKind.Start when Is(scanner, "outline"):
                    Outline(scanner);
                    break;
                case TagKind.Start:
                    inTitle = _title is null && _open.Count == 0 && !scanner.IsSelfClosing && Is(scanner, "title");
                    break;
                case TagKind.End when Is(scanner, "outline"):
                    _open.TryPop(out _);
                    break;
                case TagKind.End:
                    inTitle = false;
                    break;
                case TagKind.Text or TagKind.Raw when inTitle && Clean(scanner.Kind == TagKind.Raw ? scanner.Value.ToString() : _entities.Decode(scanner.Value)) is { } title:
                    _title = title;
                    break;
            }
        }

        return _isOpml || _feeds.Count > 0 ? new OpmlDocument(_title, _feeds, _faults, _repeated) : null;
    }

    private void Outline(TagScanner scanner)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in scanner.Attributes)
        {
            given.TryAdd(name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..], _entities.Decode(value));
        }

        var title = Clean(given.GetValueOrDefault("title")) ?? Clean(given.GetValueOrDefault("text"));
        var address = AddressIn(given);
        if (address is not null)
        {
            Feed(address, title, given, LineOf(scanner.Position));
        }

        if (!scanner.IsSelfClosing)
        {
            _open.Push(address is null ? title : null);
        }
    }

    // Some lists give the address as url, which is a link's attribute, but say that it is a feed.
    private static string? AddressIn(Dictionary<string, string> given) =>
        given.GetValueOrDefault("xmlUrl") is { } address && !string.IsNullOrWhiteSpace(address) ? address
        : given.GetValueOrDefault("type") is { } type && type.Trim().ToUpperInvariant() is "RSS" or "ATOM" or "FEED"
            ? given.GetValueOrDefault("xmlUrl") ?? given.GetValueOrDefault("url") ?? ""
            : null;

    private void Feed(string address, string? title, Dictionary<string, string> given, int line)
    {
        if (!FeedAddress.TryParse(Normal(address), out var feed, out var why))
        {
            Fault(line, string.IsNullOrWhiteSpace(address) ? $"“{title ?? "an outline"}” says that it is a feed, but has no address (xmlUrl)." : why);
        }
        else if (_seen.Contains(feed) || _seen.Contains(FeedAddress.OtherScheme(feed)))
        {
            _repeated++;
        }
        else if (_feeds.Count == MostFeeds)
        {
            _isFull = true;
            Fault(line, $"Only the first {MostFeeds} feeds are read; the rest begins here. Split the file.");
        }
        else
        {
            _seen.Add(feed);
            _feeds.Add(new OpmlFeed(feed, title == address ? null : title, Labels(given), line)
            {
                Site = FeedAddress.TryParse(given.GetValueOrDefault("htmlUrl") ?? "", out var site, out _) ? site : null,
            });
        }
    }

    // feed://host/path and feed:https://host/path are what browsers once wrote for a feed.
    private static string Normal(string address)
    {
        var trimmed = address.Trim();
        return trimmed.StartsWith("feed://", StringComparison.OrdinalIgnoreCase) ? "http://" + trimmed["feed://".Length..]
            : trimmed.StartsWith("feed:", StringComparison.OrdinalIgnoreCase) ? trimmed["feed:".Length..]
            : trimmed;
    }

    /// <summary>https://opml.org/spec2.opml#1629043127000: categories are comma-separated, each perhaps a path with slashes.</summary>
    private string[] Labels(Dictionary<string, string> given)
    {
        var categories = (given.GetValueOrDefault("category") ?? "").Split(',').Select(c => Clean(c.Trim().Trim('/')));
        return [.. _open.Reverse().Concat(categories).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(MostLabels)];
    }

    private void Fault(int line, string why)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Add(new OpmlFault(line, why));
        }
    }

    private int LineOf(int position)
    {
        _counted = (position, _counted.Line + _text.AsSpan(_counted.At, position - _counted.At).Count('\n'));
        return _counted.Line;
    }

    private static bool Is(TagScanner scanner, string name)
    {
        var tag = scanner.Value;
        return tag[(tag.IndexOf(':') + 1)..].Equals(name, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // Some lists are escaped twice.
        var plain = text.Contains('&', StringComparison.Ordinal) && text.Contains(';', StringComparison.Ordinal) ? HtmlText.Line(text) : text;
        var words = string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return words.Length == 0 ? null : words.Length <= LongestText ? words : words[..(char.IsHighSurrogate(words[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }
}
