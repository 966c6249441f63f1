using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AlertBot.Knowledge;

/// <summary>A YAML value that knows the line it stands on.</summary>
internal abstract record YamlValue(int Line)
{
    private const int MaxDepth = 8;

    /// <summary>
    /// Reads the one document of a file; null where it is empty. Anchors, aliases and tags are refused, and the
    /// nesting is bounded, so that a small file can never unfold into a large one.
    /// </summary>
    /// <exception cref="YamlException">The text is no such YAML; the mark says where.</exception>
    public static YamlValue? Read(TextReader text)
    {
        var parser = new Parser(text);
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = ReadNode(parser, 0);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            throw new YamlException(second.Start, second.End, "a second document begins here: keep one document in a file");
        }

        return root is YamlText { IsNull: true } ? null : root;
    }

    private static YamlValue ReadNode(Parser parser, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Refused(parser, string.Create(CultureInfo.InvariantCulture, $"values are nested deeper than {MaxDepth} levels: check the indentation"));
        }

        if (parser.Accept<AnchorAlias>(out _))
        {
            throw Refused(parser, "aliases (*name) are not read here: write the value out");
        }

        if (parser.Accept<NodeEvent>(out var node) && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty))
        {
            throw Refused(parser, "anchors (&name) and tags (!name) are not read here: remove it");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlText(LineOf(scalar), scalar.Value, scalar.Style != ScalarStyle.Plain);
        }

        return parser.TryConsume<SequenceStart>(out var sequence)
            ? ReadList(parser, LineOf(sequence), depth)
            : ReadMapping(parser, LineOf(parser.Consume<MappingStart>()), depth);
    }

    private static YamlList ReadList(Parser parser, int line, int depth)
    {
        var items = new List<YamlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(parser, depth + 1));
        }

        return new YamlList(line, items);
    }

    private static YamlMapping ReadMapping(Parser parser, int line, int depth)
    {
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(parser, depth + 1) is not YamlText key)
            {
                throw Refused(parser, "a key must be a plain word");
            }

            entries.Add(new YamlEntry(key.Text, key.Line, ReadNode(parser, depth + 1)));
        }

        return new YamlMapping(line, entries);
    }

    private static int LineOf(ParsingEvent at) => (int)at.Start.Line;

    private static YamlException Refused(Parser parser, string reason) =>
        new(parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, reason);
}

/// <summary>A single value. Unquoted nothing, <c>~</c> and <c>null</c> are no value.</summary>
internal sealed record YamlText(int Line, string Text, bool Quoted) : YamlValue(Line)
{
    public bool IsNull => !Quoted && Text is "" or "~" or "null";
}

/// <summary>Values in order.</summary>
internal sealed record YamlList(int Line, IReadOnlyList<YamlValue> Items) : YamlValue(Line);

/// <summary>Keys and values in order, as written: a key may stand in it twice.</summary>
internal sealed record YamlMapping(int Line, IReadOnlyList<YamlEntry> Entries) : YamlValue(Line);

/// <summary>One key of a mapping with its value.</summary>
internal sealed record YamlEntry(string Key, int Line, YamlValue Value);
