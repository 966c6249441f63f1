using System.Text.Json.Serialization;

namespace AlertBot.Knowledge;

/// <summary>What a story can be about. The one-line definition decides what belongs to it.</summary>
internal sealed record Topic(string Slug, string Name, string Definition, IReadOnlyList<string> Keywords)
{
    /// <summary>Phrases with a weight and a context; they overrule what the phrase book says of the same words.</summary>
    public IReadOnlyList<TopicPhrase> Phrases { get; init; } = [];

    /// <summary>The score from which on a story is about it; null for the phrase book's.</summary>
    public double? Threshold { get; init; }

    /// <summary>The matters of the phrase book that belong to it; null where its own words decide.</summary>
    public IReadOnlyList<string>? Matters { get; init; }

    /// <summary>How much hurry its stories are in; null for <see cref="Severities.Usual"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Severity? Severity { get; init; }
}
