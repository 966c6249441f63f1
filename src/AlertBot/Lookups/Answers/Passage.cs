using AlertBot.Stories;
using AlertBot.Tagging;
using AlertBot.Tagging.Reading;
using AlertBot.Tagging.Stages;

namespace AlertBot.Lookups.Answers;

/// <summary>One sentence of a story, where it stands.</summary>
/// <param name="Start">Its first character in its section's text.</param>
/// <param name="End">Behind its last one.</param>
internal sealed record Passage(Story Story, TextSection Section, int Start, int End)
{
    // Text without marks comes as one sentence; nobody wants to be answered with a page.
    private const int Longest = 600;

    public string Text { get; } = string.Join(' ', (Section == TextSection.Title ? Story.Title : Story.Body)[Start..End].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// The sentences that tell the story, in order; bylines, credits and notices of the outlet are left out, and what speaks to a program. Of a story
    /// that is a headline alone, that.
    /// </summary>
    public static IReadOnlyList<Passage> Of(Story story)
    {
        var draft = new TaggingDraft(StoryText.Of(story));
        new SectionStage().Apply(draft);
        var told = Of(story, draft.Body).ToList();
        return [.. (told.Count > 0 ? told : Of(story, draft.Title)).Where(p => !PlantedOrders.IsIn(p.Text))];
    }

    private static IEnumerable<Passage> Of(Story story, TextReading text)
    {
        foreach (var sentence in text.Sentences)
        {
            var (first, end) = (sentence.First, sentence.End);
            while (first < end && text.Tokens[first].Zone != Zone.Story)
            {
                first++;
            }

            if (first < end && text.Tokens[end - 1].End - text.Tokens[first].Start <= Longest)
            {
                yield return new Passage(story, text.Section, text.Tokens[first].Start, text.Tokens[end - 1].End);
            }
        }
    }
}
