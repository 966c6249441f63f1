using Microsoft.Extensions.Time.Testing;

namespace AlertBot.Tests.Support;

/// <summary>
/// A clock that the test moves, and that tells when somebody begins to wait on it: only then is it sure that moving it
/// ends the wait.
/// </summary>
internal sealed class WatchedTime() : FakeTimeProvider(new DateTimeOffset(2024, 6, 3, 9, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<TimeSpan, int> _begun = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many waits of this length were begun so far.</summary>
    public int Begun(TimeSpan length)
    {
        lock (_lock)
        {
            return _begun.GetValueOrDefault(length);
        }
    }

    /// <summary>Ends when more waits of this length were begun than <paramref name="before"/>.</summary>
    public async Task BeginsAsync(TimeSpan length, int before)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_begun.GetValueOrDefault(length) > before)
                {
                    return;
                }

                next = _next.Task;
            }

            await next.WaitAsync(Limit);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        TaskCompletionSource told;
        lock (_lock)
        {
            _begun[dueTime] = _begun.GetValueOrDefault(dueTime) + 1;
            told = Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        told.SetResult();
        return timer;
    }
}
