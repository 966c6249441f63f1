using System.Runtime.InteropServices;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Slack;

const string help = $"""
    Servers that behave like the platforms, on 127.0.0.1, for tests and for trying the bot out.

    {DiscordVerb.Usage}
    {SlackVerb.Usage}
    """;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    switch (args)
    {
        case ["discord", .. var options] when !options.Contains("--help"):
            return await DiscordVerb.RunAsync(options, Console.Out, stop.Token).ConfigureAwait(false);
        case ["slack", .. var options] when !options.Contains("--help"):
            return await SlackVerb.RunAsync(options, Console.Out, stop.Token).ConfigureAwait(false);
        default:
            await Console.Out.WriteLineAsync(help).ConfigureAwait(false);
            return args is [] or [.., "--help"] ? 0 : 2;
    }
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync(exception.Message).ConfigureAwait(false);
    return 2;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
