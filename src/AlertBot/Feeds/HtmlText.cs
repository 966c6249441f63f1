using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

namespace AlertBot.Feeds;

/// <summary>
/// Makes plain text of HTML. AngleSharp's tokenizer reads the markup; no tree is built, so depth costs nothing. What only looks like a
/// tag, as in <c>AT&amp;T &lt;3</c>, stays as text.
/// </summary>
internal static class HtmlText
{
    /// <summary>Markup beyond this many characters is not read.</summary>
    public const int Longest = 4_000_000;

    /// <summary>Paragraphs set apart by a blank line.</summary>
    public static string Plain(string html) => Write(html, isLine: false);

    /// <summary>One line, for titles and names.</summary>
    public static string Line(string html) => Write(html, isLine: true);

    /// <summary>Writes a piece of HTML into a flow that may hold more.</summary>
    public static void Write(string html, TextFlow flow, bool isLine)
    {
        if (!html.AsSpan().ContainsAny('<', '&'))
        {
            flow.Text(html);
            return;
        }

        var within = html.Length <= Longest ? html : html[..Longest];
        if (within.Contains("<![CDATA[", StringComparison.Ordinal))
        {
            // HTML knows no such section and would take its text for a comment.
            within = within.Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal);
        }

        using var reading = new Reading(within, flow, isLine);
        reading.Run();
    }

    private static string Write(string html, bool isLine)
    {
        var flow = new TextFlow(isLine, Math.Min(html.Length, Longest))
        {
            LineBreaks = html.Contains('<', StringComparison.Ordinal) ? LineBreaks.Folded : LineBreaks.BlankLines,
        };
        Write(html, flow, isLine);
        return flow.ToString();
    }

    private sealed class Reading : IDisposable
    {
        private readonly string _html;
        private readonly TextFlow _flow;
        private readonly bool _isLine;
        private readonly TextSource _source;
        private readonly HtmlTokenizer _tokenizer;
        private readonly HashSet<string> _unclosed = [];

        public Reading(string html, TextFlow flow, bool isLine)
        {
            (_html, _flow, _isLine) = (html, flow, isLine);
            _source = new TextSource(new ReadOnlyMemoryTextSource(html.AsMemory()));
            _tokenizer = new HtmlTokenizer(_source, HtmlEntityProvider.ResolverExtended) { SkipComments = true };
        }

        public void Dispose()
        {
            _tokenizer.Dispose();
            _source.Dispose();
        }

        // Plain text between tags is copied as it is; the tokenizer is set down only where markup starts.
        public void Run()
        {
            var at = 0;
            while (at < _html.Length)
            {
                var next = _html.AsSpan(at).IndexOfAny('<', '&');
                if (next != 0)
                {
                    _flow.Text(_html.AsSpan(at, next < 0 ? _html.Length - at : next));
                    at = next < 0 ? _html.Length : at + next;
                    continue;
                }

                if (_html[at] == '<' && !CanStartTag(_html.AsSpan(at + 1)))
                {
                    _flow.Text("<");
                    at++;
                    continue;
                }

                _source.Index = at;
                ref var token = ref _tokenizer.GetStructToken();
                if (token.Type == HtmlTokenType.EndOfFile)
                {
                    Unfinished(_html.AsSpan(at));
                    return;
                }

                var end = Math.Max(_source.Index, at + 1);
                Take(ref token, at, end);
                at = end;
            }
        }

        // HTML takes "</" before a space for a comment; whoever wrote it meant the words.
        private static bool CanStartTag(ReadOnlySpan<char> rest) =>
            rest is ['!' or '?', ..] || (rest.TrimStart('/') is [var first, ..] && char.IsAsciiLetter(first));

        private void Take(ref StructHtmlToken token, int start, int end)
        {
            switch (token.Type)
            {
                case HtmlTokenType.Character:
                    _flow.Text(token.Data.Memory.Span);
                    break;
                case HtmlTokenType.StartTag or HtmlTokenType.EndTag:
                    var tag = HtmlTags.Of(token.Name.Memory.Span);
                    if (IsText(tag, token.Name.Memory.Span, _html.AsSpan(start, end - start)))
                    {
                        _flow.Text(_html.AsSpan(start, end - start));
                    }
                    else if (tag is not (HtmlTag.None or HtmlTag.Inline))
                    {
                        Tag(token.Type, tag, token.Name.ToString(), end);
                    }

                    break;
            }
        }

        private void Tag(HtmlTokenType type, HtmlTag tag, string name, int end)
        {
            if (type == HtmlTokenType.EndTag)
            {
                _flow.End(name);
            }
            else if (tag != HtmlTag.Dropped || CloseFollows(name, end))
            {
                _flow.Start(name);
                _tokenizer.State = name switch
                {
                    "script" => HtmlParseMode.Script,
                    "style" or "noscript" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
                    _ => HtmlParseMode.PCData,
                };
            }
        }

        // Without its closing tag a dropped element would take all the words after it along.
        private bool CloseFollows(string name, int end)
        {
            if (_unclosed.Contains(name))
            {
                return false;
            }

            var follows = _html.AsSpan(end).Contains($"</{name}", StringComparison.OrdinalIgnoreCase);
            if (!follows)
            {
                _unclosed.Add(name);
            }

            return follows;
        }

        private bool IsText(HtmlTag tag, ReadOnlySpan<char> name, ReadOnlySpan<char> written)
        {
            if (tag == HtmlTag.None)
            {
                return _isLine ? !name.ContainsAny('-', ':') : name.ContainsAny("@./;,");
            }

            // "if a<b and c>d": what stands in a tag of a title are attributes with values or nothing.
            return _isLine && written[1..].TrimStart('/').Length > name.Length + 1 && !written.Contains('=') && written.TrimEnd("/> ").Contains(' ');
        }

        // A cut through a tag leaves nothing to read, but a sign at the end of a sentence is none.
        private void Unfinished(ReadOnlySpan<char> rest)
        {
            var isTag = rest.Contains('=') || rest.StartsWith("<!") || rest.StartsWith("</");
            var isName = !rest[1..].Contains(' ') && !_isLine;
            if (rest[0] != '<' || (!isTag && !isName))
            {
                _flow.Text(rest);
            }
        }
    }
}
