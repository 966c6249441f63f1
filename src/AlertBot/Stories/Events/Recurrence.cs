namespace AlertBot.Stories.Events;

/// <summary>Whether a story says that something happened again: then it is another happening, however like the last.</summary>
internal static class Recurrence
{
    private const int Reach = 10;

    private static readonly HashSet<string> Ordinals = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "2nd", "3rd", "4th"];
    private static readonly HashSet<string> Spans = ["day", "week", "month", "year"];

    public static bool IsTold(IReadOnlyList<Word> words, int leadWords)
    {
        var end = Math.Min(words.Count, leadWords);
        for (var i = 0; i + 1 < end; i++)
        {
            if (words[i].Written is "another" or "again" || IsMore(words[i], words[i + 1]) || IsCounted(words, i, end))
            {
                return true;
            }
        }

        return false;
    }

    // "Two more missiles."
    private static bool IsMore(Word number, Word more) => number.IsNumber && more.Written == "more";

    // "Its sixth test this month", "the second accident there within a week"; but "for a second week" goes on, and "the third mate" is a man.
    private static bool IsCounted(IReadOnlyList<Word> words, int at, int end)
    {
        if (!Ordinals.Contains(words[at].Written) || Spans.Contains(words[at + 1].Stem))
        {
            return false;
        }

        for (var i = at + 2; i < Math.Min(end, at + Reach); i++)
        {
            if (Spans.Contains(words[i].Stem) && (words[i - 1].Written is "this" or "past" or "last" || words[i - 2].Written is "in" or "within"))
            {
                return true;
            }
        }

        return false;
    }
}
