namespace AlertBot.Stories.Events;

/// <summary>Whether a story says that something happened again: then it is another happening, however like the last.</summary>
internal static class Recurrence
{
    private static readonly HashSet<string> Another = ["another", "again", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "2nd", "3rd", "4th"];
    private static readonly HashSet<string> Spans = ["day", "night", "week", "month", "year", "time", "quarter", "half", "hour"];

    public static bool IsTold(IReadOnlyList<Word> words, int leadWords)
    {
        for (var i = 0; i + 1 < Math.Min(words.Count, leadWords); i++)
        {
            if (Tells(words[i], words[i + 1]))
            {
                return true;
            }
        }

        return false;
    }

    // "Two more" and "a third test"; but "for a second day" tells of one that goes on, and "Third Avenue" of none.
    private static bool Tells(Word word, Word next) =>
        next.Written == "more" ? word.IsNumber
        : Another.Contains(word.Written) && (!word.IsCapital || word.StartsSentence) && !Spans.Contains(next.Stem);
}
