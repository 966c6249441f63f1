using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlertBot.Emulators.Discord.World;
using AlertBot.Emulators.Faults;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>Buckets, the global limit, and the count of invalid requests that leads to a ban.</summary>
internal sealed class RateLimits(DiscordWorld world)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OtherWindow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InvalidWindow = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, Window> _windows = [];
    private readonly Queue<DateTimeOffset> _invalid = [];
    private readonly Queue<(DateTimeOffset At, bool IsLate)> _lastSecond = [];

    /// <summary>
    /// Requests over one of the limits, since the start. Faults that somebody asked for do not count: neither a request that one held up,
    /// nor one that is refused only because such a one took its place.
    /// </summary>
    public int Breaches { get; private set; }

    public int InvalidRequests
    {
        get
        {
            while (_invalid.TryPeek(out var oldest) && world.Now - oldest >= InvalidWindow)
            {
                _invalid.Dequeue();
            }

            return _invalid.Count;
        }
    }

    public bool IsBanned => InvalidRequests >= world.Options.InvalidRequestLimit;

    public void CountAnswer(Reply reply)
    {
        if (reply.Status is 401 or 403 or 429 && !reply.IsShared())
        {
            _invalid.Enqueue(world.Now);
        }
    }

    /// <summary>Takes one from the route's bucket and from the global limit; the refusal where either is used up.</summary>
    /// <param name="isLate">A fault held it up: that it comes at a bad time is no breach of its sender's.</param>
    /// <param name="headers">That the answer must carry, whichever way it goes.</param>
    public Reply? Take(RestRoute route, RestCall call, bool isLate, out Dictionary<string, string> headers)
    {
        var (most, bucket) = Open(route, call);
        var allowed = bucket.Count < most;
        var isCrowded = isLate || bucket.Late > 0;
        bucket.Count += allowed ? 1 : 0;
        bucket.Late += allowed && isLate ? 1 : 0;
        headers = Headers(most, most - bucket.Count, bucket.End - world.Now, route);
        var refusal = !allowed ? DiscordReply.Limited((bucket.End - world.Now).TotalSeconds, "user") : route.OfInteraction ? null : TakeGlobal(isLate, out isCrowded);
        Breaches += refusal is null || isCrowded ? 0 : 1;
        return refusal;
    }

    /// <summary>X-RateLimit-* of an answer that somebody asked for: what the route's bucket really holds, or that nothing is left for so many seconds at least.</summary>
    public Dictionary<string, string> Standing(RestRoute route, RestCall call, double? refusedFor)
    {
        var (most, bucket) = Open(route, call);
        var left = bucket.End - world.Now;
        return refusedFor is { } seconds
            ? Headers(most, 0, TimeSpan.FromSeconds(most > bucket.Count ? seconds : Math.Max(seconds, left.TotalSeconds)), route)
            : Headers(most, most - bucket.Count, left, route);
    }

    /// <summary>X-RateLimit-* as a bucket stands.</summary>
    public Dictionary<string, string> Headers(int limit, int remaining, TimeSpan resetAfter, RestRoute route) => new()
    {
        ["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture),
        ["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture),
        ["X-RateLimit-Reset"] = (world.Now + resetAfter).ToUnixTimeMilliseconds() is var at ? (at / 1000.0).ToString("F3", CultureInfo.InvariantCulture) : "",
        ["X-RateLimit-Reset-After"] = resetAfter.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture),
        ["X-RateLimit-Bucket"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{route.Method} {route.Template}")))[..32],
    };

    // In any second, not only in one that begins with a full count.
    private Reply? TakeGlobal(bool isLate, out bool isCrowded)
    {
        while (_lastSecond.TryPeek(out var oldest) && world.Now - oldest.At >= Second)
        {
            _lastSecond.Dequeue();
        }

        isCrowded = isLate || _lastSecond.Any(r => r.IsLate);
        if (_lastSecond.Count >= world.Options.GlobalPerSecond)
        {
            return DiscordReply.Limited((_lastSecond.Peek().At + Second - world.Now).TotalSeconds, "global");
        }

        _lastSecond.Enqueue((world.Now, isLate));
        return null;
    }

    private (int Most, Window Bucket) Open(RestRoute route, RestCall call)
    {
        var isMessage = route is { Method: "POST", Template: "channels/{channel_id}/messages" };
        var key = route.BucketOf(call.Values);
        var length = isMessage ? world.Options.MessageWindow : OtherWindow;
        if (!_windows.TryGetValue(key, out var window) || window.End <= world.Now)
        {
            window = _windows[key] = new Window { End = world.Now + length };
        }

        return (isMessage ? world.Options.MessagesPerWindow : world.Options.OtherRequestsPerWindow, window);
    }

    private sealed class Window
    {
        public required DateTimeOffset End { get; init; }

        public int Count { get; set; }

        /// <summary>How many of them a fault held up.</summary>
        public int Late { get; set; }
    }
}
