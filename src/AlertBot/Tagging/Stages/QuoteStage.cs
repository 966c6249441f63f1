using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Finds words between quotation marks that somebody said, and who did. Titles and mere terms are left out.</summary>
internal sealed class QuoteStage(Gazetteer gazetteer) : ITaggerStage
{
    public void Apply(TaggingDraft draft)
    {
        var spans = QuoteSpan.FindAll(draft.Body);
        var speakers = new SpeakerFinder(draft, spans, gazetteer);
        Speaker? last = null;
        QuoteSpan? lastSpan = null;
        foreach (var span in spans)
        {
            var speaker = speakers.Find(span, last, lastSpan);
            if (speaker is null)
            {
                continue;
            }

            draft.Quotes.Add(new Quote(TextSection.Body, span.Start, draft.Text.Body[span.Start..span.End], speaker.Actor?.Slug, speaker.Name));
            (last, lastSpan) = (speaker, span);
        }
    }
}

/// <summary>Who said something: an actor, or somebody with the name or the words that the story gives.</summary>
internal sealed record Speaker(Knowledge.Actor? Actor, string? Name);
