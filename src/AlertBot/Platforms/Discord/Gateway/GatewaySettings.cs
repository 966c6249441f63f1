using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>How to sign on to Discord's gateway. Never printed: it holds the token.</summary>
/// <param name="UserAgent"><c>DiscordBot (URL, VERSION)</c>, as on every request to Discord.</param>
/// <param name="Intents">The kinds of events asked for, as bits; interactions come without any.</param>
/// <param name="Shards">Into how many connections the bot is split; null takes Discord's advice.</param>
internal sealed record GatewaySettings(string Token, string UserAgent, int Intents, int? Shards)
{
    /// <summary>Names the application in the database. The token's first part is its public id; only that is hashed.</summary>
    public string Application { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token.Split('.')[0])))[..16];

    public override string ToString() => $"gateway settings of application {Application}";
}

/// <summary>What Discord says of the gateway when asked: where it is and how many sessions may still be started.</summary>
internal sealed record GatewayAddress(Uri Url, int Shards, SessionStartLimit Limit);

/// <summary>The budget of IDENTIFYs over all shards. To overstep it makes Discord reset the token.</summary>
/// <param name="ResetAfter">Until <paramref name="Remaining"/> is <paramref name="Total"/> again.</param>
/// <param name="MaxConcurrency">How many may be sent in 5 seconds, one for each value of shard modulo this.</param>
internal sealed record SessionStartLimit(int Total, int Remaining, TimeSpan ResetAfter, int MaxConcurrency)
{
    private const int UsualReserve = 10;

    /// <summary>Kept back: for a start by hand once the cause was mended, and for those that are being sent at this moment.</summary>
    public int Reserve => Math.Max(Math.Min(UsualReserve, Total / 10), MaxConcurrency - 1);
}

/// <summary>Something that Discord told a shard. It may come twice, and after a RESUME out of order.</summary>
/// <param name="Data">The event's JSON; good only until the handler returns, so that a large one is never copied for nothing.</param>
internal readonly record struct GatewayEvent(int Shard, string Name, long Sequence, ReadOnlyMemory<byte> Data);

/// <summary>One of the connections that the bot is split into.</summary>
internal readonly record struct ShardId(int Number, int Count)
{
    public override string ToString() => $"{Number}/{Count}";
}
