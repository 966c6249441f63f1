using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>Tells what stands between marks and is nobody's words: titles of works, nicknames, mere terms.</summary>
internal sealed class Terms(Speech speech)
{
    private const int ShortPhrase = 3;
    private const int LongestTitle = 7;
    private const int WorkReach = 4;

    private static readonly HashSet<ulong> Calls = [WordHash.Of("call"), WordHash.Of("calls"), WordHash.Of("calling")];

    private readonly TextReading _body = speech.Body;

    public bool IsTerm(QuoteSpan span)
    {
        var words = new List<Token>();
        for (var i = span.Open + 1; i < span.Close; i++)
        {
            if (_body.Tokens[i].IsWord)
            {
                words.Add(_body.Tokens[i]);
            }
        }

        return (words.Count == 0 && span.Close - span.Open < 3) || speech.IsNickname(span) || IsNamed(span, words) || IsTitle(span, words);
    }

    // So-called "x"; known as "x"; that he calls "X". Not: what he called "x"; called it "x".
    private bool IsNamed(QuoteSpan span, List<Token> words)
    {
        var before = _body.At(span.Open - 1);
        if (!before.Is(WordClass.Naming) && !Calls.Contains(before.Hash))
        {
            var isAs = before.Hash == Words.As && _body.At(span.Open - 2).Is(WordClass.Naming) && !_body.At(span.Open - 2).Is(WordClass.Say);
            return isAs && words.Count <= LongestTitle;
        }

        if (!before.Is(WordClass.Say))
        {
            return words.Count <= ShortPhrase || words.TrueForAll(word => word.IsCapital);
        }

        for (var i = span.Open - 2; i >= span.Open - 5 && i >= 0; i--)
        {
            if (_body.Tokens[i].Hash == Words.What)
            {
                return false;
            }
        }

        return words.Count <= ShortPhrase;
    }

    private bool IsTitle(QuoteSpan span, List<Token> words)
    {
        var isTitled = words.Count is > 1 and <= LongestTitle && words.TrueForAll(word => word.IsCapital || word.Length <= 3);
        if (words.Count is > 0 and <= LongestTitle && words[0].IsCapital && IsOfAWork(span))
        {
            return isTitled || words.Count == 1;
        }

        return isTitled && words.Count(word => word.IsCapital) > 1 && !IsFollowedBySpeaker(span);
    }

    private bool IsOfAWork(QuoteSpan span)
    {
        for (var i = span.Open - 1; i >= 0 && i >= span.Open - WorkReach && _body.Tokens[i].Sentence == _body.Tokens[span.Open].Sentence; i--)
        {
            if (_body.Tokens[i].Is(WordClass.Work))
            {
                return true;
            }

            if (!_body.Tokens[i].IsMark(',') && !_body.Tokens[i].Is(WordClass.Preposition | WordClass.Auxiliary) && !_body.Tokens[i].IsCapital)
            {
                return false;
            }
        }

        return false;
    }

    private bool IsFollowedBySpeaker(QuoteSpan span) =>
        !speech.EndsItsSentence(span) && (_body.At(span.Close + 1).Is(WordClass.Pronoun | WordClass.Say) || _body.FindingAt(span.Close + 1) is not null || _body.At(span.Close - 1).Mark is '!' or '?');
}
