namespace AlertBot.Platforms.Slack.Web;

/// <summary>
/// What Slack allows of each method: so many calls in a minute of a workspace, by the method's tier, and nothing before the time that
/// an answer named. For a message that time is its channel's; when it is so in several channels at once, it is the workspace's.
/// Replicas share the tiers, each with an equal part. https://docs.slack.dev/apis/web-api/rate-limits
/// </summary>
internal sealed class MethodLimits(TimeProvider time, LiveReplicas replicas)
{
    private const int ChannelsOfAll = 3;
    private const int BeforeSweep = 1_000;

    // And a moment, as one call may have been on its way for longer than the next.
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(61);

    // What the bot itself plans many of. Posting has a limit of its own, and what is read is read now and then.
    private static readonly Dictionary<string, int> PerMinute = new(StringComparer.Ordinal) { ["chat.update"] = 50 };

    private readonly Lock _lock = new();
    private readonly Dictionary<LimitedCall, DateTimeOffset> _closedUntil = [];
    private readonly Dictionary<(string Method, string? Token), Queue<DateTimeOffset>> _calls = [];

    /// <summary>Counts a call that is made now; or how long to wait with it.</summary>
    public TimeSpan? Take(LimitedCall call)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var until = Max(_closedUntil.GetValueOrDefault(call), _closedUntil.GetValueOrDefault(call with { Channel = null }));
            return until > now ? until - now : TakeOfTier(call, now);
        }
    }

    /// <summary>Slack said to wait.</summary>
    public void Close(LimitedCall call, TimeSpan wait)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_closedUntil.Count >= BeforeSweep)
            {
                foreach (var (past, _) in _closedUntil.Where(c => c.Value <= now).ToList())
                {
                    _closedUntil.Remove(past);
                }
            }

            _closedUntil[call] = now + wait;
            if (call.Channel is not null && _closedUntil.Count(c => c.Value > now && c.Key with { Channel = null } == call with { Channel = null }) >= ChannelsOfAll)
            {
                _closedUntil[call with { Channel = null }] = now + wait;
            }
        }
    }

    private TimeSpan? TakeOfTier(LimitedCall call, DateTimeOffset now)
    {
        if (!PerMinute.TryGetValue(call.Method, out var most))
        {
            return null;
        }

        var calls = _calls.TryGetValue((call.Method, call.Token), out var known) ? known : _calls[(call.Method, call.Token)] = [];
        while (calls.TryPeek(out var first) && now - first >= Minute)
        {
            calls.Dequeue();
        }

        if (calls.Count >= Math.Max(1, most / replicas()))
        {
            return calls.Peek() + Minute - now;
        }

        calls.Enqueue(now);
        return null;
    }

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <param name="Channel">Of a message; null for what is limited by its method alone.</param>
internal readonly record struct LimitedCall(string Method, string? Token, string? Channel);
