using AlertBot.Storage;

namespace AlertBot.Knowledge;

/// <summary>One change of an actor by a moderator: which fields, from what to what.</summary>
/// <param name="From">Null where it was added.</param>
/// <param name="To">Null where it was removed.</param>
internal sealed record ActorEdit(string Slug, ActorFields? From, ActorFields? To)
{
    public static ActorEdit Of(StoredChange change) => new(change.Change.Subject, ActorFields.Parse(change.Change.From), ActorFields.Parse(change.Change.To));

    /// <summary>Whether an edit is about an actor: a merge is about both.</summary>
    public bool Concerns(string slug) => Slug == slug || To?.Into == slug;

    /// <summary>The edit that takes this one back.</summary>
    public ActorEdit Reverse() => new(Slug, To, From);
}

/// <summary>What became of an edit or of taking one back: a closed set.</summary>
internal abstract record ActorEditResult
{
    private ActorEditResult()
    {
    }

    /// <summary>It holds from now on.</summary>
    /// <param name="Name">What the actor is called now, or was called while there was one.</param>
    /// <param name="Edit">What differs.</param>
    /// <param name="Next">What is known then.</param>
    /// <param name="Number">Of the change, by which it can be taken back; 0 where it was only tried.</param>
    public sealed record Done(string Name, ActorEdit Edit, KnowledgeSnapshot Next, long Number = 0) : ActorEditResult;

    /// <summary>Nothing was changed, for these reasons.</summary>
    public sealed record Refused(IReadOnlyList<string> Why) : ActorEditResult;
}
