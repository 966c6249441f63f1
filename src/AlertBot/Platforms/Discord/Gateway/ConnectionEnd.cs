using System.Globalization;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>What is to be done once a connection is over.</summary>
internal enum NextStep
{
    Resume,
    Identify,

    /// <summary>Trying again cannot help and would cost the token: a person must act.</summary>
    GiveUp,

    /// <summary>We ended it ourselves because the shard stops.</summary>
    Stop,
}

/// <summary>How a connection ended.</summary>
/// <param name="Why">For the operator; after <see cref="NextStep.GiveUp"/> with what to do.</param>
internal sealed record ConnectionEnd(NextStep Next, string Why)
{
    public static ConnectionEnd Stopped { get; } = new(NextStep.Stop, "stopped");

    /// <summary>Sorts Discord's close codes. One that is not listed is resumed: that costs nothing, and Discord says so if it cannot be.</summary>
    /// <remarks>https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes</remarks>
    public static ConnectionEnd OfClose(int? code) => code switch
    {
        4003 => new(NextStep.Identify, "Discord closed it: not signed on (4003)"),
        4007 => new(NextStep.Identify, "Discord closed it: bad sequence (4007)"),
        4009 => new(NextStep.Identify, "Discord closed it: the session timed out (4009)"),
        4004 => new(NextStep.GiveUp, BadToken),
        4010 => new(NextStep.GiveUp, "Discord knows no such shard (4010). Set Discord:Shards to a higher number or leave it out, and restart."),
        4011 => new(NextStep.GiveUp, "Discord wants the bot split into more shards (4011). Set Discord:Shards to a higher number or leave it out, and restart."),
        4012 => new(NextStep.GiveUp, "Discord no longer serves this version of its gateway (4012). Install a newer AlertBot."),
        4013 => new(NextStep.GiveUp, "Discord does not know the intents that were asked for (4013). Install another version of AlertBot, and report this."),
        4014 => new(NextStep.GiveUp, "Discord does not allow the intents that were asked for (4014). Switch them on at the application's page Bot under Privileged Gateway Intents, and restart."),
        null => new(NextStep.Resume, "the connection broke"),
        _ => new(NextStep.Resume, $"Discord closed it ({code.Value.ToString(CultureInfo.InvariantCulture)})"),
    };

    public const string BadToken =
        "Discord refused the bot's token. Reset it at the application's page Bot, set Discord:Token to the new one, and restart.";
}
