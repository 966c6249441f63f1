using System.Text;
using AlertBot.Feeds;
using CsCheck;

namespace AlertBot.Tests.Feeds;

/// <summary>Feeds as they are found: every format, many encodings, most ways to be broken.</summary>
public sealed class FeedShapesTests
{
    private const string Rss20 = """
        <?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
        <title>Wire &amp; Sons</title><link>https://wire.example/</link>
        <item><title>One</title><link>/one</link><guid isPermaLink="false">g1</guid><dc:creator>Ann</dc:creator><pubDate>Tue, 05 Mar 2024 09:30:00 +0900</pubDate>
        <description>Short</description><content:encoded><![CDATA[<p>First &amp; foremost.</p><p>Second<br>line</p><script>no()</script>]]></content:encoded></item></channel></rss>
        """;

    private const string Rdf = """
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://wire.example/"><title>Wire</title><link>https://wire.example/</link></channel>
        <item rdf:about="https://wire.example/one"><title>One</title><link>https://wire.example/one</link><d:date>2024-03-05T00:30Z</d:date><description>Short</description></item></rdf:RDF>
        """;

    private const string Atom10 = """
        <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://wire.example/news/"><title type="html">Wire &lt;b&gt;x&lt;/b&gt;</title><author><name>Desk</name></author>
        <entry><title type="text">1 &lt; 2</title><id>tag:wire,1</id><link rel="enclosure" href="a.mp3"/><link href="one"/><published>2024-03-05T09:30:00+09:00</published>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First</p><p>Second</p></div></content></entry></feed>
        """;

    private const string Atom03 = """
        <feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Wire</title><link rel="alternate" type="text/html" href="https://wire.example/"/>
        <entry><title mode="escaped" type="text/html">A &lt;i&gt;title&lt;/i&gt;</title><id>x1</id><link rel="alternate" type="text/html" href="https://wire.example/one"/><issued>2024-03-05T00:30:00Z</issued>
        <content mode="base64" type="text/html">PHA+SGVsbG88L3A+</content></entry></feed>
        """;

    private const string Json11 = """
        {"version":"https://jsonfeed.org/version/1.1","title":"Wire","home_page_url":"https://wire.example/","items":[
        {"id":1,"url":"https://wire.example/one","title":"One","authors":[{"name":"Ann"},{"name":"Bob"}],"date_published":"2024-03-05T09:30:00+09:00","content_html":"<p>First</p>"},
        "stray", {"id":"2","content_text":"Only text"}]}
        """;

    public static TheoryData<string, string, string, string?, string?> Formats => new()
    {
        { Rss20, "RSS 2.0", "One", "https://wire.example/one", "First & foremost.\n\nSecond\nline" },
        { Rdf, "RSS 1.0", "One", "https://wire.example/one", null },
        { Atom10, "Atom 1.0", "1 < 2", "https://wire.example/news/one", "First\n\nSecond" },
        { Atom03, "Atom 0.3", "A title", "https://wire.example/one", "Hello" },
        { Json11, "JSON Feed 1.1", "One", "https://wire.example/one", "First" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_is_read(string text, string format, string title, string? link, string? content)
    {
        var feed = Parse(text);

        Assert.Equal(format, feed.Format);
        Assert.Equal((title, link, content), (feed.Entries[0].Title, feed.Entries[0].Link, feed.Entries[0].Content));
        Assert.Equal(new DateTimeOffset(2024, 3, 5, 0, 30, 0, TimeSpan.Zero), feed.Entries[0].Published);
        Assert.StartsWith("Wire", feed.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("euc-kr", "통일부 장관 “김영호”")]
    [InlineData("windows-1252", "Café “naïve” — €5")]
    [InlineData("windows-1251", "Совет безопасности")]
    [InlineData("shift_jis", "日本政府、制裁")]
    [InlineData("gb18030", "中国外交部")]
    [InlineData("big5", "台灣海峽")]
    [InlineData("utf-16", "Seoul 서울")]
    [InlineData("utf-8", "Seoul 서울 🚀")]
    public void Encodings_are_read_by_prolog_by_content_type_and_by_their_marks(string name, string title)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        var inProlog = encoding.GetBytes($"<?xml version='1.0' encoding='{name}'?><rss><channel><item><title>{title}</title></item></channel></rss>");
        var bare = encoding.GetBytes($"<rss><channel><item><title>{title}</title></item></channel></rss>");

        Assert.Equal(title, Parse(inProlog, null).Entries[0].Title);
        Assert.Equal(title, Parse(bare, $"text/xml; charset=\"{name}\"").Entries[0].Title);
        Assert.Equal(title, Parse(inProlog, "text/xml; charset=us-ascii").Entries[0].Title);
        if (encoding.GetPreamble().Length > 0)
        {
            Assert.Equal(title, Parse([.. encoding.GetPreamble(), .. bare], "text/xml; charset=us-ascii").Entries[0].Title);
        }
    }

    [Theory]
    [InlineData("<rss><channel><item><title>A & B &nbsp;&eacute; &unknown; &#8217;</title></item></channel></rss>", "A & B é &unknown; ’")]
    [InlineData("junk before <rss><channel><item><title>Kept</title></item></channel></rss>", "Kept")]
    [InlineData("\uFEFF  \n<?xml version='1.0'?>\n<?xml version='1.0'?><rss><channel><item><title>Kept</title></item></channel></rss>", "Kept")]
    [InlineData("<rss><channel><item><title>Kept</title><description>cut off in the mid", "Kept")]
    [InlineData("<rss><channel><item><title>Kept<title></item></channel>", "Kept")]
    [InlineData("<RSS><Channel><Item><Title>Kept</Title></Item></Channel></RSS>", "Kept")]
    [InlineData("<rss><channel><item id=1 id=2 a='x><title>Kept</title></item></channel></rss>", "Kept")]
    [InlineData("<rss><channel><item><title>AT&amp;T <3 you</title></item></channel></rss>", "AT&T <3 you")]
    [InlineData("<rss><channel><item><title>&lt;b&gt;Bold&lt;/b&gt; &amp;amp; more</title></item></channel></rss>", "Bold & more")]
    [InlineData("<rss><channel><item><title>Con\u0001trol \u202Ebidi\u200B</title></item></channel></rss>", "Control bidi")]
    [InlineData("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>Safe &x;</title></item></channel></rss>", "Safe &x;")]
    public void What_is_broken_is_read_as_it_was_meant(string text, string title) => Assert.Equal(title, Parse(text).Entries[0].Title);

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   \n ", "empty")]
    [InlineData("just words", "text without markup")]
    [InlineData("<!doctype html><html><head><title>Hi</title></head></html>", "an HTML page")]
    [InlineData("<opml><body/></opml>", "root <opml>")]
    [InlineData("{\"a\":1}", "no JSON Feed")]
    [InlineData("{\"items\":[", "broken JSON")]
    public void What_is_no_feed_is_named(string text, string why) =>
        Assert.Contains(why, Assert.IsType<FeedReading.NotAFeed>(FeedParser.Parse(Document(Encoding.UTF8.GetBytes(text), null))).Why, StringComparison.Ordinal);

    [Fact]
    public void Hostile_documents_cost_what_their_length_costs()
    {
        var laughs = "<!DOCTYPE l [<!ENTITY a \"ha\">" + string.Concat(Enumerable.Range(0, 30).Select(i => $"<!ENTITY a{i} \"&a;&a;&a;&a;&a;&a;&a;\">")) + "]><rss><channel><item><title>&a29;</title></item></channel></rss>";
        string[] hostile =
        [
            laughs,
            "<rss><channel><item><title>x</title>" + string.Concat(Enumerable.Repeat("<a>", 200_000)),
            "<rss><channel><item><description>" + string.Concat(Enumerable.Repeat("&lt;div&gt;", 100_000)),
            string.Concat(Enumerable.Repeat("<a \"", 200_000)),
            string.Concat(Enumerable.Repeat("<![CDATA[", 100_000)),
            "<rss " + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"a{i}='{i}' ")) + "/>",
            string.Concat(Enumerable.Repeat("[", 100_000)),
            new string('\0', 100_000),
            "<rss><channel>" + string.Concat(Enumerable.Repeat("</x>", 200_000)),
        ];

        foreach (var text in hostile)
        {
            Assert.NotNull(FeedParser.Parse(Document(Encoding.UTF8.GetBytes(text), null)));
        }
    }

    [Fact]
    public void Any_mutation_of_a_feed_gives_a_result()
    {
        byte[][] seeds = [.. new[] { Rss20, Rdf, Atom10, Atom03, Json11 }.Select(Encoding.UTF8.GetBytes)];
        var mutation = Gen.Select(Gen.Int[0, seeds.Length - 1], Gen.Int[0, 2000], Gen.Byte.Array[0, 20], Gen.Int[0, 60]);
        mutation.Sample((seed, at, inserted, removed) =>
        {
            var bytes = seeds[seed];
            var start = Math.Min(at, bytes.Length);
            var mutated = new byte[][] { bytes[..start], inserted, bytes[Math.Min(start + removed, bytes.Length)..] }.SelectMany(b => b).ToArray();
            Assert.NotNull(FeedParser.Parse(Document(mutated, "text/xml; charset=euc-kr")));
        }, iter: 3000);
    }

    private static ParsedFeed Parse(string text) => Parse(Encoding.UTF8.GetBytes(text), null);

    private static ParsedFeed Parse(byte[] bytes, string? contentType) => Assert.IsType<FeedReading.Parsed>(FeedParser.Parse(Document(bytes, contentType))).Feed;

    private static FeedDocument Document(byte[] bytes, string? contentType) => new(bytes, contentType, null);
}
