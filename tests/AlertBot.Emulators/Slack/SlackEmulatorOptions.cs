using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Rules;

namespace AlertBot.Emulators.Slack;

/// <summary>How a <see cref="SlackEmulator"/> behaves. The defaults are what docs.slack.dev states, or what is usual.</summary>
public sealed record SlackEmulatorOptions
{
    /// <summary>On 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Every window, deadline and timer runs on it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string BotToken { get; init; } = "xoxb-emulated-1";

    public string AppToken { get; init; } = "xapp-emulated-1";

    /// <summary>The app's, for installations by OAuth.</summary>
    public string ClientId { get; init; } = "1000000000.2000000000";

    public string ClientSecret { get; init; } = "emulated-client-secret";

    /// <summary>What deliveries over HTTP are signed with.</summary>
    public string SigningSecret { get; init; } = "emulated-signing-secret";

    /// <summary>What hello says about how long a socket lives; the emulator does not end it by itself.</summary>
    public TimeSpan SocketLife { get; init; } = TimeSpan.FromHours(5);

    /// <summary>The time in which an event has to be acknowledged before it is told again.</summary>
    public TimeSpan AcknowledgeWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What the bot's token may do; a method that needs another one answers missing_scope.</summary>
    public IReadOnlyList<string> Scopes { get; init; } =
    [
        "chat:write", "commands", "app_mentions:read", "im:history", "im:write", "channels:read", "channels:history", "groups:read", "groups:history", "users:read", "usergroups:read", "files:write", "files:read",
    ];

    /// <summary>Faults of the arguments of chat.* and views.* methods; each answers invalid_blocks, or invalid_arguments for a view, and is a violation.</summary>
    public Func<string, JsonObject, IReadOnlyList<string>> Rules { get; init; } = ArgumentRules.Check;

    /// <summary>Messages at once to one channel, which then gets one more each second; 0 sets no limit.</summary>
    public int MessageBurst { get; init; } = 5;

    /// <summary>Whether each method has the requests in a minute of its tier (docs.slack.dev/apis/web-api/rate-limits).</summary>
    public bool LimitMethods { get; init; } = true;
}
