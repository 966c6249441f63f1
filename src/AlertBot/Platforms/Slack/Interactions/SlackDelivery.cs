using System.Text.Json;

namespace AlertBot.Platforms.Slack.Interactions;

/// <summary>Something that Slack tells the bot. However it came in, by a socket or over HTTP, it is the same.</summary>
/// <param name="Payload">The payload of the envelope. Form fields of an HTTP call are its properties, all of them text.</param>
internal sealed record SlackDelivery(DeliveryKind Kind, JsonElement Payload)
{
    /// <summary>How many times it was told before; only events are told again.</summary>
    public int RetryAttempt { get; init; }
}

internal enum DeliveryKind
{
    /// <summary>A slash command.</summary>
    Command,

    /// <summary>A button, a choice, a form, a shortcut, or an external select that wants its options.</summary>
    Interactive,

    /// <summary>An event of the Events API: its outer object.</summary>
    Event,
}

/// <summary>Tells Slack that something arrived, within three seconds and once.</summary>
/// <param name="payload">What goes with it, such as options or errors of a form; usually null.</param>
/// <returns>False if it came too late or could not be given.</returns>
internal delegate Task<bool> Acknowledge(System.Text.Json.Nodes.JsonObject? payload, CancellationToken cancellationToken);

/// <summary>Acts on a delivery, and acknowledges it exactly once whatever happens.</summary>
internal delegate Task HandleDelivery(SlackDelivery delivery, Acknowledge acknowledge, CancellationToken cancellationToken);
