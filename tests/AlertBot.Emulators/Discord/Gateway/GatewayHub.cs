using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>The sockets and sessions there are. Whoever calls it holds the world's gate, except for the counters.</summary>
internal sealed class GatewayHub(Changes changes)
{
    private readonly List<GatewayConnection> _connections = [];
    private readonly Dictionary<string, GatewaySession> _sessions = [];

    public int Connected { get; private set; }

    public int ConnectedToResume { get; private set; }

    public int Identifies { get; set; }

    public int Resumes { get; set; }

    /// <summary>Resumes that came on the first address instead of the one that READY named.</summary>
    public int MisplacedResumes { get; set; }

    public int Heartbeats { get; set; }

    /// <summary>Codes that sockets were closed with, by either side, in order; 0 stands for a cut.</summary>
    public List<int> Closes { get; } = [];

    public IReadOnlyList<GatewayConnection> Connections => _connections;

    public IEnumerable<GatewaySession> Sessions => _sessions.Values;

    public void Add(GatewayConnection connection)
    {
        _connections.Add(connection);
        Connected++;
        ConnectedToResume += connection.OnResumeAddress ? 1 : 0;
        changes.Raise();
    }

    /// <param name="code">That the client closed with, or null.</param>
    public void Remove(GatewayConnection connection, int? code)
    {
        _connections.Remove(connection);
        Closes.Add(connection.ClosedWith ?? code ?? 0);
        if (connection.Session is { } session)
        {
            Detach(connection);

            // A client that closes with 1000 or 1001 ends its session.
            if (connection.ClosedWith is null && code is 1000 or 1001)
            {
                Forget(session);
            }
        }

        changes.Raise();
    }

    public GatewaySession? Find(string id) => _sessions.GetValueOrDefault(id);

    public void Attach(GatewayConnection connection, GatewaySession session)
    {
        _sessions[session.Id] = session;
        session.Connection = connection;
        connection.Session = session;
        changes.Raise();
    }

    public static void Detach(GatewayConnection connection)
    {
        if (connection.Session is { } session && session.Connection == connection)
        {
            session.Connection = null;
        }

        connection.Session = null;
    }

    public void Forget(GatewaySession session)
    {
        _sessions.Remove(session.Id);
        session.Connection = null;
    }

    public void ForgetAll() => _sessions.Values.ToList().ForEach(Forget);

    /// <summary>Sends an event to every session of the guild's shard that has the intent.</summary>
    /// <param name="intent">One bit, or none for events that are always sent.</param>
    /// <param name="view">What a session sees of it; the same for all when left out.</param>
    /// <returns>How many sessions got it.</returns>
    public int Publish(string name, JsonObject data, string? guildId, int intent, Func<GatewaySession, JsonObject>? view = null)
    {
        var to = _sessions.Values.Where(session => session.Serves(guildId) && (intent == Intents.None || (session.Intents & intent) != 0)).ToList();
        foreach (var session in to)
        {
            session.Dispatch(name, (view?.Invoke(session) ?? data).Copy());
        }

        changes.Raise();
        return to.Count;
    }

    public static GatewaySession NewSession(DiscordWorld world, int intents, int shard, int shards) =>
        new(Snowflakes.TokenFor("session" + world.Ids.Next())[^32..], intents, shard, shards);
}
