using AlertBot.Stories.Search;

namespace AlertBot.Lookups.Answers;

/// <summary>Chooses the sentences that answer, or none. A function of its values.</summary>
internal static class AnswerChooser
{
    private const int MostSentences = 5;
    private const double LeastConfidence = 0.7;
    private const double NearBest = 4;
    private const double SameShare = 0.6;

    public static Answer Choose(Findings findings)
    {
        var candidates = findings.Passages.Where(p => p.IsOfThem).ToList();
        if (candidates.Find(p => p.IsOnIt) is not { } best || best.Confidence < LeastConfidence)
        {
            return new Answer([], [], findings.Stories);
        }

        var sources = new List<Passage>();
        var sentences = new List<(string[] Words, AnswerSentence Sentence)>();
        foreach (var candidate in candidates.TakeWhile(p => p.Weight >= best.Weight - NearBest))
        {
            var words = WeighedTerm.Read(candidate.Passage.Text);
            var same = sentences.FindIndex(s => IsSame(s.Words, words));
            if (same < 0 && sentences.Count == MostSentences)
            {
                break;
            }

            // The same in another outlet is one more source of it.
            if (same >= 0 && sources.Exists(s => s.Story.Source == candidate.Passage.Story.Source))
            {
                continue;
            }

            sources.Add(candidate.Passage);
            if (same < 0)
            {
                sentences.Add((words, new AnswerSentence(candidate.Passage.Text, [sources.Count])));
            }
            else
            {
                sentences[same] = (sentences[same].Words, sentences[same].Sentence with { Sources = [.. sentences[same].Sentence.Sources, sources.Count] });
            }
        }

        return new Answer([.. sentences.Select(s => s.Sentence)], sources, findings.Stories);
    }

    private static bool IsSame(string[] one, string[] other)
    {
        var shared = one.Intersect(other).Count();
        return shared > SameShare * Math.Min(one.Distinct().Count(), other.Distinct().Count());
    }
}
