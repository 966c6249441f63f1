namespace AlertBot.Stories.Events;

/// <summary>
/// Where new stories are put into events: one writer at a time, with the finder that knows the events of the last days. It is
/// warmed from the archive when it is first needed. A transaction that fails takes what it placed along: the finder is made anew.
/// </summary>
internal sealed class EventDesk(EventStore events, TimeProvider time) : IDisposable
{
    private const int MostStories = 20_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    private readonly SemaphoreSlim _one = new(1, 1);
    private EventFinder? _finder;

    /// <summary>Runs <paramref name="write"/>, which stores what it places, and all of it or nothing.</summary>
    public async Task PlaceAsync(Func<EventFinder, Task> write, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var finder = _finder ?? await WarmAsync(cancellationToken);
            _finder = null;
            await write(finder);
            _finder = finder;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Whether a story is of the days that the finder knows: of an older one nothing that comes will be.</summary>
    public bool Remembers(Story story) => time.GetUtcNow() - story.SortedAt <= Remembered;

    public void Dispose() => _one.Dispose();

    private async Task<EventFinder> WarmAsync(CancellationToken cancellationToken)
    {
        var finder = new EventFinder();
        foreach (var (story, @event) in await events.RecentAsync(time.GetUtcNow() - Remembered, MostStories, cancellationToken))
        {
            finder.Remember(story, @event);
        }

        return finder;
    }
}
