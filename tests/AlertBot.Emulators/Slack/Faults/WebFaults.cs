using AlertBot.Emulators.Faults;

namespace AlertBot.Emulators.Slack.Faults;

/// <summary>The faults that wait for their requests.</summary>
internal sealed class WebFaults
{
    private readonly Lock _lock = new();
    private readonly List<(WebFault Fault, Random Chance, int Left)> _waiting = [];

    public Outage? Outage { get; set; }

    /// <summary>What every call with the bot's token answers: token_revoked, account_inactive, invalid_auth.</summary>
    public string? Revoked { get; set; }

    public void Add(WebFault fault)
    {
        lock (_lock)
        {
            _waiting.Add((fault, new Random(fault.Seed), fault.Times));
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _waiting.Clear();
            (Outage, Revoked) = (null, null);
        }
    }

    /// <summary>The first fault that fits a method, counted down.</summary>
    public WebFault? Take(string method)
    {
        lock (_lock)
        {
            var at = _waiting.FindIndex(waiting => (waiting.Fault.Method is null || waiting.Fault.Method == method) && (waiting.Fault.Rate >= 1 || waiting.Chance.NextDouble() < waiting.Fault.Rate));
            if (at < 0)
            {
                return null;
            }

            var (fault, chance, left) = _waiting[at];
            _waiting[at] = (fault, chance, left - 1);
            if (left <= 1)
            {
                _waiting.RemoveAt(at);
            }

            return fault;
        }
    }
}
