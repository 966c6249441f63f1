using System.Buffers;
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

    private const int LongestTag = 64 * 1024;

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

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

    private sealed class Reading(string html, TextFlow flow, bool isLine) : IDisposable
    {
        private TextSource? _source;
        private HtmlTokenizer? _tokenizer;
        private HashSet<string>? _unclosed;

        public void Dispose()
        {
            _tokenizer?.Dispose();
            _source?.Dispose();
        }

        // Plain text between tags is copied as it is, and tags without attributes need no tokenizer; it is set down only where more starts.
        public void Run()
        {
            var at = 0;
            while (at < html.Length)
            {
                var next = html.AsSpan(at).IndexOfAny('<', '&');
                if (next != 0)
                {
                    flow.Text(html.AsSpan(at, next < 0 ? html.Length - at : next));
                    at = next < 0 ? html.Length : at + next;
                    continue;
                }

                var bare = Bare(html.AsSpan(at));
                if (bare == 0 && html[at] == '<' && !CanStartTag(html.AsSpan(at + 1)))
                {
                    flow.Text("<");
                    bare = 1;
                }

                if (bare == 0 && !Token(at, out bare))
                {
                    Unfinished(html.AsSpan(at));
                    return;
                }

                at += bare;
            }
        }

        /// <summary>Takes a tag of a known element without attributes; gives its length, or 0 where the tokenizer must look.</summary>
        private int Bare(ReadOnlySpan<char> rest)
        {
            if (rest[0] != '<' || _tokenizer is { State: not HtmlParseMode.PCData })
            {
                return 0;
            }

            var start = rest.Length > 1 && rest[1] == '/' ? 2 : 1;
            var length = rest[start..].IndexOfAnyExcept(NameLetters);
            var close = start + length;
            if (length <= 0 || (rest[close] != '>' && !rest[close..].StartsWith("/>") && !rest[close..].StartsWith(" />")))
            {
                return 0;
            }

            var name = rest.Slice(start, length);
            var tag = HtmlTags.Of(name);
            if (tag is HtmlTag.None or HtmlTag.Dropped)
            {
                return 0;
            }

            if (start == 2)
            {
                flow.End(tag, name);
            }
            else
            {
                flow.Start(tag, name);
            }

            return close + rest[close..].IndexOf('>') + 1;
        }

        /// <summary>Takes one token; false where the text ends within it.</summary>
        private bool Token(int at, out int length)
        {
            if (IsTooLong(html.AsSpan(at), out length))
            {
                return at + length < html.Length;
            }

            _source ??= new TextSource(new ReadOnlyMemoryTextSource(html.AsMemory()));
            _tokenizer ??= new HtmlTokenizer(_source, HtmlEntityProvider.ResolverExtended) { SkipComments = true };
            _source.Index = at;
            ref var token = ref _tokenizer.GetStructToken();
            length = Math.Max(_source.Index - at, 1);
            if (token.Type == HtmlTokenType.EndOfFile)
            {
                return false;
            }

            Take(ref token, _tokenizer, at, at + length);
            return true;
        }

        // The tokenizer compares all attributes of a tag with each other: one of megabytes would take it seconds, and says nothing to read.
        private bool IsTooLong(ReadOnlySpan<char> rest, out int length)
        {
            length = 0;
            if (_tokenizer is { State: not HtmlParseMode.PCData } || rest.Length < LongestTag || rest[0] != '<' || !char.IsAsciiLetter(rest[1]))
            {
                return false;
            }

            var close = rest.IndexOf('>');
            length = close < 0 ? rest.Length : close + 1;
            return length > LongestTag;
        }

        // HTML takes "</" before a space for a comment; whoever wrote it meant the words.
        private static bool CanStartTag(ReadOnlySpan<char> rest) =>
            rest is ['!' or '?', ..] || (rest.TrimStart('/') is [var first, ..] && char.IsAsciiLetter(first));

        private void Take(ref StructHtmlToken token, HtmlTokenizer tokenizer, int start, int end)
        {
            switch (token.Type)
            {
                case HtmlTokenType.Character:
                    flow.Text(token.Data.Memory.Span);
                    break;
                case HtmlTokenType.StartTag or HtmlTokenType.EndTag:
                    var tag = HtmlTags.Of(token.Name.Memory.Span);
                    if (IsText(tag, token.Name.Memory.Span, html.AsSpan(start, end - start)))
                    {
                        flow.Text(html.AsSpan(start, end - start));
                    }
                    else if (tag is not (HtmlTag.None or HtmlTag.Inline))
                    {
                        Tag(token.Type, tag, token.Name.Memory.Span, tokenizer, end);
                    }

                    break;
            }
        }

        private void Tag(HtmlTokenType type, HtmlTag tag, ReadOnlySpan<char> name, HtmlTokenizer tokenizer, int end)
        {
            if (type == HtmlTokenType.EndTag)
            {
                flow.End(tag, name);
            }
            else if (tag != HtmlTag.Dropped || CloseFollows(name.ToString(), end))
            {
                flow.Start(tag, name);
                tokenizer.State = name switch
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
            if (_unclosed?.Contains(name) == true)
            {
                return false;
            }

            var follows = html.AsSpan(end).Contains($"</{name}", StringComparison.OrdinalIgnoreCase);
            if (!follows)
            {
                (_unclosed ??= []).Add(name);
            }

            return follows;
        }

        private bool IsText(HtmlTag tag, ReadOnlySpan<char> name, ReadOnlySpan<char> written)
        {
            if (tag == HtmlTag.None)
            {
                return isLine ? !name.ContainsAny('-', ':') : name.ContainsAny("@./;,");
            }

            // "if a<b and c>d": what stands in a tag of a title are attributes with values or nothing.
            return isLine && written[1..].TrimStart('/').Length > name.Length + 1 && !written.Contains('=') && written.TrimEnd("/> ").Contains(' ');
        }

        // A cut through a tag leaves nothing to read, but a sign at the end of a sentence is none.
        private void Unfinished(ReadOnlySpan<char> rest)
        {
            var isTag = rest.Contains('=') || rest.StartsWith("<!") || rest.StartsWith("</");
            var isName = !rest[1..].Contains(' ') && !isLine;
            if (rest[0] != '<' || (!isTag && !isName))
            {
                flow.Text(rest);
            }
        }
    }
}
