using AlertBot.Tagging.Quotes;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Finds words between quotation marks that somebody said, and who did. Titles and mere terms are left out.</summary>
internal sealed class QuoteStage(Gazetteer gazetteer) : ITaggerStage
{
    public void Apply(TaggingDraft draft)
    {
        var speech = new Speech(draft.Body);
        var terms = new Terms(speech);
        var speakers = new SpeakerFinder(draft, speech, new SubjectReader(draft, speech, gazetteer));
        foreach (var span in speech.Spans)
        {
            if (draft.Body.Tokens[span.Open].Zone == Zone.Boilerplate || terms.IsTerm(span) || speakers.Find(span) is not { } speaker)
            {
                continue;
            }

            draft.Quotes.Add(new Quote(TextSection.Body, span.Start, draft.Text.Body[span.Start..span.End], speaker.Actor?.Slug, speaker.Name));
        }
    }
}
