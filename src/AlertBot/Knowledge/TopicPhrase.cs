namespace AlertBot.Knowledge;

/// <summary>Words that speak for a topic where their context fits. Patterns are written as <see cref="PhraseGrammar"/> reads them.</summary>
/// <param name="Texts">Any of these is the phrase.</param>
internal sealed record TopicPhrase(IReadOnlyList<string> Texts, double Weight)
{
    /// <summary>One of these must stand in the same stretch of text; none for no condition.</summary>
    public IReadOnlyList<string> Near { get; init; } = [];

    /// <summary>None of these may stand in the same stretch of text.</summary>
    public IReadOnlyList<string> Not { get; init; } = [];

    public PhraseScope Within { get; init; } = PhraseScope.Sentence;

    /// <summary>Whether it counts only in a story that names all countries of the topic's definition.</summary>
    public bool NeedsCountries { get; init; }
}

/// <summary>How far the context of a phrase reaches.</summary>
internal enum PhraseScope
{
    Sentence,
    Story,
}
