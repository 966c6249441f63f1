using AlertBot.Tagging.Quotes;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Finds words between quotation marks that somebody said, and what somebody is reported to have said in other words. Titles and mere terms are left out.</summary>
internal sealed class QuoteStage(Gazetteer gazetteer) : ITaggerStage
{
    public void Apply(TaggingDraft draft)
    {
        var speech = new Speech(draft.Body);
        var terms = new Terms(speech);
        var subjects = new SubjectReader(draft, speech, new Antecedents(speech), gazetteer);
        var speakers = new SpeakerFinder(draft, speech, subjects);
        foreach (var span in speech.Spans)
        {
            if (draft.Body.Tokens[span.Open].Zone == Zone.Boilerplate || terms.IsTerm(span) || speakers.Find(span) is not { } speaker)
            {
                continue;
            }

            draft.Quotes.Add(Of(draft, span.Start, span.End, speaker));
        }

        foreach (var (first, end, speaker) in new IndirectSpeech(speech, subjects).FindAll())
        {
            draft.Statements.Add(Of(draft, draft.Body.Tokens[first].Start, draft.Body.Tokens[end - 1].End, speaker.By("reported in other words")));
        }
    }

    private static Quote Of(TaggingDraft draft, int start, int end, Speaker speaker) =>
        new(TextSection.Body, start, draft.Body.Text[start..end], speaker.Actor?.Slug, speaker.Name) { Rule = speaker.Rule };
}
