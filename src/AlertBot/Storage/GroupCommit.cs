using System.Collections.Concurrent;

namespace AlertBot.Storage;

/// <summary>
/// Writers that wait for their turn share the next transaction: a commit costs a sync to disk, however much is in it. Where the
/// shared one fails, each gets one of its own, so that none can sink another.
/// </summary>
/// <param name="most">About how much is in one transaction: others want to write, too.</param>
/// <param name="weight">How much one of them is; 1 if left out.</param>
internal sealed class GroupCommit<T>(int most, Func<T, int>? weight = null) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly ConcurrentQueue<Waiting> _waiting = [];

    /// <summary>Returns when it is committed; throws what kept it from being so.</summary>
    /// <param name="commitAsync">Writes them in one transaction: all or nothing. The same for every call.</param>
    public async Task WriteAsync(T item, Func<IReadOnlyList<T>, CancellationToken, Task> commitAsync, CancellationToken cancellationToken)
    {
        var mine = new Waiting(item);
        _waiting.Enqueue(mine);
        await _one.WaitAsync(cancellationToken);
        try
        {
            while (!mine.IsSettled)
            {
                await WriteWaitingAsync(commitAsync, cancellationToken);
            }
        }
        finally
        {
            _one.Release();
        }

        await mine.Settled;
    }

    public void Dispose() => _one.Dispose();

    private async Task WriteWaitingAsync(Func<IReadOnlyList<T>, CancellationToken, Task> commitAsync, CancellationToken cancellationToken)
    {
        var batch = new List<Waiting>();
        for (var count = 0; count < most && _waiting.TryDequeue(out var next); count += weight?.Invoke(next.Item) ?? 1)
        {
            batch.Add(next);
        }

        try
        {
            await commitAsync([.. batch.Select(w => w.Item)], cancellationToken);
            batch.ForEach(w => w.Settle());
        }
        catch (Exception exception) when (batch.Count == 1 || exception is OperationCanceledException)
        {
            batch.ForEach(w => w.Settle(exception));
        }
        catch (Exception)
        {
            foreach (var waiting in batch)
            {
                await SettleAloneAsync(waiting, commitAsync, cancellationToken);
            }
        }
    }

    private static async Task SettleAloneAsync(Waiting waiting, Func<IReadOnlyList<T>, CancellationToken, Task> commitAsync, CancellationToken cancellationToken)
    {
        try
        {
            await commitAsync([waiting.Item], cancellationToken);
            waiting.Settle();
        }
        catch (Exception exception)
        {
            waiting.Settle(exception);
        }
    }

    private sealed class Waiting(T item)
    {
        private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public T Item => item;

        public Task Settled => _settled.Task;

        public bool IsSettled => _settled.Task.IsCompleted;

        public void Settle() => _settled.TrySetResult();

        public void Settle(Exception exception) => _settled.TrySetException(exception);
    }
}
