namespace AlertBot.Feeds.Markup;

/// <summary>What a scanned piece of a document is.</summary>
internal enum TagKind
{
    Text,
    Raw,
    Doctype,
    Start,
    End,
}

/// <summary>
/// Cuts a text into tags and what stands between them, without regard to nesting. Anything that cannot be a tag is text.
/// Every character is looked at a bounded number of times.
/// </summary>
internal sealed class TagScanner(string text)
{
    private readonly List<(string Name, string Value)> _attributes = [];
    private int _at;
    private bool _noMoreComments;
    private bool _noMoreRaw;
    private bool _noMoreFields;
    private bool _isPastDoctype;
    private (int Start, int Length) _value;

    public TagKind Kind { get; private set; }

    /// <summary>The text itself, the name of a tag, or the whole of a document type declaration.</summary>
    public ReadOnlySpan<char> Value => text.AsSpan(_value.Start, _value.Length);

    /// <summary>Where <see cref="Value"/> begins in the text.</summary>
    public int Position => _value.Start;

    public bool IsSelfClosing { get; private set; }

    public IReadOnlyList<(string Name, string Value)> Attributes => _attributes;

    public bool Next()
    {
        while (_at < text.Length)
        {
            var plain = TextLength(_at);
            if (plain > 0)
            {
                return Found(TagKind.Text, _at, plain);
            }

            var rest = text.AsSpan(_at);
            if (rest.StartsWith("<![CDATA[", StringComparison.OrdinalIgnoreCase))
            {
                return Raw();
            }

            if (rest[1] == '/')
            {
                return EndTag();
            }

            if (rest[1] is not ('!' or '?'))
            {
                return StartTag();
            }

            if (!_isPastDoctype && rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase))
            {
                return Doctype();
            }

            SkipDeclaration(rest);
        }

        return false;
    }

    /// <summary>How much text there is before something that can be a tag.</summary>
    private int TextLength(int start)
    {
        var at = start;
        while (text.AsSpan(at).IndexOf('<') is var next and >= 0)
        {
            at += next + 1;
            var first = at < text.Length ? text[at] : ' ';
            if (first is '!' or '?' || IsNameStart(first) || (first == '/' && at + 1 < text.Length && IsNameStart(text[at + 1])))
            {
                return at - 1 - start;
            }
        }

        return text.Length - start;
    }

    private bool Found(TagKind kind, int start, int length)
    {
        (Kind, _value, _at) = (kind, (start, length), start + length);
        return true;
    }

    private bool Raw()
    {
        var start = _at + "<![CDATA[".Length;
        var length = _noMoreRaw ? -1 : text.AsSpan(start).IndexOf("]]>");
        _noMoreRaw = length < 0;
        if (!_noMoreRaw)
        {
            Found(TagKind.Raw, start, length);
            _at += "]]>".Length;
            return true;
        }

        return Found(TagKind.Raw, start, UnclosedRawEnd(start) - start);
    }

    // Up to the closing tag of a feed's field, or to the end of a document cut short.
    private int UnclosedRawEnd(int start)
    {
        var at = start;
        while (!_noMoreFields && text.AsSpan(at).IndexOf("</") is var next and >= 0)
        {
            at += next + 2;
            var name = text.AsSpan(at, NameEnd(at) - at);
            if (FeedShape.IsField(name[(name.IndexOf(':') + 1)..].ToString().ToLowerInvariant()))
            {
                return at - 2;
            }
        }

        _noMoreFields = true;
        return text.Length;
    }

    private bool Doctype()
    {
        _isPastDoctype = true;
        var depth = 0;
        for (var i = _at; i < text.Length; i++)
        {
            var c = text[i];
            depth += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (c == '>' && depth <= 0)
            {
                return Found(TagKind.Doctype, _at, i + 1 - _at);
            }
        }

        // Its inner part never ends: it is taken for a short one.
        var end = text.AsSpan(_at + 1).IndexOfAny('<', '>');
        return Found(TagKind.Doctype, _at, end < 0 ? text.Length - _at : text[_at + 1 + end] == '>' ? end + 2 : end + 1);
    }

    private void SkipDeclaration(ReadOnlySpan<char> rest)
    {
        if (!_noMoreComments && rest.StartsWith("<!--"))
        {
            var close = rest[4..].IndexOf("-->");
            _noMoreComments = close < 0;
            if (close >= 0)
            {
                _at += 4 + close + 3;
                return;
            }
        }

        var end = rest.IndexOf('>');
        _at = end < 0 ? text.Length : _at + end + 1;
    }

    private bool EndTag()
    {
        var start = _at + 2;
        _at = NameEnd(start);
        var length = _at - start;
        var close = text.AsSpan(_at).IndexOfAny('<', '>');
        var end = close < 0 ? text.Length : text[_at + close] == '>' ? _at + close + 1 : _at + close;
        Found(TagKind.End, start, length);
        _at = end;
        return true;
    }

    private bool StartTag()
    {
        var start = _at + 1;
        _at = NameEnd(start);
        _value = (start, _at - start);
        Kind = TagKind.Start;
        IsSelfClosing = false;
        _attributes.Clear();
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c == '<')
            {
                return true;
            }

            _at++;
            if (c == '>')
            {
                return true;
            }

            IsSelfClosing = c == '/' || (IsSelfClosing && char.IsWhiteSpace(c));
            if (!char.IsWhiteSpace(c) && c != '/')
            {
                Attribute(_at - 1);
            }
        }

        return true;
    }

    private void Attribute(int start)
    {
        var name = AttributeNameEnd(start);
        _at = SkipSpace(name);
        var value = (Start: _at, Length: 0);
        if (_at < text.Length && text[_at] == '=')
        {
            _at = SkipSpace(_at + 1);
            value = AttributeValue();
        }
        else
        {
            _at = Math.Max(name, start + 1);
        }

        if (name > start && _attributes.Count < MarkupLimits.Attributes)
        {
            _attributes.Add((text[start..name], text.Substring(value.Start, value.Length)));
        }
    }

    private (int Start, int Length) AttributeValue()
    {
        if (_at < text.Length && text[_at] is '"' or '\'')
        {
            var quote = text[_at];
            var close = text.AsSpan(_at + 1).IndexOf(quote);
            var after = _at + close + 2;
            if (close >= 0 && (after >= text.Length || text[after] is '>' or '/' or '?' || char.IsWhiteSpace(text[after])))
            {
                var quoted = (_at + 1, close);
                _at = after;
                return quoted;
            }

            _at++;
        }

        var start = _at;
        while (_at < text.Length && text[_at] is not ('>' or '<' or '"' or '\'') && !char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        var isClosingSlash = _at < text.Length && text[_at] == '>' && _at > start && text[_at - 1] == '/';
        _at -= isClosingSlash ? 1 : 0;
        return (start, _at - start);
    }

    private int NameEnd(int at)
    {
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or ':' or '-' or '.'))
        {
            at++;
        }

        return at;
    }

    private int AttributeNameEnd(int at)
    {
        while (at < text.Length && text[at] is not ('=' or '>' or '<' or '/') && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private int SkipSpace(int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';
}
