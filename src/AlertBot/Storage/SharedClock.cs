namespace AlertBot.Storage;

/// <summary>
/// The database's clock, for replicas whose machines need not agree on the time: leases, pauses and the order of messages go by it. The
/// machine's own clock counts only for how much time has passed since the database was last asked, so that setting it does nothing.
/// </summary>
internal sealed class SharedClock(TimeProvider machine) : TimeProvider
{
    private volatile Reading? _last;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => _last is { } last ? last.At + machine.GetElapsedTime(last.Timestamp) : machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets it by the database, which is asked for its time; what the question takes is at fault by half.</summary>
    public async Task SetAsync(Func<Task<DateTimeOffset>> askAsync)
    {
        var began = GetTimestamp();
        var at = await askAsync();
        _last = new Reading(at, began + ((GetTimestamp() - began) / 2));
    }

    private sealed record Reading(DateTimeOffset At, long Timestamp);
}
