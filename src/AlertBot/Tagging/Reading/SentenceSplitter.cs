namespace AlertBot.Tagging.Reading;

/// <summary>Finds where sentences and paragraphs end, and tells each token its sentence.</summary>
internal static class SentenceSplitter
{
    public static IReadOnlyList<Sentence> Split(string text, Token[] tokens)
    {
        var sentences = new List<Sentence>();
        var first = 0;
        var paragraph = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            tokens[i].Sentence = sentences.Count;
            var newParagraph = i + 1 < tokens.Length && IsParagraphBreak(text, tokens[i].End, tokens[i + 1].Start);
            if (i + 1 < tokens.Length && !newParagraph && !EndsSentence(text, tokens, i))
            {
                continue;
            }

            sentences.Add(new Sentence(first, i + 1, paragraph));
            first = i + 1;
            paragraph += newParagraph ? 1 : 0;
        }

        return sentences;
    }

    // A line that begins small goes on with the line before: the text was wrapped.
    private static bool IsParagraphBreak(string text, int from, int to)
    {
        var gap = text.AsSpan(from, to - from);
        var line = gap.IndexOf('\n');
        return line >= 0 && (gap[(line + 1)..].Contains('\n') || !char.IsLower(text[to]));
    }

    private static bool EndsSentence(string text, Token[] tokens, int i)
    {
        var stop = i;
        while (stop > 0 && IsClosing(tokens[stop].Mark) && tokens[stop - 1].End == tokens[stop].Start)
        {
            stop--;
        }

        if (tokens[i + 1].Start == tokens[i].End || (IsClosing(tokens[i + 1].Mark) && tokens[i + 1].Mark != '"'))
        {
            return false;
        }

        ref var next = ref tokens[i + 1];
        var opensNext = next.IsCapital || next.Kind == TokenKind.Number || next.Mark is '"' or '“' or '‘' or '\'' or '[' or '(' or '©' or '—' || (next.IsWord && char.IsLetter(text[next.Start]) && !char.IsLower(text[next.Start]));
        if (!opensNext)
        {
            return false;
        }

        ref var last = ref tokens[stop];
        if (last.Mark is '!' or '?' or '…' or '。')
        {
            return true;
        }

        if (last.Mark == '.')
        {
            return stop == 0 || !tokens[stop - 1].Is(WordClass.Abbreviation) || stop != i;
        }

        return last.IsWord && last.Length > 2 && text[last.End - 1] == '.' && next.Is(WordClass.Starter);
    }

    private static bool IsClosing(char mark) => mark is '"' or '”' or '’' or '\'' or ')' or ']';
}
