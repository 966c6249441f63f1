namespace AlertBot.Platforms.Slack.Sockets;

/// <summary>How the connections to Slack stand, for the health page. Any thread may read it.</summary>
/// <param name="replicas">How many processes of this bot are alive, this one included.</param>
internal sealed class SocketState(Func<int>? replicas = null)
{
    // Each holds two, and for a while those that they take the place of.
    private const int MostOfReplica = 4;

    private int _open;
    private volatile string? _fault;
    private volatile string? _crowd;

    /// <summary>Connections over which Slack can tell something.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>What a person should know, with what to do; null while all is well.</summary>
    public string? Trouble => (Open == 0 ? _fault : null) ?? _crowd;

    public void Opened()
    {
        Interlocked.Increment(ref _open);
        _fault = null;
    }

    public void Ended() => Interlocked.Decrement(ref _open);

    /// <summary>No connection could be opened. It counts for as long as there is none at all.</summary>
    public void Failed(string why) => _fault = why;

    /// <summary>Takes the number of connections of the app that Slack counts.</summary>
    /// <returns>Whether some are of nobody.</returns>
    public bool Count(int connections)
    {
        var others = connections - Open - (MostOfReplica * ((replicas?.Invoke() ?? 1) - 1));
        _crowd = others <= 0 ? null
            : $"Slack counts {connections} connections of this app and {Open} of them are this bot's. If another bot runs with the same app token, each of them misses what the other one is told: stop it. "
                + "If none does, the others are connections that broke; Slack forgets them by itself.";
        return others > 0;
    }
}
