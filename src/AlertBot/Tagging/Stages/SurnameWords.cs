using AlertBot.Stories.Events;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Tells where a word that could be a surname is none: a month, a moon, a part of another name.</summary>
internal static class SurnameWords
{
    // Times in a million words of English.
    private const double Common = 20;

    /// <param name="isIntroduced">Whether the story names somebody who bears it.</param>
    public static bool IsNone(TextReading reading, int at, bool isIntroduced)
    {
        var token = reading.Tokens[at];
        var before = reading.Near(at - 1, token.Sentence);
        var after = reading.Near(at + 1, token.Sentence);
        if (after.IsWord && after.IsCapital && !after.IsJoined && reading.FindingAt(at + 1) is null && !after.Is(WordClass.Say | WordClass.Act | WordClass.Auxiliary | WordClass.Date) && reading.Section == TextSection.Body && !(token.IsAllCapitals && after.IsAllCapitals))
        {
            return true;
        }

        // "He" and "An" are words first: they name nobody whom the story has not introduced.
        if (before.Is(WordClass.Naming) || (token.Is(WordClass.Pronoun | WordClass.Article | WordClass.Conjunction | WordClass.Starter) && !isIntroduced && !before.Is(WordClass.Title)))
        {
            return true;
        }

        if (token.Is(WordClass.Date | WordClass.Auxiliary) && (before.Is(WordClass.PlacePreposition | WordClass.Of) || after.Kind == TokenKind.Number || before.Kind == TokenKind.Number || !isIntroduced))
        {
            return true;
        }

        if (!before.IsMark(',') && after.IsMark(',') && reading.Near(at + 2, token.Sentence).Is(WordClass.AmericanState))
        {
            return true;
        }

        var opensSentence = reading.SentenceOf(at).First == at;
        if (opensSentence && !isIntroduced && (token.Is(WordClass.WordAndName | WordClass.GivenName) || IsCommon(reading, at)) && after.IsWord && !after.IsCapital && !after.Is(WordClass.Say | WordClass.Act | WordClass.Auxiliary | WordClass.Adverb | WordClass.Conjunction | WordClass.Relative | WordClass.Preposition | WordClass.Motion))
        {
            return true;
        }

        // "Faith in Austin", "King's Cross"
        var isElsewhere = !isIntroduced && before.Is(WordClass.PlacePreposition) && token.Is(WordClass.WordAndName | WordClass.GivenName);
        var isOwner = !isIntroduced && after.Kind == TokenKind.Possessive && reading.Near(at + 2, token.Sentence) is { IsWord: true, IsCapital: true } && reading.FindingAt(at + 2) is null;
        if (isElsewhere || isOwner)
        {
            return true;
        }

        var isActing = isIntroduced && after.Is(WordClass.Say | WordClass.Act | WordClass.Auxiliary) && !reading.At(at - 1).Is(WordClass.GivenName);
        return !isActing && !before.Is(WordClass.Say | WordClass.Act) && !before.Is(WordClass.Kin) && before.IsWord && before.IsCapital && !before.Is(WordClass.Title | WordClass.Starter | WordClass.Conjunction | WordClass.Date | WordClass.Preposition) && reading.FindingAt(at - 1) is null && reading.Section == TextSection.Body && !(token.IsAllCapitals && before.IsAllCapitals) && reading.SentenceOf(at).First != at - 1;
    }

    // "Banks cut rates": at the start of a sentence any word has a capital.
    private static bool IsCommon(TextReading reading, int at) => WordFrequencies.Of(Stemmer.Of(reading.WordsOf(at, at + 1).ToLowerInvariant())) >= Common;
}
