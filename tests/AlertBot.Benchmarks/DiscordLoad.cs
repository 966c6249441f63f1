using System.Globalization;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Interactions;

namespace AlertBot.Benchmarks;

/// <summary>Many servers on one process, and many people at once.</summary>
internal static class DiscordLoad
{
    private const int ChannelsOfGuild = 20;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    // What people do most: look somebody up, type a name, see what is new, follow.
    private static readonly InteractionSpec[] Mix =
    [
        new(InteractionKind.Command) { Name = "who", Options = new JsonObject { ["name"] = "kim-yung-ho" } },
        new(InteractionKind.Autocomplete) { Name = "follow", Options = new JsonObject { ["what"] = "north" }, Focused = "what" },
        new(InteractionKind.Command) { Name = "latest" },
        new(InteractionKind.Autocomplete) { Name = "who", Options = new JsonObject { ["name"] = "kim y" }, Focused = "name" },
        new(InteractionKind.Command) { Name = "following" },
        new(InteractionKind.Command) { Name = "follow", Options = new JsonObject { ["what"] = "north-korea" } },
        new(InteractionKind.Command) { Name = "who", Options = new JsonObject { ["name"] = "north-korea" } },
    ];

    public static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        var (guilds, rate, seconds) = (options.Number("--guilds", 1000), options.Number("--rate", 100), options.Number("--seconds", 30));
        var idle = await IdleAsync(cancellationToken);
        Console.WriteLine($"idle bot without Discord: {idle:0.0} MB");

        // Checking each request by the description takes longer than answering it.
        await using var discord = await DiscordEmulator.StartAsync(new DiscordEmulatorOptions { OpenApiFile = null, GlobalPerSecond = 10_000, OtherRequestsPerWindow = 100_000 }, cancellationToken);
        for (var number = 0; number < guilds; number++)
        {
            Fill(discord, number);
        }

        await using var bot = BotProcess.Start(new Dictionary<string, string> { ["Discord__Token"] = discord.Token, ["Discord__ApiBase"] = discord.ApiBase.AbsoluteUri });
        await discord.WaitForAsync(d => d.Stats.Identifies > 0 && d.Commands().Count > 0, TimeSpan.FromMinutes(1), cancellationToken);
        await Task.Delay(Settling, cancellationToken);
        var connected = bot.ResidentMegabytes();
        Console.WriteLine($"with {guilds} servers of {ChannelsOfGuild} channels: {connected:0.0} MB, {connected - idle:+0.0;-0.0} MB over the idle bot");

        // The first seconds compile the program's code, as after any start.
        await FireAsync(discord, rate / 4, 5, cancellationToken);
        var answers = await FireAsync(discord, rate, seconds, cancellationToken);
        Console.WriteLine($"after {answers.Count} interactions: {bot.ResidentMegabytes():0.0} MB, {bot.ResidentMegabytes() - idle:+0.0;-0.0} MB over the idle bot");
        Report(answers, rate);
        return answers.All(a => a.CallbackType is not null) ? 0 : 1;
    }

    private static async Task<double> IdleAsync(CancellationToken cancellationToken)
    {
        await using var bot = BotProcess.Start(new Dictionary<string, string>());
        await Task.Delay(Settling, cancellationToken);
        return bot.ResidentMegabytes();
    }

    private static void Fill(DiscordEmulator discord, int number)
    {
        var guild = discord.AddGuild($"Server {number.ToString(CultureInfo.InvariantCulture)}");
        for (var channel = 0; channel < ChannelsOfGuild; channel++)
        {
            discord.AddChannel(guild, 0, new DiscordChannelOptions { Name = $"channel-{channel.ToString(CultureInfo.InvariantCulture)}", Topic = "What is said here is said by those who say it." });
        }
    }

    /// <summary>Sends at an even rate, however soon the answers come.</summary>
    private static async Task<IReadOnlyList<DiscordInteraction>> FireAsync(DiscordEmulator discord, int rate, int seconds, CancellationToken cancellationToken)
    {
        var sent = new List<DiscordInteraction>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / rate));
        while (sent.Count < rate * seconds && await timer.WaitForNextTickAsync(cancellationToken))
        {
            sent.Add(discord.SendInteraction(Mix[sent.Count % Mix.Length]));
        }

        await Task.WhenAny(Task.WhenAll(sent.Select(i => i.Answered)), Task.Delay(TimeSpan.FromSeconds(5), cancellationToken));
        return sent;
    }

    private static void Report(IReadOnlyList<DiscordInteraction> answers, int rate)
    {
        var times = answers.Where(a => a.AnsweredAfter is not null).Select(a => a.AnsweredAfter!.Value.TotalMilliseconds).Order().ToList();
        Console.WriteLine($"{rate} interactions a second: {times.Count} of {answers.Count} answered; median {At(0.5):0} ms, 95 % {At(0.95):0} ms, 99 % {At(0.99):0} ms, slowest {times[^1]:0} ms");
        Console.WriteLine($"kinds of first answers: {string.Join(", ", answers.GroupBy(a => a.CallbackType).Select(g => $"type {g.Key?.ToString(CultureInfo.InvariantCulture) ?? "none"}: {g.Count()}"))}");

        double At(double part) => times[(int)Math.Min(times.Count - 1, times.Count * part)];
    }
}
