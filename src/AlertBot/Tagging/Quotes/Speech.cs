using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>The body of a story with its quotations, so that what is asked of the text around them never looks into them.</summary>
internal sealed class Speech
{
    // For each token the quotation that it stands in, marks included.
    private readonly QuoteSpan?[] _quoteAt;

    public Speech(TextReading body)
    {
        Body = body;
        Spans = QuoteSpan.FindAll(body);
        _quoteAt = new QuoteSpan?[body.Tokens.Length];
        foreach (var span in Spans)
        {
            Array.Fill(_quoteAt, span, span.Open, Math.Min(span.Close, body.Tokens.Length - 1) - span.Open + (span.IsClosed ? 1 : 0));
        }
    }

    public TextReading Body { get; }

    public List<QuoteSpan> Spans { get; }

    public bool IsQuoted(int token) => token >= 0 && token < _quoteAt.Length && _quoteAt[token] is not null;

    public int Paragraph(int token) => Body.SentenceOf(token).Paragraph;

    /// <summary>Where the sentence begins that the token stands in: one that began in a quotation begins with the sentence around that.</summary>
    public int StartOfSentence(int token)
    {
        var first = Body.SentenceOf(token).First;
        while (_quoteAt[first] is { } quote && quote.Open < first)
        {
            first = Body.SentenceOf(quote.Open).First;
        }

        return first;
    }

    /// <summary>Whether the quotation is a sentence of its own, not a part of the narrator's.</summary>
    public bool IsWhole(QuoteSpan span) =>
        char.IsUpper(Body.Text[span.Start]) && (StartOfSentence(span.Open) >= span.Open || Body.At(span.Open - 1).Mark is ':' or ',' or '—' or '.' or '?' or '!' or '”');

    /// <summary>Whether nothing of the narrator's sentence follows.</summary>
    public bool EndsItsSentence(QuoteSpan span)
    {
        if (!span.IsClosed || span.Close + 1 >= Body.Tokens.Length || Paragraph(span.Close + 1) != Paragraph(span.Close))
        {
            return true;
        }

        var next = Body.Tokens[span.Close + 1];
        return Body.At(span.Close - 1).Mark switch
        {
            '.' => !(next.IsWord && char.IsLower(Body.Text[next.Start])),
            _ => next.Mark == '.',
        };
    }

    /// <summary>The end of the clause that begins at the token: its sentence's, a semicolon or the next quotation.</summary>
    public int EndOfClause(int first, int reach)
    {
        var at = first;
        while (at < Body.Tokens.Length && at < first + reach && Paragraph(at) == Paragraph(first) && !(IsQuoted(at) && !IsNickname(at)) && (Body.Tokens[at].Mark is not ('.' or ';') || IsAbbreviationStop(at)))
        {
            at++;
        }

        return at;
    }

    /// <summary>Whether the quotation stands inside a name: <c>Frank "Biscuit" Delahunt</c>.</summary>
    public bool IsNickname(QuoteSpan span) =>
        span.IsClosed && span.Close - span.Open <= 4 && Body.At(span.Open - 1) is { IsWord: true, IsCapital: true } && Body.At(span.Close + 1) is { IsWord: true, IsCapital: true } next
        && Body.At(span.Close - 1).IsWord && next.Sentence == Body.Tokens[span.Open].Sentence;

    /// <summary>Whether the word is a verb of those classes in the active voice, whose subject therefore speaks.</summary>
    public bool IsSaying(int at, WordClass verbs)
    {
        var token = Body.Tokens[at];
        if (!token.Is(verbs) || Body.FoundAt[at] is not null || IsQuoted(at))
        {
            return false;
        }

        var before = Body.Near(at - 1, token.Sentence);
        before = before.Is(WordClass.Adverb) && !before.Is(WordClass.Auxiliary) ? Body.Near(at - 2, token.Sentence) : before;
        // "Agreed to a truce" says nothing, "referred to it" does.
        var isDoing = !token.Is(WordClass.Say) && Body.At(at + 1).Is(WordClass.To) && !Body.Text.AsSpan(token.Start, token.Length).StartsWith("refer", StringComparison.OrdinalIgnoreCase);
        var isPassive = before.Is(WordClass.Be) && !Body.Text.AsSpan(token.Start, token.Length).EndsWith("ing", StringComparison.Ordinal);
        var isNoun = before.Is(WordClass.Article) || before.Kind == TokenKind.Possessive;
        var isCondition = before.Is(WordClass.Starter) && !before.Is(WordClass.Pronoun | WordClass.Article | WordClass.Conjunction | WordClass.Adverb | WordClass.Auxiliary | WordClass.Number) && before.Hash != Words.As;
        return !isDoing && !isPassive && !isNoun && !isCondition;
    }

    public string WordsOf(int first, int end) => Body.WordsOf(first, end);

    private bool IsNickname(int token) => _quoteAt[token] is { } span && IsNickname(span);

    /// <summary>Whether the full stop belongs to a short form: <c>Mr.</c></summary>
    public bool IsAbbreviationStop(int at) => Body.Tokens[at].Mark == '.' && Body.At(at - 1).Is(WordClass.Abbreviation) && at + 1 < Body.Tokens.Length && Body.Tokens[at + 1].Sentence == Body.Tokens[at].Sentence;
}
