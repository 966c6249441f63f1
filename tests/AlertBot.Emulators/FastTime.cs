namespace AlertBot.Emulators;

/// <summary>A clock that runs so many times as fast as the real one, so that every window and deadline on it is that much shorter.</summary>
public sealed class FastTime : TimeProvider
{
    private readonly int _factor;
    private readonly long _began;
    private readonly DateTimeOffset _start;

    private FastTime(int factor)
    {
        _factor = factor;
        _began = System.GetTimestamp();
        _start = System.GetUtcNow();
    }

    public override long TimestampFrequency => System.TimestampFrequency;

    public static TimeProvider Of(int factor) => factor > 1 ? new FastTime(factor) : System;

    public override long GetTimestamp() => (System.GetTimestamp() - _began) * _factor;

    public override DateTimeOffset GetUtcNow() => _start + (System.GetElapsedTime(_began) * _factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), this);

    // A timer must never fire before its time.
    private TimeSpan Real(TimeSpan time) => time > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / _factor)) : time;

    private sealed class FastTimer(ITimer timer, FastTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(time.Real(dueTime), time.Real(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
