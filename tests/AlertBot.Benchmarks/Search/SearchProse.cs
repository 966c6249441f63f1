using System.Text;
using System.Text.Json;

namespace AlertBot.Benchmarks.Search;

/// <summary>A story to be searched for.</summary>
/// <param name="At">When it was published.</param>
internal readonly record struct SearchStory(string Title, string Text, DateTimeOffset At);

/// <summary>
/// Stories of words that come as often as in news: the word of rank r with 1/(r + 2.7)^1.07. Or those of a file with a JSON object a line,
/// <c>{"title","text"}</c>. The same seed gives the same stories.
/// </summary>
internal sealed class SearchProse
{
    private const int Vocabulary = 60_000;
    private const int TapeLength = 2_000_000;
    private const int WordsOfStory = 90;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(86.4);

    private readonly Random _random = new(11);
    private readonly string[] _words;
    private readonly int[] _tape;

    public SearchProse()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (seen.Count < Vocabulary)
        {
            seen.Add(Word(seen.Count < 3000 ? 2 : _random.Next(2, 5)));
        }

        _words = [.. seen];
        var sums = new double[Vocabulary];
        for (var rank = 0; rank < Vocabulary; rank++)
        {
            sums[rank] = (rank == 0 ? 0 : sums[rank - 1]) + Math.Pow(rank + 3.7, -1.07);
        }

        _tape = new int[TapeLength];
        for (var i = 0; i < TapeLength; i++)
        {
            var found = Array.BinarySearch(sums, _random.NextDouble() * sums[^1]);
            _tape[i] = Math.Min(Vocabulary - 1, found < 0 ? ~found : found);
        }
    }

    public IEnumerable<SearchStory> Stories(int count, DateTimeOffset last)
    {
        for (var number = 0; number < count; number++)
        {
            var text = new StringBuilder();
            for (var words = 0; words < WordsOfStory;)
            {
                var sentence = Slice(_random.Next(8, 25));
                text.Append(text.Length > 0 ? " " : "").Append(char.ToUpperInvariant(sentence[0])).Append(sentence.AsSpan(1)).Append('.');
                words += sentence.Count(c => c == ' ') + 1;
            }

            yield return new SearchStory(Slice(_random.Next(6, 13)), text.ToString(), last - ((count - number) * Between));
        }
    }

    /// <summary>The texts of a file, at the same times as <see cref="Stories"/>.</summary>
    public static IEnumerable<SearchStory> Read(string file, int count, DateTimeOffset last)
    {
        foreach (var (number, line) in File.ReadLines(file).Take(count).Index())
        {
            using var json = JsonDocument.Parse(line);
            var story = json.RootElement;
            yield return new SearchStory(story.GetProperty("title").GetString()!, story.GetProperty("text").GetString()!, last - ((count - number) * Between));
        }
    }

    /// <summary>Queries of each kind, so many of each.</summary>
    public IReadOnlyList<SearchQuestion> Questions(int each)
    {
        var questions = new List<SearchQuestion>();
        string Common() => _words[_random.Next(30, 250)];
        string Middling() => _words[_random.Next(800, 4000)];
        string Rare() => _words[_random.Next(15_000, 45_000)];
        for (var i = 0; i < each; i++)
        {
            questions.AddRange(new (string Kind, string[] Words)[]
            {
                ("rare1", [Rare()]), ("mid1", [Middling()]), ("common1", [Common()]), ("and2", [Common(), Middling()]), ("and3", [Common(), Common(), Common()]),
                ("or3", [Middling(), Middling(), Rare()]), ("phrase2", Slice(2).Split(' ')), ("prefix1", [Middling()[..4]]),
            }.Select(q => new SearchQuestion(q.Kind, q.Words)));
        }

        return questions;
    }

    /// <summary>Of a file with a line each: the kind, a tab, the words.</summary>
    public static IReadOnlyList<SearchQuestion> ReadQuestions(string file) =>
        [.. File.ReadLines(file).Select(line => line.Split('\t')).Where(parts => parts.Length == 2).Select(parts => new SearchQuestion(parts[0], parts[1].Split(' ')))];

    private string Slice(int words) => string.Join(' ', _tape.AsSpan(_random.Next(TapeLength - words), words).ToArray().Select(w => _words[w]));

    private string Word(int syllables)
    {
        const string Onsets = "bcdfghklmnprstvwjz";
        const string Nuclei = "aeiou";
        const string Codas = "nrstldmk";
        return string.Concat(Enumerable.Range(0, syllables).Select(_ => $"{Onsets[_random.Next(Onsets.Length)]}{Nuclei[_random.Next(Nuclei.Length)]}{(_random.Next(2) == 0 ? "" : Codas[_random.Next(Codas.Length)])}"));
    }
}

/// <param name="Kind">rare1, mid1, common1, and2, and3, or3, phrase2 or prefix1.</param>
internal sealed record SearchQuestion(string Kind, IReadOnlyList<string> Words)
{
    /// <summary>As a person types it.</summary>
    public string Typed => Kind switch
    {
        "or3" => string.Join(" OR ", Words),
        "phrase2" => $"\"{string.Join(' ', Words)}\"",
        "prefix1" => Words[0] + "*",
        _ => string.Join(' ', Words),
    };
}
