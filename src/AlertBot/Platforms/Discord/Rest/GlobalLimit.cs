namespace AlertBot.Platforms.Discord.Rest;

/// <summary>
/// Discord's limit over all requests of a bot: 50 in a second, whichever second one looks at. More urgent ones go first, then
/// those that came first. Replicas share it, each with an equal part.
/// https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
/// </summary>
/// <remarks>
/// Discord counts a request when it arrives there, which nobody here sees. It is after the request was sent and before its answer
/// came, and both ways together take no less than the fastest answer took. So a request may follow in the place of one whose answer
/// came a second ago, less the time of the fastest: then there is a second between the two at Discord, however long each was on its way.
/// What the fastest of many took is mostly the way; some of it is work at both ends, which may be less the next time, and is left out.
/// </remarks>
internal sealed class GlobalLimit(TimeProvider time, LiveReplicas replicas) : IDisposable
{
    private const int RequestsPerSecond = 50;
    private const int AnswersOfOneAge = 500;
    private const int AnswersBeforeTrust = 100;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WorkAtBothEnds = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (int Rank, long Order)> _queue = new();
    private readonly PriorityQueue<bool, TimeSpan> _used = new();
    private readonly long _began = time.GetTimestamp();
    private ITimer? _timer;
    private long _order;
    private int _underWay;
    private int _answers;
    private TimeSpan _fastest = TimeSpan.MaxValue;
    private TimeSpan _fastestBefore = TimeSpan.MaxValue;

    /// <summary>Waits for the turn of a request, which is then to be sent at once. What was entered must be left.</summary>
    /// <param name="rank">A lower one goes first.</param>
    public Task EnterAsync(int rank, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _queue.Enqueue(turn, (rank, _order++));
        }

        Admit();
        return turn.Task.IsCompleted ? turn.Task : WaitAsync();

        async Task WaitAsync()
        {
            await using var cancelled = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
            await turn.Task;
        }
    }

    /// <param name="took">From sending it to its answer; null if none came.</param>
    public void Leave(TimeSpan? took)
    {
        lock (_lock)
        {
            _underWay--;
            if (took < _fastest)
            {
                _fastest = took.Value;
            }

            _used.Enqueue(true, Now() + Second - (took is null ? TimeSpan.Zero : OnTheWay()));
            if (++_answers >= AnswersOfOneAge)
            {
                // The way there may have become longer: what was fast once does not count for ever.
                (_answers, _fastestBefore, _fastest) = (0, _fastest, TimeSpan.MaxValue);
            }
        }

        Admit();
    }

    /// <summary>Gives back the turn of a request that was not sent after all.</summary>
    public void Forgo()
    {
        lock (_lock)
        {
            _underWay--;
        }

        Admit();
    }

    public void Dispose() => _timer?.Dispose();

    private void Admit()
    {
        lock (_lock)
        {
            while (_used.TryPeek(out _, out var free) && free <= Now())
            {
                _used.Dequeue();
            }

            var most = Math.Max(1, RequestsPerSecond / replicas());
            while (_queue.Count > 0 && _underWay + _used.Count < most)
            {
                _underWay += _queue.Dequeue().TrySetResult() ? 1 : 0;
            }

            if (_queue.Count > 0 && _used.TryPeek(out _, out var next))
            {
                _timer ??= time.CreateTimer(_ => Admit(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                // A timer counts whole milliseconds.
                _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((next - Now()).TotalMilliseconds))), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private TimeSpan OnTheWay()
    {
        var fastest = _fastest < _fastestBefore ? _fastest : _fastestBefore;
        return _answers + (_fastestBefore < TimeSpan.MaxValue ? AnswersOfOneAge : 0) >= AnswersBeforeTrust && fastest > WorkAtBothEnds ? fastest - WorkAtBothEnds : TimeSpan.Zero;
    }

    // No clock that somebody sets.
    private TimeSpan Now() => time.GetElapsedTime(_began);
}
