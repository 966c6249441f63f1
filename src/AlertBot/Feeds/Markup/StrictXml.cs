using System.Runtime.InteropServices;
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
    public static MarkupElement? TryRead(FeedDocument document)
    {
        if (document.Bytes.Length < LargeDocument && FeedCharset.IsPlainUtf8(document.Bytes.Span, document.ContentType)
            && MemoryMarshal.TryGetArray(document.Bytes.TrimStart(FeedCharset.MarkBytes), out var bytes))
        {
            // Most feeds: no text is made of the whole, only of its parts.
            return TryRead(XmlReader.Create(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), Settings));
        }

        return HasLongTag(document.Text) ? null : TryRead(XmlReader.Create(new StringReader(document.Text), Settings));
    }

    private static MarkupElement? TryRead(XmlReader reader)
    {
        using (reader)
        {
            var tree = new MarkupTree();
            try
            {
                return Build(reader, tree) ? tree.Document : null;
            }
            catch (XmlException)
            {
                return null;
            }
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
        var space = reader.NamespaceURI;
        var (name, vocabulary) = names.Element(reader.LocalName, space, reader.Prefix);
        return new MarkupElement(name, space, vocabulary, reader.HasAttributes ? Attributes(reader, names) : []);
    }

    private static MarkupAttribute[] Attributes(XmlReader reader, MarkupNames names)
    {
        var attributes = new MarkupAttribute[Math.Min(reader.AttributeCount, MarkupLimits.Attributes)];
        var count = 0;
        while (count < attributes.Length && reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.Name != "xmlns")
            {
                var (name, vocabulary) = names.Element(reader.LocalName, reader.NamespaceURI, reader.Prefix);
                var isPlain = reader.Prefix.Length == 0 || vocabulary == Vocabulary.Rdf;
                attributes[count++] = new MarkupAttribute(isPlain ? name : names.Lower(reader.Name), reader.Value);
            }
        }

        reader.MoveToElement();
        return count == attributes.Length ? attributes : attributes[..count];
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
