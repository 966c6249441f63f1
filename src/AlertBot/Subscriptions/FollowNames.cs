using AlertBot.Knowledge;

namespace AlertBot.Subscriptions;

/// <summary>Finds what a name in a follow means: topic:x, actor:x, mentions:x, or a bare name, which is an actor before it is a topic.</summary>
internal sealed class FollowNames(KnowledgeBase knowledge)
{
    private const int MaxSuggestions = 5;

    public NameResult Resolve(string text)
    {
        var (prefix, name) = SplitPrefix(text);
        var actors = prefix is "topic" ? [] : knowledge.ResolveActors(name);
        var topics = prefix is "actor" or "mentions" ? [] : knowledge.ResolveTopics(name);
        return (actors, topics) switch
        {
            ([var actor], _) => Found(TagKind.Actor, actor.Slug, prefix),
            ([], [var topic, ..]) => Found(TagKind.Topic, topic.Slug, prefix),
            ([], []) => NotFound(text, name),
            _ => new NameResult.NotFound($"Several people or bodies are called '{name}'. Which one?", [.. actors.Take(MaxSuggestions).Select(a => a.Slug)]),
        };
    }

    /// <summary>A name of a normal form.</summary>
    public static NameResult ReadSlug(string text)
    {
        var (prefix, slug) = SplitPrefix(text);
        return Found(prefix == "topic" ? TagKind.Topic : TagKind.Actor, slug, prefix);
    }

    private static NameResult.Found Found(TagKind kind, string slug, string prefix) =>
        new(new FollowExpression.Name(new TagName(kind, slug), prefix == "mentions"));

    private NameResult.NotFound NotFound(string text, string name)
    {
        var close = knowledge.DidYouMean(name, MaxSuggestions).Select(s => new TagName(s.Kind, s.Slug).ToString()).ToList();
        return new NameResult.NotFound($"'{text}' is no actor and no topic that the knowledge base has.", close);
    }

    private static (string Prefix, string Name) SplitPrefix(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var prefix = colon > 0 ? text[..colon].ToLowerInvariant() : "";
        return prefix is "topic" or "actor" or "mentions" ? (prefix, text[(colon + 1)..].Trim()) : ("", text);
    }
}

/// <summary>What a name in a follow means: a closed set.</summary>
internal abstract record NameResult
{
    public sealed record Found(FollowExpression.Name Name) : NameResult;

    public sealed record NotFound(string Why, IReadOnlyList<string> Suggestions) : NameResult;
}
