using System.Buffers;
using System.Text;

namespace AlertBot.Feeds;

/// <summary>How a text's own line breaks are read.</summary>
internal enum LineBreaks
{
    /// <summary>As spaces, as HTML reads them.</summary>
    Folded,

    /// <summary>A blank line ends a paragraph, a single break is a space.</summary>
    BlankLines,

    /// <summary>Each break stays.</summary>
    Kept,
}

/// <summary>
/// Writes plain text from runs of text and tags: white space is folded, paragraphs stand apart by a blank line, and characters that
/// cannot be seen are left out. A flow for one line turns every break into a space. Read it once, at the end.
/// </summary>
internal sealed class TextFlow(bool isLine, int expected)
{
    // Listed are the characters that are not simply copied: white space other than the space, controls, marks of zero width, bidi controls.
    private static readonly SearchValues<char> Special = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x22)).Concat(Enumerable.Range(0x2000, 0x10))
            .Concat(Enumerable.Range(0x2028, 8)).Concat(Enumerable.Range(0x205F, 0x11)).Concat(Enumerable.Range(0xFFF9, 3))
            .Select(code => (char)code),
        '\u00AD', '\u061C', '\u1680', '\u180E', '\u3000', '\uFEFF', '\uFFFE', '\uFFFF',
    ]);

    private char[] _buffer = ArrayPool<char>.Shared.Rent(Math.Max(expected, 64));
    private int _length;
    private Break _pending;
    private bool _isItem;
    private int _preformatted;
    private int _lineBreaks;
    private (string Name, int Depth) _dropped;

    private enum Break
    {
        None,
        Space,
        Line,
        Paragraph,
    }

    public LineBreaks LineBreaks { get; set; }

    public void Start(HtmlTag tag, ReadOnlySpan<char> name)
    {
        if (_dropped.Depth > 0)
        {
            _dropped.Depth += name.Equals(_dropped.Name, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            return;
        }

        switch (tag)
        {
            case HtmlTag.Dropped:
                _dropped = (name.ToString(), 1);
                break;
            case HtmlTag.Break:
                // The second of two breaks makes the blank line.
                Wait(_pending >= Break.Line ? Break.Paragraph : Break.Line);
                break;
            case HtmlTag.Preformatted:
                _preformatted++;
                Wait(Break.Paragraph);
                break;
            case HtmlTag.Item:
                Wait(Break.Line);
                _isItem = !isLine;
                break;
            default:
                Around(tag);
                break;
        }
    }

    public void End(HtmlTag tag, ReadOnlySpan<char> name)
    {
        if (_dropped.Depth > 0)
        {
            _dropped.Depth -= name.Equals(_dropped.Name, StringComparison.OrdinalIgnoreCase) ? 1 : 0;
            return;
        }

        switch (tag)
        {
            case HtmlTag.Preformatted:
                _preformatted = Math.Max(0, _preformatted - 1);
                Wait(Break.Paragraph);
                break;
            case HtmlTag.Item:
                Wait(Break.Line);
                _isItem = false;
                break;
            default:
                Around(tag);
                break;
        }
    }

    public void Text(ReadOnlySpan<char> text)
    {
        if (_dropped.Depth > 0)
        {
            return;
        }

        if (text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            text = WithoutHalves(text);
        }

        while (text.IndexOfAny(Special) is var at and >= 0)
        {
            Run(text[..at]);
            One(text[at], at + 1 < text.Length ? text[at + 1] : ' ');
            text = text[(at + 1)..];
        }

        Run(text);
    }

    /// <summary>The text written. The flow is spent.</summary>
    public override string ToString()
    {
        var text = new string(_buffer, 0, _length);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
        return text;
    }

    private void Around(HtmlTag tag)
    {
        switch (tag)
        {
            case HtmlTag.Block:
                Wait(Break.Paragraph);
                break;
            case HtmlTag.Line:
                Wait(Break.Line);
                break;
            case HtmlTag.Cell:
                Wait(Break.Space);
                break;
        }
    }

    private void Wait(Break wanted) => _pending = wanted > _pending ? wanted : _pending;

    private void Run(ReadOnlySpan<char> run)
    {
        while (!run.IsEmpty)
        {
            if (run[0] == ' ')
            {
                Wait(Break.Space);
                run = run.TrimStart(' ');
                continue;
            }

            var end = run.IndexOf("  ");
            end = end >= 0 ? end : run[^1] == ' ' ? run.Length - 1 : run.Length;
            Append(run[..end]);
            run = run[end..];
        }
    }

    private void One(char c, char next)
    {
        if (c is >= '\u0080' and <= '\u009F')
        {
            // Nobody means these controls: they are windows-1252 under the number of its bytes, as in &#146;.
            c = FeedCharset.OfByte(c);
            if (c > '\u009F')
            {
                Append([c]);
            }
        }
        else if (c is '\n' or '\u2028' or '\u2029')
        {
            _lineBreaks++;
            var kept = _preformatted > 0 || LineBreaks == LineBreaks.Kept;
            Wait(kept ? _lineBreaks > 1 ? Break.Paragraph : Break.Line
                : LineBreaks == LineBreaks.BlankLines && _lineBreaks > 1 ? Break.Paragraph
                : Break.Space);
        }
        else if (char.IsWhiteSpace(c))
        {
            Wait(Break.Space);
        }
        else if (c is '\u200C' or '\u200D' && IsJoining(next))
        {
            Append([c]);
        }
    }

    // Persian and Indic words and the emoji of several people need their joiners; between Latin letters they only hide.
    private bool IsJoining(char next) => _pending == Break.None && _length > 0 && _buffer[_length - 1] > '\u05FF' && next > '\u05FF';

    private void Append(ReadOnlySpan<char> run)
    {
        Reserve(run.Length + 4);
        if (_length > 0 && _pending != Break.None)
        {
            var between = isLine || _pending == Break.Space ? " " : _pending == Break.Line ? "\n" : "\n\n";
            between.CopyTo(_buffer.AsSpan(_length));
            _length += between.Length;
        }

        if (_isItem)
        {
            "- ".CopyTo(_buffer.AsSpan(_length));
            _length += 2;
        }

        run.CopyTo(_buffer.AsSpan(_length));
        _length += run.Length;
        (_pending, _isItem, _lineBreaks) = (Break.None, false, 0);
    }

    private void Reserve(int more)
    {
        if (_length + more <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + more, _buffer.Length * 2));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = larger;
    }

    // Half a surrogate pair is no character and would be an error further on.
    private static string WithoutHalves(ReadOnlySpan<char> text)
    {
        var whole = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                whole.Append(text[i]);
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                whole.Append(text.Slice(i++, 2));
            }
        }

        return whole.ToString();
    }
}
