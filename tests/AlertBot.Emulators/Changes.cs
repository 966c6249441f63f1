namespace AlertBot.Emulators;

/// <summary>Tells waiters that something changed: each reads <see cref="Next"/> first, then looks, then waits.</summary>
internal sealed class Changes
{
    private TaskCompletionSource _next = Fresh();

    /// <summary>Ends at the first change after it was read.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, Fresh()).TrySetResult();

    /// <summary>Waits until the condition holds, looking again at every change. The limit runs on the real clock.</summary>
    public async Task UntilAsync(Func<bool> condition, TimeSpan limit, Func<string> describe, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (; ; )
        {
            var next = Next;
            if (condition())
            {
                return;
            }

            var left = limit - TimeProvider.System.GetElapsedTime(started);
            try
            {
                await next.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"Not within {limit}: {describe()}");
            }
        }
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
