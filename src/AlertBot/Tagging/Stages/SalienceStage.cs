using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Weighs each actor that tags: in the headline, in the lead, how often, and who is quoted.</summary>
internal sealed class SalienceStage(Gazetteer gazetteer) : ITaggerStage
{
    public void Apply(TaggingDraft draft)
    {
        var weights = new Dictionary<Actor, double>();
        foreach (var finding in draft.Findings.Where(finding => finding.Counts))
        {
            if (finding.Actor is { } actor)
            {
                weights[actor] = weights.GetValueOrDefault(actor) + WeightOf(finding);
            }

            if (finding.Country is { } country)
            {
                weights[country] = weights.GetValueOrDefault(country) + (WeightOf(finding) / 2);
            }
        }

        foreach (var (actor, weight) in weights)
        {
            draft.Saliences[actor] = weight >= 3 ? Salience.Main : Salience.Mentioned;
        }

        _ = gazetteer;
    }

    private static double WeightOf(Finding finding)
    {
        if (finding.Reading.Section == TextSection.Title)
        {
            return 3;
        }

        var sentence = finding.Reading.SentenceOf(finding.First);
        return sentence.Paragraph == 0 || finding.Sentence == 0 ? 2 : 0.4;
    }
}
