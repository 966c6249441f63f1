namespace AlertBot.Emulators.Discord;

/// <summary>How a <see cref="DiscordEmulator"/> behaves. The defaults are what Discord's documents state, or what is usual.</summary>
public sealed record DiscordEmulatorOptions
{
    /// <summary>On 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Every window, deadline and timer runs on it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Discord's published description, to check requests and answers by; null checks nothing.</summary>
    public string? OpenApiFile { get; init; } = SharedFiles.Find("specs", "discord-openapi.json");

    public string Token { get; init; } = "emulated.bot.token";

    public string ApplicationId { get; init; } = "1100000000000000001";

    public string BotUserId { get; init; } = "1100000000000000002";

    public string UserId { get; init; } = "1100000000000000003";

    /// <summary>32 bytes that the Ed25519 key of HTTP interactions is made from.</summary>
    public IReadOnlyList<byte> SigningSeed { get; init; } = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    /// <summary>Refuses REST requests whose User-Agent is not DiscordBot (URL, VERSION).</summary>
    public bool CheckUserAgent { get; init; } = true;

    /// <summary>Closes a WebSocket that came without a User-Agent with 4002.</summary>
    public bool CheckSocketUserAgent { get; init; }

    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMilliseconds(41_250);

    /// <summary>Heartbeat intervals without a heartbeat after which the socket is closed with 4009; 0 never closes.</summary>
    public double MissedHeartbeats { get; init; } = 2;

    /// <summary>Frames that a client may send in a minute on one socket.</summary>
    public int SendsPerMinute { get; init; } = 120;

    public int Shards { get; init; } = 1;

    public int MaxConcurrency { get; init; } = 1;

    /// <summary>Of identifies in a day; reaching it resets the token, as Discord does.</summary>
    public int SessionStarts { get; init; } = 1000;

    /// <summary>Left of <see cref="SessionStarts"/> at the start.</summary>
    public int SessionStartsLeft { get; init; } = 1000;

    /// <summary>Between two identifies with the same key.</summary>
    public TimeSpan IdentifyEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Privileged intents that the application may use, as bits; any other privileged one closes with 4014.</summary>
    public int AllowedPrivilegedIntents { get; init; }

    /// <summary>Messages to one channel in <see cref="MessageWindow"/>.</summary>
    public int MessagesPerWindow { get; init; } = 5;

    public TimeSpan MessageWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests to any other bucket in five seconds.</summary>
    public int OtherRequestsPerWindow { get; init; } = 100;

    /// <summary>Requests in a second over all routes but those of interactions.</summary>
    public int GlobalPerSecond { get; init; } = 50;

    /// <summary>Answers with 401, 403 or 429 in ten minutes, after which the address is banned.</summary>
    public int InvalidRequestLimit { get; init; } = 10_000;

    /// <summary>How long a repeated nonce gives the first message back.</summary>
    public TimeSpan NonceWindow { get; init; } = TimeSpan.FromMinutes(2);

    public TimeSpan InteractionDeadline { get; init; } = TimeSpan.FromSeconds(3);

    public TimeSpan InteractionLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Edits of one message older than an hour, in an hour.</summary>
    public int OldMessageEdits { get; init; } = 3;

    /// <summary>Commands that may be created in one guild in a day.</summary>
    public int CommandCreatesPerDay { get; init; } = 200;
}
