using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>A session: its events in order, kept for whoever resumes it.</summary>
internal sealed class GatewaySession(string id, int intents, int shard, int shards)
{
    private const int Kept = 5000;

    private readonly Queue<(int Sequence, JsonObject Frame)> _sent = [];

    public string Id { get; } = id;

    public int Intents { get; } = intents;

    public int Shard { get; } = shard;

    public int Shards { get; } = shards;

    public int Sequence { get; private set; }

    public GatewayConnection? Connection { get; set; }

    public bool Serves(string? guildId) => (guildId is null ? 0 : (int)((Snowflakes.Number(guildId) >> 22) % (ulong)Shards)) == Shard;

    /// <summary>Numbers an event, keeps it, and sends it when somebody listens.</summary>
    public void Dispatch(string name, JsonObject data)
    {
        var frame = new JsonObject { ["op"] = 0, ["s"] = ++Sequence, ["t"] = name, ["d"] = data };
        _sent.Enqueue((Sequence, frame));
        if (_sent.Count > Kept)
        {
            _sent.Dequeue();
        }

        Connection?.Send(frame);
    }

    /// <summary>Sends again what came after the given event.</summary>
    public void Replay(int after)
    {
        foreach (var (_, frame) in _sent.Where(sent => sent.Sequence > after).ToList())
        {
            Connection?.Send(frame);
        }
    }

    /// <summary>Sends the newest event once more, number and all, as may happen over a resume.</summary>
    public void RepeatLast() => Connection?.Send(_sent.Last().Frame);
}
