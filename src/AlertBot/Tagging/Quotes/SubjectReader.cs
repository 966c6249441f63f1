using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>Reads who is the subject of a verb of saying: a name, a pronoun or a description, before the verb or behind it.</summary>
internal sealed class SubjectReader(TaggingDraft draft, Speech speech, Antecedents antecedents, Gazetteer gazetteer)
{
    private const int InvertedReach = 18;

    private static readonly HashSet<ulong> Subjects = [.. new[] { "he", "she", "it", "they", "i", "we", "who" }.Select(word => WordHash.Of(word))];

    private readonly TextReading _body = draft.Body;

    private readonly Descriptions _descriptions = new(speech, antecedents, gazetteer);

    /// <summary>The subject that ends right before the verb; null where the words from <paramref name="first"/> on hold none.</summary>
    public Speaker? Before(int first, int verb, Speaker? last)
    {
        var at = verb - 1;
        while (at >= first && (speech.IsQuoted(at) || (_body.FoundAt[at] is null && _body.Tokens[at].Is(WordClass.Adverb | WordClass.Auxiliary) && !_body.Tokens[at].Is(WordClass.Pronoun))))
        {
            at--;
        }

        if (at < first)
        {
            return null;
        }

        // "Kim left and told them": the sentence's subject says it.
        return _body.Tokens[at].Is(WordClass.Conjunction) && _body.FoundAt[at] is null ? Leading(first, at, last) : EndingAt(first, at, last, 0);
    }

    private Speaker? EndingAt(int first, int at, Speaker? last, int depth)
    {
        if (at < first || depth > 3)
        {
            return null;
        }

        var token = _body.Tokens[at];
        if (_body.FoundAt[at] is { } found)
        {
            return Speaker.IsNamedBy(found) && !IsOwned(first, found) ? Speaker.Of(found) : found.Kind == FindingKind.Surname ? NameOf(found.First, found.End) : _descriptions.Of(first, at + 1);
        }

        if (Subjects.Contains(token.Hash))
        {
            return antecedents.Of(at, last);
        }

        if (token.Kind == TokenKind.Number && _body.At(at - 1).IsMark(','))
        {
            return BehindApposition(first, at - 1, last, depth);
        }

        if (token.IsMark(','))
        {
            return BehindApposition(first, at, last, depth);
        }

        if (token is { IsWord: true, IsCapital: true } && !(at == _body.SentenceOf(at).First && token.Is(WordClass.Starter)) && !token.Is(WordClass.Date))
        {
            return IsPartOfPhrase(first, at) ? _descriptions.Of(first, at + 1) : Named(first, at);
        }

        return _descriptions.Of(first, at + 1);
    }

    // "a spokesman for Smith": the one who speaks stands before the preposition.
    private bool IsOwned(int first, Finding found)
    {
        var before = found.First - 1;
        while (before >= first && (_body.Tokens[before].Is(WordClass.Article | WordClass.Title) && _body.FoundAt[before] is null))
        {
            before--;
        }

        return before > first && _body.Tokens[before].Is(WordClass.Preposition) && _body.Tokens[before - 1] is { IsWord: true } noun && !noun.Is(WordClass.Say | WordClass.Act | WordClass.Utter | WordClass.Stop) && !(noun.IsCapital && noun.Is(WordClass.Title))
            && !_body.Tokens[before].Is(WordClass.PlacePreposition);
    }

    private bool IsPartOfPhrase(int first, int at)
    {
        var start = StartOfName(first, at);
        return start > first && _body.Tokens[start - 1].Is(WordClass.Of) || (start > first + 1 && _body.Tokens[start - 1].Is(WordClass.Article) && _body.Tokens[start - 2].Is(WordClass.Of)) || _body.Near(start - 1, _body.Tokens[at].Sentence).Kind == TokenKind.Possessive;
    }

    // "Smith, 42, a baker, said" is Smith; "the school's principal, Ana Ruiz, said" is Ana Ruiz.
    private Speaker? BehindApposition(int first, int comma, Speaker? last, int depth)
    {
        var open = comma - 1;
        while (open >= first && (!_body.Tokens[open].IsMark(',') || speech.IsQuoted(open)))
        {
            open--;
        }

        if (open < first)
        {
            return Leading(first, comma, last);
        }

        if (_body.FoundAt[open + 1] is { Person: { } person } named && named.End == comma)
        {
            return Speaker.Of(person);
        }

        return EndingAt(first, open - 1, last, depth + 1) ?? Leading(first, comma, last);
    }

    // The clause's first name or pronoun that can speak.
    public Speaker? Leading(int first, int end, Speaker? last)
    {
        for (var i = first; i < end; i++)
        {
            if (speech.IsQuoted(i))
            {
                continue;
            }

            if (_body.FoundAt[i] is { } found)
            {
                if (Speaker.IsNamedBy(found) && _body.At(found.End).Kind != TokenKind.Possessive && !(found.Person is null && IsServed(found)))
                {
                    return Speaker.Of(found);
                }

                i = found.End - 1;
            }
            else if (_body.Tokens[i].Is(WordClass.Male | WordClass.Female) && Subjects.Contains(_body.Tokens[i].Hash))
            {
                return antecedents.Of(i, last);
            }
        }

        return null;
    }

    /// <summary>The subject that follows the verb: "said Kremlin spokesman Dmitry Peskov".</summary>
    public Speaker? After(int first, int stop, Speaker? last)
    {
        var isDescribed = false;
        for (var i = first; i < stop && i < first + InvertedReach; i++)
        {
            if (speech.IsQuoted(i))
            {
                continue;
            }

            var token = _body.Tokens[i];
            if (_body.FoundAt[i] is { } found)
            {
                if (Speaker.IsNamedBy(found) && _body.At(found.End).Kind != TokenKind.Possessive && !(found.Person is null && (isDescribed || IsServed(found))))
                {
                    return Speaker.Of(found);
                }

                i = found.End - 1;
                isDescribed = true;
            }
            else if (i == first && (Subjects.Contains(token.Hash) || (token.Is(WordClass.Pronoun) && token.Is(WordClass.Male | WordClass.Female) && !_body.At(i + 1).IsWord)))
            {
                return antecedents.Of(i, last);
            }
            else if (token is { IsWord: true, IsCapital: true } && !token.Is(WordClass.Title | WordClass.Date | WordClass.Starter) && _body.At(EndOfName(i, stop)).Kind != TokenKind.Possessive && !(isDescribed && i > first && _body.Tokens[i - 1].IsWord && !_body.Tokens[i - 1].IsCapital && _body.Tokens[i - 1].Is(WordClass.Article)))
            {
                var end = EndOfName(i, stop);
                return NameOf(i, end);
            }
            else if (token.Is(WordClass.Relative) || (token.Is(WordClass.Preposition) && isDescribed && !token.Is(WordClass.Of)) || (token.IsMark(',') && !(isDescribed && _body.At(i + 1) is { IsCapital: true } next && !next.Is(WordClass.Date | WordClass.Starter))) || (token.IsMark('.') && !speech.IsAbbreviationStop(i)) || token.Mark is ';' or ':')
            {
                return i > first ? _descriptions.Plain(first, i) : null;
            }
            else
            {
                isDescribed |= token.IsWord;
            }
        }

        return isDescribed ? _descriptions.Plain(first, Math.Min(stop, first + InvertedReach)) : null;
    }

    // "Kremlin spokesman Dmitry Peskov": the body comes before the one who speaks for it.
    private bool IsServed(Finding found) => _body.At(found.End).Is(WordClass.State | WordClass.Title) || (_body.At(found.End) is { IsWord: true, IsCapital: false } noun && !noun.Is(WordClass.Preposition | WordClass.Stop | WordClass.Auxiliary | WordClass.Say | WordClass.Adverb | WordClass.Utter));

    private int StartOfName(int first, int at)
    {
        while (at > first && _body.Tokens[at - 1] is { IsWord: true } before && _body.FoundAt[at - 1] is null && before.Sentence == _body.Tokens[at].Sentence
            && ((before.IsCapital && !before.Is(WordClass.Starter | WordClass.Date)) || (before.Is(WordClass.NameParticle) && at - 1 > first && _body.Tokens[at - 2].IsCapital)))
        {
            at--;
        }

        return at;
    }

    private int EndOfName(int at, int stop)
    {
        while (at < stop && (speech.IsQuoted(at) || (_body.Tokens[at].IsWord && (_body.Tokens[at].IsCapital || _body.Tokens[at].IsJoined || (_body.Tokens[at].Is(WordClass.NameParticle) && _body.At(at + 1).IsCapital)))))
        {
            at++;
        }

        return at;
    }

    // Words of a name that no stage knew.
    private Speaker Named(int first, int at)
    {
        var start = StartOfName(first, at);
        while (start < at && _body.Tokens[start].Is(WordClass.Title))
        {
            start++;
        }

        return NameOf(start, at + 1);
    }

    // A single word may be the name of somebody whom the story named in full, or the short form of a body.
    private Speaker NameOf(int start, int end)
    {
        var hash = _body.Tokens[end - 1].Hash;
        if (end - start == 1 || _body.Tokens[start].Is(WordClass.Male | WordClass.Female))
        {
            if (draft.Persons.FindLast(person => person.Bears(hash)) is { } known)
            {
                return Speaker.Of(known);
            }

            var first = _body.Tokens[start].Hash;
            var body = draft.Findings.Find(found => found is { Counts: true, Actor.Kind: ActorKind.Organization, Kind: FindingKind.Name } && found.End - found.First > 1 && found.FirstToken.Hash == first);
            if (body is not null)
            {
                return Speaker.Of(body);
            }
        }

        return new Speaker(null, speech.WordsOf(start, end));
    }
}
