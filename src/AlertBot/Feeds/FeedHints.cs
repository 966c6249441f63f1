namespace AlertBot.Feeds;

/// <summary>What a feed says of itself about when and how to ask for it.</summary>
internal sealed record FeedHints
{
    // Before the one that is made of them.
    private static readonly IReadOnlySet<int> EmptyHours = new HashSet<int>();

    private static readonly IReadOnlySet<DayOfWeek> EmptyDays = new HashSet<DayOfWeek>();

    public static FeedHints None { get; } = new();

    /// <summary>RSS <c>ttl</c>: how long it may be kept before it is asked for again.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>RSS <c>skipHours</c>, 0 to 23, in UTC: hours in which nothing new comes.</summary>
    public IReadOnlySet<int> SkipHours { get; init; } = EmptyHours;

    /// <summary>RSS <c>skipDays</c>, in UTC.</summary>
    public IReadOnlySet<DayOfWeek> SkipDays { get; init; } = EmptyDays;

    /// <summary>The syndication module's <c>updatePeriod</c> divided by its <c>updateFrequency</c>.</summary>
    public TimeSpan? UpdatePeriod { get; init; }

    /// <summary>The WebSub hub that pushes it, and the address under which it does.</summary>
    public Uri? Hub { get; init; }

    public Uri? Self { get; init; }
}
