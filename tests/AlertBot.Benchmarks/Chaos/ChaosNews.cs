using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AlertBot.Tests.Support;

namespace AlertBot.Benchmarks.Chaos;

/// <summary>Feeds on loopback, in which stories come up that have nothing in common but whom they are about.</summary>
internal sealed partial class ChaosNews : IAsyncDisposable
{
    public const int Feeds = 4;

    /// <summary>What channels follow to get them.</summary>
    public const string Follow = "north-korea";

    private const string Consonants = "bcdfghjklmnprstvwz";
    private const string Vowels = "aeiou";

    private readonly FeedSite _site;
    private readonly Random _random;
    private readonly List<RssItem>[] _items = [.. Enumerable.Range(0, Feeds).Select(_ => new List<RssItem>())];

    private ChaosNews(FeedSite site, int seed)
    {
        _site = site;
        _random = new Random(seed);
    }

    public string Endpoint => _site.Endpoint.ToString();

    public IReadOnlyList<Uri> Addresses => [.. Enumerable.Range(0, Feeds).Select(f => _site.Address(PathOf(f)))];

    /// <summary>The stories that were published, in order; 0 is the first.</summary>
    public int Published { get; private set; }

    public static async Task<ChaosNews> StartAsync(int seed)
    {
        var news = new ChaosNews(await FeedSite.StartAsync(), seed);
        for (var feed = 0; feed < Feeds; feed++)
        {
            // A feed's first poll is its baseline, which alerts nobody.
            news._items[feed].Add(news.Write($"https://wire.example/before/{feed.ToString(CultureInfo.InvariantCulture)}"));
            news.Serve(feed);
        }

        return news;
    }

    public static int FeedOf(int story) => story % Feeds;

    /// <summary>The story that a message tells of; null where it tells of none.</summary>
    /// <param name="message">In JSON.</param>
    public static int? StoryIn(string message) => StoryLink().Match(message) is { Success: true } match ? int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) : null;

    public void Publish()
    {
        var story = Published++;
        _items[FeedOf(story)].Add(Write($"https://wire.example/story/{story.ToString(CultureInfo.InvariantCulture)}"));
        Serve(FeedOf(story));
    }

    /// <summary>Whether each feed was read since it was first served.</summary>
    public bool IsRead => Addresses.All(a => _site.Requests.Count(r => r.Path == a.AbsolutePath) > 1);

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [GeneratedRegex(@"https://wire\.example/story/(?<number>\d+)")]
    private static partial Regex StoryLink();

    private static string PathOf(int feed) => $"/feed/{feed.ToString(CultureInfo.InvariantCulture)}";

    private void Serve(int feed) => _site.Serve(PathOf(feed), Rss.Feed([.. _items[feed]]));

    private RssItem Write(string link) => new($"North Korea {Words(5)}", link, link, $"North Korea {Words(30)}.");

    private string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word()));

    private string Word()
    {
        var word = new StringBuilder();
        for (var syllable = 0; syllable < 4; syllable++)
        {
            word.Append(Consonants[_random.Next(Consonants.Length)]).Append(Vowels[_random.Next(Vowels.Length)]);
        }

        return word.ToString();
    }
}
