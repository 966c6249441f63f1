using System.Buffers;
using System.Text;

namespace AlertBot.Stories.Events;

/// <summary>
/// Cuts texts into words and numbers: addresses are left out, marks fall away, number words become figures. It remembers the
/// forms that it has seen, so that a common word is looked into once. Not for several threads at once.
/// </summary>
internal sealed class WordReader
{
    private const int MostForms = 100_000;

    private static readonly SearchValues<char> SentenceMarks = SearchValues.Create(".!?\n:“”\"—");

    private static readonly Dictionary<string, string> Figures = new(StringComparer.Ordinal)
    {
        ["two"] = "2", ["three"] = "3", ["four"] = "4", ["five"] = "5", ["six"] = "6", ["seven"] = "7", ["eight"] = "8", ["nine"] = "9", ["ten"] = "10",
        ["eleven"] = "11", ["twelve"] = "12", ["thirteen"] = "13", ["fourteen"] = "14", ["fifteen"] = "15", ["sixteen"] = "16", ["twenty"] = "20", ["thirty"] = "30",
    };

    private readonly Dictionary<string, WordForm> _forms = new(StringComparer.Ordinal);

    public List<Word> Read(string text, int most)
    {
        var words = new List<Word>(Math.Min(most, (text.Length / 5) + 4));
        var start = true;
        var at = 0;
        while (words.Count < most)
        {
            var from = at;
            while (at < text.Length && !char.IsLetterOrDigit(text[at]))
            {
                at++;
            }

            start |= text.AsSpan(from, at - from).ContainsAny(SentenceMarks);
            if (at == text.Length)
            {
                break;
            }

            var rest = text.AsSpan(at);
            if (IsAddress(rest))
            {
                var length = rest.IndexOfAny(' ', '\n', '\t');
                at = length < 0 ? text.Length : at + length;
                start = true;
                continue;
            }

            var end = char.IsAsciiDigit(text[at]) ? EndOfNumber(text, at) : EndOfWord(text, at);
            words.Add(new Word(FormOf(text.AsSpan(at, end - at)), start));
            start = false;
            at = end;
        }

        return words;
    }

    private static bool IsAddress(ReadOnlySpan<char> text) =>
        text[0] is 'h' or 'w' && (text.StartsWith("http://") || text.StartsWith("https://") || text.StartsWith("www."));

    private static int EndOfNumber(string text, int at)
    {
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || (text[at] is '.' or ',' or ':' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
        {
            at++;
        }

        return at;
    }

    private static int EndOfWord(string text, int at)
    {
        // U.S., D.P.R.K.
        var initials = at;
        while (initials + 1 < text.Length && char.IsUpper(text[initials]) && text[initials + 1] == '.')
        {
            initials += 2;
        }

        if (initials - at >= 4)
        {
            return initials;
        }

        do
        {
            at++;
        }
        while (at < text.Length && (char.IsLetter(text[at]) || IsMark(text[at]) || (text[at] is '\'' or '’' && at + 1 < text.Length && char.IsLetter(text[at + 1]))));
        return at;
    }

    private WordForm FormOf(ReadOnlySpan<char> written)
    {
        var forms = _forms.GetAlternateLookup<ReadOnlySpan<char>>();
        if (forms.TryGetValue(written, out var known))
        {
            return known;
        }

        if (_forms.Count == MostForms)
        {
            _forms.Clear();
        }

        var form = Form(written.ToString());
        forms[written] = form;
        return form;
    }

    private static WordForm Form(string written)
    {
        if (char.IsAsciiDigit(written[0]))
        {
            var figure = written.Replace(",", "", StringComparison.Ordinal);
            return new WordForm(figure, figure, false);
        }

        var folded = Folded(written);
        return new WordForm(folded, Figures.GetValueOrDefault(folded) ?? Stemmer.Of(folded), char.IsUpper(written[0]));
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

        return Ascii.IsValid(word) ? word : string.Concat(word.Normalize(NormalizationForm.FormD).Where(c => !IsMark(c) && c != '’')) is { Length: > 0 } bare ? bare : word;
    }

    private static bool IsMark(char c) => c is >= '\u0300' and <= '\u036F';
}
