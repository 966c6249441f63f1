using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace AlertBot.Feeds.Health;

/// <summary>What the sites that feeds come from say the time is. One that is wrong is outvoted by the others.</summary>
internal sealed class SiteClocks(TimeProvider time)
{
    private const int FewestSites = 3;
    private const int MostSites = 1000;

    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, (TimeSpan Ahead, DateTimeOffset At)> _sites = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes the time that an answer bears. An answer out of a cache bears the time when it was made, and its age.</summary>
    public void Note(string host, HttpResponseHeaders headers)
    {
        if (headers.Date is { } date && (_sites.ContainsKey(host) || _sites.Count < MostSites))
        {
            var now = time.GetUtcNow();
            _sites[host] = (date + (headers.Age ?? TimeSpan.Zero) - now, now);
        }
    }

    /// <summary>How far the sites' clocks are ahead of ours, in the middle, and how many told; null where too few did lately.</summary>
    public (TimeSpan By, int Sites)? Ahead(DateTimeOffset now)
    {
        var told = _sites.Values.Where(s => now - s.At <= Fresh).Select(s => s.Ahead).Order().ToList();
        return told.Count >= FewestSites ? (told[told.Count / 2], told.Count) : null;
    }

    /// <summary>Reads the clock off every answer that comes through.</summary>
    public HttpMessageHandler Over(HttpMessageHandler handler) => new Reader(this) { InnerHandler = handler };

    private sealed class Reader(SiteClocks clocks) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            clocks.Note(request.RequestUri!.Authority, response.Headers);
            return response;
        }
    }
}
