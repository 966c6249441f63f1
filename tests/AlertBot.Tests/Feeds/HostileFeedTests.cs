using System.Diagnostics;
using System.Text;
using AlertBot.Benchmarks;
using AlertBot.Feeds;
using CsCheck;

namespace AlertBot.Tests.Feeds;

/// <summary>Whatever the bytes are, the parser answers, and soon. The limits here leave room for a busy machine.</summary>
public sealed class HostileFeedTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly Gen<byte[]> Broken =
        from name in Gen.OneOfConst([.. FeedFixture.Names])
        from edits in Gen.Select(Gen.Int[0, 3], Gen.Int[0, int.MaxValue], Gen.Int[0, 60], Gen.Byte.Array[0, 12]).Array[1, 8]
        select edits.Aggregate(FeedFixture.Load(name).Bytes, Edit);

    [Fact]
    public void Broken_fixtures_always_give_an_answer() => Broken.Sample(
        bytes =>
        {
            var watch = Stopwatch.StartNew();
            var reading = FeedParser.Parse(new FeedDocument(bytes, null, new Uri("https://base.example/")));
            return watch.Elapsed < Limit && IsAnswer(reading);
        },
        iter: 3000);

    [Fact]
    public void Random_bytes_always_give_an_answer() => Gen.Byte.Array[0, 400].Sample(
        bytes => IsAnswer(FeedParser.Parse(new FeedDocument(bytes, null, null))), iter: 3000);

    [Fact]
    public void Thousands_of_hostile_documents_are_answered_soon_and_cheaply()
    {
        var hostile = new HostileFeeds(20, [.. FeedFixture.Names.Select(name => FeedFixture.Load(name).Bytes)]);
        for (var i = 0; i < 3000; i++)
        {
            var document = hostile.Next();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();

            var reading = FeedParser.Parse(new FeedDocument(document, null, new Uri("https://base.example/")));

            Assert.True(IsAnswer(reading), $"document {i}: {reading}");
            Assert.True(watch.Elapsed < Limit, $"document {i} took {watch.Elapsed}");
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(allocated < (64L << 20) + (200L * document.Length), $"document {i} of {document.Length} bytes took {allocated} bytes");
        }
    }

    [Fact]
    public void Every_cut_of_a_feed_keeps_the_items_before_it()
    {
        var bytes = FeedFixture.Load("rss-2.0.xml").Bytes;
        var afterFirst = Encoding.UTF8.GetString(bytes).IndexOf("</item>", StringComparison.Ordinal) + "</item>".Length;
        for (var length = afterFirst; length < bytes.Length; length++)
        {
            var feed = Assert.IsType<FeedReading.Parsed>(FeedParser.Parse(new FeedDocument(bytes.AsMemory(0, length), null, null))).Feed;

            Assert.Equal(("Harbour Post", "Ferry line opens"), (feed.Title, feed.Entries[0].Title));
            Assert.Equal("The ferry opened today.\n\nIt runs daily.", feed.Entries[0].Content);
        }
    }

    [Fact]
    public void Billions_of_laughs_cost_nothing()
    {
        var doctype = new StringBuilder("<!DOCTYPE rss [<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 30; i++)
        {
            doctype.Append("<!ENTITY l").Append(i).Append(" \"").Append(string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))).Append("\">");
        }

        var feed = Parse($"<?xml version=\"1.0\"?>{doctype}]><rss><channel><title>&l29;</title><item><title>&l0; ok</title></item></channel></rss>");

        Assert.True(feed.Title!.Length < 1000);
        Assert.Equal("lol ok", feed.Entries[0].Title);
    }

    [Fact]
    public void External_entities_are_never_read()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "SECRET");
        try
        {
            var feed = Parse($"""<?xml version="1.0"?><!DOCTYPE rss SYSTEM "file://{path}" [<!ENTITY x SYSTEM "file://{path}"><!ENTITY % p SYSTEM "file://{path}">%p;]><rss><channel><title>a&x;b</title><item><title>&x;</title><link>file://{path}</link></item></channel></rss>""");

            Assert.Equal("a&x;b", feed.Title);
            Assert.Equal(("&x;", null), (feed.Entries[0].Title, feed.Entries[0].Link));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("<a>", 200_000)]
    [InlineData("<a><b c='d'>", 200_000)]
    [InlineData("<item><title>", 100_000)]
    [InlineData("<description>x", 100_000)]
    [InlineData("</x>", 500_000)]
    [InlineData("<a></b>", 300_000)]
    [InlineData("<a xmlns:p='u'>", 100_000)]
    [InlineData("<a xmlns='u' b='", 100_000)]
    [InlineData("<![CDATA[", 200_000)]
    [InlineData("<![CDATA[a]]>", 200_000)]
    [InlineData("<!DOCTYPE [", 200_000)]
    [InlineData("<!--", 300_000)]
    [InlineData("<? ", 300_000)]
    [InlineData("< ", 1_000_000)]
    [InlineData("&", 2_000_000)]
    [InlineData("&amp;", 500_000)]
    [InlineData("&x", 500_000)]
    [InlineData("\0", 2_000_000)]
    [InlineData("<item/>", 500_000)]
    [InlineData("<title>&lt;div&gt;", 100_000)]
    public void Repetition_takes_no_time(string piece, int times)
    {
        var watch = Stopwatch.StartNew();
        var text = string.Concat(Enumerable.Repeat(piece, times));

        Read($"<rss version='2.0'><channel><title>T</title>{text}");
        Read(text);
        Read($"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{text}</content></entry></feed>");

        Assert.True(watch.Elapsed < Limit, $"took {watch.Elapsed}");
    }

    [Fact]
    public void Balanced_nesting_does_not_overflow_the_stack()
    {
        var text = string.Concat(Enumerable.Repeat("<div>", 200_000)) + "deep" + string.Concat(Enumerable.Repeat("</div>", 200_000));

        var feed = Parse($"<rss><channel><title>T</title><item><title>I</title><description>{text}</description></item></channel></rss>");

        Assert.Equal(("I", "deep"), (feed.Entries[0].Title, feed.Entries[0].Summary));
    }

    [Fact]
    public void A_huge_attribute_and_many_attributes_are_read_past()
    {
        var huge = $"<a b='{new string('x', 1_000_000)}'/>";
        var many = $"<a {string.Concat(Enumerable.Range(0, 200_000).Select(i => $"a{i}='1' "))}/>";

        var feed = Parse($"<rss><channel>{huge}{many}<title>T</title><item><title>I</title></item></channel></rss>");

        Assert.Equal(("T", 1), (feed.Title, feed.Entries.Count));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Json_without_a_bottom_is_no_feed(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000));

        Assert.Equal(new FeedReading.NotAFeed("broken JSON"), Read(text));
        Assert.Equal(new FeedReading.NotAFeed("broken JSON"), Read($"{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{text}"));
    }

    private static byte[] Edit(byte[] bytes, (int Kind, int At, int Length, byte[] Noise) edit)
    {
        var at = bytes.Length == 0 ? 0 : edit.At % bytes.Length;
        var end = Math.Min(bytes.Length, at + edit.Length);
        return edit.Kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. bytes[end..]],
            2 => [.. bytes[..at], .. edit.Noise, .. bytes[at..]],
            _ => [.. bytes[..end], .. bytes[at..end], .. bytes[end..]],
        };
    }

    private static FeedReading Read(string text)
    {
        var reading = FeedParser.Parse(new FeedDocument(Encoding.UTF8.GetBytes(text), null, null));
        Assert.True(IsAnswer(reading), $"{reading}");
        return reading;
    }

    private static bool IsAnswer(FeedReading reading) => reading is FeedReading.Parsed
        || (reading is FeedReading.NotAFeed { Why: { Length: > 0 } why } && !why.StartsWith(FeedParser.Unreadable, StringComparison.Ordinal));

    private static ParsedFeed Parse(string text) => Assert.IsType<FeedReading.Parsed>(Read(text)).Feed;
}
