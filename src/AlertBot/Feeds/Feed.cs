namespace AlertBot.Feeds;

internal readonly record struct FeedId(long Value)
{
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A feed that the bot polls, with what it knows of its last polls. One address is one feed, whoever listed it.</summary>
/// <param name="Interval">Time between polls; null means the default of the settings.</param>
/// <param name="BaselineAt">The first successful poll, which stored what it found and alerted on none of it.</param>
/// <param name="Failures">Failed polls in a row.</param>
internal sealed record Feed(
    FeedId Id,
    Uri Address,
    string? Title,
    string AddedBy,
    TimeSpan? Interval,
    DateTimeOffset? PausedAt,
    string? ETag,
    string? LastModified,
    DateTimeOffset? BaselineAt,
    DateTimeOffset? SucceededAt,
    int Failures,
    string? LastError,
    DateTimeOffset NextPollAt)
{
    /// <summary>What people call it: its title, else its host.</summary>
    public string Name => Title ?? Address.Host;
}
