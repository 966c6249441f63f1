using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>A stretch between quotation marks.</summary>
/// <param name="Start">Its first character, behind the opening mark.</param>
/// <param name="End">The character behind its last.</param>
/// <param name="Open">The token of the opening mark.</param>
/// <param name="Close">The token of the closing mark; where none is, the token after the paragraph.</param>
/// <param name="IsClosed">Whether it ends in its own paragraph; a speech of several paragraphs closes in the last alone.</param>
internal sealed record QuoteSpan(int Start, int End, int Open, int Close, bool IsClosed)
{
    private const char Straight = '"';
    private const char StraightSingle = '\'';
    private const char CurlySingle = '’';

    /// <summary>The outermost quotations in the order of the text: curly, straight, angular, British single marks and typewriter pairs.</summary>
    public static List<QuoteSpan> FindAll(TextReading reading)
    {
        var spans = new List<QuoteSpan>();
        for (var first = 0; first < reading.Tokens.Length;)
        {
            var end = EndOfParagraph(reading, first);
            for (var i = first; i < end; i++)
            {
                if (ClosingOf(reading, i) is { } closing && SpanFrom(reading, i, end, closing) is { } span)
                {
                    spans.Add(span);
                    i = span.IsClosed ? span.Close : end - 1;
                }
            }

            first = end;
        }

        return spans;
    }

    private static QuoteSpan? SpanFrom(TextReading reading, int open, int end, char closing)
    {
        var close = open + 1;
        while (close < end && !Closes(reading, close, closing))
        {
            if (closing == Straight && LooksOpening(reading, close, Straight))
            {
                return null;
            }

            close++;
        }

        var isClosed = close < end;
        var goesOn = isClosed || (closing is not (StraightSingle or CurlySingle) && (end == reading.Tokens.Length || reading.Tokens[end].Mark == reading.Tokens[open].Mark));
        return close > open + 1 && goesOn ? new QuoteSpan(reading.Tokens[open + 1].Start, reading.Tokens[close - 1].End, open, close, isClosed) : null;
    }

    // The mark that ends what the token begins; null where it begins nothing.
    private static char? ClosingOf(TextReading reading, int at)
    {
        ref var token = ref reading.Tokens[at];
        return token.Mark switch
        {
            '“' => '”',
            '„' => '“',
            '«' => '»',
            '‘' when IsFree(reading, at) => CurlySingle,
            StraightSingle when IsFree(reading, at) && TouchesNext(reading, at) && reading.Tokens[at + 1].Kind is TokenKind.Word or TokenKind.Number => StraightSingle,
            Straight when TouchesNext(reading, at) || !TouchesBefore(reading, at) => Straight,
            _ => null,
        };
    }

    private static bool Closes(TextReading reading, int at, char closing)
    {
        if (reading.Tokens[at].Mark != closing)
        {
            return false;
        }

        return closing switch
        {
            CurlySingle or StraightSingle => TouchesBefore(reading, at) && !IsFollowedByLetter(reading, at),
            Straight => !LooksOpening(reading, at, Straight),
            _ => true,
        };
    }

    private static bool LooksOpening(TextReading reading, int at, char mark) =>
        reading.Tokens[at].Mark == mark && IsFree(reading, at) && TouchesNext(reading, at) && reading.Tokens[at + 1].Kind is TokenKind.Word or TokenKind.Number;

    private static bool IsFree(TextReading reading, int at) => !TouchesBefore(reading, at) || reading.Tokens[at - 1].Mark is '(' or '[' or '—' or '–' or '“' or '"' or '-';

    private static bool TouchesBefore(TextReading reading, int at) => at > 0 && reading.Tokens[at - 1].End == reading.Tokens[at].Start;

    private static bool TouchesNext(TextReading reading, int at) => at + 1 < reading.Tokens.Length && reading.Tokens[at + 1].Start == reading.Tokens[at].End;

    private static bool IsFollowedByLetter(TextReading reading, int at) => TouchesNext(reading, at) && reading.Tokens[at + 1].Kind is TokenKind.Word or TokenKind.Number;

    private static int EndOfParagraph(TextReading reading, int first)
    {
        var paragraph = reading.SentenceOf(first).Paragraph;
        var end = first + 1;
        while (end < reading.Tokens.Length && reading.SentenceOf(end).Paragraph == paragraph)
        {
            end++;
        }

        return end;
    }
}
