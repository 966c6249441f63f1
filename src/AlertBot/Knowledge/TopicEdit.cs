namespace AlertBot.Knowledge;

/// <summary>One change of a topic by a moderator: what it was and became, by whom and when.</summary>
/// <param name="From">Null where it was added.</param>
/// <param name="To">Null where it was removed.</param>
/// <param name="UndoneBy">Who took it back; null while it holds.</param>
internal sealed record TopicEdit(long Id, string Slug, Topic? From, Topic? To, string By, DateTimeOffset At, string? UndoneBy);

/// <summary>What became of an edit or of taking one back: a closed set.</summary>
internal abstract record TopicEditResult
{
    private TopicEditResult()
    {
    }

    /// <summary>It holds from now on.</summary>
    /// <param name="From">The topic as it was; null if there was none.</param>
    /// <param name="To">The topic as it is now; null if there is none any more.</param>
    public sealed record Done(Topic? From, Topic? To) : TopicEditResult;

    /// <summary>Nothing was changed, for these reasons.</summary>
    public sealed record Refused(IReadOnlyList<string> Why) : TopicEditResult;
}
