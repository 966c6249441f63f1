using AlertBot.Storage;

namespace AlertBot.Stories.Search;

/// <summary>
/// What a person types to search: words, all of which are needed; "a phrase"; -this is excluded; this OR that; begin*. All else is data: it
/// can be searched for or is passed over, and never breaks anything.
/// </summary>
internal sealed class SearchWords
{
    public const int MostPhrases = 32;

    private const int ShortestPrefix = 3;

    private static readonly char[] Quotes = ['"', '“', '”', '„', '«', '»', '＂'];

    private readonly List<List<TextPhrase>> _needed = [];
    private readonly List<TextPhrase> _excluded = [];
    private readonly string _text;
    private string? _fault;
    private int _at;

    private SearchWords(string text) => _text = text;

    /// <returns>What is looked for, or why that can't be.</returns>
    public static (TextQuery? Query, string? Fault) Parse(string text)
    {
        var words = new SearchWords(text);
        for (var joins = false; words.Next() is { } token;)
        {
            joins = words.Take(token, joins);
        }

        var count = words._needed.Sum(g => g.Count) + words._excluded.Count;
        var fault = words._fault
            ?? (count > MostPhrases ? $"There are {count} words; at most {MostPhrases} are looked for at once." : null)
            ?? (words._needed.Count > 0 ? null : words._excluded.Count > 0
                ? "There are only words that must not stand in a story. Give one that must, too: missile -test"
                : "There is no word to look for. Type one or more: missile test, \"missile test\", missile -test, missile OR rocket, missil*");
        return fault is null ? (new TextQuery([.. words._needed], words._excluded), null) : (null, fault);
    }

    /// <returns>Whether the next token is another choice beside this one.</returns>
    private bool Take(Token token, bool joins)
    {
        if (token.IsOr)
        {
            return _needed.Count > 0;
        }

        if (FoldedText.WordsOf(token.Text) is not { Count: > 0 } words)
        {
            return joins;
        }

        if (token.HasStar && words[^1].Length < ShortestPrefix && !FoldedText.HasParticles(words[^1]))
        {
            _fault ??= $"{words[^1]}* would be nearly every word. Give at least {ShortestPrefix} letters before the *.";
        }

        var phrase = new TextPhrase(words, token.HasStar || FoldedText.HasParticles(words[^1]));
        if (token.IsExcluded && joins)
        {
            _fault ??= $"OR stands before -{token.Text}. What must not stand in a story can't be one of two choices: leave out the OR.";
        }
        else if (token.IsExcluded)
        {
            _excluded.Add(phrase);
        }
        else if (joins)
        {
            _needed[^1].Add(phrase);
        }
        else
        {
            _needed.Add([phrase]);
        }

        return false;
    }

    private Token? Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }

        if (_at == _text.Length)
        {
            return null;
        }

        var isExcluded = _text[_at] is '-' or '−' && _at + 1 < _text.Length && !char.IsWhiteSpace(_text[_at + 1]);
        _at += isExcluded ? 1 : 0;
        if (Quotes.Contains(_text[_at]))
        {
            _at++;
            // A mark that is not closed is none.
            if (_text.IndexOfAny(Quotes, _at) is >= 0 and var end)
            {
                var quoted = _text[_at..end];
                _at = end + 1;
                var hasStar = _at < _text.Length && _text[_at] == '*';
                _at += hasStar ? 1 : 0;
                return new Token(quoted, isExcluded, hasStar, IsOr: false);
            }
        }

        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && !Quotes.Contains(_text[_at]))
        {
            _at++;
        }

        var word = _text[start.._at];
        return new Token(word.TrimEnd('*'), isExcluded, word.EndsWith('*'), IsOr: !isExcluded && word is "OR" or "|");
    }

    private sealed record Token(string Text, bool IsExcluded, bool HasStar, bool IsOr);
}
