using AlertBot.Stories;

namespace AlertBot.Lookups.Answers;

/// <summary>What the archive says to a question.</summary>
/// <param name="Sentences">At most five; none where the archive does not say.</param>
/// <param name="Sources">What they rest on, numbered from 1 on.</param>
/// <param name="Ranked">The stories that fit best, best first, whether they answer or not.</param>
internal sealed record Answer(IReadOnlyList<AnswerSentence> Sentences, IReadOnlyList<Passage> Sources, IReadOnlyList<Story> Ranked)
{
    public bool IsAbstained => Sentences.Count == 0;

    /// <summary>A model wrote the sentences; otherwise they are the outlets' own.</summary>
    public bool IsWritten { get; init; }

    /// <summary>As one text, with the numbers of the sources behind each sentence.</summary>
    public string Text => string.Join(' ', Sentences);
}

/// <param name="Sources">The numbers of what it rests on; the first source has 1.</param>
internal sealed record AnswerSentence(string Text, IReadOnlyList<int> Sources)
{
    public override string ToString() => $"{Text} {string.Concat(Sources.Select(s => $"[{s}]"))}";
}
