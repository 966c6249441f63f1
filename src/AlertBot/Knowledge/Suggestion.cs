namespace AlertBot.Knowledge;

/// <summary>A name offered to somebody who is typing.</summary>
/// <param name="Label">For people, e.g. <c>Kim Yung-ho — unification minister, South Korea</c>.</param>
internal sealed record Suggestion(TagKind Kind, string Slug, string Label);
