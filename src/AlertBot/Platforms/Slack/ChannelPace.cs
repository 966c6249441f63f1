using System.Collections.Concurrent;

namespace AlertBot.Platforms.Slack;

/// <summary>One message a second in a channel. https://docs.slack.dev/apis/web-api/rate-limits#posting-messages</summary>
internal sealed class ChannelPace(TimeProvider time)
{
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(string Team, string Channel), DateTimeOffset> _free = new();

    /// <summary>How long the channel takes nothing yet; null if it does.</summary>
    public TimeSpan? WaitIn(SlackAddress to) =>
        _free.TryGetValue((to.Team, to.Channel), out var free) && free - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : null;

    public void Note(SlackAddress to)
    {
        var now = time.GetUtcNow();
        if (_free.Count >= MostRemembered)
        {
            foreach (var past in _free.Where(f => f.Value <= now))
            {
                _free.TryRemove(past);
            }
        }

        _free[(to.Team, to.Channel)] = now + Pause;
    }
}
