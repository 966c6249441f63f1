using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>What surrounds a name when its bearer is quoted.</summary>
internal static class Quotations
{
    /// <summary>Whether the word is the subject of a verb of saying: "Kim said", "said Kim".</summary>
    public static bool IsSpeaking(TextReading reading, int at)
    {
        var sentence = reading.Tokens[at].Sentence;
        var after = reading.Near(at + 1, sentence);
        if (after.Is(WordClass.Adverb | WordClass.Auxiliary))
        {
            after = reading.Near(at + 2, sentence);
        }

        return after.Is(WordClass.Say) || reading.Near(at - 1, sentence).Is(WordClass.Say);
    }
}
