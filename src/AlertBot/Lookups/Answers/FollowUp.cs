using System.Text.RegularExpressions;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Lookups.Answers;

/// <summary>
/// Reads a question that goes on from the one before it: "and in 2022?" asks the same of another time, "and Japan?" the same of somebody else, "why did
/// he resign?" something else of the same one. A function of its values.
/// </summary>
internal static partial class FollowUp
{
    /// <param name="before">The question before, as it was understood.</param>
    /// <returns>The whole question; the same as typed where it stands for itself.</returns>
    public static string Resolve(string before, string typed, StoryTagger tagger, DateTimeOffset now)
    {
        var said = Lead().Replace(typed.Trim(), "").Trim();
        var (time, named) = (QuestionTime.Of(said, now), AskedQuestion.ActorsIn(said, tagger));
        var rest = TellingIn(QuestionTime.Without(said, time), named.Select(n => n.Words));
        var goesOn = Lead().IsMatch(typed) || Pronoun().IsMatch(said) || (rest == 0 && named.Count + (time is null ? 0 : 1) > 0 && !Asking().IsMatch(said));
        var (timeBefore, namedBefore) = (QuestionTime.Of(before, now), AskedQuestion.ActorsIn(before, tagger));
        if (!goesOn)
        {
            return typed.Trim();
        }

        // Only another time or somebody else is given: all else stays.
        if (rest == 0 && (named.Count > 0 || time is not null) && !Asking().IsMatch(said))
        {
            var question = named.Count > 0 ? Exchange(before, namedBefore, named[0]) : before;
            return time is null ? question : With(QuestionTime.Without(question, timeBefore), time.Words);
        }

        if (!Asking().IsMatch(said))
        {
            return With(before, said.TrimEnd('?', ' ', '.', '!'));
        }

        // Something else is asked, of the same ones.
        var missing = named.Count > 0 ? [] : namedBefore.Select(n => n.Words).Where(w => !said.Contains(w, StringComparison.OrdinalIgnoreCase)).ToList();
        var subject = missing.Count > 0 || named.Count > 0 ? string.Join(", ", missing) : string.Join(' ', NamesIn(before));
        var asked = char.ToUpperInvariant(said[0]) + said[1..];
        return subject.Length == 0 ? asked : With(asked, $"({subject})");
    }

    private static string Exchange(string before, IReadOnlyList<(Knowledge.Actor Actor, string Words)> old, (Knowledge.Actor Actor, string Words) instead)
    {
        if (old.Count == 0)
        {
            return With(before, instead.Words);
        }

        var alike = old.LastOrDefault(o => o.Actor.Kind == instead.Actor.Kind && o.Actor != instead.Actor);
        return before.Replace(alike.Actor is null ? old[^1].Words : alike.Words, instead.Words, StringComparison.Ordinal);
    }

    private static string With(string question, string words) => $"{question.TrimEnd('?', ' ', '.', '!')} {words}?";

    private static int TellingIn(string text, IEnumerable<string> names)
    {
        var named = names.SelectMany(FoldedText.WordsOf).ToHashSet();
        return Question.TellingWordsOf(text).Count(w => !named.Contains(w));
    }

    // Who is not known still has a capital.
    private static IEnumerable<string> NamesIn(string question) => Capital().Matches(question).Select(m => m.Value);

    [GeneratedRegex(@"^(?:and|but|so|then|or|also|what about|how about|what of|ok|okay)\b[,:]?\s*(?:about\b|what about\b|how about\b)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Lead();

    [GeneratedRegex(@"^(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|did|does|do|has|have|had|will|can)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Asking();

    [GeneratedRegex(@"\b(?:he|she|they|him|her|them|his|hers|their|theirs|it|its|there|that|this|those|these)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pronoun();

    [GeneratedRegex(@"(?<=\S\s)\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Capital();
}
