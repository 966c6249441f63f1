using AlertBot.Emulators;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Slack;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Slack;
using AlertBot.Tests.Support;

namespace AlertBot.Benchmarks;

/// <summary>
/// How long it takes until all channels show an alert, beside the least that the platform's published limits leave, and how often the
/// platform said that it was too much. The bot's outbox, dispatcher and client are the real ones; the clock of both sides may run faster.
/// </summary>
internal static class FanoutSpeed
{
    private const int DiscordsRequestsPerSecond = 50;

    public static async Task<int> RunAsync(Options options, CancellationToken cancellationToken)
    {
        var platform = options.Text("--platform") ?? "discord";
        var (channels, stories, clock) = (options.Number("--channels", 10_000), options.Number("--stories", 1), options.Number("--clock", 4));
        if (platform is not ("discord" or "slack"))
        {
            await Console.Error.WriteLineAsync("--platform is discord or slack");
            return 2;
        }

        var time = FastTime.Of(clock);
        Console.WriteLine($"{platform}: {stories} stories to {channels} channels, the clock at {clock} times the real one");
        var seen = platform == "discord"
            ? await OnDiscordAsync(channels, stories, time, cancellationToken)
            : await OnSlackAsync(channels, stories, time, cancellationToken);
        Console.WriteLine($"shown {seen.Shown} of {channels * stories}, double {seen.Double}; {seen.Took.TotalSeconds / seen.Minimum.TotalSeconds - 1:+0.0 %;-0.0 %} over the minimum; requests over a limit {seen.Breaches}");
        Console.WriteLine($"took {seen.Took.TotalSeconds:0.0} s, minimum {seen.Minimum.TotalSeconds:0.0} s, 429 {seen.TooMany}");
        return seen.Shown == channels * stories && seen is { Double: 0, TooMany: 0 } ? 0 : 1;
    }

    private static async Task<Seen> OnDiscordAsync(int count, int stories, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var discord = await DiscordEmulator.StartAsync(new DiscordEmulatorOptions { Clock = time, OpenApiFile = null }, cancellationToken);
        ChannelAddress[] channels = [.. Enumerable.Range(0, count).Select(c => DiscordAddress.OfChannel(discord.AddChannel(discord.GuildId, 0, new DiscordChannelOptions { Name = FormattableString.Invariant($"channel-{c}") }), 0).ToChannel())];
        await using var bot = await FanoutBot.StartAsync(
            new Dictionary<string, string?> { ["Discord:Token"] = discord.Token, ["Discord:ApiBase"] = discord.ApiBase.AbsoluteUri }, time, channels, cancellationToken);
        await bot.PublishAsync(stories, cancellationToken);
        var took = await bot.DeliverAsync(cancellationToken);
        return Seen.Of(
            channels.Select(c => discord.Messages(c.Channel).Select(m => FanoutBot.StoryIn(m.GetRawText()))),
            took,
            TimeSpan.FromSeconds((double)count * stories / DiscordsRequestsPerSecond),
            discord.Requests.Count(r => r.Status == 429),
            discord.Stats.Breaches);
    }

    // A message a second in each channel, and all channels side by side: the first one of a channel waits for nothing.
    private static async Task<Seen> OnSlackAsync(int count, int stories, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var slack = await SlackEmulator.StartAsync(new SlackEmulatorOptions { Clock = time }, cancellationToken);
        ChannelAddress[] channels = [.. Enumerable.Range(0, count).Select(c => new SlackAddress(slack.TeamId, slack.AddChannel(FormattableString.Invariant($"channel-{c}"))).ToChannel())];
        await using var bot = await FanoutBot.StartAsync(
            new Dictionary<string, string?> { ["Slack:BotToken"] = slack.BotToken, ["Slack:AppToken"] = slack.AppToken, ["Slack:ApiBase"] = slack.ApiBase.AbsoluteUri }, time, channels, cancellationToken);
        await bot.PublishAsync(stories, cancellationToken);
        var took = await bot.DeliverAsync(cancellationToken);
        return Seen.Of(
            channels.Select(c => slack.Messages(SlackAddress.Parse(c.Channel)!.Channel).Select(m => FanoutBot.StoryIn(m.GetRawText()))),
            took,
            TimeSpan.FromSeconds(stories - 1),
            slack.Requests.Count(r => r.Status == 429),
            slack.Stats.Breaches);
    }

    private sealed record Seen(int Shown, int Double, TimeSpan Took, TimeSpan Minimum, int TooMany, int Breaches)
    {
        public static Seen Of(IEnumerable<IEnumerable<int?>> channels, TimeSpan took, TimeSpan minimum, int tooMany, int breaches)
        {
            var (shown, doubles) = (0, 0);
            foreach (var stories in channels.Select(c => c.OfType<int>().ToList()))
            {
                var different = stories.Distinct().Count();
                (shown, doubles) = (shown + different, doubles + stories.Count - different);
            }

            return new Seen(shown, doubles, took, minimum, tooMany, breaches);
        }
    }
}
