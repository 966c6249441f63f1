using AlertBot.Feeds;
using AlertBot.Knowledge;

namespace AlertBot.Benchmarks.Scale;

/// <summary>
/// News that is made up of what is known: each story is about an actor or two, some of them much oftener than others, with words that topics
/// are told by, and a quote in every third. The same seed gives the same stories.
/// </summary>
internal sealed class ScaleNews(KnowledgeSnapshot known, int seed)
{
    private const int Words = 20_000;

    private static readonly string[] Small = ["the", "of", "to", "and", "in", "a", "that", "for", "on", "with", "as", "was", "by", "at", "from"];
    private static readonly string[] Syllables = ["ba", "cen", "di", "for", "ga", "hel", "ji", "kor", "la", "men", "ni", "pol", "ra", "sen", "ti", "ver", "wa", "xen", "yo", "zur"];

    private readonly Random _random = new(seed);

    private readonly IReadOnlyList<string> _phrases = [.. known.Topics.SelectMany(t => t.Keywords.Concat(t.Phrases.SelectMany(p => p.Texts))).Where(w => w.All(c => char.IsLetter(c) || c == ' '))];

    /// <summary>Who is written about, those written about most first.</summary>
    public IReadOnlyList<Actor> Actors { get; } = Shuffled([.. known.Actors], new Random(seed));

    /// <summary>A number below another one; small ones come oftener, as the names in the news do.</summary>
    public int Popular(int count) => Math.Min(count - 1, (int)Math.Pow(count, Math.Pow(_random.NextDouble(), 0.7)) - 1);

    public int Next(int count) => _random.Next(count);

    public FeedEntry Story(int number, DateTimeOffset published)
    {
        var (main, other) = (Actor().Name, Actor().Name);
        var title = $"{main} {Word()} {Phrase()} {Word()} {Word()} {number}";
        var body = string.Join("\n\n",
            $"{main} {Sentence(12)}. {Capital(Sentence(14))} {Phrase()} {Sentence(6)}.",
            $"{Capital(Sentence(8))} {other} {Sentence(10)}. {(number % 3 == 0 ? $"\u201c{Capital(Sentence(9))},\u201d {main} said." : $"{Capital(Sentence(9))}.")}",
            $"{Capital(Sentence(15))} {Actor().Name} {Phrase()} {Sentence(9)}. {Capital(Sentence(12))}.");
        return new FeedEntry($"guid-{number}", $"https://outlet{number % 50}.example/{published.Year}/{number}-{Word()}-{Word()}", title, null, published, null, body, null);
    }

    public Actor Actor() => Actors[Popular(Actors.Count)];

    private string Phrase() => _phrases[Popular(_phrases.Count)];

    private string Sentence(int words) => string.Join(' ', Enumerable.Range(0, words).Select(i => i % 2 == 1 ? Small[_random.Next(Small.Length)] : Word()));

    private string Word()
    {
        var number = Popular(Words);
        return $"{Syllables[number % 20]}{Syllables[number / 20 % 20]}{Syllables[number / 400 % 20]}{(number < 8000 ? "" : Syllables[number / 8000])}";
    }

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static Actor[] Shuffled(Actor[] actors, Random random)
    {
        random.Shuffle(actors);
        return actors;
    }
}
