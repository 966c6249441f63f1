using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>Reads speakers that are described, not named: "the department's statement", "a railway spokeswoman".</summary>
internal sealed class Descriptions(Speech speech, Antecedents antecedents, Gazetteer gazetteer)
{
    private const int LongestDescription = 16;

    private readonly TextReading _body = speech.Body;

    /// <summary>The person or body that the words describe, else the words themselves.</summary>
    public Speaker Plain(int first, int end) => antecedents.Described(first, end) ?? new Speaker(null, speech.WordsOf(first, end));

    /// <summary>A description that ends before the verb, without what leads up to it: "In a statement the ministry" is the ministry.</summary>
    public Speaker? Of(int first, int end)
    {
        var start = first;
        for (var i = end - 1; i >= first; i--)
        {
            var token = _body.Tokens[i];
            if (speech.IsQuoted(i) || (token.Kind == TokenKind.Mark && token.Mark is not ('-' or '\'' or '’' or '&')) || (token.Is(WordClass.Conjunction | WordClass.Say) && !token.IsCapital && !IsInNoun(i, end)) || (token.Is(WordClass.Starter) && !token.Is(WordClass.Article | WordClass.Preposition | WordClass.Pronoun | WordClass.Number) && i < end - 1))
            {
                start = i + 1;
                break;
            }
        }

        if (start < end && _body.Tokens[start].Is(WordClass.Preposition))
        {
            start = AfterLeadIn(start, end);
        }

        if (start >= end || end - start > LongestDescription)
        {
            return null;
        }

        if (_body.FoundAt[start] is { Person: { } person } named && named.First == start && _body.At(named.End).Kind != TokenKind.Possessive)
        {
            return Speaker.Of(person);
        }

        return Government(start, end) ?? BodyOf(start, end) ?? Plain(start, end);
    }

    private bool IsInNoun(int at, int end) => _body.Tokens[at].Is(WordClass.Conjunction) && at + 1 < end && at > 0 && _body.Tokens[at - 1].IsWord && !_body.Tokens[at + 1].Is(WordClass.Article | WordClass.Pronoun) && at + 2 >= end;

    private int AfterLeadIn(int start, int end)
    {
        for (var i = end - 1; i > start; i--)
        {
            if (_body.Tokens[i].Is(WordClass.Article | WordClass.Pronoun) && !_body.Tokens[i - 1].Is(WordClass.Preposition))
            {
                return i;
            }
        }

        for (var i = end - 1; i > start; i--)
        {
            if (_body.Tokens[i - 1].Is(WordClass.Date) || _body.Tokens[i - 1].Kind == TokenKind.Number)
            {
                return i;
            }
        }

        return end - 1;
    }

    // "The department's statement", "the department": the body whose name has that word.
    private Speaker? BodyOf(int start, int end)
    {
        var isPaper = end - start == 4 && _body.Tokens[start + 2].Kind == TokenKind.Possessive;
        if (_body.Tokens[start].Hash != Words.The || (end - start != 2 && !isPaper))
        {
            return null;
        }

        var noun = _body.Tokens[start + 1].Hash;
        for (var i = start - 1; i >= 0; i--)
        {
            if (_body.FoundAt[i] is { Counts: true, Actor.Kind: ActorKind.Organization, Person: null } found && found.End - found.First > 1 && _body.Tokens[found.End - 1].Hash == noun)
            {
                return Speaker.Of(found);
            }
        }

        return null;
    }

    // "The government declared": of the country that the paragraph named last.
    private Speaker? Government(int start, int end)
    {
        if (end - start != 2 || _body.Tokens[end - 1].Hash != Words.Government)
        {
            return null;
        }

        for (var i = start - 1; i >= 0 && speech.Paragraph(i) == speech.Paragraph(start); i--)
        {
            if (_body.FoundAt[i] is { Counts: true, Actor: { } actor } && gazetteer.CountryOf(actor) is { } country)
            {
                return new Speaker(country, speech.WordsOf(start, end));
            }
        }

        return null;
    }
}
