using System.Data.Common;
using System.Globalization;

namespace AlertBot.Stories.Events;

/// <summary>
/// Where new stories are put into events: one writer at a time, with the finder that knows the events of the last days. It is
/// warmed from the archive when it is first needed, and learns in the writer's transaction what other processes placed since. A
/// transaction that fails takes what it placed along: the finder is made anew.
/// </summary>
internal sealed class EventDesk(EventStore events, TimeProvider time) : IDisposable
{
    private const int MostStories = 20_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(7);

    private readonly SemaphoreSlim _one = new(1, 1);
    private EventFinder? _finder;
    private long _newest;

    private DateTimeOffset Since => time.GetUtcNow() - Remembered;

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

    /// <summary>Lets the finder know what other processes placed since it last placed something; to be called first in the transaction that places.</summary>
    public async Task CatchUpAsync(DbTransaction transaction, EventFinder finder)
    {
        var newest = await EventStore.NewestAsync(transaction);
        if (newest > _newest)
        {
            Remember(finder, await EventStore.RecentAsync(transaction, Since, _newest, MostStories));
            _newest = newest;
        }
    }

    public Placement Place(EventFinder finder, StoryId id, Story story)
    {
        _newest = id.Value;
        return finder.Place(EventStore.Read(id, story));
    }

    /// <summary>Lets the finder know that a story was changed.</summary>
    /// <returns>The story's event, and how much news that has for it; null where it has none.</returns>
    public static async Task<(HappeningId Happening, double News)?> ChangeAsync(DbTransaction transaction, EventFinder finder, Story story) =>
        await EventStore.EventOfAsync(transaction, story.Id) is { } happening ? (happening, finder.Change(EventStore.Read(story.Id, story), happening.ToString())) : null;

    /// <summary>Whether a story is of the days that the finder knows: of an older one nothing that comes will be.</summary>
    public bool Remembers(Story story) => time.GetUtcNow() - story.SortedAt <= Remembered;

    public void Dispose() => _one.Dispose();

    private async Task<EventFinder> WarmAsync(CancellationToken cancellationToken)
    {
        var finder = new EventFinder();
        _newest = 0;
        Remember(finder, await events.RecentAsync(Since, MostStories, cancellationToken));
        return finder;
    }

    private void Remember(EventFinder finder, IReadOnlyList<(EventStory Story, string Event)> placed)
    {
        foreach (var (story, @event) in placed)
        {
            finder.Remember(story, @event);
            _newest = long.Parse(story.Id, CultureInfo.InvariantCulture);
        }
    }
}
