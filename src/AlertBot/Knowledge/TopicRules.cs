using System.Globalization;

namespace AlertBot.Knowledge;

/// <summary>What must hold of a topic beside the others, each fault told with what to do. A function of values.</summary>
internal static class TopicRules
{
    private const int LongestName = 60;
    private const int LongestDefinition = 300;
    private const int LongestPhrase = 200;
    private const int MostPhrases = 200;

    public static IReadOnlyList<string> Faults(Topic topic, IEnumerable<Topic> all, PhraseGrammar grammar) =>
        [.. OwnFaults(topic), .. PhraseFaults(topic, grammar), .. OthersFaults(topic, all)];

    private static IEnumerable<string> OwnFaults(Topic topic)
    {
        if (topic.Slug.Length == 0)
        {
            yield return "The name needs letters from a to z: its slug is made of them.";
        }

        if (topic.Name.Length is 0 or > LongestName)
        {
            yield return $"The name has {topic.Name.Length} characters: write 1 to {LongestName}.";
        }

        if (topic.Definition.Length > LongestDefinition)
        {
            yield return $"The definition has {topic.Definition.Length} characters: keep it to {LongestDefinition}.";
        }

        if (topic.Threshold is <= 0 or > TopicScale.Largest)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The threshold is {topic.Threshold}: write a number above 0 and at most {TopicScale.Largest}.");
        }
    }

    private static IEnumerable<string> PhraseFaults(Topic topic, PhraseGrammar grammar)
    {
        var texts = topic.Phrases.SelectMany(phrase => phrase.Texts.Concat(phrase.Near).Concat(phrase.Not)).ToList();
        var count = topic.Keywords.Count + topic.Phrases.Sum(phrase => phrase.Texts.Count);
        if (count is 0 or > MostPhrases)
        {
            yield return count == 0 ? "No phrase is left: add at least one, or nothing is ever found on this topic." : $"{count} phrases are too many: keep {MostPhrases}.";
        }

        foreach (var phrase in topic.Keywords.Concat(texts).Where(phrase => phrase.Length > LongestPhrase))
        {
            yield return $"“{phrase[..40]}…” has {phrase.Length} characters: keep a phrase to {LongestPhrase}.";
        }

        foreach (var fault in texts.Where(text => text.Length <= LongestPhrase).Select(grammar.FaultOf).Concat(topic.Keywords.Select(WordlessFault)))
        {
            if (fault is not null)
            {
                yield return $"{char.ToUpperInvariant(fault[0])}{fault[1..]}.";
            }
        }

        foreach (var weight in topic.Phrases.Select(phrase => phrase.Weight).Where(weight => weight is <= 0 or > TopicScale.Largest))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The weight {weight} is no weight: write a number above 0 and at most {TopicScale.Largest}.");
        }
    }

    private static string? WordlessFault(string keyword) => keyword.Any(char.IsLetterOrDigit) ? null : $"\"{keyword}\" holds no word";

    private static IEnumerable<string> OthersFaults(Topic topic, IEnumerable<Topic> all) =>
        all.Where(other => other.Slug != topic.Slug && NameKey.Of(other.Name) == NameKey.Of(topic.Name))
            .Select(other => $"“{other.Name}” already names {other.Slug}: choose another name.");
}
