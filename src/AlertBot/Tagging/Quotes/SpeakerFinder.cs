using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>
/// Finds who said a quote: the subject of the verb of saying behind it or before it, the speaker of the quote that it goes
/// on, the other one of a dialogue, or whoever its surroundings are about. Gives null where the marks hold no words of anybody.
/// </summary>
internal sealed class SpeakerFinder(TaggingDraft draft, Speech speech, SubjectReader subjects)
{
    private const int Reach = 24;
    private const int UtterReach = 7;
    private const int TurnReach = 4;

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
            return last.Speaker.By("the speech of the paragraph before goes on");
        }

        var behind = Behind(span, last?.Speaker);
        var isWhole = speech.IsWhole(span);
        if (behind is not null && (isWhole || behind.IsPerson))
        {
            return behind.By("told behind the quote");
        }

        // "Moon told them to \"...\", the Blue House said": he uttered it, the others relay it.
        if (Before(span, last?.Speaker) is { } before && (behind is null || before.IsPerson))
        {
            return before.By("told before the quote");
        }

        if (behind is not null)
        {
            return behind.By("told behind the quote");
        }

        if (!isWhole)
        {
            return Fragment(span, last?.Speaker)?.By("whom the sentence is about");
        }

        return Beside(span, last)?.By("whom the paragraph is about") ?? Dialogue(span, last)?.By("in turn with the speech before") ?? Speaker.Unknown.By("nobody is told");
    }

    // "...," Kim said / said Kim / he told reporters / according to Kim.
    private Speaker? Behind(QuoteSpan span, Speaker? last)
    {
        if (!span.IsClosed || speech.EndsItsSentence(span))
        {
            return null;
        }

        var first = span.Close + 1;
        if (_body.Tokens[first].Is(WordClass.Relative | WordClass.Conjunction))
        {
            return null;
        }

        var stop = speech.EndOfClause(first, Reach);
        for (var i = first; i < stop; i++)
        {
            if (IsAccordingTo(i))
            {
                return subjects.After(i + 2, stop, last);
            }

            if (IsSaying(i, span.Close) && !_body.Tokens[i].IsCapital)
            {
                return (i > first ? subjects.Before(first, i, last) : null) ?? subjects.After(i + 1, stop, last);
            }
        }

        return null;
    }

    // Kim said "...", the ministry called it "...", according to Kim, "...". "Said" says from afar, "laughed" only close by.
    private Speaker? Before(QuoteSpan span, Speaker? last)
    {
        var first = speech.StartOfSentence(span.Open);
        var near = Nearest(first, span.Open, WordClass.Say);
        near = near >= 0 ? near : Nearest(first, span.Open, WordClass.Utter);
        if (near < 0)
        {
            return null;
        }

        var speaker = Telling(first, near, span.Open, last);
        var isAside = !speaker.IsPerson && near > first && _body.At(near + 1).IsMark(',');
        var farther = isAside ? Nearest(first, near - 1, WordClass.Say) : -1;
        return farther >= 0 && Telling(first, farther, near, last) is { IsPerson: true } person ? person : speaker;
    }

    private Speaker Telling(int first, int verb, int stop, Speaker? last)
    {
        if (IsAccordingTo(verb))
        {
            return subjects.After(verb + 2, stop, last) ?? Speaker.Unknown;
        }

        if (_body.Tokens[verb].Hash == Words.Saying && _body.At(verb - 1).Hash == Words.As)
        {
            for (var i = verb - 2; i > first; i--)
            {
                if (_body.Tokens[i].Hash == Words.Quoted || _body.Tokens[i].Hash == Words.Cited)
                {
                    return subjects.Before(first, i, last) ?? Speaker.Unknown;
                }
            }
        }

        var isInfinitive = _body.At(verb - 1).Is(WordClass.To);
        return (isInfinitive ? subjects.Leading(first, verb, last) : subjects.Before(first, verb, last) ?? subjects.After(verb + 1, stop, last)) ?? Speaker.Unknown;
    }

    private int Nearest(int first, int end, WordClass verbs)
    {
        for (var i = end - 1; i >= first; i--)
        {
            var isAtStart = i == first && _body.Tokens[i].IsCapital && !IsAccordingTo(i);
            if (!isAtStart && !speech.IsQuoted(i) && (IsAccordingTo(i) || (_body.Tokens[i].Is(verbs) && IsSaying(i, end))))
            {
                return i;
            }
        }

        return -1;
    }

    private bool IsAccordingTo(int at) => _body.Tokens[at].Hash == Words.According && _body.At(at + 1).Is(WordClass.To);

    // Words in the midst of the narrator's sentence are somebody's where they end as speech does.
    private Speaker? Fragment(QuoteSpan span, Speaker? last)
    {
        var words = 0;
        var capitals = 0;
        for (var i = span.Open + 1; i < span.Close; i++)
        {
            words += _body.Tokens[i].IsWord ? 1 : 0;
            capitals += _body.Tokens[i] is { IsWord: true, IsCapital: true } ? 1 : 0;
        }

        var stop = _body.Text[span.End - 1];
        var first = speech.StartOfSentence(span.Open);
        var before = _body.At(span.Open - 1);
        var isSaid = stop is '?' or '!' || (words > 1 && capitals < words && !before.Is(WordClass.Pronoun) && before.Kind != TokenKind.Possessive && (stop is '.' or ',' || before.Is(WordClass.Be)));
        if (!isSaid)
        {
            return null;
        }

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

    // Only where two take turns, or somebody was asked, does another speak next.
    private Speaker? OtherThan(Heard last)
    {
        for (var i = _heard.Count - 1; i >= 0 && speech.Paragraph(last.Span.Open) - speech.Paragraph(_heard[i].Span.Open) <= TurnReach; i--)
        {
            if (_heard[i].Speaker.Name != last.Speaker.Name)
            {
                return _heard[i].Speaker;
            }
        }

        if (_body.Text[last.Span.End - 1] != '?')
        {
            return null;
        }

        for (var i = last.Span.Open; i >= 0 && speech.Paragraph(last.Span.Open) - speech.Paragraph(i) <= TurnReach; i--)
        {
            if (_body.FoundAt[i] is { Person: { } person } && person.Name != last.Speaker.Name && !speech.IsQuoted(i))
            {
                return Speaker.Of(person);
            }
        }

        return null;
    }

    // Whom a sentence is about. "Asked as he left, Biden gave": behind a lead-in the main clause decides.
    private Speaker? Acting(int first, int end, Speaker? last)
    {
        if (_body.Tokens[first].Is(WordClass.Say | WordClass.Starter | WordClass.Preposition) && !_body.Tokens[first].Is(WordClass.Pronoun | WordClass.Article) && _body.FoundAt[first] is null)
        {
            for (var i = first + 1; i < end - 1; i++)
            {
                var opensMain = _body.Tokens[i].IsMark(',') && !speech.IsQuoted(i) && (_body.FoundAt[i + 1] is not null || _body.Tokens[i + 1].IsCapital || _body.Tokens[i + 1].Is(WordClass.Pronoun | WordClass.Article));
                if (opensMain && subjects.Leading(i + 1, end, last) is { } main)
                {
                    return main;
                }
            }
        }

        return subjects.Leading(first, end, last);
    }

    // "Said" says from afar, "laughed" only close by.
    private bool IsSaying(int at, int quote) =>
        speech.IsSaying(at, Math.Abs(at - quote) <= UtterReach ? WordClass.Say | WordClass.Utter : WordClass.Say);

    private sealed record Heard(QuoteSpan Span, Speaker Speaker);
}
