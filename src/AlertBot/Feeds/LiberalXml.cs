using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using AngleSharp.Html;

namespace AlertBot.Feeds;

/// <summary>
/// Makes a tree of what was meant to be XML: bare ampersands and HTML entities, unclosed and crossed tags, unquoted and
/// repeated attributes, stray characters, text before the prolog, an end in the middle. It never fails, and its time is
/// linear in the length of the text.
/// </summary>
internal sealed partial class LiberalXml
{
    private static readonly Dictionary<string, string> UsualPrefixes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dc"] = FeedNames.DublinCore, ["content"] = FeedNames.Content, ["rdf"] = FeedNames.Rdf, ["atom"] = FeedNames.Atom, ["media"] = FeedNames.Media,
        ["itunes"] = FeedNames.Itunes, ["feedburner"] = FeedNames.FeedBurner, ["xml"] = XNamespace.Xml.NamespaceName,
    };

    private const int MaxName = 200;

    private readonly string _text;
    private readonly List<(XElement Element, string RawName, int Scopes)> _open = [];
    private readonly List<(string Prefix, string Uri)> _scopes = [];
    private XElement? _root;

    private LiberalXml(string text) => _text = text;

    public static XElement? Read(string text)
    {
        var reader = new LiberalXml(text);
        reader.ReadAll();
        return reader._root;
    }

    private void ReadAll()
    {
        for (var at = 0; at < _text.Length;)
        {
            var open = _text.IndexOf('<', at);
            AddText(_text.AsSpan(at, (open < 0 ? _text.Length : open) - at), decode: true);
            if (open < 0)
            {
                return;
            }

            at = ReadMarkup(open);
        }
    }

    /// <returns>Where to go on.</returns>
    private int ReadMarkup(int open)
    {
        var rest = _text.AsSpan(open);
        if (rest.StartsWith("<![CDATA["))
        {
            var end = After(open + 9, "]]>", out var next);
            AddText(_text.AsSpan(open + 9, end - open - 9), decode: false);
            return next;
        }

        if (rest.StartsWith("<!--"))
        {
            After(open + 4, "-->", out var next);
            return next;
        }

        if (rest.StartsWith("<?"))
        {
            After(open + 2, "?>", out var next);
            return next;
        }

        if (rest.StartsWith("<!"))
        {
            return AfterDeclaration(open);
        }

        return ReadTag(open);
    }

    // A tag ends at the first > outside quotation marks; quotation marks that do not close before the next < are ignored.
    private int ReadTag(int open)
    {
        var isClose = open + 1 < _text.Length && _text[open + 1] == '/';
        var nameStart = open + (isClose ? 2 : 1);
        var nameEnd = nameStart;
        while (nameEnd < _text.Length && (char.IsLetterOrDigit(_text[nameEnd]) || _text[nameEnd] is '_' or ':' or '-' or '.'))
        {
            nameEnd++;
        }

        if (nameEnd == nameStart || nameEnd - nameStart > MaxName || !(char.IsLetter(_text[nameStart]) || _text[nameStart] == '_'))
        {
            AddText("<", decode: false);
            return open + 1;
        }

        var end = EndOfTag(nameEnd);
        var name = _text[nameStart..nameEnd];
        var isEmpty = end > nameEnd && _text[end - 1] == '/';
        if (isClose)
        {
            Close(name);
        }
        else
        {
            Open(name, _text[nameEnd..end], isEmpty);
        }

        return end < _text.Length && _text[end] == '>' ? end + 1 : end;
    }

    private int EndOfTag(int from)
    {
        var next = _text.IndexOf('<', from);
        var tag = _text.AsSpan(from, (next < 0 ? _text.Length : next) - from);
        for (var i = 0; i < tag.Length; i++)
        {
            if (tag[i] == '>')
            {
                return from + i;
            }

            if (tag[i] is '"' or '\'' && tag[(i + 1)..].IndexOf(tag[i]) is var quoted and >= 0)
            {
                i += quoted + 1;
            }
        }

        var plain = tag.IndexOf('>');
        return from + (plain < 0 ? tag.Length : plain);
    }

    private int After(int from, string mark, out int next)
    {
        var end = _text.IndexOf(mark, Math.Min(from, _text.Length), StringComparison.Ordinal);
        next = end < 0 ? _text.Length : end + mark.Length;
        return end < 0 ? _text.Length : end;
    }

    // <!DOCTYPE x [ ... ]>: skipped whole, entity declarations included.
    private int AfterDeclaration(int open)
    {
        var close = _text.IndexOf('>', open);
        var subset = _text.IndexOf('[', open);
        if (subset >= 0 && subset < close)
        {
            var end = _text.IndexOf(']', subset);
            close = end < 0 ? -1 : _text.IndexOf('>', end);
        }

        return close < 0 ? _text.Length : close + 1;
    }

    private void Open(string rawName, string attributes, bool isEmpty)
    {
        if (_root is not null && _open.Count == 0)
        {
            // Something after the end of the document.
            return;
        }

        var scopes = _scopes.Count;
        var values = new List<(string Name, string Value)>();
        foreach (Match match in Attribute().Matches(attributes))
        {
            var (name, value) = (match.Groups["name"].Value, Decode(match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["bare"].Value));
            if (name == "xmlns" || name.StartsWith("xmlns:", StringComparison.Ordinal))
            {
                _scopes.Add((name == "xmlns" ? "" : name[6..], value));
            }
            else
            {
                values.Add((name, value));
            }
        }

        var element = new XElement(Resolve(rawName, isAttribute: false));
        foreach (var (name, value) in values)
        {
            element.SetAttributeValue(Resolve(name, isAttribute: true), value);
        }

        _root ??= element;
        if (_open.Count > 0)
        {
            _open[^1].Element.Add(element);
        }

        if (isEmpty || _open.Count >= FeedXml.MaxDepth)
        {
            _scopes.RemoveRange(scopes, _scopes.Count - scopes);
        }
        else
        {
            _open.Add((element, rawName, scopes));
        }
    }

    // Closes the nearest element of that name and all that was left open in it. A close without an open is skipped.
    private void Close(string rawName)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (string.Equals(_open[i].RawName, rawName, StringComparison.OrdinalIgnoreCase))
            {
                _scopes.RemoveRange(_open[i].Scopes, _scopes.Count - _open[i].Scopes);
                _open.RemoveRange(i, _open.Count - i);
                return;
            }
        }
    }

    private XName Resolve(string rawName, bool isAttribute)
    {
        var colon = rawName.IndexOf(':', StringComparison.Ordinal);
        var (prefix, local) = colon < 0 ? ("", rawName) : (rawName[..colon], rawName[(colon + 1)..].Replace(':', '_'));
        var safe = XmlConvert.EncodeLocalName(local.Length > 0 ? local : "_");
        if (isAttribute && prefix.Length == 0)
        {
            return safe;
        }

        for (var i = _scopes.Count - 1; i >= 0; i--)
        {
            if (_scopes[i].Prefix == prefix)
            {
                return XName.Get(safe, _scopes[i].Uri);
            }
        }

        return XName.Get(safe, UsualPrefixes.GetValueOrDefault(prefix, ""));
    }

    private void AddText(ReadOnlySpan<char> text, bool decode)
    {
        if (_open.Count > 0 && text.Length > 0)
        {
            var value = text.ToString();
            _open[^1].Element.Add(new XText(decode ? Decode(value) : value));
        }
    }

    private static string Decode(string text) =>
        text.Contains('&', StringComparison.Ordinal) ? Entity().Replace(text, m => Entity(m.Value, m.Groups[1].Value)) : text;

    private static string Entity(string whole, string name)
    {
        if (name[0] != '#')
        {
            return HtmlEntityProvider.Resolver.GetSymbol(name + ";") ?? whole;
        }

        var isHex = name[1] is 'x' or 'X';
        return int.TryParse(name[(isHex ? 2 : 1)..], isHex ? System.Globalization.NumberStyles.HexNumber : System.Globalization.NumberStyles.None, null, out var code) && Rune.IsValid(code)
            ? new Rune(code).ToString()
            : whole;
    }

    [GeneratedRegex("""(?<name>[\p{L}_][\p{L}\p{Nd}_.:-]*)\s*=\s*(?:"(?<quoted>[^"]*)"|'(?<quoted>[^']*)'|(?<bare>[^\s"'>]+))""", RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();

    [GeneratedRegex("""&(#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});""", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();
}
