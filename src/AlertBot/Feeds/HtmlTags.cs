using System.Collections.Frozen;

namespace AlertBot.Feeds;

/// <summary>What an HTML element means for plain text.</summary>
internal enum HtmlTag
{
    /// <summary>No HTML element.</summary>
    None,

    /// <summary>Changes nothing but how the text looks.</summary>
    Inline,

    /// <summary>A paragraph of its own.</summary>
    Block,

    /// <summary>A line of its own.</summary>
    Line,

    /// <summary>A line with a dash before it.</summary>
    Item,

    /// <summary>Set apart from its neighbour by a space.</summary>
    Cell,

    /// <summary>Ends the line.</summary>
    Break,

    /// <summary>A paragraph that keeps its line breaks.</summary>
    Preformatted,

    /// <summary>Holds nothing to read.</summary>
    Dropped,
}

/// <summary>The elements of HTML, past and present, by what they mean for plain text.</summary>
internal static class HtmlTags
{
    private static readonly FrozenDictionary<string, HtmlTag> ByName = All().ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, HtmlTag>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    public static HtmlTag Of(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var tag) ? tag : HtmlTag.None;

    private static Dictionary<string, HtmlTag> All()
    {
        var all = new Dictionary<string, HtmlTag>();
        Add(HtmlTag.Block, """
            p div h1 h2 h3 h4 h5 h6 article aside section header footer main nav address blockquote center dir dl ul ol menu figure
            figcaption details summary fieldset form hgroup hr table caption body html dialog search multicol
            """);
        Add(HtmlTag.Inline, """
            a abbr acronym b base basefont bdi bdo big blink cite code col colgroup data del dfn em embed font frame frameset
            i img input ins kbd keygen label legend link map mark marquee meta meter nobr optgroup output param picture progress q rb rp rt
            rtc ruby s samp slot small source spacer span strike strong sub sup tbody textarea tfoot thead time title tt u var wbr area
            """);
        Add(HtmlTag.Line, "tr dt dd option");
        Add(HtmlTag.Item, "li");
        Add(HtmlTag.Cell, "td th button");
        Add(HtmlTag.Break, "br");
        Add(HtmlTag.Preformatted, "pre listing xmp plaintext");
        Add(HtmlTag.Dropped, "script style noscript template iframe noembed noframes svg canvas audio video object applet datalist select head");
        return all;

        void Add(HtmlTag tag, string names)
        {
            foreach (var name in names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                all[name] = tag;
            }
        }
    }
}
