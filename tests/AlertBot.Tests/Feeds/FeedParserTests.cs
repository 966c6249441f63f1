using System.Text;
using System.Text.Json;
using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

public sealed class FeedParserTests
{
    public static TheoryData<string> Fixtures => [.. FeedFixture.Names];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_fixture_reads_as_the_file_beside_it_says(string name)
    {
        var fixture = FeedFixture.Load(name);

        var reading = FeedParser.Parse(fixture.Document);

        if (fixture.Expected.Text("why") is { } why)
        {
            Assert.Equal(new FeedReading.NotAFeed(why), reading);
            return;
        }

        var feed = Assert.IsType<FeedReading.Parsed>(reading).Feed;
        foreach (var member in fixture.Expected.EnumerateObject())
        {
            switch (member.Name)
            {
                case "title":
                    Assert.Equal(member.Value.GetString(), feed.Title);
                    break;
                case "link":
                    Assert.Equal(member.Value.GetString(), feed.Link);
                    break;
                case "format":
                    Assert.Equal(member.Value.GetString(), feed.Format);
                    break;
                case "items":
                    AssertItems([.. member.Value.EnumerateArray()], feed.Entries);
                    break;
            }
        }

        static void AssertItems(JsonElement[] expected, IReadOnlyList<FeedEntry> entries)
        {
            Assert.Equal(expected.Length, entries.Count);
            foreach (var (item, entry) in expected.Zip(entries))
            {
                foreach (var field in item.EnumerateObject())
                {
                    Assert.Equal((field.Name, field.Value.GetString()), (field.Name, FeedFixture.Field(entry, field.Name)));
                }
            }
        }
    }

    [Fact]
    public void The_fixtures_are_many_and_each_has_its_feed()
    {
        Assert.True(FeedFixture.Names.Count >= 60, $"only {FeedFixture.Names.Count} fixtures");
        Assert.All(FeedFixture.Names, name => Assert.NotNull(FeedFixture.Load(name).Bytes));
    }

    [Fact]
    public void A_document_that_is_too_large_is_refused_with_the_reason()
    {
        var document = new FeedDocument(new byte[FeedParser.LargestBytes + 1], null, null);

        Assert.Equal(new FeedReading.NotAFeed("larger than 20 MiB"), FeedParser.Parse(document));
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0, 0 }, "compressed bytes (gzip)")]
    [InlineData(new byte[] { 1, 2, 0, 3, 4, 5, 0, 7 }, "binary data")]
    [InlineData(new byte[] { 0xEF, 0xBB, 0xBF }, "empty")]
    public void Bytes_that_are_no_text_are_named(byte[] bytes, string why) =>
        Assert.Equal(new FeedReading.NotAFeed(why), FeedParser.Parse(new FeedDocument(bytes, null, null)));

    [Fact]
    public void The_same_feed_reads_the_same_when_it_is_broken_only_at_its_end()
    {
        var whole = """<rss version="2.0"><channel><title>T</title><item><title>A</title><link>http://a.example/1</link></item></channel></rss>""";

        var strict = Parse(whole);
        var liberal = Parse(whole.Replace("</channel></rss>", "", StringComparison.Ordinal));

        Assert.Equal(strict.Title, liberal.Title);
        Assert.Equal(strict.Entries, liberal.Entries);
    }

    private static ParsedFeed Parse(string text) =>
        Assert.IsType<FeedReading.Parsed>(FeedParser.Parse(new FeedDocument(Encoding.UTF8.GetBytes(text), null, null))).Feed;
}
