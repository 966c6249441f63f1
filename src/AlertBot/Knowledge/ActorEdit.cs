namespace AlertBot.Knowledge;

/// <summary>One change of an actor by a moderator: which fields, from what to what, by whom and when.</summary>
/// <param name="UndoneBy">Who took it back; null while it holds.</param>
internal sealed record ActorEdit(long Id, string Slug, ActorFields From, ActorFields To, string By, DateTimeOffset At, string? UndoneBy);

/// <summary>What became of an edit or of taking one back: a closed set.</summary>
internal abstract record ActorEditResult
{
    private ActorEditResult()
    {
    }

    /// <summary>It holds from now on.</summary>
    /// <param name="Actor">As it is now.</param>
    /// <param name="From">The changed fields as they were.</param>
    /// <param name="To">The same fields as they are now.</param>
    public sealed record Done(Actor Actor, ActorFields From, ActorFields To) : ActorEditResult;

    /// <summary>Nothing was changed, for these reasons.</summary>
    public sealed record Refused(IReadOnlyList<string> Why) : ActorEditResult;
}
