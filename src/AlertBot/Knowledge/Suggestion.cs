namespace AlertBot.Knowledge;

/// <summary>A name offered to somebody who is typing.</summary>
/// <param name="Label">For people, e.g. <c>Kim Yung-ho — unification minister, South Korea</c>.</param>
internal sealed record Suggestion(TagKind Kind, string Slug, string Label)
{
    // One letter in ten, or other letters for the same sounds.
    private const double Sure = 0.9;
    private const double Gap = 0.1;
    private const int FewestLetters = 5;

    /// <summary>How like it is to what was typed: 1 is the same; 0 where nobody compared them.</summary>
    public double Likeness { get; init; }

    /// <summary>
    /// The one that was meant all but surely: it differs by no more than a letter in ten, or by nothing that can be heard, and no other is
    /// nearly as like. Null where one has to ask.
    /// </summary>
    /// <param name="likest">Those that are like what was typed, likest first.</param>
    public static Suggestion? Meant(string typed, IReadOnlyList<Suggestion> likest) =>
        NameKey.Of(typed).Length >= FewestLetters && likest.Count > 0 && likest[0].Likeness >= Sure - 1e-9 && (likest.Count == 1 || likest[0].Likeness - likest[1].Likeness >= Gap - 1e-9)
            ? likest[0]
            : null;
}
