using System.Text.Json;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>One message a second to a channel after a burst, and each method's requests in a minute (docs.slack.dev/apis/web-api/rate-limits).</summary>
internal sealed class SendLimits(SlackWorld world)
{
    private static readonly Dictionary<string, int> PerMinute = ReadTiers();

    private readonly Dictionary<string, (double Left, DateTimeOffset At)> _channels = [];
    private readonly Dictionary<string, Queue<DateTimeOffset>> _methods = [];

    /// <summary>Calls over one of the limits, since the start. Faults that somebody asked for do not count.</summary>
    public int Breaches { get; private set; }

    /// <param name="isLate">A fault held it up: that it comes at a bad time is no breach of its sender's.</param>
    /// <returns>Whole seconds to wait; null where the call may go on.</returns>
    public int? Take(SlackCall call, bool isLate)
    {
        var wait = TakeMethod(call.Method) ?? (call.Method == "chat.postMessage" && call.Text("channel") is { } channel ? TakeChannel(channel) : null);
        Breaches += wait is null || isLate ? 0 : 1;
        return wait;
    }

    private int? TakeMethod(string method)
    {
        if (!world.Options.LimitMethods || !PerMinute.TryGetValue(method, out var most))
        {
            return null;
        }

        var calls = _methods.TryGetValue(method, out var known) ? known : _methods[method] = [];
        while (calls.TryPeek(out var first) && world.Now - first >= TimeSpan.FromMinutes(1))
        {
            calls.Dequeue();
        }

        if (calls.Count >= most)
        {
            return Math.Max(1, (int)Math.Ceiling((calls.Peek() + TimeSpan.FromMinutes(1) - world.Now).TotalSeconds));
        }

        calls.Enqueue(world.Now);
        return null;
    }

    private int? TakeChannel(string channel)
    {
        if (world.Options.MessageBurst == 0)
        {
            return null;
        }

        var left = (double)world.Options.MessageBurst;
        if (_channels.TryGetValue(channel, out var seen))
        {
            left = Math.Min(left, seen.Left + (world.Now - seen.At).TotalSeconds);
        }

        _channels[channel] = (left >= 1 ? left - 1 : left, world.Now);
        return left >= 1 ? null : 1;
    }

    // apps.connections.open is in tier 3 here: clients open several sockets at once, and Slack lets them.
    private static Dictionary<string, int> ReadTiers()
    {
        if (SharedFiles.Find("specs", "slack-rate-limit-tiers.json") is not { } file)
        {
            return [];
        }

        var tiers = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(file))!;
        tiers["apps.connections.open"] = "Tier3";
        var sizes = new Dictionary<string, int> { ["Tier1"] = 1, ["Tier2"] = 20, ["Tier3"] = 50, ["Tier4"] = 100 };
        return tiers.Where(tier => sizes.ContainsKey(tier.Value)).ToDictionary(tier => tier.Key, tier => sizes[tier.Value]);
    }
}
