using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>
/// Finds who said a quote: the subject of the verb of saying behind it or before it, the speaker of the quote that it goes
/// on, the other one of a dialogue, or whoever its surroundings are about. Gives null where the marks hold no words of anybody.
/// </summary>
internal sealed class SpeakerFinder(TaggingDraft draft, Speech speech, SubjectReader subjects)
{
    private const int Reach = 24;
    private const int UtterReach = 4;

    private readonly TextReading _body = draft.Body;
    private readonly List<Heard> _heard = [];

    public Speaker? Find(QuoteSpan span)
    {
        var last = _heard.Count > 0 ? _heard[^1] : null;
        var speaker = Speaking(span, last);
        if (speaker is not null)
        {
            _heard.Add(new Heard(span, speaker));
        }

        return speaker;
    }

    private Speaker? Speaking(QuoteSpan span, Heard? last)
    {
        if (last is { Span.IsClosed: false } && speech.Paragraph(last.Span.Open) == speech.Paragraph(span.Open) - 1)
        {
            return last.Speaker;
        }

        if (Behind(span, last?.Speaker) is { } behind)
        {
            return behind;
        }

        if (Before(span, last?.Speaker) is { } before)
        {
            return before;
        }

        if (!speech.IsWhole(span))
        {
            return Fragment(span, last?.Speaker);
        }

        return Beside(span, last) ?? Dialogue(span, last) ?? Speaker.Unknown;
    }

    // "...," Kim said / said Kim / he told reporters / according to Kim.
    private Speaker? Behind(QuoteSpan span, Speaker? last)
    {
        if (!span.IsClosed || speech.EndsItsSentence(span))
        {
            return null;
        }

        var stop = speech.EndOfClause(span.Close + 1, Reach);
        for (var i = span.Close + 1; i < stop; i++)
        {
            var token = _body.Tokens[i];
            if (_body.FoundAt[i] is null && token.Hash == Words.According && _body.At(i + 1).Is(WordClass.To))
            {
                return subjects.After(i + 2, stop, last);
            }

            if (IsSaying(i, span.Close) && !token.IsCapital)
            {
                return (i > span.Close + 1 ? subjects.Before(span.Close + 1, i, last) : null) ?? subjects.After(i + 1, stop, last);
            }

            if (token.Is(WordClass.Relative | WordClass.Conjunction) && i == span.Close + 1)
            {
                return null;
            }
        }

        return null;
    }

    // Kim said "...", the ministry called it "...", according to Kim, "...".
    private Speaker? Before(QuoteSpan span, Speaker? last)
    {
        var first = speech.StartOfSentence(span.Open);
        for (var i = span.Open - 1; i >= first; i--)
        {
            if (speech.IsQuoted(i) || _body.FoundAt[i] is not null)
            {
                continue;
            }

            if (_body.Tokens[i].Hash == Words.According && _body.At(i + 1).Is(WordClass.To))
            {
                return subjects.After(i + 2, span.Open, last);
            }

            if (IsSaying(i, span.Open) && !(i == first && _body.Tokens[i].IsCapital))
            {
                var isInfinitive = _body.At(i - 1).Is(WordClass.To);
                return isInfinitive ? subjects.Leading(first, i, last) ?? Speaker.Unknown
                    : subjects.Before(first, i, last) ?? subjects.After(i + 1, span.Open, last) ?? Speaker.Unknown;
            }
        }

        return null;
    }

    // Words in the midst of the narrator's sentence are somebody's where they end as speech does.
    private Speaker? Fragment(QuoteSpan span, Speaker? last)
    {
        var hasStop = _body.Text[span.End - 1] is '.' or ',' or '?' or '!';
        if (!hasStop)
        {
            return null;
        }

        var first = speech.StartOfSentence(span.Open);
        return subjects.Leading(first, span.Open, last) ?? (span.Open > first ? Speaker.Unknown : null);
    }

    // A sentence of its own: whose sentence stands before it in its paragraph.
    private Speaker? Beside(QuoteSpan span, Heard? last)
    {
        var first = speech.StartOfSentence(span.Open);
        if (first < span.Open)
        {
            return Acting(first, span.Open, last?.Speaker);
        }

        var before = span.Open - 1;
        if (before < 0 || speech.Paragraph(before) != speech.Paragraph(span.Open))
        {
            return null;
        }

        var start = speech.StartOfSentence(before);
        var isAttribution = last is not null && last.Span.Open >= start - 1 && speech.Paragraph(last.Span.Open) == speech.Paragraph(span.Open);
        if (isAttribution)
        {
            return last!.Speaker;
        }

        return Acting(start, span.Open, last?.Speaker) ?? (last is not null && speech.Paragraph(last.Span.Open) == speech.Paragraph(span.Open) ? last.Speaker : null);
    }

    // A paragraph that begins with words of nobody yet: the other of two who speak in turn, else whom the paragraph before is about.
    private Speaker? Dialogue(QuoteSpan span, Heard? last)
    {
        var before = span.Open - 1;
        if (before < 0)
        {
            return null;
        }

        if (last is not null && speech.Paragraph(last.Span.Open) == speech.Paragraph(span.Open))
        {
            return last.Speaker;
        }

        var endsInSpeech = last is not null && speech.Paragraph(last.Span.Open) == speech.Paragraph(before);
        if (endsInSpeech)
        {
            return OtherThan(last!) ?? last!.Speaker;
        }

        for (var end = before + 1; end > 0 && speech.Paragraph(end - 1) == speech.Paragraph(before);)
        {
            var start = speech.StartOfSentence(end - 1);
            if (Acting(start, end, last?.Speaker) is { } acting)
            {
                return acting;
            }

            end = start;
        }

        return last?.Speaker;
    }

    private Speaker? OtherThan(Heard last)
    {
        for (var i = _heard.Count - 1; i >= 0 && speech.Paragraph(last.Span.Open) - speech.Paragraph(_heard[i].Span.Open) <= 6; i--)
        {
            if (_heard[i].Speaker.Name != last.Speaker.Name)
            {
                return _heard[i].Speaker;
            }
        }

        // The other of two whom the paragraph names, the one spoken to.
        for (var i = last.Span.Open; i >= 0 && speech.Paragraph(last.Span.Open) - speech.Paragraph(i) <= 2; i--)
        {
            if (_body.FoundAt[i] is { Person: { } person } && person.Name != last.Speaker.Name && !speech.IsQuoted(i))
            {
                return Speaker.Of(person);
            }
        }

        return null;
    }

    private Speaker? Acting(int first, int end, Speaker? last)
    {
        var comma = first;
        for (var i = first; i < end; i++)
        {
            comma = _body.Tokens[i].IsMark(',') && !speech.IsQuoted(i) && _body.At(i + 1) is { IsWord: true } next && next.Is(WordClass.Pronoun) && next.Is(WordClass.Male | WordClass.Female) && _body.At(first).Is(WordClass.Say | WordClass.Starter) ? i + 1 : comma;
        }

        return subjects.Leading(comma, end, last);
    }

    // "Said" says wherever it stands, "laughed" only right beside the quotation.
    private bool IsSaying(int at, int quote)
    {
        var token = _body.Tokens[at];
        var isVerb = token.Is(WordClass.Say) || (token.Is(WordClass.Utter) && Math.Abs(at - quote) <= UtterReach);
        return isVerb && _body.FoundAt[at] is null && !speech.IsQuoted(at) && !_body.At(at - 1).Is(WordClass.Article) && _body.At(at - 1).Kind != TokenKind.Possessive;
    }

    private sealed record Heard(QuoteSpan Span, Speaker Speaker);
}
