namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>Keeps a connection alive with heartbeats, and finds it dead when one is not answered before the next is due.</summary>
/// <param name="sequence">Of the last event that was received; null before the first.</param>
internal sealed class Heartbeat(MessageSocket socket, Func<long?> sequence, TimeProvider time, Random random)
{
    // Leaves room for a heartbeat each second below Discord's 120 messages a minute.
    private const int SendsBeforeSilence = 50;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _last = new(SendsBeforeSilence);
    private readonly TaskCompletionSource<TimeSpan> _interval = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sentAt;
    private volatile bool _isAnswered = true;

    /// <summary>Ends when Discord has said HELLO.</summary>
    public Task Hello => _interval.Task;

    /// <param name="milliseconds">The interval that Discord asks for.</param>
    public void Begin(double milliseconds) =>
        _interval.TrySetResult(TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, Least.TotalMilliseconds, Most.TotalMilliseconds)));

    /// <summary>Takes an answer.</summary>
    /// <returns>How long it took.</returns>
    public TimeSpan Answer()
    {
        _isAnswered = true;
        return time.GetElapsedTime(Volatile.Read(ref _sentAt));
    }

    /// <summary>Sends one out of turn, because Discord asked for it; no more of them than the connection can bear.</summary>
    public async Task SendNowAsync()
    {
        if (!IsBusy())
        {
            await SendAsync();
        }
    }

    public async Task<ConnectionEnd> RunAsync(CancellationToken cancellationToken)
    {
        var interval = await _interval.Task.WaitAsync(cancellationToken);
        await Task.Delay(interval * random.NextDouble(), time, cancellationToken);
        while (_isAnswered)
        {
            _isAnswered = false;
            Volatile.Write(ref _sentAt, time.GetTimestamp());
            await SendAsync();
            await Task.Delay(interval, time, cancellationToken);
        }

        return new ConnectionEnd(NextStep.Resume, "Discord did not answer a heartbeat");
    }

    private bool IsBusy()
    {
        lock (_lock)
        {
            return _last.Count == SendsBeforeSilence && time.GetUtcNow() - _last.Peek() < Minute;
        }
    }

    private Task SendAsync()
    {
        lock (_lock)
        {
            if (_last.Count == SendsBeforeSilence)
            {
                _last.Dequeue();
            }

            _last.Enqueue(time.GetUtcNow());
        }

        return socket.SendAsync(new Outgoing<long?>(GatewayOp.Heartbeat, sequence()), GatewayJson.Default.OutgoingNullableInt64);
    }
}
