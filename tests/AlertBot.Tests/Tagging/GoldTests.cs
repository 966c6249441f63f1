using AlertBot.Commands.Evaluation;
using AlertBot.Knowledge;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Tagging;

/// <summary>The labelled stories beside the repository, where they are: no change may make the tagger worse than it was.</summary>
public sealed class GoldTests
{
    [Fact]
    public void The_tagger_stays_as_good_as_it_was()
    {
        var folder = ScorerOracle.FindGold();
        Assert.SkipWhen(folder is null, "the labelled stories (shared/gold) are not beside this repository");

        var score = new EvalScore(hasSalience: true);
        var answers = new TaggedAnswers(KnowledgeFile.Load(Path.Combine(folder!, "knowledge.yaml")), TimeProvider.System);
        foreach (var line in File.ReadLines(Path.Combine(folder!, "dev.jsonl")).Where(line => line.Length > 0))
        {
            Assert.Null(GoldStory.Read(line, withText: true, out var story));
            score.Add(story!, answers.To(story!));
        }

        Assert.Multiple(
            () => Assert.InRange(score.Actors.Micro.F1, 0.97, 1),
            () => Assert.InRange(score.Main.Micro.F1, 0.9, 1),
            () => Assert.InRange(score.Topics.Micro.F1, 0.77, 1),
            () => Assert.InRange((score.MentionsOfActors + score.MentionsOfNone).Value, 0.96, 1),
            () => Assert.InRange(score.Quotes.F1, 0.98, 1),
            () => Assert.InRange(score.SpeakersOfAll.Value, 0.92, 1));
    }
}
