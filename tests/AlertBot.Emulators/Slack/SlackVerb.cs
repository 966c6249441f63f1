namespace AlertBot.Emulators.Slack;

/// <summary>Runs the emulator by hand until it is stopped.</summary>
internal static class SlackVerb
{
    public const string Usage = "slack [--port 5721] [--message-burst N] [--limit-methods false] [--clock N]";

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, CancellationToken stop)
    {
        await using var emulator = await SlackEmulator.StartAsync(Read(new CommandArguments(arguments)), stop).ConfigureAwait(false);
        await output.WriteLineAsync($"""
            API      {emulator.ApiBase}
            control  {emulator.ControlBase}
            token    {emulator.BotToken}
            app      {emulator.AppToken}
            secret   {emulator.SigningSecret}
            client   {emulator.Options.ClientId} {emulator.Options.ClientSecret}
            team     {emulator.TeamId}
            bot      {emulator.BotUserId}
            channel  {emulator.ChannelId}
            user     {emulator.UserId}
            admin    {emulator.AdminId}
            """).ConfigureAwait(false);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private static SlackEmulatorOptions Read(CommandArguments arguments)
    {
        var usual = new SlackEmulatorOptions();
        var options = usual with
        {
            Port = arguments.Number("port", 5721),
            MessageBurst = arguments.Number("message-burst", usual.MessageBurst),
            Clock = FastTime.Of(arguments.Number("clock", 1)),
            LimitMethods = arguments.Flag("limit-methods", usual.LimitMethods),
        };
        return arguments.Left.FirstOrDefault() is { } unknown ? throw new FormatException($"--{unknown}: no such option.") : options;
    }
}
