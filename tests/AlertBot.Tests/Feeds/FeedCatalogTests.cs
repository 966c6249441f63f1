using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

public sealed class FeedCatalogTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void A_list_without_packs_is_read_as_ever()
    {
        var feeds = Load("""
            feeds:
              - url: "https://one.example/rss"
                title: "One"
                interval: "00:05:00"
            """);

        Assert.Equal([new CatalogFeed(new Uri("https://one.example/rss"), "One", TimeSpan.FromMinutes(5))], feeds);
    }

    [Fact]
    public void A_feed_belongs_to_the_pack_that_it_names()
    {
        var feeds = Load("""
            packs:
              korea: Korea
            feeds:
              - url: "https://one.example/rss"
                pack: korea
              - url: "https://two.example/rss"
            """);

        Assert.Equal([new PackName("korea", "Korea"), null], feeds.Select(f => f.Pack));
    }

    [Fact]
    public void A_pack_that_is_not_declared_is_told_with_its_feed()
    {
        var fault = Assert.Throws<FeedCatalogException>(() => Load("""
            packs:
              korea: Korea
            feeds:
              - url: "https://one.example/rss"
                pack: koera
            """));

        Assert.EndsWith("feed 1: there is no pack 'koera'. Give it a title under packs, or correct the name.", Assert.Single(fault.Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  two words: Two words")]
    [InlineData("  korea: \"\"")]
    public void A_pack_without_a_name_that_can_be_typed_or_a_title_is_told(string pack) =>
        Assert.Contains("must have a name without spaces and a title", Assert.Single(Assert.Throws<FeedCatalogException>(() => Load($"packs:\n{pack}\n")).Faults), StringComparison.Ordinal);

    [Fact]
    public void Every_shipped_feed_is_in_a_pack()
    {
        var feeds = FeedCatalog.Load(Path.Combine(AppContext.BaseDirectory, new FeedsOptions().Catalog));

        Assert.DoesNotContain(feeds, f => f.Pack is null);
        Assert.Equal(8, feeds.Select(f => f.Pack).Distinct().Count());
    }

    public void Dispose() => File.Delete(_path);

    private IReadOnlyList<CatalogFeed> Load(string yaml)
    {
        File.WriteAllText(_path, yaml);
        return FeedCatalog.Load(_path);
    }
}
