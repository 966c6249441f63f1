using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.World;

namespace AlertBot.Emulators.Slack.Interactions;

/// <summary>How Slack tells of what happened.</summary>
public enum SlackDeliveryKind
{
    Command,
    Interactive,
    Event,
}

/// <summary>An acknowledgement.</summary>
/// <param name="After">The time since it was sent, by the emulator's clock.</param>
public sealed record SlackAck(TimeSpan After, JsonElement? Payload);

/// <summary>Something that was told to the bot, and all that it answered. It may be read at any time.</summary>
public sealed class SlackInteraction
{
    private readonly SlackWorld _world;
    private readonly List<SlackAck> _acks = [];
    private readonly List<JsonElement> _responses = [];
    private readonly TaskCompletionSource _acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SlackInteraction(SlackWorld world, SlackDeliveryKind kind, string id, JsonObject payload)
    {
        (_world, Kind, Id, Payload) = (world, kind, id, payload);
        SentAt = world.Now;
    }

    public string Id { get; }

    public SlackDeliveryKind Kind { get; }

    public string TriggerId => Payload.Text("trigger_id") ?? "";

    public DateTimeOffset SentAt { get; }

    /// <summary>How often it was sent; 0 where nobody was there to get it.</summary>
    public int Sent { get; internal set; }

    /// <summary>Ends at the first acknowledgement.</summary>
    public Task Acknowledged => _acknowledged.Task;

    public IReadOnlyList<SlackAck> Acks
    {
        get
        {
            lock (_world.Gate)
            {
                return [.. _acks];
            }
        }
    }

    /// <summary>What was posted to its response_url and taken.</summary>
    public IReadOnlyList<JsonElement> Responses
    {
        get
        {
            lock (_world.Gate)
            {
                return [.. _responses];
            }
        }
    }

    /// <summary>The message that the last answer made or changed, with its channel; null where there was none.</summary>
    public JsonElement? Shown { get; private set; }

    internal JsonObject Payload { get; }

    /// <summary>The time that this one has to be acknowledged in; null for the usual one.</summary>
    internal TimeSpan? Deadline { get; init; }

    /// <summary>The message that was acted on.</summary>
    internal JsonObject? Source { get; init; }

    /// <summary>The channel that answers go to.</summary>
    internal SlackChannel? Channel { get; init; }

    internal string User { get; init; } = "";

    internal ITimer? Retry { get; set; }

    internal bool TriggerIsUsed { get; set; }

    internal bool TriggerIsOld { get; init; }

    internal bool IsAcknowledged => _acks.Count > 0;

    internal int ResponseCount => _responses.Count;

    internal bool TakesPayload => Kind == SlackDeliveryKind.Command || Payload.Text("type") is "view_submission" or "block_suggestion";

    internal void Take(JsonNode? payload)
    {
        Retry?.Dispose();
        _acks.Add(new SlackAck(_world.Now - SentAt, payload?.Frozen()));
        _acknowledged.TrySetResult();
    }

    internal void Show(JsonObject message)
    {
        var shown = message.Copy();
        shown["channel"] = Channel!.Id;
        Shown = shown.Frozen();
    }

    internal void Keep(JsonObject response) => _responses.Add(response.Frozen());
}
