using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AlertBot.Commands.Demo;

/// <summary>Writes an outlet's feed in its format and encoding.</summary>
internal static class NewsroomFeed
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <param name="stories">Newest first.</param>
    public static (byte[] Bytes, string ContentType) Write(Outlet outlet, IReadOnlyList<NewsroomStory> stories)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(outlet.Encoding) ?? Encoding.GetEncoding(outlet.Encoding);
        var (text, type) = outlet.Format switch
        {
            "rss" => (Rss(outlet, stories), "application/rss+xml"),
            "rdf" => (Rdf(outlet, stories), "text/xml"),
            "atom" => (Atom(outlet, stories), "application/atom+xml"),
            _ => (JsonFeed(outlet, stories), "application/feed+json"),
        };
        return ([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], type);
    }

    private static string Rss(Outlet outlet, IReadOnlyList<NewsroomStory> stories) => $"""
        <?xml version="1.0" encoding="{outlet.Encoding}"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
          <channel>
            <title>{Text(outlet.Title)}</title>
            <link>{Text(outlet.Home)}</link>
            <description>{Text(outlet.Title)}</description>
        {Each(stories, s => $"""
                <item>
                  <title>{Text(s.Title)}</title>
                  <link>{Text(s.Link)}</link>
                  <guid isPermaLink="false">{Text(s.Guid)}</guid>
                  <dc:creator>{Text(s.Author)}</dc:creator>
                  <pubDate>{s.Published.UtcDateTime.ToString("R", CultureInfo.InvariantCulture)}</pubDate>
                  <content:encoded><![CDATA[{s.Html}]]></content:encoded>
                </item>
            """)}
          </channel>
        </rss>
        """;

    private static string Rdf(Outlet outlet, IReadOnlyList<NewsroomStory> stories) => $"""
        <?xml version="1.0" encoding="{outlet.Encoding}"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
          <channel rdf:about="{Text(outlet.Home)}">
            <title>{Text(outlet.Title)}</title>
            <link>{Text(outlet.Home)}</link>
          </channel>
        {Each(stories, s => $"""
              <item rdf:about="{Text(s.Guid)}">
                <title>{Text(s.Title)}</title>
                <link>{Text(s.Link)}</link>
                <dc:creator>{Text(s.Author)}</dc:creator>
                <dc:date>{s.Published.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</dc:date>
                <description>{Text(s.Html)}</description>
              </item>
            """)}
        </rdf:RDF>
        """;

    private static string Atom(Outlet outlet, IReadOnlyList<NewsroomStory> stories) => $"""
        <?xml version="1.0" encoding="{outlet.Encoding}"?>
        <feed xmlns="http://www.w3.org/2005/Atom">
          <title>{Text(outlet.Title)}</title>
          <id>{Text(outlet.Home)}</id>
          <link rel="alternate" href="{Text(outlet.Home)}"/>
        {Each(stories, s => $"""
              <entry>
                <title>{Text(s.Title)}</title>
                <id>{Text(s.Guid)}</id>
                <link rel="alternate" type="text/html" href="{Text(s.Link)}"/>
                <author><name>{Text(s.Author)}</name></author>
                <published>{s.Published.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</published>
                <updated>{s.Published.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}</updated>
                <content type="html">{Text(s.Html)}</content>
              </entry>
            """)}
        </feed>
        """;

    private static string JsonFeed(Outlet outlet, IReadOnlyList<NewsroomStory> stories) => JsonSerializer.Serialize(
        new
        {
            version = "https://jsonfeed.org/version/1.1",
            title = outlet.Title,
            home_page_url = outlet.Home,
            items = stories.Select(s => new { id = s.Guid, url = s.Link, title = s.Title, authors = new[] { new { name = s.Author } }, date_published = s.Published.UtcDateTime, content_html = s.Html }),
        },
        Json);

    private static string Each(IReadOnlyList<NewsroomStory> stories, Func<NewsroomStory, string> item) => string.Join('\n', stories.Select(item));

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
