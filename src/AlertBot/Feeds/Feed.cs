namespace AlertBot.Feeds;

internal readonly record struct FeedId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A feed that the bot polls, with what it knows of its last polls. One address is one feed, whoever listed it.</summary>
internal sealed record Feed(FeedId Id, Uri Address)
{
    public string? Title { get; init; }

    public string AddedBy { get; init; } = "";

    /// <summary>Time between polls that a moderator chose; null: the bot finds the feed's own rhythm.</summary>
    public TimeSpan? Interval { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>The first successful poll, which stored what it found and alerted on none of it.</summary>
    public DateTimeOffset? BaselineAt { get; init; }

    /// <summary>The last poll, whatever came of it.</summary>
    public DateTimeOffset? PolledAt { get; init; }

    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Failed polls in a row.</summary>
    public int Failures { get; init; }

    /// <summary>The first failure of the row that it is in.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>The kind of the last failure, and its cause in words for a moderator.</summary>
    public FetchFault? Fault { get; init; }

    public string? LastError { get; init; }

    public DateTimeOffset NextPollAt { get; init; }

    /// <summary>The last poll that brought a new story.</summary>
    public DateTimeOffset? LastNewAt { get; init; }

    /// <summary>Its own normal time between new items, as learnt; null before it is known.</summary>
    public TimeSpan? Gap { get; init; }

    /// <summary>Items in the last document that was read.</summary>
    public int? EntryCount { get; init; }

    /// <summary>What its last document said about when to ask for it.</summary>
    public FeedHints Hints { get; init; } = FeedHints.None;

    /// <summary>Until then whoever took it for a poll has it alone.</summary>
    public DateTimeOffset LeasedUntil { get; init; }

    /// <summary>Where the publisher offers to push (WebSub), and the address under which it does.</summary>
    public Uri? Hub { get; init; }

    public Uri? HubTopic { get; init; }

    /// <summary>Until when a hub has promised to push it; null while none does.</summary>
    public DateTimeOffset? PushedUntil { get; init; }

    /// <summary>Its items are teasers, and a moderator said that the articles themselves may be read.</summary>
    public bool FullText { get; init; }

    /// <summary>What people call it: its title, else its host.</summary>
    public string Name => Title ?? Address.Host;
}
