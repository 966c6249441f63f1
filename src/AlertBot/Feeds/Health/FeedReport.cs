namespace AlertBot.Feeds.Health;

/// <summary>
/// What moderators were told of a feed's health. They are told once that it is sick and once that it is well again; one that comes
/// and goes has to be well for ever longer before they are told so, so that it can't make them weary.
/// </summary>
internal sealed record FeedReport(FeedId Feed)
{
    private static readonly TimeSpan[] Steady = [TimeSpan.FromHours(1), TimeSpan.FromHours(12), TimeSpan.FromDays(3)];

    /// <summary>A feed that was well for so long begins anew.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(7);

    /// <summary>Since when its document holds no items.</summary>
    public DateTimeOffset? EmptySince { get; init; }

    /// <summary>What they were told that it suffers from; null where it counts as well.</summary>
    public string? Ailment { get; init; }

    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>Since when it looks well, while it has to prove it.</summary>
    public DateTimeOffset? WellSince { get; init; }

    /// <summary>How often it fell ill lately, this time included.</summary>
    public int Spells { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>What follows from how the feed is now. A function of values.</summary>
    public (FeedReport Next, Telling Telling) See(Feed feed, FeedCondition condition, DateTimeOffset now) => (ToldAt, condition.Mood) switch
    {
        (null, FeedMood.Sick) => (
            this with { Ailment = condition.Ailment!.Name, ToldAt = now, WellSince = null, Spells = (now - ClearedAt < Forgotten ? Spells : 0) + 1 }, Telling.Sick),
        (null, _) => (this, Telling.Nothing),
        (_, FeedMood.Paused) => (Unsaid(), Telling.Dropped),
        // A feed whose failures were forgotten has proved nothing before it was read.
        ({ } told, FeedMood.Well) when feed.SucceededAt > told => SeeWell(now),
        _ => (this with { WellSince = null }, Telling.Nothing),
    };

    /// <summary>Nobody came to know that it was sick: this time does not count.</summary>
    public FeedReport Unsaid() => this with { Ailment = null, ToldAt = null, WellSince = null, Spells = Math.Max(0, Spells - 1) };

    private (FeedReport Next, Telling Telling) SeeWell(DateTimeOffset now) =>
        WellSince is not { } since ? (this with { WellSince = now }, Telling.Mending)
        : now - since >= Steady[Math.Clamp(Spells - 1, 0, Steady.Length - 1)] ? (this with { Ailment = null, ToldAt = null, WellSince = null, ClearedAt = now }, Telling.Well)
        : (this, Telling.Nothing);
}

/// <summary>What moderators are to be told of a feed.</summary>
internal enum Telling
{
    Nothing,

    /// <summary>It is sick.</summary>
    Sick,

    /// <summary>It looks well: who was not told yet that it is sick need not be told any more.</summary>
    Mending,

    /// <summary>It is well again.</summary>
    Well,

    /// <summary>It is out of use: who was not told yet that it is sick need not be told any more, and nothing else follows.</summary>
    Dropped,
}
