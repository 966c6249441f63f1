namespace AlertBot.Platforms;

/// <summary>A chat service that the bot posts to. It renders cards, and escapes and cuts them there and only there.</summary>
internal interface IChatPlatform
{
    /// <summary>Lower-case name; the first half of every <see cref="ChannelAddress"/> of this platform.</summary>
    string Name { get; }

    /// <summary>What keeps all of it from working, for the operator; null while nothing does.</summary>
    string? Trouble { get; }

    /// <summary>For how long it takes no messages at all; null while it does. One that is handed to it all the same is put off.</summary>
    TimeSpan? Rest => null;

    /// <summary>
    /// Posts a card. Sending the same <see cref="OutgoingMessage.IdempotencyKey"/> again posts nothing twice, as far as
    /// the platform can tell. Expected failures are results; only defects throw.
    /// </summary>
    Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a message that was sent show another card, in its place: nothing is posted and nobody is called. Doing it twice
    /// does no harm, so that what is <see cref="SendResult.Unknown"/> is simply done again.
    /// </summary>
    /// <returns><see cref="SendResult.Rejected"/>, too, where there is no such message any more.</returns>
    Task<SendResult> EditAsync(ChannelAddress channel, string messageId, Card card, CancellationToken cancellationToken);

    /// <summary>Whether a text can be the platform's id of a role that messages call.</summary>
    bool IsRole(string text) => true;

    /// <summary>The server or workspace that a channel belongs to, whatever the platform calls it: the same for all of its channels.</summary>
    /// <returns>Empty where it belongs to none, such as a person's direct messages; null where that can't be told now.</returns>
    ValueTask<string?> CommunityOfAsync(ChannelAddress channel, CancellationToken cancellationToken);
}

/// <param name="To">A channel of the platform that sends it.</param>
/// <param name="Card">What to show.</param>
/// <param name="IdempotencyKey">The same for every attempt at one message; at most 25 characters of [a-z0-9-].</param>
internal sealed record OutgoingMessage(ChannelAddress To, Card Card, string IdempotencyKey)
{
    /// <summary>When the first attempt began whose outcome is not known; null if nothing of it can have been shown.</summary>
    public DateTimeOffset? MaybeShownSince { get; init; }

    /// <summary>
    /// The id of an earlier message of the channel: it goes into the thread under that one, which is opened if there is
    /// none. Where there can be no thread it goes into the channel; where that message was deleted, it is <see cref="SendResult.Rejected"/>.
    /// </summary>
    public string? Under { get; init; }

    /// <summary>How the thread is called where it has to be opened; null: like the card.</summary>
    public string? ThreadName { get; init; }

    /// <summary>The platform's ids of the roles that it calls, beside showing the card. What is no such id is left out.</summary>
    public IReadOnlyList<string> Pings { get; init; } = [];

    /// <summary>0 is urgent, 1 usual, 2 can wait: where the platform takes only so many, a lower one goes first.</summary>
    public int Rank { get; init; } = 1;
}
