namespace AlertBot.Tagging.Reading;

/// <summary>One word, number or mark of a text.</summary>
internal struct Token
{
    /// <summary>The word's identity; of a mark the mark itself.</summary>
    public ulong Hash;
    public WordClass Class;

    /// <summary>Offset in UTF-16 units.</summary>
    public int Start;
    public int Length;
    public int Sentence;

    /// <summary>The mark itself, where the token is one.</summary>
    public char Mark;
    public TokenKind Kind;
    public Zone Zone;
    public bool IsCapital;
    public bool IsAllCapitals;

    /// <summary>A hyphen ties it to the word before.</summary>
    public bool IsJoined;

    public readonly int End => Start + Length;

    public readonly bool Is(WordClass any) => (Class & any) != 0;

    public readonly bool IsWord => Kind == TokenKind.Word;

    public readonly bool IsMark(char mark) => Kind == TokenKind.Mark && Mark == mark;
}

internal enum TokenKind : byte
{
    Word,
    Number,

    /// <summary>The <c>'s</c> of China's, or the bare apostrophe after a final s.</summary>
    Possessive,
    Mark,
}

/// <summary>What a stretch of text is for. Only in <see cref="Story"/> do names tag.</summary>
internal enum Zone : byte
{
    Story,
    Byline,
    Credit,
    Dateline,
    Boilerplate,
}

/// <summary>A sentence as a range of tokens.</summary>
internal readonly record struct Sentence(int First, int End, int Paragraph);
