using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Interactions;

/// <summary>An interaction that was sent, and all that the bot answered to it. It may be read at any time.</summary>
public sealed class DiscordInteraction
{
    private readonly DiscordWorld _world;
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _callbackType;

    internal DiscordInteraction(DiscordWorld world, InteractionSpec spec, string id, DiscordUser user, DiscordChannel channel)
    {
        _world = world;
        Spec = spec;
        Id = id;
        Token = Snowflakes.TokenFor(id);
        User = user;
        Channel = channel;
        SentAt = world.Now;
    }

    public InteractionSpec Spec { get; }

    public string Id { get; }

    public string Token { get; }

    public DateTimeOffset SentAt { get; }

    /// <summary>False where no session was there to get it.</summary>
    public bool Delivered { get; internal set; }

    /// <summary>Ends when the first callback was taken.</summary>
    public Task Answered => _answered.Task;

    /// <summary>From sending to the first callback, by the emulator's clock.</summary>
    public TimeSpan? AnsweredAfter { get; private set; }

    /// <summary>4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal.</summary>
    public int? CallbackType => Volatile.Read(ref _callbackType) is var type and > 0 ? type : null;

    /// <summary>The first callback as it came: type and data.</summary>
    public JsonElement? Callback { get; private set; }

    /// <summary>The message that @original names now; null where there is none.</summary>
    public JsonElement? Original
    {
        get
        {
            lock (_world.Gate)
            {
                return OriginalMessage is { Deleted: false } original ? original.Json.Frozen() : null;
            }
        }
    }

    /// <summary>What the interaction made: the first answer, then follow-ups; without deleted ones.</summary>
    public IReadOnlyList<JsonElement> Messages
    {
        get
        {
            lock (_world.Gate)
            {
                return [.. Made.Where(message => !message.Deleted).Select(message => message.Json.Frozen())];
            }
        }
    }

    internal DiscordUser User { get; }

    internal DiscordChannel Channel { get; }

    internal DiscordMessage? Source { get; init; }

    internal DiscordMessage? OriginalMessage { get; set; }

    internal List<DiscordMessage> Made { get; } = [];

    internal int FollowUps { get; set; }

    internal TimeSpan Deadline => Spec.Deadline ?? _world.Options.InteractionDeadline;

    internal bool IsDead => CallbackType is null && _world.Now - SentAt > Deadline;

    internal bool IsOver => _world.Now - SentAt > _world.Options.InteractionLifetime;

    internal bool IsDirect => Channel.GuildId is null;

    internal void Take(int type, JsonObject callback)
    {
        Callback = callback.Frozen();
        AnsweredAfter = _world.Now - SentAt;
        // Last: whoever waits for it may read the others without the gate.
        Volatile.Write(ref _callbackType, type);
        _answered.TrySetResult();
    }
}
