using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace AlertBot.Platforms.Discord.Rest;

/// <summary>
/// Discord's limits as its answers tell them: a bucket for each route and major id, a door that is closed to all, and a budget of
/// refused requests beyond which Discord bans the address. No number of a bucket is known beforehand. What all requests together
/// may do in a second is the <see cref="GlobalLimit"/>'s.
/// https://discord.com/developers/docs/topics/rate-limits
/// </summary>
internal sealed class RateLimits(TimeProvider time, LiveReplicas replicas)
{
    private const int MostRefusals = 5_000;
    private const int BucketsBeforeSweep = 1_000;

    private static readonly TimeSpan RefusalWindow = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _refusals = [];
    private DateTimeOffset _closedUntil;

    /// <summary>The bucket of a route; requests of one bucket go one after the other, in the order in which they came.</summary>
    public Bucket BucketOf(DiscordRoute route)
    {
        if (_buckets.Count > BucketsBeforeSweep)
        {
            Sweep();
        }

        return _buckets.GetOrAdd($"{_hashes.GetValueOrDefault(route.Key, route.Key)} {route.Major}", _ => new Bucket());
    }

    /// <summary>For how long Discord takes no request but those of interactions; null if it takes them.</summary>
    public TimeSpan? Closed
    {
        get
        {
            lock (_lock)
            {
                return ForAll() is var (wait, _) && wait > TimeSpan.Zero ? wait : null;
            }
        }
    }

    /// <summary>How long this request must wait now; zero if it may go.</summary>
    public (TimeSpan Wait, string Why) WaitOf(DiscordRoute route, Bucket bucket)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var own = bucket.Remaining == 0 && bucket.ResetAt > now ? bucket.ResetAt - now : TimeSpan.Zero;
            if (route.IsInteraction)
            {
                return (own, "the limit of this route");
            }

            var all = ForAll();
            return own > all.Wait ? (own, "the limit of this channel or route") : all.Wait > TimeSpan.Zero ? all : (TimeSpan.Zero, "");
        }
    }

    /// <summary>Takes what the headers of an answer say.</summary>
    public void Learn(DiscordRoute route, Bucket bucket, HttpResponseMessage response)
    {
        if (Header(response.Headers, "X-RateLimit-Bucket") is { } hash)
        {
            _hashes[route.Key] = hash;
            // From now on the route's requests look here: they are to find what was learned before.
            _buckets.TryAdd($"{hash} {route.Major}", bucket);
        }

        lock (_lock)
        {
            if (Number(response.Headers, "X-RateLimit-Remaining") is { } remaining && Number(response.Headers, "X-RateLimit-Reset-After") is { } after)
            {
                bucket.Remaining = (int)remaining;
                bucket.ResetAt = time.GetUtcNow() + TimeSpan.FromSeconds(after);
            }
            else
            {
                Spend(bucket);
            }

            var isShared = Header(response.Headers, "X-RateLimit-Scope") == "shared";
            if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (response.StatusCode == HttpStatusCode.TooManyRequests && !isShared))
            {
                _refusals.Enqueue(time.GetUtcNow());
            }
        }
    }

    /// <summary>Counts a request that ended without a word about its limit: Discord may have counted it.</summary>
    public void Spend(Bucket bucket)
    {
        lock (_lock)
        {
            bucket.Remaining = Math.Max(0, bucket.Remaining - 1);
        }
    }

    /// <summary>Takes a 429 and says how long to wait.</summary>
    /// <param name="told">The wait that the body named, in seconds; null where the answer was no JSON.</param>
    public TimeSpan Close(Bucket bucket, HttpResponseMessage response, double? told)
    {
        var wait = TimeSpan.FromSeconds(Math.Clamp(told ?? Number(response.Headers, "Retry-After") ?? 60, 0.05, 86_400));
        var isGlobal = response.Headers.Contains("X-RateLimit-Global") || Header(response.Headers, "X-RateLimit-Scope") == "global"
            // Cloudflare in front of Discord answers without JSON and without Via: it has closed the door to this address.
            || (told is null && !response.Headers.Contains("Via"));
        lock (_lock)
        {
            var until = time.GetUtcNow() + wait;
            if (isGlobal)
            {
                _closedUntil = until > _closedUntil ? until : _closedUntil;
            }
            else
            {
                // Its headers may name a later time than its body, or speak of another limit.
                bucket.Remaining = 0;
                bucket.ResetAt = until > bucket.ResetAt ? until : bucket.ResetAt;
            }
        }

        return wait;
    }

    private (TimeSpan Wait, string Why) ForAll()
    {
        Forget(_refusals, RefusalWindow);
        var now = time.GetUtcNow();
        var budget = _refusals.Count >= MostRefusals / replicas() ? _refusals.Peek() + RefusalWindow - now : TimeSpan.Zero;
        return budget > _closedUntil - now
            ? (budget, "too many refused requests, which would bring a ban")
            : (_closedUntil - now, "the limit over all requests");
    }

    private void Sweep()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            foreach (var (key, _) in _buckets.Where(b => b.Value is { IsIdle: true } idle && idle.ResetAt <= now))
            {
                _buckets.TryRemove(key, out _);
            }
        }
    }

    private void Forget(Queue<DateTimeOffset> times, TimeSpan window)
    {
        while (times.TryPeek(out var oldest) && time.GetUtcNow() - oldest >= window)
        {
            times.Dequeue();
        }
    }

    private static double? Number(HttpResponseHeaders headers, string name) =>
        double.TryParse(Header(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Header(HttpResponseHeaders headers, string name) => headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>What is left of one limit, and the queue in front of it: one request at a time, first come, first served.</summary>
    internal sealed class Bucket
    {
        private readonly Lock _lock = new();
        private readonly Queue<TaskCompletionSource> _queue = [];
        private bool _isTaken;

        /// <summary>Until the first answer one request goes.</summary>
        public int Remaining { get; set; } = 1;

        public DateTimeOffset ResetAt { get; set; }

        public bool IsIdle
        {
            get
            {
                lock (_lock)
                {
                    return !_isTaken;
                }
            }
        }

        public async Task EnterAsync(CancellationToken cancellationToken)
        {
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                if (!_isTaken)
                {
                    _isTaken = true;
                    return;
                }

                _queue.Enqueue(turn);
            }

            await using var cancelled = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
            await turn.Task;
        }

        public void Leave()
        {
            lock (_lock)
            {
                while (_queue.TryDequeue(out var next))
                {
                    if (next.TrySetResult())
                    {
                        return;
                    }
                }

                _isTaken = false;
            }
        }
    }
}
