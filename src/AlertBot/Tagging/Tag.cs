using AlertBot.Knowledge;

namespace AlertBot.Tagging;

/// <summary>A statement that a story is about something, with everything that it rests on.</summary>
internal sealed record Tag(TagName Name, Salience Salience, IReadOnlyList<Evidence> Evidence);

internal enum Salience
{
    /// <summary>It comments, is background, or appears in passing.</summary>
    Mentioned,

    /// <summary>A reader who follows it must get the alert.</summary>
    Main,
}

/// <summary>The words that led to a tag.</summary>
/// <param name="Section">Which text <paramref name="Start"/> counts in.</param>
/// <param name="Start">Offset in UTF-16 units.</param>
/// <param name="Text">The matched characters, as published.</param>
/// <param name="Rule">Why they count, e.g. <c>alias</c>, <c>surname of the last Kim named</c>.</param>
/// <param name="Sentence">The sentence they stand in.</param>
internal sealed record Evidence(TextSection Section, int Start, string Text, string Rule, string Sentence)
{
    /// <summary>Those who were weighed, the likeliest first; empty where there was no doubt.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];
}

/// <summary>Somebody whom words may mean.</summary>
/// <param name="Slug">Null for somebody who is not in the knowledge base.</param>
/// <param name="Score">Comparable only with the others of the same words; the highest is taken.</param>
/// <param name="Why">What speaks for and against, for people to read.</param>
internal sealed record Candidate(string Name, string? Slug, double Score, string Why);

internal enum TextSection
{
    Title,
    Body,
}
