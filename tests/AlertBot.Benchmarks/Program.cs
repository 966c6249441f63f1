using AlertBot.Benchmarks;

return args is ["discord", .. var options]
    ? await DiscordLoad.RunAsync(options, CancellationToken.None)
    : Help();

static int Help()
{
    Console.WriteLine("""
        Usage: AlertBot.Benchmarks discord [--guilds 1000] [--rate 100] [--seconds 30]

          discord   memory of the bot with so many servers, over the idle bot; and how soon it answers so many
                    interactions a second, measured by the emulated Discord that it is connected to
        """);
    return 2;
}
