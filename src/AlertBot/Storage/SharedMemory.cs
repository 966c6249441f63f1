using System.Data.Common;

namespace AlertBot.Storage;

/// <summary>
/// Keeps what this process remembers as the database is, whichever process changed it: the number of the last change in the log grows
/// with each, and with every commit in order. Whoever must not act on what was true before compares the numbers in its own transaction.
/// </summary>
internal sealed class SharedMemory(IEnumerable<IRemembered> remembered, ChangeLog log) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private long _seen = -1;

    /// <summary>Reads anew what changed since the last time; all of it the first time.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (await log.LastAsync(null, cancellationToken) == Volatile.Read(ref _seen))
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            // Taken first: what comes while it is being read is read again the next time.
            var (last, seen) = (await log.LastAsync(null, cancellationToken), _seen);
            var kinds = last == seen ? [] : await log.KindsAfterAsync(seen, cancellationToken);
            foreach (var memory in remembered.Where(m => seen < 0 || m.Kinds.Any(kinds.Contains)))
            {
                await memory.LoadAsync(cancellationToken);
            }

            Volatile.Write(ref _seen, last);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Whether nothing has changed since the last <see cref="RefreshAsync"/>. In a transaction that writes, nothing will before its end.</summary>
    public async Task<bool> IsCurrentAsync(DbTransaction transaction) => await log.LastAsync(transaction, CancellationToken.None) == Volatile.Read(ref _seen);

    public void Dispose() => _one.Dispose();
}
