using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>A stretch between quotation marks.</summary>
/// <param name="Start">The first character after the opening mark.</param>
/// <param name="End">The closing mark.</param>
/// <param name="Open">The token of the opening mark.</param>
/// <param name="Close">The token of the closing mark; where none is, the token after the paragraph.</param>
/// <param name="IsClosed">Whether it ends in its own paragraph; a speech of several paragraphs closes in the last alone.</param>
internal sealed record QuoteSpan(int Start, int End, int Open, int Close, bool IsClosed)
{
    public static List<QuoteSpan> FindAll(TextReading reading)
    {
        var spans = new List<QuoteSpan>();
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!Opens(reading, i, out var closing))
            {
                continue;
            }

            var paragraph = reading.SentenceOf(i).Paragraph;
            var close = i + 1;
            while (close < tokens.Length && reading.SentenceOf(close).Paragraph == paragraph && !Closes(reading, close, closing))
            {
                close++;
            }

            var isClosed = close < tokens.Length && Closes(reading, close, closing) && reading.SentenceOf(close).Paragraph == paragraph;
            var end = isClosed ? tokens[close].Start : tokens[close - 1].End;
            if (close > i + 1 && (isClosed || closing != '’'))
            {
                spans.Add(new QuoteSpan(tokens[i].End, end, i, close, isClosed));
                i = isClosed ? close : close - 1;
            }
        }

        return spans;
    }

    private static bool Opens(TextReading reading, int at, out char closing)
    {
        closing = reading.Tokens[at].Mark switch
        {
            '"' => '"',
            '“' => '”',
            '„' => '“',
            '«' => '»',
            '‘' => '’',
            '\'' => '\'',
            _ => '\0',
        };
        var next = reading.At(at + 1);
        var touchesNext = next.Start == reading.Tokens[at].End;
        var isFree = at == 0 || reading.Tokens[at - 1].End < reading.Tokens[at].Start || reading.Tokens[at - 1].Mark is '(' or '[' or '—' or '–';
        return closing != '\0' && touchesNext && (closing is not ('\'' or '’') || (isFree && next.IsWord)) && (closing != '"' || isFree);
    }

    private static bool Closes(TextReading reading, int at, char closing)
    {
        if (reading.Tokens[at].Mark != closing)
        {
            return false;
        }

        var touchesBefore = reading.Tokens[at - 1].End == reading.Tokens[at].Start;
        var next = reading.At(at + 1);
        var isFree = at + 1 >= reading.Tokens.Length || next.Start > reading.Tokens[at].End || !next.IsWord;
        return closing is '"' or '\'' or '’' ? touchesBefore && isFree : touchesBefore || closing == '”';
    }
}
