namespace AlertBot.Feeds.Articles;

/// <summary>Spaces the requests for articles out, over all feeds: one host is asked for one at a time, with a pause behind each.</summary>
internal sealed class ArticlePace(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>No article is waited for longer than this: it stays a teaser.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _free = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the next turn at a host and waits for it; false where it is too far off.</summary>
    /// <param name="delay">The pause that the site asks for; longer ones are cut.</param>
    public async Task<bool> WaitAsync(string host, TimeSpan? delay, CancellationToken cancellationToken)
    {
        var pause = delay < Shortest || delay is null ? Shortest : delay > Longest ? Longest : delay.Value;
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var passed in _free.Where(h => h.Value <= now).Select(h => h.Key).ToList())
            {
                _free.Remove(passed);
            }

            wait = _free.TryGetValue(host, out var free) ? free - now : TimeSpan.Zero;
            if (wait > LongestWait)
            {
                return false;
            }

            _free[host] = now + wait + pause;
        }

        await (wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask);
        return true;
    }
}
