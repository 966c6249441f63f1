namespace AlertBot.Tagging.Reading;

/// <summary>One section of a story in tokens, sentences and paragraphs, with what was found at each token.</summary>
internal sealed class TextReading(TextSection section, string text, Token[] tokens, IReadOnlyList<Sentence> sentences)
{
    private readonly string?[] _sentenceTexts = new string?[sentences.Count];

    public static TextReading Of(TextSection section, string text)
    {
        var tokens = Tokenizer.Read(text);
        return new TextReading(section, text, tokens, SentenceSplitter.Split(text, tokens));
    }

    public TextSection Section { get; } = section;

    public string Text { get; } = text;

    public Token[] Tokens { get; } = tokens;

    public IReadOnlyList<Sentence> Sentences { get; } = sentences;

    /// <summary>The finding that covers a token, by the token's number.</summary>
    public Finding?[] FoundAt { get; } = new Finding?[tokens.Length];

    /// <summary>Whether no word begins small, as in a headline that shouts.</summary>
    public bool IsAllCapitals { get; } = section == TextSection.Title && Array.TrueForAll(tokens, token => !token.IsWord || token.IsAllCapitals || token.Length == 1);

    public Sentence SentenceOf(int token) => Sentences[Tokens[token].Sentence];

    public string WordsOf(int first, int end) => Text[Tokens[first].Start..Tokens[end - 1].End];

    public string SentenceTextOf(int token)
    {
        var sentence = SentenceOf(token);
        return _sentenceTexts[Tokens[token].Sentence] ??= WordsOf(sentence.First, sentence.End);
    }

    /// <summary>The token, or a mark that is like nothing where there is none.</summary>
    public Token At(int token) => token >= 0 && token < Tokens.Length ? Tokens[token] : new Token { Kind = TokenKind.Mark, Sentence = -1 };

    /// <summary>The token if it stands in the same sentence as another, else a mark that is like nothing.</summary>
    public Token Near(int token, int sentence) =>
        token >= 0 && token < Tokens.Length && Tokens[token].Sentence == sentence ? Tokens[token] : new Token { Kind = TokenKind.Mark, Sentence = -1 };

    public Finding? FindingAt(int token) => token >= 0 && token < FoundAt.Length ? FoundAt[token] : null;
}
