using AlertBot.Feeds;

namespace AlertBot.Polling;

/// <summary>
/// The feeds that wait to be asked, in a line for each host. Hosts take turns, and no more feeds of one are handed out at once
/// than it may have, so that a slow or a crowded host holds up only its own. Any number of threads may take.
/// </summary>
/// <param name="perHost">How many feeds of one host may be under way.</param>
/// <param name="margin">A feed whose lease ends sooner than this is let go: it is due still, and will be leased again.</param>
internal sealed class PollQueue(int perHost, TimeSpan margin)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<FeedId, DateTimeOffset> _held = [];
    private readonly Queue<Line> _turns = [];

    /// <summary>Whether there is a feed that could be asked now.</summary>
    public bool HasReady
    {
        get
        {
            lock (_lock)
            {
                return _turns.Count > 0;
            }
        }
    }

    /// <summary>Puts feeds at the end of their lines. One that is held already only has its lease renewed.</summary>
    public void Add(IEnumerable<Feed> feeds)
    {
        lock (_lock)
        {
            foreach (var feed in feeds)
            {
                if (_held.TryAdd(feed.Id, feed.LeasedUntil))
                {
                    Append(feed);
                }
                else
                {
                    _held[feed.Id] = feed.LeasedUntil;
                }
            }
        }
    }

    /// <summary>The next feed to ask; it is under way until it is <see cref="Done"/>. Null while no host has both a feed and room.</summary>
    public PollTurn? Take(DateTimeOffset now)
    {
        lock (_lock)
        {
            while (_turns.TryDequeue(out var line))
            {
                line.HasTurn = false;
                if (Next(line, now) is { } feed)
                {
                    line.UnderWay++;
                    Offer(line);
                    return new PollTurn(feed, line.Host);
                }

                Forget(line);
            }

            return null;
        }
    }

    public void Done(PollTurn turn)
    {
        lock (_lock)
        {
            var line = _lines[turn.Host];
            line.UnderWay--;
            _held.Remove(turn.Feed.Id);
            Offer(line);
            Forget(line);
        }
    }

    private void Append(Feed feed)
    {
        var host = RegisteredDomain.Of(feed.Address);
        if (!_lines.TryGetValue(host, out var line))
        {
            _lines.Add(host, line = new Line(host));
        }

        line.Waiting.Enqueue(feed);
        Offer(line);
    }

    private Feed? Next(Line line, DateTimeOffset now)
    {
        while (line.Waiting.TryDequeue(out var feed))
        {
            if (_held[feed.Id] - now >= margin)
            {
                return feed;
            }

            _held.Remove(feed.Id);
        }

        return null;
    }

    private void Offer(Line line)
    {
        if (!line.HasTurn && line.Waiting.Count > 0 && line.UnderWay < perHost)
        {
            line.HasTurn = true;
            _turns.Enqueue(line);
        }
    }

    private void Forget(Line line)
    {
        if (line is { UnderWay: 0, Waiting.Count: 0 })
        {
            _lines.Remove(line.Host);
        }
    }

    private sealed class Line(string host)
    {
        public string Host => host;

        public Queue<Feed> Waiting { get; } = [];

        public int UnderWay { get; set; }

        public bool HasTurn { get; set; }
    }
}

/// <summary>A feed that is being asked, and the host whose turn it takes.</summary>
internal sealed record PollTurn(Feed Feed, string Host);
