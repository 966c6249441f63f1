using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace AlertBot.Stories.Events;

/// <summary>Cuts a text into words and numbers: addresses are left out, marks fall away, number words become figures.</summary>
internal static partial class WordReader
{
    private static readonly SearchValues<char> SentenceMarks = SearchValues.Create(".!?\n:“”\"—");

    private static readonly Dictionary<string, string> Figures = new(StringComparer.Ordinal)
    {
        ["two"] = "2", ["three"] = "3", ["four"] = "4", ["five"] = "5", ["six"] = "6", ["seven"] = "7", ["eight"] = "8", ["nine"] = "9", ["ten"] = "10",
        ["eleven"] = "11", ["twelve"] = "12", ["thirteen"] = "13", ["fourteen"] = "14", ["fifteen"] = "15", ["sixteen"] = "16", ["twenty"] = "20", ["thirty"] = "30",
    };

    public static List<Word> Read(string text, int most)
    {
        var words = new List<Word>(Math.Min(most, (text.Length / 5) + 4));
        var start = true;
        var from = 0;
        foreach (var match in Words().EnumerateMatches(text))
        {
            start |= EndsSentence(text.AsSpan(from, match.Index - from));
            from = match.Index + match.Length;
            var written = text.Substring(match.Index, match.Length);
            if (written.Contains("://", StringComparison.Ordinal) || written.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            {
                start = true;
                continue;
            }

            words.Add(Of(written, start));
            start = false;
            if (words.Count == most)
            {
                break;
            }
        }

        return words;
    }

    private static Word Of(string written, bool start)
    {
        if (char.IsAsciiDigit(written[0]))
        {
            var figure = written.Replace(",", "", StringComparison.Ordinal).ToLowerInvariant();
            return new Word(figure, figure, false, start);
        }

        var folded = Folded(written);
        return new Word(folded, Figures.GetValueOrDefault(folded) ?? Stemmer.Of(folded), char.IsUpper(written[0]), start);
    }

    // Diacritics, dots of initials and possessives are an editor's habit, no difference.
    private static string Folded(string written)
    {
        var word = written.Replace(".", "", StringComparison.Ordinal).ToLowerInvariant();
        var apostrophe = word.IndexOfAny(['\'', '’']);
        if (apostrophe > 0 && word.Length - apostrophe <= 2)
        {
            word = word[..apostrophe];
        }

        return Ascii.IsValid(word)
            ? word
            : string.Concat(word.Normalize(NormalizationForm.FormD).Where(c => c is < '\u0300' or > '\u036F' and not '’'));
    }

    private static bool EndsSentence(ReadOnlySpan<char> between) => between.ContainsAny(SentenceMarks);

    [GeneratedRegex(@"https?://\S+|www\.\S+|\d+(?:[.,:]\d+)*|(?:\p{Lu}\.){2,}|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
