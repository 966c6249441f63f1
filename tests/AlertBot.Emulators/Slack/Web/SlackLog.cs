using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>Every request, and the rules that requests broke.</summary>
internal sealed class SlackLog(SlackWorld world)
{
    private readonly Lock _lock = new();
    private readonly List<SlackRequest> _requests = [];
    private readonly List<string> _violations = [];

    public IReadOnlyList<SlackRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public IReadOnlyList<string> Violations
    {
        get
        {
            lock (_lock)
            {
                return [.. _violations];
            }
        }
    }

    public void Keep(string method, JsonObject arguments, int? status, JsonNode? answer)
    {
        var shown = arguments.Copy();
        shown.Remove("token");
        lock (_lock)
        {
            _requests.Add(new SlackRequest(method, shown.Frozen(), status, answer?.Frozen(), world.Now));
        }
    }

    public void Note(IEnumerable<string> violations)
    {
        lock (_lock)
        {
            _violations.AddRange(violations);
        }
    }
}
