namespace AlertBot.Knowledge;

/// <summary>What a story can be about. The one-line definition decides what belongs to it.</summary>
internal sealed record Topic(string Slug, string Name, string Definition, IReadOnlyList<string> Keywords);
