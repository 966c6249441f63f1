namespace AlertBot.Tagging.Reading;

/// <summary>Cuts a text into words, numbers and marks. Each word is hashed once and looked up once.</summary>
internal static class Tokenizer
{
    private static readonly string[] Particles =
    [
        "에게서", "으로서", "으로써", "이라고", "에서는", "에게는", "께서는", "까지는", "에서", "에게", "께서", "으로", "라고", "까지", "부터", "보다", "처럼", "에는",
        "와의", "과의", "이나", "이란", "측은", "측이", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "만", "측", "씨",
    ];

    public static Token[] Read(string text)
    {
        var tokens = new List<Token>((text.Length / 5) + 8);
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || WordHash.IsMark(c))
            {
                at++;
            }
            else if (char.IsLetter(c) || char.IsSurrogate(c))
            {
                at = ReadWord(text, at, tokens);
            }
            else if (char.IsDigit(c))
            {
                at = ReadNumber(text, at, tokens);
            }
            else
            {
                at = ReadMark(text, at, tokens);
            }
        }

        return [.. tokens];
    }

    private static int ReadWord(string text, int start, List<Token> tokens)
    {
        var end = EndOfInitials(text, start);
        if (end == start)
        {
            end = IsIdeograph(text[start]) ? start + 1 : EndOfWord(text, start);
        }

        var word = text.AsSpan(start, end - start);
        var hash = WordHash.Of(word);
        tokens.Add(new Token
        {
            Start = start,
            Length = end - start,
            Kind = TokenKind.Word,
            IsCapital = char.IsUpper(word[0]),
            IsAllCapitals = word.Length > 1 && !word.ContainsAnyInRange('a', 'z') && char.IsUpper(word[0]) && char.IsUpper(word[^1] == '.' ? word[0] : word[^1]),
            IsJoined = IsJoined(text, start),
            Hash = hash,
            Stem = IsHangul(word[0]) ? StemOf(word, hash) : hash,
            Class = Lexicon.ClassOf(hash),
        });
        return end;
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
        while (at < text.Length)
        {
            var c = text[at];
            var goesOn = IsIdeograph(c) ? false
                : char.IsLetterOrDigit(c) || char.IsSurrogate(c) || WordHash.IsMark(c) || (IsApostrophe(c) && IsInsideWord(text, at));
            if (!goesOn)
            {
                break;
            }

            at++;
        }

        return at;
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

    private static int ReadNumber(string text, int start, List<Token> tokens)
    {
        var at = start + 1;
        while (at < text.Length
            && (char.IsLetterOrDigit(text[at]) || (text[at] is '.' or ',' or ':' && at + 1 < text.Length && char.IsDigit(text[at + 1]))))
        {
            at++;
        }

        tokens.Add(new Token { Start = start, Length = at - start, Kind = TokenKind.Number, IsJoined = IsJoined(text, start), Class = WordClass.Number, Hash = WordHash.Of(text.AsSpan(start, at - start)), Stem = 0 });
        return at;
    }

    private static int ReadMark(string text, int start, List<Token> tokens)
    {
        var c = text[start];
        if (TypewriterMark(text, start) is { } typed)
        {
            tokens.Add(new Token { Start = start, Length = 2, Kind = TokenKind.Mark, Mark = typed, Hash = typed, Stem = typed });
            return start + 2;
        }

        if (IsApostrophe(c) && start > 0 && (char.IsLetterOrDigit(text[start - 1]) || (text[start - 1] == ' ' && start > 1 && char.IsLetterOrDigit(text[start - 2]) && IsApart(text, start))) && PossessiveLength(text, start) is var length and > 0)
        {
            tokens.Add(new Token { Start = start, Length = length, Kind = TokenKind.Possessive, Hash = PossessiveHash, Stem = PossessiveHash });
            return start + length;
        }

        if (c is not ('-' or '\u2010' or '\u2011') || !IsBetweenWords(text, start))
        {
            tokens.Add(new Token { Start = start, Length = 1, Kind = TokenKind.Mark, Mark = c, Hash = c, Stem = c });
        }

        return start + 1;
    }

    // ``...'' as quotation marks. Of three apostrophes in a row the first closes what stands inside.
    private static char? TypewriterMark(string text, int start)
    {
        var length = 1;
        while (start + length < text.Length && text[start + length] == text[start])
        {
            length++;
        }

        return length % 2 == 1 || length > 4 ? null : text[start] switch
        {
            '`' => '“',
            '\'' => '”',
            _ => null,
        };
    }

    private static ulong PossessiveHash { get; } = WordHash.Of("'s");

    // "the state 's": a text that was cut into words before.
    private static bool IsApart(string text, int apostrophe) =>
        apostrophe + 2 < text.Length && text[apostrophe + 1] == 's' && text[apostrophe + 2] == ' ';

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

    private static bool IsJoined(string text, int start) =>
        start > 1 && text[start - 1] is '-' or '\u2010' or '\u2011' && char.IsLetterOrDigit(text[start - 2]);

    private static bool IsBetweenWords(string text, int at) =>
        at > 0 && at + 1 < text.Length && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '.') && char.IsLetterOrDigit(text[at + 1]);

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC';

    private static bool IsIdeograph(char c) => c is >= '\u3040' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    private static bool IsHangul(char c) => c is >= '\uAC00' and <= '\uD7A3';

    private static ulong StemOf(ReadOnlySpan<char> word, ulong hash)
    {
        foreach (var particle in Particles)
        {
            if (word.Length > particle.Length + 1 && word.EndsWith(particle, StringComparison.Ordinal))
            {
                return WordHash.Of(word[..^particle.Length]);
            }
        }

        return hash;
    }
}
