namespace AlertBot.Platforms.Local;

/// <summary>One line of the local chat: what a person typed, or a card of the bot.</summary>
/// <param name="Id">Grows with every message of every channel.</param>
/// <param name="Text">What a person typed; null on a card.</param>
/// <param name="Card">What the bot posted; null on a typed line.</param>
/// <param name="Change">Grows with every message and every edit of one: an edited message has the number of its last edit.</param>
internal sealed record LocalMessage(long Id, string Channel, string Author, string? Text, Card? Card, DateTimeOffset PostedAt, long Change)
{
    /// <summary>The message that it answers; null: none.</summary>
    public long? Under { get; init; }

    /// <summary>The roles that it calls.</summary>
    public IReadOnlyList<string> Calls { get; init; } = [];

    public const string Bot = "AlertBot";
}

/// <param name="NewestId">The id of its newest message; 0 while it is empty.</param>
/// <param name="NewestChange">The number of its newest change; 0 while it is empty.</param>
internal sealed record LocalChannel(string Name, long NewestId, long NewestChange);
