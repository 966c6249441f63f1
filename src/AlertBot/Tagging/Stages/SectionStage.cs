using System.Text.RegularExpressions;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Marks what tells no story: bylines, credits, datelines, lists of other stories and the outlet's own notices.</summary>
internal sealed partial class SectionStage : ITaggerStage
{
    private const int LongestDateline = 16;

    public void Apply(TaggingDraft draft)
    {
        var body = draft.Body;
        var inList = false;
        var sentences = body.Sentences;
        for (var i = 0; i < sentences.Count;)
        {
            var first = sentences[i].First;
            var paragraph = sentences[i].Paragraph;
            while (i < sentences.Count && sentences[i].Paragraph == paragraph)
            {
                i++;
            }

            inList = MarkParagraph(body, first, sentences[i - 1].End, inList);
        }
    }

    /// <summary>Tells whether a list of other stories goes on after it.</summary>
    private static bool MarkParagraph(TextReading body, int first, int end, bool inList)
    {
        var text = body.WordsOf(first, end);
        if (Notice().IsMatch(text))
        {
            Mark(body, first, end, Zone.Boilerplate);
            return text.Length < 60;
        }

        var isSentence = text[^1] is '.' or '?' or '!' or '"' or '”';
        if (inList && !isSentence)
        {
            Mark(body, first, end, Zone.Boilerplate);
            return true;
        }

        if (!isSentence && end - first < 20 && Byline().IsMatch(text))
        {
            Mark(body, first, end, Zone.Byline);
            return false;
        }

        MarkDateline(body, first, end);
        MarkCredits(body, first, end, text);
        return false;
    }

    private static void MarkDateline(TextReading body, int first, int end)
    {
        if (!body.Tokens[first].IsAllCapitals)
        {
            return;
        }

        for (var i = first + 1; i < end && i - first < LongestDateline; i++)
        {
            ref var token = ref body.Tokens[i];
            if (token.Mark is '—' or '–' || (token.Mark == '-' && i + 1 < end))
            {
                Mark(body, first, i + 1, Zone.Dateline);
                return;
            }

            var belongs = token.IsCapital || token.Kind != TokenKind.Word || token.Is(WordClass.NameParticle | WordClass.Preposition);
            if (!belongs || token.Mark is '"' or '“')
            {
                return;
            }
        }
    }

    private static void MarkCredits(TextReading body, int first, int end, string text)
    {
        var offset = body.Tokens[first].Start;
        foreach (var match in Credit().EnumerateMatches(text))
        {
            MarkCharacters(body, first, end, offset + match.Index, match.Length, Zone.Credit);
        }

        foreach (var match in Reporting().EnumerateMatches(text))
        {
            MarkCharacters(body, first, end, offset + match.Index, match.Length, Zone.Byline);
        }
    }

    private static void MarkCharacters(TextReading body, int first, int end, int start, int length, Zone zone)
    {
        for (var i = first; i < end; i++)
        {
            if (body.Tokens[i].Start >= start && body.Tokens[i].End <= start + length)
            {
                body.Tokens[i].Zone = zone;
            }
        }
    }

    private static void Mark(TextReading body, int first, int end, Zone zone)
    {
        for (var i = first; i < end; i++)
        {
            body.Tokens[i].Zone = zone;
        }
    }

    [GeneratedRegex(@"^(?:By|BY)\s+\p{Lu}[\p{L}.'’-]*(?:[\s,]+(?:\p{Lu}[\p{L}.'’-]*|and|in|for|at|with|de|von|van|al|bin))*\s*(?:[|/,].*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Byline();

    [GeneratedRegex(
        @"©.*$"
        + @"|[(\[][^()\[\]]{2,80}(?:/|\svia\s)\s?[^()\[\]]{2,40}[)\]]"
        + @"|[(\[](?:Photo|Image|Picture|Credit|File photo|Courtesy)\b[^()\[\]]*[)\]]"
        + @"|\b(?:Photo(?:graph)?s?|Image|Picture|Photo credit|Credit|File photo|Illustration)(?:\s+by\s+|\s*[:©]\s*)\p{Lu}.*$"
        + @"|(?<=^|[.!?”""]\s)\p{Lu}[\p{L}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*){0,3}\s?/\s?(?:\p{Lu}[\p{L}.]*\s?){1,4}\.?$",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Credit();

    [GeneratedRegex(@"[(\[]?\b(?:(?:Additional |Further )?[Rr]eporting|Editing|Writing|Written|Compiled|Translated|Edited|Graphic|Video)(?: and (?:writing|editing|reporting))? by\s.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Reporting();

    [GeneratedRegex(@"^(?:Read (?:more|also|next)|Related|See also|More on this|Also read|Most read|Recommended|Subscribe|Sign up|Follow us|Copyright|All rights reserved|Click here|Advertisement|Our standards|Share this|Contact us|Listen to|Watch:)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Notice();
}
