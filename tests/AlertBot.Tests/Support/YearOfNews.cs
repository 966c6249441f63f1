using System.Globalization;

namespace AlertBot.Tests.Support;

/// <summary>
/// Publishers with the habits that feeds have in the wild, over a year. Each item is about North Korea and has words of its own, so that none is like
/// another; one of them, its code, stands in the headline whatever else is edited.
/// </summary>
internal sealed class YearOfNews(FeedSite site, int seed)
{
    public const int Window = 12;

    private static readonly string[] Syllables = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "we", "xi", "yo", "zu"];

    private readonly Random _random = new(seed);
    private int _items;

    public IReadOnlyList<Publisher> Publishers { get; private set; } = [];

    public void Open(DateTimeOffset now)
    {
        Publishers =
        [
            new(this, "plain", (item, _) => item.Plain),
            new(this, "tracking", (item, poll) => item.Plain with { Link = $"http://www.wire.example/tracking/{item.Code}/?utm_source=rss&utm_id={poll}#{poll}" }),
            new(this, "editions", (item, poll) => item.Plain with { Link = $"https://{(poll % 3) switch { 0 => "www.wire.example", 1 => "m.wire.example", _ => "amp.wire.example" }}/editions/{item.Code}{(poll % 3 == 2 ? "/amp" : "")}" }),
            new(this, "revisions", (item, _) => item.Plain with { Guid = $"{item.Plain.Link}#{item.Edits}" }),
            new(this, "reissues", (item, poll) => item.Plain with { Guid = $"{item.Code}-{poll / 200}", Link = $"https://wire{poll / 200}.example/reissues/{item.Code}" }),
            new(this, "ever new", (item, poll) => item.Plain with { Guid = $"{item.Code}-{poll}", Link = $"https://news.example/articles/{item.Code}-{poll}" }),
            new(this, "one guid", (item, _) => item.Plain with { Guid = "wire.example" }),
            new(this, "one link", (item, _) => item.Plain with { Link = "https://wire.example/one" }),
            new(this, "bare", (item, _) => item.Plain with { Guid = null, Link = null }),
            new(this, "no dates", (item, _) => item.Plain with { Date = null }),
            new(this, "summer time", (item, poll) => item.Plain with { Date = Date(item.At.AddHours(poll is > 300 and < 900 ? 1 : 0)) }),
            new(this, "now", (item, poll) => item.Plain with { Date = Date(now.AddHours(poll * 6)) }),
        ];
        foreach (var publisher in Publishers)
        {
            publisher.Publish(now);
            publisher.Publish(now);
            publisher.Serve();
        }
    }

    private static string Date(DateTimeOffset at) => at.ToString("r", CultureInfo.InvariantCulture);

    private string Word() => string.Concat(Enumerable.Range(0, 4).Select(_ => Syllables[_random.Next(Syllables.Length)]));

    private string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Word()));

    /// <summary>An item as it stands now.</summary>
    internal sealed record Item(string Code, DateTimeOffset At, RssItem Plain, int Edits);

    internal sealed class Publisher(YearOfNews news, string habit, Func<Item, int, RssItem> write)
    {
        private readonly List<Item> _items = [];
        private int _polls;

        public string Path { get; private set; } = $"/{habit.Replace(' ', '-')}";

        public string Habit => habit;

        /// <summary>The codes of all items so far, oldest first.</summary>
        public List<string> Published { get; } = [];

        public void Publish(DateTimeOffset now)
        {
            var code = $"q{news._items++}z";
            var plain = new RssItem(
                $"North Korea {code} {news.Words(5)}", $"https://wire.example{Path}/{code}", $"guid-{code}", $"North Korea was said to have {news.Words(6)}. {Capital(news.Words(9))}. {Capital(news.Words(9))}.", Date(now));
            _items.Add(new Item(code, now, plain, 0));
            Published.Add(code);
        }

        /// <summary>
        /// A word more in the headline or the text of one item that is still shown; an item has always the one or the other edited, for
        /// what comes under another guid and link each time can't be known again when both change while nobody looks.
        /// </summary>
        public void Edit()
        {
            var at = _items.Count - 1 - news._random.Next(Math.Min(Window, _items.Count));
            var item = _items[at];
            var plain = item.Code[^2] % 2 == 0 ? item.Plain with { Title = $"{item.Plain.Title} {news.Word()}" } : item.Plain with { Text = $"{item.Plain.Text} {Capital(news.Words(4))}." };
            _items[at] = item with { Plain = plain, Edits = item.Edits + 1 };
        }

        public void Serve()
        {
            _polls++;
            news.Site.Serve(Path, Rss.Feed([.. _items.TakeLast(Window).Reverse().Select(i => write(i, _polls))]));
        }

        public void Fail(int kind)
        {
            switch (kind)
            {
                case 0:
                    news.Site.Answer(Path, 500);
                    break;
                case 1:
                    news.Site.Answer(Path, 404);
                    break;
                case 2:
                    news.Site.Answer(Path, 429, "Retry-After", "7200");
                    break;
                case 3:
                    news.Site.Serve(Path, "<html><body>We are being rebuilt.</body></html>");
                    break;
                default:
                    news.Site.Serve(Path, Rss.Feed());
                    break;
            }
        }

        public void Move()
        {
            var old = Path;
            Path += "x";
            Serve();
            news.Site.Answer(old, 301, "Location", Path);
        }

        private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
    }

    private FeedSite Site => site;
}
