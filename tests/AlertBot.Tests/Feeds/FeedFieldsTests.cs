using System.Text;
using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

/// <summary>Where each field comes from when a feed says it in one of the less usual ways.</summary>
public sealed class FeedFieldsTests
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    private const string Dublin = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:t='http://purl.org/dc/terms/'";

    [Theory]
    [InlineData("<item><author>Ann</author></item>", "author", "Ann")]
    [InlineData("<item><pubDate>Tue, 05 Mar 2024 00:30:00 GMT</pubDate></item>", "published", "2024-03-05T00:30:00Z")]
    [InlineData("<item><t:created>2024-03-05T00:30:00Z</t:created></item>", "published", "2024-03-05T00:30:00Z")]
    [InlineData("<item><t:modified>2024-03-05T00:30:00Z</t:modified></item>", "updated", "2024-03-05T00:30:00Z")]
    [InlineData("<item><dc:title>Name</dc:title></item>", "title", "Name")]
    [InlineData("<item><fullitem>&lt;p&gt;All of it&lt;/p&gt;</fullitem></item>", "content", "All of it")]
    [InlineData("<item><summary>Short</summary><description>Long</description></item>", "content", "Long")]
    [InlineData("<item><description>&lt;![CDATA[some text]]&gt;</description></item>", "summary", "some text")]
    [InlineData("<item><description>don&#146;t</description></item>", "summary", "don’t")]
    [InlineData("<item><image><link>https://e.example/image</link></image><link>https://e.example/1</link></item>", "link", "https://e.example/1")]
    [InlineData("<item><title>a &#1114112; b &#x110000; c &#55296; &#99999999999;</title></item>", "title", "a \uFFFD b \uFFFD c \uFFFD \uFFFD")]
    public void An_rss_item_says_it(string item, string field, string expected) =>
        Assert.Equal(expected, FeedFixture.Field(Only($"<rss version='2.0' {Dublin}><channel>{item}</channel></rss>"), field));

    [Theory]
    [InlineData("<link rel='enclosure'>https://e.example/a.mp3</link><link rel='alternate'>https://e.example/1</link>", "link", "https://e.example/1")]
    [InlineData("<id>/news/1</id>", "guid", "https://e.example/news/1")]
    [InlineData("<id>a1</id>", "guid", "a1")]
    [InlineData("<id>HTTP://www.E.example/%7Ea</id>", "guid", "HTTP://www.E.example/%7Ea")]
    [InlineData("<title type='application/octet-stream'>\nPHA+SGlzdG9yeSBvZiB0aGUgJmx0O2JsaW5rJmd0OyB0YWc8L3A+\n</title>", "title", "History of the <blink> tag")]
    [InlineData("<summary type='plain'>Plain</summary>", "summary", "Plain")]
    [InlineData("<image><title>No</title><id>no</id></image><title>Yes</title><id>y</id>", "guid", "y")]
    public void An_atom_entry_says_it(string entry, string field, string expected) =>
        Assert.Equal(expected, FeedFixture.Field(Only($"<feed xmlns='{Atom}' xml:base='https://e.example/x/'><entry>{entry}</entry></feed>"), field));

    [Theory]
    [InlineData("image/png", "iVBORw0KGgo=")]
    [InlineData("application/octet-stream", "AAECAwQ=")]
    [InlineData("application/octet-stream", "no base64")]
    public void Encoded_content_that_is_no_text_is_none(string type, string content) =>
        Assert.Null(Only($"<feed xmlns='{Atom}'><entry><id>1</id><content type='{type}'>{content}</content></entry></feed>").Content);

    [Fact]
    public void A_channel_of_the_oldest_format_says_it_by_attributes()
    {
        var feed = Parse("""
            <CHANNEL BASE="https://e.example/" HREF="https://www.e.example/" LASTMOD="2024-03-05T09:30:00+09:00"><TITLE>Feed</TITLE><ABSTRACT>About</ABSTRACT>
            <ITEM HREF="/1" LASTMOD="2024-03-05T09:30:00+09:00"><TITLE>One</TITLE><ABSTRACT>Short</ABSTRACT></ITEM></CHANNEL>
            """);

        Assert.Equal(("Feed", "https://www.e.example/"), (feed.Title, feed.Link));
        Assert.Equal(("One", "https://e.example/1", "Short"), (feed.Entries[0].Title, feed.Entries[0].Link, feed.Entries[0].Summary));
        Assert.Equal(new DateTimeOffset(2024, 3, 5, 0, 30, 0, TimeSpan.Zero), feed.Entries[0].Updated);
    }

    [Fact]
    public void A_feed_without_a_title_or_link_of_its_own_is_called_by_what_else_it_says()
    {
        var rss = Parse($"<rss {Dublin}><channel><dc:title>Name</dc:title></channel></rss>");
        var atom = Parse($"<feed xmlns='{Atom}'><id>https://e.example/</id></feed>");

        Assert.Equal("Name", rss.Title);
        Assert.Equal("https://e.example/", atom.Link);
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("NaN", "NaN")]
    [InlineData("-Infinity", "-Infinity")]
    [InlineData("200", "200")]
    [InlineData("\" a \"", "a")]
    public void A_json_id_may_be_anything_simple(string id, string expected) =>
        Assert.Equal(expected, Only($"{{\"_note\":[],\"items\":[{{\"id\":{id}}}]}}").Guid);

    [Fact]
    public void Half_an_emoji_in_json_is_left_out_and_a_whole_one_stays()
    {
        var entry = Only("""{"version":"https://jsonfeed.org/version/1.1","items":[{"a\ud83d":1,"id":"1","title":"\ud83d\ude80 a\uD83Db\ude80\\ud83d","summary":"\ud83d"}]}""");

        Assert.Equal(("\U0001F680 ab\\ud83d", null), (entry.Title, entry.Summary));
    }

    [Theory]
    [InlineData("""{"items":[{"id":1,"name":"x"}]}""")]
    [InlineData("""{"title":"Not found","status":404}""")]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"items":[],"total":0}""")]
    public void Json_of_other_words_is_no_feed(string json) => Assert.IsType<FeedReading.NotAFeed>(Read(json));

    [Fact]
    public void Json_items_have_the_authors_of_their_feed_or_their_own()
    {
        var feed = Parse("""
            {"version":"https://jsonfeed.org/version/1.1","title":"T","authors":[{"name":"Ann"}],
            "items":[{"id":"1"},{"id":"2","authors":[{"url":"mailto:bob@e.example?subject=x"}]}]}
            """);

        Assert.Equal(["Ann", "bob@e.example"], feed.Entries.Select(entry => entry.Author));
    }

    private static FeedEntry Only(string document) => Assert.Single(Parse(document).Entries);

    private static ParsedFeed Parse(string document) => Assert.IsType<FeedReading.Parsed>(Read(document)).Feed;

    private static FeedReading Read(string document) => FeedParser.Parse(new FeedDocument(Encoding.UTF8.GetBytes(document), null, null));
}
