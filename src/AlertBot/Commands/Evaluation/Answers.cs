using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Commands.Evaluation;

/// <summary>What is held against the gold set: our own tagger, or the lines of a file.</summary>
internal interface IAnswers
{
    bool NeedText { get; }

    bool HaveSalience { get; }

    /// <summary>Null where there is none.</summary>
    StoryLabels? To(GoldStory story);
}

/// <summary>Tags each story as <c>alertbot tag</c> does, and keeps the time.</summary>
internal sealed class TaggedAnswers(KnowledgeBase knowledge, TimeProvider time) : IAnswers
{
    private readonly StoryTagger _tagger = new(knowledge);

    public bool NeedText => true;

    public bool HaveSalience => true;

    public TimeSpan Took { get; private set; }

    public StoryLabels To(GoldStory story)
    {
        var start = time.GetTimestamp();
        var tagged = _tagger.Tag(story.Text!);
        Took += time.GetElapsedTime(start);
        return StoryLabels.Of(story.Labels.Id!, story.Text!, tagged);
    }
}

/// <summary>The answers of a file, by the id of their story.</summary>
internal sealed class WrittenAnswers(IReadOnlyDictionary<string, StoryLabels> answers) : IAnswers
{
    public bool NeedText => false;

    public bool HaveSalience { get; } = answers.Values.Any(answer => answer.Actors?.Any(actor => !string.IsNullOrEmpty(actor.Salience)) == true);

    public StoryLabels? To(GoldStory story) => answers.GetValueOrDefault(story.Labels.Id!);
}
