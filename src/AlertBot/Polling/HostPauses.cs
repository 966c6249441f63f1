using System.Collections.Concurrent;
using AlertBot.Feeds;

namespace AlertBot.Polling;

/// <summary>
/// Hosts that asked for a pause, each until when. The feeds that were told so keep it in the database: a pause outlives the process.
/// </summary>
internal sealed class HostPauses
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public void Add(string host, DateTimeOffset until) => _until.AddOrUpdate(host, until, (_, known) => known > until ? known : until);

    public void Add(IEnumerable<(Uri Address, DateTimeOffset Until)> pauses)
    {
        foreach (var (address, until) in pauses)
        {
            Add(RegisteredDomain.Of(address), until);
        }
    }

    /// <summary>Null where the host may be asked.</summary>
    public DateTimeOffset? Of(string host, DateTimeOffset now)
    {
        if (!_until.TryGetValue(host, out var until))
        {
            return null;
        }

        if (until > now)
        {
            return until;
        }

        _until.TryRemove(KeyValuePair.Create(host, until));
        return null;
    }
}
