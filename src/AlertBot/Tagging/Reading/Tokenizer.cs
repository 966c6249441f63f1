using System.Runtime.CompilerServices;

namespace AlertBot.Tagging.Reading;

/// <summary>Cuts a text into words, numbers and marks. Each word is hashed once and looked up once.</summary>
internal static class Tokenizer
{
    private static readonly ulong PossessiveHash = WordHash.Of("'s");

    // Grows to the longest text that the thread has read.
    [ThreadStatic]
    private static Token[]? _scratch;

    public static Token[] Read(string text)
    {
        var read = ReadInPlace(text);
        var tokens = GC.AllocateUninitializedArray<Token>(read.Length);
        read.CopyTo(tokens);
        return tokens;
    }

    /// <summary>Reads without a copy: the tokens stand until this thread reads its next text.</summary>
    public static ReadOnlySpan<Token> ReadInPlace(string text)
    {
        var tokens = _scratch ??= new Token[1024];
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == ' ')
            {
                at++;
                continue;
            }

            if (count == tokens.Length)
            {
                Array.Resize(ref _scratch, count * 2);
                tokens = _scratch;
            }

            ref var token = ref tokens[count];
            var end = char.IsAsciiLetter(text[at]) ? ReadPlainWord(text, at, ref token) : at;
            end = end > at ? end : ReadOther(text, at, out token);
            count += token.Start == at ? 1 : 0;
            at = end;
        }

        return tokens.AsSpan(0, count);
    }

    // Most words end here; gives the start where it is no plain one.
    private static int ReadPlainWord(string text, int start, ref Token token)
    {
        if (!PlainWord.TryRead(text, start, out var word) || !EndsAt(text, start, word.End))
        {
            return start;
        }

        var isCapital = char.IsAsciiLetterUpper(text[start]);
        token.Hash = word.Hash;
        token.Class = Lexicon.ClassOf(word.Hash);
        token.Start = start;
        token.Length = word.End - start;
        token.Sentence = 0;
        token.Mark = '\0';
        token.Kind = TokenKind.Word;
        token.Zone = Zone.Story;
        token.IsCapital = isCapital;
        token.IsAllCapitals = isCapital && !word.HasSmall && word.End - start > 1 && char.IsAsciiLetterUpper(text[word.End - 1]);
        token.IsJoined = IsJoined(text, start);
        return word.End;
    }

    // Gives the end; a token that begins elsewhere says that there is none.
    private static int ReadOther(string text, int at, out Token token)
    {
        var c = text[at];
        token = new Token { Start = -1 };
        if (char.IsWhiteSpace(c) || WordHash.IsMark(c) || (IsHyphen(c) && IsBetweenWords(text, at)))
        {
            return at + 1;
        }

        token = char.IsLetter(c) || char.IsSurrogate(c) ? ReadWord(text, at)
            : char.IsDigit(c) ? ReadNumber(text, at)
            : ReadMark(text, at);
        return token.End;
    }

    private static Token ReadWord(string text, int start)
    {
        var end = EndOfInitials(text, start);
        if (end == start)
        {
            end = IsIdeograph(text[start]) ? start + 1 : EndOfWord(text, start);
        }

        var word = text.AsSpan(start, end - start);
        var hash = WordHash.Of(word);
        return new Token
        {
            Start = start,
            Length = end - start,
            IsCapital = char.IsUpper(word[0]),
            IsAllCapitals = word.Length > 1 && !word.ContainsAnyInRange('a', 'z') && char.IsUpper(word[0]) && char.IsUpper(word[^1] == '.' ? word[0] : word[^1]),
            IsJoined = IsJoined(text, start),
            Hash = hash,
            Class = Lexicon.ClassOf(hash),
        };
    }

    // Whether a run of plain letters is the whole word, and no initial.
    private static bool EndsAt(string text, int start, int end)
    {
        if (end >= text.Length)
        {
            return true;
        }

        var next = text[end];
        return next == ' ' || (next == '.' ? end - start > 1 || !char.IsUpper(text[start]) : !GoesOn(text, end));
    }

    // U.S., D.P.R.K., J. (an initial only before a further word).
    private static int EndOfInitials(string text, int start)
    {
        var at = start;
        while (at + 1 < text.Length && char.IsUpper(text[at]) && text[at + 1] == '.')
        {
            at += 2;
        }

        if (at - start >= 4)
        {
            return at;
        }

        if (at - start == 2 && at < text.Length && char.IsUpper(text[at]) && (at + 1 == text.Length || !char.IsLetter(text[at + 1])))
        {
            return at + 1;
        }

        return at - start == 2 && at + 1 < text.Length && text[at] == ' ' && char.IsUpper(text[at + 1]) ? at : start;
    }

    private static int EndOfWord(string text, int start)
    {
        var at = start + 1;
        while (at < text.Length && GoesOn(text, at))
        {
            at++;
        }

        return at;
    }

    private static bool GoesOn(string text, int at)
    {
        var c = text[at];
        return char.IsAscii(c)
            ? char.IsAsciiLetterOrDigit(c) || (c == '\'' && IsInsideWord(text, at))
            : !IsIdeograph(c) && (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || WordHash.IsMark(c) || (IsApostrophe(c) && IsInsideWord(text, at)));
    }

    private static bool IsInsideWord(string text, int apostrophe)
    {
        if (apostrophe + 1 >= text.Length || !char.IsLetter(text[apostrophe + 1]))
        {
            return false;
        }

        var isPossessive = text[apostrophe + 1] is 's' or 'S' && (apostrophe + 2 == text.Length || !char.IsLetterOrDigit(text[apostrophe + 2]));
        return !isPossessive;
    }

    private static Token ReadNumber(string text, int start)
    {
        var at = start + 1;
        while (at < text.Length
            && (char.IsLetterOrDigit(text[at]) || (text[at] is '.' or ',' or ':' && at + 1 < text.Length && char.IsDigit(text[at + 1]))))
        {
            at++;
        }

        return new Token { Start = start, Length = at - start, Kind = TokenKind.Number, IsJoined = IsJoined(text, start), Class = WordClass.Number, Hash = WordHash.Of(text.AsSpan(start, at - start)) };
    }

    private static Token ReadMark(string text, int start)
    {
        var c = text[start];
        if (TypewriterMark(text, start) is { } typed)
        {
            return new Token { Start = start, Length = 2, Kind = TokenKind.Mark, Mark = typed, Hash = typed };
        }

        return IsApostrophe(c) && start > 0 && (char.IsLetterOrDigit(text[start - 1]) || IsApart(text, start)) && PossessiveLength(text, start) is var length and > 0
            ? new Token { Start = start, Length = length, Kind = TokenKind.Possessive, Hash = PossessiveHash }
            : new Token { Start = start, Length = 1, Kind = TokenKind.Mark, Mark = c, Hash = c };
    }

    // "the state 's": a text that was cut into words before.
    private static bool IsApart(string text, int apostrophe) =>
        apostrophe > 1 && apostrophe + 2 < text.Length && text[apostrophe - 1] == ' ' && char.IsLetterOrDigit(text[apostrophe - 2]) && text[apostrophe + 1] == 's' && text[apostrophe + 2] == ' ';

    // ``...'' as quotation marks. Of three apostrophes in a row the first closes what stands inside.
    private static char? TypewriterMark(string text, int start)
    {
        if (text[start] is not ('`' or '\''))
        {
            return null;
        }

        var length = 1;
        while (start + length < text.Length && text[start + length] == text[start])
        {
            length++;
        }

        return length % 2 == 1 || length > 4 ? null : text[start] == '`' ? '“' : '”';
    }

    private static int PossessiveLength(string text, int apostrophe)
    {
        var next = apostrophe + 1;
        if (next < text.Length && text[next] is 's' or 'S' && (next + 1 == text.Length || !char.IsLetterOrDigit(text[next + 1])))
        {
            return 2;
        }

        var followsS = text[apostrophe - 1] is 's' or 'S' or 'x' or 'z';
        return followsS && next + 1 < text.Length && text[next] == ' ' && char.IsLetter(text[next + 1]) ? 1 : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsJoined(string text, int start) =>
        start > 1 && IsHyphen(text[start - 1]) && char.IsLetterOrDigit(text[start - 2]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsHyphen(char c) => c is '-' or '\u2010' or '\u2011';

    private static bool IsBetweenWords(string text, int at) =>
        at > 0 && at + 1 < text.Length && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '.') && char.IsLetterOrDigit(text[at + 1]);

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC';

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';
}
