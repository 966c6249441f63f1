using System.Diagnostics;
using System.Text;
using AlertBot.Feeds;
using AlertBot.Feeds.Opml;
using CsCheck;

namespace AlertBot.Tests.Feeds;

public sealed class OpmlTests
{
    [Fact]
    public void A_list_of_a_reader_is_read_with_titles_folders_categories_and_sites()
    {
        var opml = Read("""
            <?xml version="1.0" encoding="UTF-8"?>
            <opml version="2.0">
              <head><title>My feeds</title><dateCreated>Mon, 02 Mar 2026 09:00:00 GMT</dateCreated></head>
              <body>
                <outline text="Asia" title="Asia">
                  <outline text="Korea">
                    <outline type="rss" text="The Wire" title="The Wire" xmlUrl="https://wire.example/feed" htmlUrl="https://wire.example/" category="/news/daily,north korea"/>
                  </outline>
                </outline>
                <outline type="rss" text="Alone" xmlUrl="https://alone.example/rss"/>
              </body>
            </opml>
            """);

        Assert.Equal("My feeds", opml.Title);
        Assert.Empty(opml.Faults);
        var (wire, alone) = (opml.Feeds[0], opml.Feeds[1]);
        Assert.Equal(("https://wire.example/feed", "The Wire", "https://wire.example/", 7), (wire.Address.AbsoluteUri, wire.Title, wire.Site!.AbsoluteUri, wire.Line));
        Assert.Equal(["Asia", "Korea", "news/daily", "north korea"], wire.Labels);
        Assert.Equal(("Alone", 10), (alone.Title, alone.Line));
        Assert.Empty(alone.Labels);
    }

    [Theory]
    [InlineData("no version and no head", "<opml><body><outline xmlUrl='https://a.example/f' text='A'/></body></opml>")]
    [InlineData("names in any case", "<OPML><BODY><OUTLINE TEXT=\"A\" XMLURL=\"https://a.example/f\"></OUTLINE></BODY></OPML>")]
    [InlineData("no root at all", "<outline text='A' xmlUrl='https://a.example/f'/>")]
    [InlineData("a prefix", "<o:opml xmlns:o='x'><o:outline text='A' o:xmlUrl='https://a.example/f'/></o:opml>")]
    [InlineData("tags that were never closed", "<opml><body><outline text='A' xmlUrl='https://a.example/f'>")]
    [InlineData("bare ampersands", "<opml><body><outline text='B & C'/><outline text='A' htmlUrl='https://a.example/?x=1&y=2' xmlUrl='https://a.example/f'/></body></opml>")]
    [InlineData("no marks round the values", "<opml><outline text=A xmlUrl=https://a.example/f /></opml>")]
    [InlineData("text before it", "Here is my list:\n<opml><outline text='A' xmlUrl='https://a.example/f'/></opml>")]
    [InlineData("a scheme that browsers had", "<opml><outline text='A' xmlUrl='feed:https://a.example/f'/></opml>")]
    [InlineData("the address as url", "<opml><outline text='A' type='rss' url='https://a.example/f'/></opml>")]
    [InlineData("white space in the address", "<opml><outline text='A' xmlUrl='\n  https://a.example/f \t'/></opml>")]
    [InlineData("a default port and a fragment", "<opml><outline text='A' xmlUrl='https://A.example:443/f#top'/></opml>")]
    [InlineData("a title escaped twice", "<opml><outline text='&amp;#65;' xmlUrl='https://a.example/f'/></opml>")]
    [InlineData("comments and processing instructions", "<?x y?><!-- <outline xmlUrl='https://no.example/'/> --><opml><outline text='A' xmlUrl='https://a.example/f'/></opml>")]
    public void Lists_in_the_wild_are_read(string what, string text)
    {
        var feed = Assert.Single(Read(text).Feeds);

        Assert.Equal((what, "https://a.example/f", "A"), (what, feed.Address.AbsoluteUri, feed.Title));
    }

    [Theory]
    [InlineData("windows-1251", "Новости")]
    [InlineData("euc-kr", "북한 뉴스")]
    [InlineData("utf-16", "Nachrichten für Übersee")]
    [InlineData("utf-8", "한국 🚀")]
    public void A_list_in_another_encoding_keeps_its_letters(string encoding, string title)
    {
        _ = FeedCharset.Marks;
        var bytes = (byte[])[.. Encoding.GetEncoding(encoding).GetPreamble(), .. Encoding.GetEncoding(encoding).GetBytes($"<?xml version=\"1.0\" encoding=\"{encoding}\"?><opml><outline text=\"{title}\" xmlUrl=\"https://a.example/f\"/></opml>")];

        Assert.Equal(title, Assert.Single(OpmlReader.Read(FeedCharset.Decode(bytes, null))!.Feeds).Title);
    }

    [Fact]
    public void Addresses_that_cant_be_used_are_named_with_their_lines_and_the_rest_is_read()
    {
        var opml = Read("<opml>\n<outline text='Mail' xmlUrl='mailto:x@y.example'/>\n<outline text='File' xmlUrl='file:///etc/passwd'/>\n<outline text='None' type='rss'/>\n<outline text='Good' xmlUrl='https://good.example/f'/>\n<outline text='Login' xmlUrl='https://me:secret@x.example/'/>\n</opml>");

        Assert.Equal("Good", Assert.Single(opml.Feeds).Title);
        Assert.Equal([2, 3, 4, 6], opml.Faults.Select(f => f.Line));
        Assert.Contains("“None” says that it is a feed, but has no address", opml.Faults[2].Why, StringComparison.Ordinal);
        Assert.DoesNotContain(opml.Faults, f => f.Why.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_feed_that_is_listed_again_counts_once_also_under_the_other_scheme()
    {
        var opml = Read("<opml><outline xmlUrl='https://a.example/f'/><outline xmlUrl='http://a.example/f'/><outline xmlUrl='https://a.example/f#x'/></opml>");

        Assert.Single(opml.Feeds);
        Assert.Equal(2, opml.Repeated);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Dear reader, here is nothing.")]
    [InlineData("<html><body><p>Not found</p></body></html>")]
    [InlineData("<rss version='2.0'><channel><title>A feed itself</title></channel></rss>")]
    public void What_is_no_list_is_none(string text) => Assert.Null(OpmlReader.Read(text));

    [Fact]
    public void A_document_type_is_never_looked_at()
    {
        var laughs = string.Concat(Enumerable.Range(1, 9).Select(n => $"<!ENTITY l{n} \"{string.Concat(Enumerable.Repeat($"&l{n - 1};", 10))}\">"));
        var opml = Read($"<!DOCTYPE opml [<!ENTITY l0 \"lol\">{laughs}<!ENTITY x SYSTEM \"file:///etc/passwd\">]><opml><outline text='&l9;&x;A' xmlUrl='https://a.example/f'/></opml>");

        Assert.Equal("&l9;&x;A", Assert.Single(opml.Feeds).Title);
    }

    [Fact]
    public void A_hundred_thousand_outlines_and_as_many_levels_are_read_in_a_moment_and_bounded()
    {
        var clock = Stopwatch.StartNew();
        var wide = Read($"<opml>{string.Concat(Enumerable.Range(0, 100_000).Select(n => $"<outline text='F{n}' xmlUrl='https://a.example/{n}'/>"))}</opml>");
        var deep = Read($"<opml>{string.Concat(Enumerable.Repeat("<outline text='folder'>", 100_000))}<outline xmlUrl='https://a.example/f'/>");

        Assert.Equal(20_000, wide.Feeds.Count);
        Assert.Contains("Only the first 20000 feeds are read", Assert.Single(wide.Faults).Why, StringComparison.Ordinal);
        Assert.Single(deep.Feeds);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"It took {clock.Elapsed}.");
    }

    [Fact]
    public void What_is_written_reads_back_to_the_same()
    {
        var feed =
            from path in Gen.Int[0, 1_000_000]
            from title in Gen.String.Select(Words)
            from labels in Gen.String.Select(Words).Array[0, 3]
            select new OpmlFeed(new Uri($"https://a.example/{path}?a=1&b='<>"), title.Length == 0 ? null : title, [.. labels.Where(l => l.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)], 0);
        feed.Array[0, 5].Select(feeds => feeds.DistinctBy(f => f.Address).ToList()).Sample(feeds =>
        {
            var read = Read(Encoding.UTF8.GetString(OpmlWriter.Write("All", feeds, DateTimeOffset.UnixEpoch)));

            Assert.Empty(read.Faults);
            Assert.Equal(feeds.Select(f => (f.Address, f.Title ?? "a.example")), read.Feeds.Select(f => (f.Address, f.Title!)));
            Assert.Equal(feeds.SelectMany(f => f.Labels), read.Feeds.SelectMany(f => f.Labels));
        });

        // As a title is kept: on one line, without what no text holds. A comma parts two labels, a slash at the ends is a path's.
        static string Words(string text) => string.Join(' ', new string([.. text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('\uFFFE' or '\uFFFF' or '\uFFFD' or '&' or ',' or '/'))]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static OpmlDocument Read(string text) => OpmlReader.Read(text)!;
}
