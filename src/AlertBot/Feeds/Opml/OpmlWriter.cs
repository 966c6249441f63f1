using System.Text;
using System.Xml;

namespace AlertBot.Feeds.Opml;

/// <summary>Writes OPML 2.0 in UTF-8 that every reader takes: one outline for each feed, with its title, page and labels.</summary>
internal static class OpmlWriter
{
    public static byte[] Write(string title, IEnumerable<OpmlFeed> feeds, DateTimeOffset at)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" }))
        {
            writer.WriteStartElement("opml");
            writer.WriteAttributeString("version", "2.0");
            writer.WriteStartElement("head");
            writer.WriteElementString("title", Clean(title));
            writer.WriteElementString("dateCreated", at.UtcDateTime.ToString("R"));
            writer.WriteEndElement();
            writer.WriteStartElement("body");
            foreach (var feed in feeds)
            {
                Write(writer, feed);
            }
        }

        return bytes.ToArray();
    }

    private static void Write(XmlWriter writer, OpmlFeed feed)
    {
        var title = Clean(feed.Title ?? feed.Address.Host);
        writer.WriteStartElement("outline");
        writer.WriteAttributeString("type", "rss");
        writer.WriteAttributeString("text", title);
        writer.WriteAttributeString("title", title);
        writer.WriteAttributeString("xmlUrl", feed.Address.AbsoluteUri);
        if (feed.Site is { } site)
        {
            writer.WriteAttributeString("htmlUrl", site.AbsoluteUri);
        }

        // A comma parts two labels.
        if (string.Join(',', feed.Labels.Select(l => Clean(l).Replace(',', ' '))) is { Length: > 0 } labels)
        {
            writer.WriteAttributeString("category", labels);
        }

        writer.WriteEndElement();
    }

    // What XML can't hold, a lone half of a surrogate pair among it.
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Where(r => r.Value != 0xFFFD && (r.Value >= 0x10000 || XmlConvert.IsXmlChar((char)r.Value))));
}
