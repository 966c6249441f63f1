using System.Globalization;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>Counts identifies: so many in a day, and one in five seconds for each concurrency key.</summary>
internal sealed class SessionStarts(DiscordWorld world)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<int, DateTimeOffset> _last = [];
    private DateTimeOffset _since = world.Now;

    private int _left = world.Options.SessionStartsLeft;

    public int Left
    {
        get
        {
            Turn();
            return _left;
        }
    }

    public TimeSpan ResetAfter => _since + Day - world.Now;

    /// <summary>True where another shard with this key has just identified.</summary>
    public bool IsTooSoon(int shard) =>
        _last.TryGetValue(shard % world.Options.MaxConcurrency, out var last) && world.Now - last < world.Options.IdentifyEvery;

    /// <summary>Takes one; false where none is left.</summary>
    public bool TryTake(int shard)
    {
        Turn();
        _last[shard % world.Options.MaxConcurrency] = world.Now;
        return _left > 0 && _left-- > 0;
    }

    /// <summary>What Discord does to a bot that has used them up.</summary>
    public void ResetToken() => world.Token = string.Create(CultureInfo.InvariantCulture, $"reset.{world.Ids.Next()}");

    private void Turn()
    {
        if (world.Now - _since >= Day)
        {
            _since = world.Now;
            _left = world.Options.SessionStarts;
        }
    }
}
