using AlertBot.Feeds;
using AlertBot.Storage;

namespace AlertBot.Polling;

/// <summary>
/// What polls found that brought no story, gathered so that many are written in one transaction. A crash before that loses only
/// that the feeds were asked.
/// </summary>
internal sealed class PollLedger(FeedStore feeds, Database database)
{
    private const int Most = 250;

    private readonly Lock _lock = new();
    private List<PolledFeed> _gathered = [];

    public async Task AddAsync(PolledFeed polled, CancellationToken cancellationToken)
    {
        int count;
        lock (_lock)
        {
            _gathered.Add(polled);
            count = _gathered.Count;
        }

        if (count >= Most)
        {
            await WriteAsync(cancellationToken);
        }
    }

    /// <summary>Writes what was gathered so far.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        List<PolledFeed> gathered;
        lock (_lock)
        {
            (gathered, _gathered) = (_gathered, []);
        }

        if (gathered.Count > 0)
        {
            await database.InTransactionAsync(transaction => feeds.RecordAsync(transaction, gathered), cancellationToken);
        }
    }
}
