namespace AlertBot.Knowledge;

/// <summary>What a tag or a follow names: an actor or a topic, by slug.</summary>
internal readonly record struct TagName(TagKind Kind, string Slug)
{
    private const string TopicPrefix = "topic:";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static TagName Parse(string text) => text.StartsWith(TopicPrefix, StringComparison.Ordinal)
        ? new TagName(TagKind.Topic, text[TopicPrefix.Length..])
        : new TagName(TagKind.Actor, text);

    public override string ToString() => Kind == TagKind.Topic ? TopicPrefix + Slug : Slug;
}

internal enum TagKind
{
    Actor,
    Topic,
}
