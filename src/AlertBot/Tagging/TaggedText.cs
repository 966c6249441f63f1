using AlertBot.Knowledge;
using AlertBot.Stories;

namespace AlertBot.Tagging;

/// <summary>The text of one story, as the tagger reads it.</summary>
/// <param name="Published">The day that decides who holds an office.</param>
internal sealed record StoryText(string Title, string Body, DateTimeOffset? Published)
{
    public static StoryText Of(Story story) => new(story.Title, story.Body, story.ClaimedAt ?? story.FirstSeenAt);
}

/// <summary>Everything that the stages found in one story.</summary>
internal sealed record TaggedText(IReadOnlyList<Tag> Tags, IReadOnlyList<Mention> Mentions, IReadOnlyList<Quote> Quotes)
{
    /// <summary>What was known when it was read.</summary>
    public required KnowledgeSnapshot Knowledge { get; init; }

    /// <summary>What somebody is reported to have said, in the story's own words.</summary>
    public IReadOnlyList<Quote> Statements { get; init; } = [];

    public IReadOnlyList<NearTopic> NearTopics { get; init; } = [];
}

/// <summary>A topic that nearly counted, with the score that it has and the one that it needs.</summary>
internal sealed record NearTopic(TagName Name, double Score, double Threshold, IReadOnlyList<Evidence> Evidence);

/// <summary>One stretch of text that may name an actor.</summary>
/// <param name="Slug">The actor meant, or null where it was decided that none is (a mere place, somebody else).</param>
internal sealed record Mention(TextSection Section, int Start, string Text, string? Slug, string Rule)
{
    /// <inheritdoc cref="Evidence.Candidates"/>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];
}

/// <summary>Words that someone said or wrote. <paramref name="Text"/> is without its marks.</summary>
/// <param name="Speaker">The slug of the actor who said it, where it is one of the knowledge base.</param>
/// <param name="SpeakerName">The speaker as the story names him.</param>
internal sealed record Quote(TextSection Section, int Start, string Text, string? Speaker, string? SpeakerName)
{
    /// <summary>What made it the speaker's.</summary>
    public string Rule { get; init; } = "";
}
