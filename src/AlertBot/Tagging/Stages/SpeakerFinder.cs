using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Finds who said a quote: the subject of the verb of saying after it or before it, the speaker of the quote
/// that it goes on, or whoever its sentence is about. Gives null where the marks hold no words of anybody.
/// </summary>
internal sealed class SpeakerFinder(TaggingDraft draft, List<QuoteSpan> spans, Gazetteer gazetteer)
{
    private const int Reach = 14;
    private const int ShortPhrase = 3;

    private readonly TextReading _body = draft.Body;

    // For each token the quote that it stands in, marks included.
    private readonly QuoteSpan?[] _quoteAt = QuoteAt(draft.Body, spans);

    public Speaker? Find(QuoteSpan span, Speaker? last, QuoteSpan? lastSpan)
    {
        if (_body.Tokens[span.Open].Zone is Zone.Boilerplate || IsTitle(span))
        {
            return null;
        }

        var goesOn = last is not null && lastSpan is not null && Paragraph(lastSpan.Open) is var paragraph
            && (lastSpan.IsClosed ? paragraph == Paragraph(span.Open) : paragraph == Paragraph(span.Open) - 1);
        if (goesOn && !lastSpan!.IsClosed)
        {
            return last;
        }

        return After(span) ?? Before(span) ?? (goesOn && IsWholeSentence(span) ? last : Around(span));
    }

    // "...," Kim said / said Kim / he told reporters.
    private Speaker? After(QuoteSpan span)
    {
        if (!span.IsClosed || EndsItsSentence(span))
        {
            return null;
        }

        var stop = EndOfClause(span.Close + 1);
        for (var i = span.Close + 1; i < stop; i++)
        {
            if (_body.Tokens[i].Is(WordClass.Say) && !_body.Tokens[i].IsCapital && _body.FoundAt[i] is null)
            {
                return i > span.Close + 1 && SubjectBefore(span.Close + 1, i) is { } subject ? subject : SubjectAfter(i + 1, stop);
            }
        }

        return null;
    }

    // Kim said "...", the ministry called it "...".
    private Speaker? Before(QuoteSpan span)
    {
        var first = StartOfSentence(span.Open);
        for (var i = span.Open - 1; i >= first; i--)
        {
            if (_body.Tokens[i].Is(WordClass.Say) && _body.FoundAt[i] is null && !IsInQuote(i) && !(i == first && i + 1 < span.Open && _body.Tokens[i].IsCapital && _body.FoundAt[i + 1] is null))
            {
                return SubjectBefore(first, i) ?? SubjectAfter(i + 1, span.Open) ?? new Speaker(null, null);
            }
        }

        return null;
    }

    private Speaker? Around(QuoteSpan span)
    {
        var first = StartOfSentence(span.Open);
        var isWhole = IsWholeSentence(span);
        var text = _body.Text[span.Start..span.End];
        var hasStop = text[^1] is '.' or ',' or '?' or '!';
        if (!hasStop)
        {
            return null;
        }

        if (!isWhole)
        {
            var subject = FirstActor(first, span.Open);
            return subject ?? (span.Open > first ? new Speaker(null, null) : null);
        }

        var before = first - 1;
        var sentence = span.Open > first ? first : before >= 0 && Paragraph(before) == Paragraph(span.Open) ? StartOfSentence(before) : span.Open;
        return FirstActor(sentence, span.Open) ?? new Speaker(null, null);
    }

    private Speaker? FirstActor(int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (_body.FoundAt[i] is { } found && !IsInQuote(i) && (found.Person is not null || (found.Counts && found.Actor is not null && found.Kind != FindingKind.Demonym)))
            {
                return SpeakerOf(found);
            }

            if (i == first && _body.Tokens[i].Is(WordClass.Pronoun))
            {
                return Antecedent(i);
            }
        }

        return null;
    }

    private Speaker? SubjectBefore(int first, int verb)
    {
        var at = verb - 1;
        while (at >= first && (_body.Tokens[at].Is(WordClass.Adverb | WordClass.Auxiliary) || IsInQuote(at)) && _body.FoundAt[at] is null)
        {
            at--;
        }

        if (at < first)
        {
            return null;
        }

        if (_body.FoundAt[at] is { } found && NamesSpeaker(found))
        {
            return SpeakerOf(found);
        }

        if (_body.Tokens[at].Is(WordClass.Pronoun))
        {
            return Antecedent(at);
        }

        if (_body.Tokens[at] is { IsWord: true, IsCapital: true })
        {
            return Named(at) is { Actor: null } unknown && !draft.Persons.Exists(person => person.Name == unknown.Name) ? Described(first, at + 1) ?? unknown : Named(at);
        }

        return Governing(first, at) ?? Described(first, at + 1);
    }

    // The subject stands further off: behind an apposition, or as the head of "a professor at the university".
    private Speaker? Governing(int first, int at)
    {
        var person = default(Finding);
        for (var i = at; i >= first; i--)
        {
            if (_body.FoundAt[i] is { } found && !IsInQuote(i))
            {
                if (NamesSpeaker(found) && found.Kind != FindingKind.Demonym && (found.Person is not null || i == first || _body.At(i - 1).Is(WordClass.Article)) && _body.At(found.End).Kind != TokenKind.Possessive)
                {
                    person = found;
                }

                i = found.First;
            }
            else if (_body.Tokens[i].Is(WordClass.Pronoun) && i == first)
            {
                return Antecedent(i);
            }
        }

        return person is not null ? SpeakerOf(person) : null;
    }

    private Speaker? SubjectAfter(int first, int stop)
    {
        for (var i = first; i < stop && i < first + 10; i++)
        {
            if (_body.FoundAt[i] is { } found)
            {
                if (NamesSpeaker(found) && _body.At(found.End).Kind != TokenKind.Possessive && found.Kind != FindingKind.Demonym && !IsServed(found))
                {
                    return SpeakerOf(found);
                }

                i = found.End - 1;
            }
            else if (_body.Tokens[i] is { IsWord: true, IsCapital: true } token && !token.Is(WordClass.Title | WordClass.Date))
            {
                return Named(i);
            }
            else if (_body.Tokens[i].Is(WordClass.Preposition | WordClass.Relative) || (_body.Tokens[i].Mark is ',' or '.' && !IsAbbreviationStop(i)))
            {
                return i > first ? Described(first, i) : null;
            }
        }

        return null;
    }

    // "Kremlin spokesman Dmitry Peskov": the body comes before the one who speaks for it.
    private bool IsServed(Finding found) => found.Person is null && _body.At(found.End).Is(WordClass.State | WordClass.Title);

    private static bool NamesSpeaker(Finding found) => found.Person is not null || (found.Actor is not null && found.Counts);

    private static Speaker SpeakerOf(Finding found)
    {
        if (found.Person is { } person)
        {
            person.HasSpoken = true;
            return new Speaker(person.Actor, person.Name);
        }

        return new Speaker(found.Actor, found.Words);
    }

    // A bare capital word: somebody whom the story named in full before, or a short form of a body.
    private Speaker Named(int at)
    {
        var first = at;
        while (first > 0 && _body.Tokens[first - 1] is { IsWord: true, IsCapital: true } before && _body.FoundAt[first - 1] is null && !before.Is(WordClass.Title | WordClass.Starter))
        {
            first--;
        }

        var hash = _body.Tokens[at].Hash;
        var known = first == at ? draft.Persons.Find(person => person.Bears(hash)) : null;
        if (known is not null)
        {
            return new Speaker(known.Actor, known.Name);
        }

        var body = draft.Findings.Find(found => found is { Counts: true, Actor.Kind: ActorKind.Organization, Kind: FindingKind.Name } && found.End - found.First > 1 && found.FirstToken.Hash == hash);
        return body is not null ? new Speaker(body.Actor, body.Words) : new Speaker(null, _body.WordsOf(first, at + 1));
    }

    // "The government declared": of the country that the paragraph named last.
    private Speaker? Described(int first, int end)
    {
        while (first < end && (!_body.Tokens[first].IsWord || IsInQuote(first)))
        {
            first++;
        }

        if (first >= end || end - first > Reach)
        {
            return null;
        }

        if (end - first == 2 && _body.Tokens[end - 1].Hash == Words.Government)
        {
            for (var i = first - 1; i >= 0 && Paragraph(i) == Paragraph(first); i--)
            {
                if (_body.FoundAt[i] is { Counts: true, Actor: { } actor } && gazetteer.CountryOf(actor) is { } country)
                {
                    return new Speaker(country, _body.WordsOf(first, end));
                }
            }
        }

        return new Speaker(null, _body.WordsOf(first, end));
    }

    // The person whom an earlier sentence is about: its first, looking back one sentence at a time.
    private Speaker Antecedent(int pronoun)
    {
        var isThing = _body.Tokens[pronoun].Hash == Words.It;
        if (_body.Tokens[pronoun].Length > 3)
        {
            return new Speaker(null, _body.WordsOf(pronoun, pronoun + 1));
        }

        var sentence = _body.Tokens[pronoun].Sentence;
        for (var i = sentence; i >= 0 && i > sentence - 4; i--)
        {
            var range = _body.Sentences[i];
            for (var at = range.First; at < range.End && at < pronoun; at++)
            {
                if (_body.FoundAt[at] is { } found && (isThing ? found is { Person: null, Counts: true, Actor: not null } && found.Kind != FindingKind.Demonym : found.Person is not null) && found.First == at && !IsInQuote(at) && _body.At(found.End).Kind != TokenKind.Possessive)
                {
                    return SpeakerOf(found);
                }
            }
        }

        return new Speaker(null, _body.WordsOf(pronoun, pronoun + 1));
    }

    private bool IsTitle(QuoteSpan span)
    {
        var words = _body.Tokens[(span.Open + 1)..span.Close].Where(token => token.IsWord).ToList();
        var isNamed = _body.At(span.Open - 1).Is(WordClass.Naming) && words.Count <= ShortPhrase && !_body.At(span.Open - 1).Is(WordClass.Say);
        var isTitled = words.Count is > 1 and <= 6 && words.TrueForAll(word => word.IsCapital || word.Length <= 3) && !IsFollowedBySpeaker(span);
        return words.Count == 0 || isNamed || isTitled;
    }

    private bool IsFollowedBySpeaker(QuoteSpan span) =>
        !EndsItsSentence(span) && (_body.At(span.Close + 1).Is(WordClass.Pronoun | WordClass.Say) || _body.FindingAt(span.Close + 1) is not null);

    private bool IsWholeSentence(QuoteSpan span) =>
        char.IsUpper(_body.Text[span.Start]) && (StartOfSentence(span.Open) >= span.Open || _body.At(span.Open - 1).Mark is ':' or ',' or '—');

    private bool EndsItsSentence(QuoteSpan span) =>
        _body.At(span.Close - 1).Mark is '.' || span.Close + 1 >= _body.Tokens.Length || Paragraph(span.Close + 1) != Paragraph(span.Close);

    private int EndOfClause(int first)
    {
        var at = first;
        while (at < _body.Tokens.Length && at < first + Reach && Paragraph(at) == Paragraph(first) && (_body.Tokens[at].Mark is not ('.' or '"' or '“' or ';') || IsAbbreviationStop(at)))
        {
            at++;
        }

        return at;
    }

    private bool IsAbbreviationStop(int at) => _body.Tokens[at].Mark == '.' && _body.At(at - 1).Is(WordClass.Abbreviation);

    private int StartOfSentence(int token)
    {
        var first = _body.SentenceOf(token).First;
        var outer = first > 0 && _quoteAt[first] is { } quote && quote.Open < first ? quote : null;
        return outer is null ? first : _body.SentenceOf(outer.Open).First;
    }

    private bool IsInQuote(int token) => _quoteAt[token] is not null;

    private static QuoteSpan?[] QuoteAt(TextReading body, List<QuoteSpan> spans)
    {
        var quotes = new QuoteSpan?[body.Tokens.Length];
        foreach (var span in spans)
        {
            Array.Fill(quotes, span, span.Open, Math.Min(span.Close, body.Tokens.Length - 1) - span.Open + 1);
        }

        return quotes;
    }

    private int Paragraph(int token) => _body.SentenceOf(token).Paragraph;
}
