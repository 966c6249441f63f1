using System.Globalization;
using AlertBot.Emulators.Discord.Gateway;

namespace AlertBot.Emulators.Discord;

/// <summary>Runs the emulator by hand until it is stopped.</summary>
internal static class DiscordVerb
{
    public const string Usage = """
        discord [--port 5711] [--token TEXT] [--openapi FILE] [--heartbeat-interval MS] [--missed-heartbeats N]
                [--message-limit N] [--other-limit N] [--global-limit N] [--invalid-limit N] [--session-starts-left N]
                [--max-concurrency N] [--shards N] [--privileged-intents true] [--check-user-agent false] [--check-socket-user-agent true]
                [--clock N]
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, CancellationToken stop)
    {
        await using var emulator = await DiscordEmulator.StartAsync(Read(new CommandArguments(arguments)), stop).ConfigureAwait(false);
        await output.WriteLineAsync($"""
            API      {emulator.ApiBase}
            control  {emulator.ControlBase}
            token    {emulator.Token}
            app      {emulator.ApplicationId}
            bot      {emulator.BotUserId}
            guild    {emulator.GuildId}
            channel  {emulator.ChannelId}
            user     {emulator.UserId}
            key      {emulator.PublicKeyHex}
            checks   {emulator.Options.OpenApiFile ?? "no requests: there is no OpenAPI file"}
            """).ConfigureAwait(false);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private static DiscordEmulatorOptions Read(CommandArguments arguments)
    {
        var usual = new DiscordEmulatorOptions();
        var options = usual with
        {
            Port = arguments.Number("port", 5711),
            Token = arguments.Text("token") ?? usual.Token,
            OpenApiFile = arguments.Text("openapi") ?? usual.OpenApiFile,
            HeartbeatInterval = TimeSpan.FromMilliseconds(arguments.Number("heartbeat-interval", 41_250)),
            MissedHeartbeats = double.Parse(arguments.Text("missed-heartbeats") ?? "2", CultureInfo.InvariantCulture),
            MessagesPerWindow = arguments.Number("message-limit", usual.MessagesPerWindow),
            OtherRequestsPerWindow = arguments.Number("other-limit", usual.OtherRequestsPerWindow),
            GlobalPerSecond = arguments.Number("global-limit", usual.GlobalPerSecond),
            InvalidRequestLimit = arguments.Number("invalid-limit", usual.InvalidRequestLimit),
            SessionStartsLeft = arguments.Number("session-starts-left", usual.SessionStartsLeft),
            MaxConcurrency = arguments.Number("max-concurrency", usual.MaxConcurrency),
            Shards = arguments.Number("shards", usual.Shards),
            AllowedPrivilegedIntents = arguments.Flag("privileged-intents", false) ? Intents.Privileged : 0,
            CheckUserAgent = arguments.Flag("check-user-agent", usual.CheckUserAgent),
            Clock = FastTime.Of(arguments.Number("clock", 1)),
            CheckSocketUserAgent = arguments.Flag("check-socket-user-agent", usual.CheckSocketUserAgent),
        };
        return arguments.Left.FirstOrDefault() is { } unknown ? throw new FormatException($"--{unknown}: no such option.") : options;
    }
}
