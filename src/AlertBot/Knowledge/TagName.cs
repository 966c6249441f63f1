namespace AlertBot.Knowledge;

/// <summary>What a tag or a follow names: an actor or a topic, by slug.</summary>
internal readonly record struct TagName(TagKind Kind, string Slug)
{
    public override string ToString() => Kind == TagKind.Topic ? $"topic:{Slug}" : Slug;
}

internal enum TagKind
{
    Actor,
    Topic,
}
