using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>Finds whom a pronoun or a description ("the mayor") stands for, among those whom the story named before.</summary>
internal sealed class Antecedents(Speech speech)
{
    private const int SentencesBack = 7;
    private const double Distance = 0.9;
    private const double OtherParagraph = 0.3;
    private const double AsSubject = 1.2;
    private const double Possessor = -0.8;
    private const double KnownSex = 1.1;
    private const double SpokeLast = 0.9;

    private readonly TextReading _body = speech.Body;
    private readonly PersonFacts _facts = new(speech);

    public Speaker Of(int pronoun, Speaker? last)
    {
        var token = _body.Tokens[pronoun];
        if (token.Hash == Words.It)
        {
            return Thing(pronoun) ?? Told(pronoun);
        }

        if (token.Hash == Words.Who)
        {
            return NearestPerson(pronoun) ?? NounBefore(pronoun) ?? Told(pronoun);
        }

        if (token.Hash == Words.They)
        {
            return last ?? Told(pronoun);
        }

        return token.Is(WordClass.Male | WordClass.Female) ? Best(pronoun, Genders.Of(token.Class), last) ?? Told(pronoun) : Told(pronoun);
    }

    /// <summary>The person whom a description means: "the mayor" after "Mayor Ruiz", "the lawyer" of the last one named. Null for bodies and the unnamed.</summary>
    public Speaker? Described(int first, int end)
    {
        if (!_body.Tokens[first].Is(WordClass.Article | WordClass.Pronoun) || _body.Tokens[first].Length == 1 || end - first < 2)
        {
            return null;
        }

        var head = first + 1;
        while (head + 1 < end && !_body.Tokens[head + 1].Is(WordClass.Preposition | WordClass.Relative))
        {
            head++;
        }

        if (_facts.TryDescribed(_body.Tokens[head].Hash, out var person))
        {
            return person is null ? null : Speaker.Of(person);
        }

        var noun = _body.Tokens[head].IsJoined ? head - 1 : head;
        var isWhole = head + 1 == end || (_body.Tokens[head + 1].Is(WordClass.Of) && _body.Tokens[noun].Is(WordClass.Title | WordClass.Rulers));
        return _body.Tokens[first].Hash == Words.The && isWhole && noun > first && IsHuman(_body.Tokens[noun]) && !speech.WordsOf(noun, noun + 1).StartsWith("spokes", StringComparison.Ordinal) ? Best(first, Gender.Unknown, null) : null;
    }

    // By the ending, as no list holds every trade.
    private bool IsHuman(Token noun)
    {
        var word = _body.Text.AsSpan(noun.Start, noun.Length);
        var isTrade = word.EndsWith("er", StringComparison.Ordinal) || word.EndsWith("or", StringComparison.Ordinal) || word.EndsWith("ist", StringComparison.Ordinal) || word.EndsWith("ian", StringComparison.Ordinal) || word.EndsWith("man", StringComparison.Ordinal);
        return (isTrade || noun.Is(WordClass.Title | WordClass.People)) && noun.Length > 4 && !noun.Is(WordClass.Body | WordClass.NameHead | WordClass.Work | WordClass.PlaceNoun) && !word.Contains("paper", StringComparison.Ordinal);
    }

    private Speaker Told(int pronoun) => new(null, speech.WordsOf(pronoun, pronoun + 1));

    private Speaker? Best(int pronoun, Gender gender, Speaker? last)
    {
        var best = default(Finding);
        var bestScore = double.MinValue;
        var sentences = 0;
        for (var i = pronoun - 1; i >= 0 && sentences <= SentencesBack; i--)
        {
            if (speech.IsQuoted(i))
            {
                continue;
            }

            if (_body.FoundAt[i] is { Person: { } person } found && found.First == i && (gender == Gender.Unknown || _facts.SexOf(person) is var sex && (sex == Gender.Unknown || sex == gender)))
            {
                var score = Score(found, person, gender, sentences, pronoun, last);
                (best, bestScore) = score > bestScore ? (found, score) : (best, bestScore);
            }
            else if (_body.SentenceOf(i).First == i && _body.Tokens[i].Is(WordClass.Article | WordClass.Pronoun) && UnnamedPerson(i, pronoun, gender) is { } end && AsSubject - (Distance * sentences) > bestScore)
            {
                return new Speaker(null, speech.WordsOf(i, end));
            }

            sentences += _body.SentenceOf(i).First == i ? 1 : 0;
        }

        return best is null ? null : Speaker.Of(best);
    }

    // "A retired officer who keeps bees", "Her cardiologist" at the start of a sentence.
    private int? UnnamedPerson(int first, int stop, Gender gender)
    {
        for (var i = first + 1; i < stop && i < first + 5 && _body.Tokens[i].IsWord && _body.FoundAt[i] is null; i++)
        {
            var next = _body.At(i + 1);
            var isKin = _body.Tokens[i].Is(WordClass.Kin) && _body.Tokens[first].Is(WordClass.Pronoun);
            var sex = Genders.Of(_body.Tokens[i].Class);
            if ((isKin || IsHuman(_body.Tokens[i])) && (sex == Gender.Unknown || gender == Gender.Unknown || sex == gender) && (next.Is(WordClass.Relative | WordClass.Preposition | WordClass.Say | WordClass.Act | WordClass.Auxiliary | WordClass.Utter) || (next.IsMark(',') && _body.FindingAt(i + 2)?.Person is null)))
            {
                return i + 1;
            }
        }

        return null;
    }

    private double Score(Finding found, Person person, Gender gender, int sentences, int pronoun, Speaker? last)
    {
        var score = -Distance * sentences;
        score -= OtherParagraph * (speech.Paragraph(pronoun) - speech.Paragraph(found.First));
        score += found.After(0).Kind == TokenKind.Possessive ? Possessor : IsSubject(found) ? AsSubject : 0;
        score += gender != Gender.Unknown && _facts.SexOf(person) == gender ? KnownSex : 0;
        return score + (last is not null && last.Name == person.Name ? SpokeLast : 0);
    }

    // The first person of its sentence, behind no preposition; or one with a verb right behind.
    private bool IsSubject(Finding found)
    {
        if (found.After(0).Is(WordClass.Say | WordClass.Utter | WordClass.Auxiliary))
        {
            return true;
        }

        for (var i = found.First - 1; i >= _body.SentenceOf(found.First).First; i--)
        {
            if ((_body.FoundAt[i]?.Person is not null || _body.Tokens[i].Is(WordClass.Preposition)) && !speech.IsQuoted(i))
            {
                return false;
            }
        }

        return true;
    }

    // "a government inspector, who said"
    private Speaker? NounBefore(int pronoun)
    {
        var end = _body.At(pronoun - 1).IsMark(',') ? pronoun - 1 : pronoun;
        for (var i = end - 1; i >= _body.SentenceOf(pronoun).First && _body.Tokens[i].IsWord; i--)
        {
            if (_body.Tokens[i].Is(WordClass.Article) && end - i > 1)
            {
                return new Speaker(null, speech.WordsOf(i, end));
            }
        }

        return null;
    }

    private Speaker? NearestPerson(int pronoun)
    {
        for (var i = pronoun - 1; i >= _body.SentenceOf(pronoun).First; i--)
        {
            if (_body.FoundAt[i]?.Person is { } person && !speech.IsQuoted(i))
            {
                return Speaker.Of(person);
            }
        }

        return null;
    }

    // A country or body, known or not, that an earlier sentence is about.
    private Speaker? Thing(int pronoun)
    {
        var sentence = _body.Tokens[pronoun].Sentence;
        for (var i = sentence; i >= 0 && i > sentence - 4; i--)
        {
            var (first, end) = (_body.Sentences[i].First, Math.Min(_body.Sentences[i].End, pronoun));
            for (var at = first; at < end; at++)
            {
                if (speech.IsQuoted(at))
                {
                    continue;
                }

                if (_body.FoundAt[at] is { Person: null, Counts: true, Actor: not null } found && found.Kind != FindingKind.Demonym && found.First == at && found.After(0).Kind != TokenKind.Possessive)
                {
                    return Speaker.Of(found);
                }

                if (at == first && UnknownName(at, end) is { } unknown)
                {
                    return unknown;
                }
            }
        }

        return null;
    }

    private Speaker? UnknownName(int first, int end)
    {
        var start = _body.Tokens[first].Is(WordClass.Article) ? first + 1 : first;
        var at = start;
        while (at < end && IsOfName(at, start))
        {
            at++;
        }

        var isSubject = at > start && at < end && (_body.Tokens[at].Is(WordClass.Say | WordClass.Utter | WordClass.Act | WordClass.Auxiliary | WordClass.Adverb) || (_body.Tokens[at].IsMark(',') && _body.At(at + 1).Is(WordClass.Relative)));
        return isSubject ? new Speaker(null, speech.WordsOf(start, at)) : null;
    }

    private bool IsOfName(int at, int start)
    {
        var token = _body.Tokens[at];
        var isInside = at > start && (token.Kind == TokenKind.Possessive || token.Mark is '&' or '’' or '\'');
        var isUnknown = _body.FoundAt[at] is null or { Actor: null, Person.Actor: null };
        return isInside || (token is { IsWord: true, IsCapital: true } && isUnknown && !token.Is(WordClass.Starter | WordClass.Pronoun | WordClass.Date));
    }
}
