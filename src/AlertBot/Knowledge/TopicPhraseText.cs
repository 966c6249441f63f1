using System.Globalization;
using System.Text.RegularExpressions;

namespace AlertBot.Knowledge;

/// <summary>
/// The phrases of a topic as people type them, one on each line or between semicolons: <c>export = 0.5 near: gallium, chip not: film
/// within: story</c>. A line of plain words is a keyword.
/// </summary>
internal static partial class TopicPhraseText
{
    /// <returns>The topic with these phrases, and what can't be read of them.</returns>
    public static (Topic Topic, IReadOnlyList<string> Faults) Read(Topic topic, string text, double usual)
    {
        var (keywords, phrases, faults) = (new List<string>(), new List<TopicPhrase>(), new List<string>());
        foreach (var line in text.Split([';', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = Keys().Split(line);
            var (words, weight) = WeightOf(parts[0], usual, faults);
            if (parts.Length == 1 && weight == usual && !words.Contains('~') && !words.Contains('<') && !words.EndsWith('!'))
            {
                keywords.Add(words);
                continue;
            }

            phrases.Add(ReadContext(new TopicPhrase([words], weight), parts[1..], faults));
        }

        return (topic with { Keywords = [.. keywords.Distinct(StringComparer.Ordinal)], Phrases = phrases }, faults);
    }

    public static string Write(Topic topic, double usual) =>
        string.Join('\n', topic.Keywords.Concat(topic.Phrases.SelectMany(phrase => phrase.Texts.Select(text => Write(text, phrase, usual)))));

    /// <summary>The words of a line, without their weight and context.</summary>
    public static string WordsOf(string line) => Keys().Split(line)[0] is var words && words.LastIndexOf('=') is >= 0 and var at ? words[..at].Trim() : words.Trim();

    private static string Write(string text, TopicPhrase phrase, double usual) => string.Concat(
        text,
        phrase.Weight == usual ? "" : string.Create(CultureInfo.InvariantCulture, $" = {phrase.Weight}"),
        phrase.Near.Count == 0 ? "" : $" near: {string.Join(", ", phrase.Near)}",
        phrase.Not.Count == 0 ? "" : $" not: {string.Join(", ", phrase.Not)}",
        phrase.Within == PhraseScope.Story ? " within: story" : "",
        phrase.NeedsCountries ? " countries: true" : "");

    private static (string Words, double Weight) WeightOf(string text, double usual, List<string> faults)
    {
        if (text.LastIndexOf('=') is var at && at < 0)
        {
            return (text.Trim(), usual);
        }

        if (double.TryParse(text.AsSpan(at + 1).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight))
        {
            return (text[..at].Trim(), weight);
        }

        faults.Add($"“{text.Trim()}” has no number behind the =: write it as words = 0.5.");
        return (text[..at].Trim(), usual);
    }

    private static TopicPhrase ReadContext(TopicPhrase phrase, string[] keysAndValues, List<string> faults)
    {
        for (var i = 0; i + 1 < keysAndValues.Length; i += 2)
        {
            var value = keysAndValues[i + 1].Trim();
            var list = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            switch (keysAndValues[i])
            {
                case "near":
                    phrase = phrase with { Near = list };
                    break;
                case "not":
                    phrase = phrase with { Not = list };
                    break;
                case "within" when value is "story" or "sentence":
                    phrase = phrase with { Within = value == "story" ? PhraseScope.Story : PhraseScope.Sentence };
                    break;
                case "countries" when value is "true" or "false":
                    phrase = phrase with { NeedsCountries = value == "true" };
                    break;
                default:
                    faults.Add($"“{keysAndValues[i]}: {value}” can't be read: write within: story or within: sentence, countries: true or countries: false.");
                    break;
            }
        }

        return phrase;
    }

    [GeneratedRegex(@"\s+(near|not|within|countries):", RegexOptions.CultureInvariant)]
    private static partial Regex Keys();
}
