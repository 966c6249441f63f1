using System.Xml;

namespace AlertBot.Feeds.Markup;

/// <summary>Reads well-formed XML. No DTD is processed and nothing outside the document is ever looked at.</summary>
internal static class StrictXml
{
    private const int LongTag = 64 * 1024;
    private const int LargeDocument = 2 * 1024 * 1024;

    // Control characters are let through: they are cleaned from the text later, and are no reason to leave this path.
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CheckCharacters = false,
    };

    /// <summary>The document, or null where it is not well-formed or too odd for this path.</summary>
    public static MarkupElement? TryRead(string text)
    {
        if (HasLongTag(text))
        {
            return null;
        }

        var tree = new MarkupTree();
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return Build(reader, tree) ? tree.Document : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool Build(XmlReader reader, MarkupTree tree)
    {
        var names = new MarkupNames();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when tree.IsDeep:
                case XmlNodeType.EntityReference:
                    return false;
                case XmlNodeType.Element when tree.IsFull:
                    return true;
                case XmlNodeType.Element:
                    var empty = reader.IsEmptyElement;
                    tree.Push(Element(reader, names));
                    if (empty)
                    {
                        tree.PopTo(tree.Open.Count - 1);
                    }

                    break;
                case XmlNodeType.EndElement:
                    tree.PopTo(tree.Open.Count - 1);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    tree.AddText(reader.Value);
                    break;
                case XmlNodeType.Whitespace when !FeedShape.IsContainer(tree.Current.Name):
                    tree.AddText(" ");
                    break;
            }
        }

        return true;
    }

    private static MarkupElement Element(XmlReader reader, MarkupNames names)
    {
        var name = names.Lower(reader.LocalName);
        var space = reader.NamespaceURI;
        var attributes = reader.HasAttributes ? Attributes(reader, names) : [];
        return new MarkupElement(name, space, names.VocabularyOf(space, reader.Prefix), attributes);
    }

    private static List<MarkupAttribute> Attributes(XmlReader reader, MarkupNames names)
    {
        var attributes = new List<MarkupAttribute>(Math.Min(reader.AttributeCount, MarkupLimits.Attributes));
        while (attributes.Count < MarkupLimits.Attributes && reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
            {
                var isPlain = reader.Prefix.Length == 0 || names.VocabularyOf(reader.NamespaceURI) == Vocabulary.Rdf;
                attributes.Add(new MarkupAttribute(names.Lower(isPlain ? reader.LocalName : reader.Name), reader.Value));
            }
        }

        reader.MoveToElement();
        return attributes;
    }

    // A tag of megabytes would cost the reader a hundred times its size in attribute records.
    private static bool HasLongTag(string text)
    {
        if (text.Length < LargeDocument)
        {
            return false;
        }

        var rest = text.AsSpan();
        while (rest.IndexOf('<') is var start and >= 0)
        {
            rest = rest[start..];
            var end = rest.IndexOf('>');
            if (end < 0 || end > LongTag)
            {
                return true;
            }

            rest = rest[end..];
        }

        return false;
    }
}
