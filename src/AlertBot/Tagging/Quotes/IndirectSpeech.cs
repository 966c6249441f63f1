using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>Finds what somebody is reported to have said in other words: "Kim said that it rains", "it rains, Kim said".</summary>
internal sealed class IndirectSpeech(Speech speech, SubjectReader subjects)
{
    private const int FewestWords = 3;
    private const int ObjectReach = 7;

    private readonly TextReading _body = speech.Body;

    public IEnumerable<(int First, int End, Speaker Speaker)> FindAll()
    {
        Speaker? last = null;
        foreach (var sentence in _body.Sentences)
        {
            for (var i = sentence.First + 1; i < sentence.End; i++)
            {
                if (_body.Tokens[i].Zone == Zone.Story && speech.IsSaying(i, WordClass.Say) && ClauseOf(sentence, i) is var (first, end)
                    && subjects.Before(sentence.First, i, last) is { } speaker && (speaker.IsPerson || speaker.Actor is not null))
                {
                    last = speaker;
                    yield return (first, end, speaker);
                    i = Math.Max(i, end);
                }
            }
        }
    }

    private (int First, int End)? ClauseOf(Sentence sentence, int verb)
    {
        var end = EndOfWords(sentence);
        for (var i = verb + 1; i < Math.Min(end, verb + ObjectReach); i++)
        {
            if (speech.IsQuoted(i))
            {
                return null;
            }

            if (_body.Tokens[i].Hash == Words.That)
            {
                return Worth(i + 1, end);
            }

            if (_body.Tokens[i].Mark is ',' or ';' or ':')
            {
                break;
            }
        }

        var isPlain = _body.Tokens[verb].Hash == Words.Said || _body.Tokens[verb].Hash == Words.Says;
        if (!isPlain)
        {
            return null;
        }

        var next = _body.Near(verb + 1, _body.Tokens[verb].Sentence);
        if (next.IsWord && !next.Is(WordClass.Preposition | WordClass.Date | WordClass.Adverb | WordClass.To) && verb + 1 < end)
        {
            return speech.IsQuoted(verb + 1) ? null : Worth(verb + 1, end);
        }

        // "The report is true, Kim said."
        for (var i = verb - 1; i > sentence.First; i--)
        {
            if (_body.Tokens[i].IsMark(',') && !speech.IsQuoted(i))
            {
                return speech.IsQuoted(i - 1) ? null : Worth(sentence.First, i);
            }
        }

        return null;
    }

    private (int First, int End)? Worth(int first, int end)
    {
        var words = 0;
        for (var i = first; i < end; i++)
        {
            words += _body.Tokens[i].IsWord ? 1 : 0;
        }

        return words >= FewestWords && !speech.IsQuoted(first) && !speech.IsQuoted(end - 1) ? (first, end) : null;
    }

    private int EndOfWords(Sentence sentence)
    {
        var end = sentence.End;
        while (end > sentence.First && _body.Tokens[end - 1].Kind == TokenKind.Mark)
        {
            end--;
        }

        return end;
    }
}
