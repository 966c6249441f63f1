using System.Xml;
using System.Xml.Linq;

namespace AlertBot.Feeds;

/// <summary>
/// A feed's XML as a tree. Strictly first; where that fails, liberally. No DTD is read, nothing is fetched, entities of
/// the document's own are not expanded, and depth is bounded, so that a hostile document costs what its length costs.
/// </summary>
internal static class FeedXml
{
    /// <summary>Elements deeper than this are read as if they stood at this depth.</summary>
    public const int MaxDepth = 100;

    private static readonly XmlReaderSettings Strict = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <returns>The root element, or null where there is no element at all.</returns>
    public static XElement? Read(string text)
    {
        try
        {
            return ReadStrictly(text);
        }
        catch (XmlException)
        {
            return LiberalXml.Read(text);
        }
    }

    private static XElement? ReadStrictly(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), Strict);
        XElement? root = null;
        var open = new Stack<XElement>();
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    if (open.Count >= MaxDepth)
                    {
                        // Let the liberal reader, which has no depth of its own, make it flat.
                        throw new XmlException("Nested too deep.");
                    }

                    var isEmpty = reader.IsEmptyElement;
                    var element = new XElement(XName.Get(reader.LocalName, reader.NamespaceURI));
                    ReadAttributes(reader, element);
                    if (open.TryPeek(out var parent))
                    {
                        parent.Add(element);
                    }

                    root ??= element;
                    if (!isEmpty)
                    {
                        open.Push(element);
                    }

                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when open.Count > 0:
                    open.Peek().Add(new XText(reader.Value));
                    break;
            }
        }

        return root;
    }

    private static void ReadAttributes(XmlReader reader, XElement element)
    {
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix != "xmlns" && reader.LocalName != "xmlns")
            {
                element.SetAttributeValue(XName.Get(reader.LocalName, reader.NamespaceURI), reader.Value);
            }
        }

        reader.MoveToElement();
    }
}
