using AlertBot.Emulators;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Slack;
using AlertBot.Emulators.Slack.Faults;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Slack;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>One story for many channels, over the real clients, under the limits that the platforms state and on a faster clock.</summary>
public sealed class FanoutJourneys
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discords_limits_are_kept()
    {
        var time = FastTime.Of(2);
        await using var discord = await DiscordAsync(time);
        var channels = Add(discord, 300);
        await using var bot = await StartAsync(discord, time, channels);
        await bot.PublishAsync(1, Token);

        var took = await bot.DeliverAsync(Token);

        Assert.Equal(0, discord.Stats.Breaches);
        Assert.DoesNotContain(discord.Requests, r => r.Status == 429);
        Assert.All(channels, c => Assert.Equal([0], Shown(discord, c)));
        // The first fifty go at once, and fifty more each second; how little of that is wasted the benchmark `fanout` tells.
        Assert.True(took >= TimeSpan.FromSeconds(4.9), $"It took only {took}.");
    }

    [Fact]
    public async Task Where_a_tenth_of_what_Discord_is_asked_fails_everything_is_shown_once_and_in_order()
    {
        var time = FastTime.Of(20);
        await using var discord = await DiscordAsync(time);
        var channels = Add(discord, 20);
        await using var bot = await StartAsync(discord, time, channels);
        discord.FailAtRandom(0.1, seed: 1);
        await bot.PublishAsync(5, Token);

        await bot.DeliverAsync(Token);

        Assert.Equal(0, discord.Stats.Breaches);
        Assert.All(channels, c => Assert.Equal(Enumerable.Range(0, 5), Shown(discord, c)));
        Assert.Contains(discord.Requests, r => r.Status is null or >= 429);
    }

    [Fact]
    public async Task A_channel_of_Discord_that_is_slow_or_limited_holds_up_no_other()
    {
        var time = FastTime.Of(4);
        await using var discord = await DiscordAsync(time);
        var channels = Add(discord, 60);
        await using var bot = await StartAsync(discord, time, channels);
        discord.Fault(new RestFault { Path = $"^/channels/{channels[0].Channel}/messages", Delay = TimeSpan.FromSeconds(14) });
        discord.Fault(new RestFault { Path = $"^/channels/{channels[1].Channel}/messages", Status = 429, RetryAfter = 14 });
        await bot.PublishAsync(2, Token);

        var delivering = bot.DeliverAsync(Token);
        await discord.WaitForAsync(_ => channels.Skip(2).All(c => Shown(discord, c).Count == 2), TimeSpan.FromSeconds(30), Token);

        Assert.Empty(Shown(discord, channels[0]));
        Assert.Empty(Shown(discord, channels[1]));
        await delivering;
        Assert.All(channels, c => Assert.Equal([0, 1], Shown(discord, c)));
    }

    [Fact]
    public async Task An_urgent_alert_overtakes_what_waits_for_Discord()
    {
        var time = FastTime.Of(2);
        await using var discord = await DiscordAsync(time);
        var channels = Add(discord, 300);
        var urgent = Add(discord, 1)[0];
        await using var bot = await StartAsync(discord, time, [.. channels, urgent]);
        await bot.PublishAsync(1, Token);
        await using (var connection = await bot.Get<AlertBot.Storage.Database>().OpenAsync(Token))
        {
            await Dapper.SqlMapper.ExecuteAsync(connection, "UPDATE outbox SET rank = 2 WHERE channel <> @urgent", new { urgent = urgent.ToString() });
            await Dapper.SqlMapper.ExecuteAsync(connection, "UPDATE outbox SET rank = 0, next_attempt_at = next_attempt_at + 1500 WHERE channel = @urgent", new { urgent = urgent.ToString() });
        }

        await bot.DeliverAsync(Token);

        var order = discord.Requests.Where(r => r is { Method: "POST", Status: 200 }).Select(r => r.Path).ToList();
        Assert.InRange(order.FindIndex(p => p.Contains(urgent.Channel, StringComparison.Ordinal)), 0, 280);
    }

    [Fact]
    public async Task Slacks_pace_is_kept_in_each_channel_while_channels_go_side_by_side()
    {
        var time = FastTime.Of(4);
        await using var slack = await SlackEmulator.StartAsync(new SlackEmulatorOptions { Clock = time }, Token);
        var channels = Add(slack, 300);
        await using var bot = await StartAsync(slack, time, channels);
        await bot.PublishAsync(3, Token);

        await bot.DeliverAsync(Token);

        Assert.Equal(0, slack.Stats.Breaches);
        Assert.All(channels, c => Assert.Equal([0, 1, 2], Shown(slack, c)));
    }

    [Fact]
    public async Task Where_a_tenth_of_what_Slack_is_asked_fails_everything_is_shown_once_and_in_order()
    {
        var time = FastTime.Of(20);
        await using var slack = await SlackEmulator.StartAsync(new SlackEmulatorOptions { Clock = time, LimitMethods = false }, Token);
        var channels = Add(slack, 20);
        await using var bot = await StartAsync(slack, time, channels);
        slack.FailAtRandom(0.1, seed: 1);
        await bot.PublishAsync(5, Token);

        await bot.DeliverAsync(Token);

        Assert.All(channels, c => Assert.Equal(Enumerable.Range(0, 5), Shown(slack, c)));
        Assert.Contains(slack.Requests, r => r.Status is null or >= 429);
    }

    [Fact]
    public async Task A_channel_of_Slack_that_is_slow_or_limited_holds_up_no_other()
    {
        var time = FastTime.Of(4);
        await using var slack = await SlackEmulator.StartAsync(new SlackEmulatorOptions { Clock = time }, Token);
        var channels = Add(slack, 60);
        await using var bot = await StartAsync(slack, time, channels);
        // Whichever come first.
        slack.Fault(new WebFault { Method = "chat.postMessage", Delay = TimeSpan.FromSeconds(9) });
        slack.Fault(new WebFault { Method = "chat.postMessage", Status = 429, RetryAfter = 20 });
        await bot.PublishAsync(1, Token);

        var delivering = bot.DeliverAsync(Token);
        await slack.WaitForAsync(_ => channels.Count(c => Shown(slack, c).Count == 1) >= 58, TimeSpan.FromSeconds(30), Token);

        Assert.Contains(channels, c => Shown(slack, c).Count == 0);
        await delivering;
        Assert.All(channels, c => Assert.Equal([0], Shown(slack, c)));
    }

    private static Task<DiscordEmulator> DiscordAsync(TimeProvider time) => DiscordEmulator.StartAsync(new DiscordEmulatorOptions { Clock = time, OpenApiFile = null }, Token);

    private static Task<FanoutBot> StartAsync(DiscordEmulator discord, TimeProvider time, IEnumerable<ChannelAddress> channels) => FanoutBot.StartAsync(
        new Dictionary<string, string?> { ["Discord:Token"] = discord.Token, ["Discord:ApiBase"] = discord.ApiBase.AbsoluteUri }, time, channels, Token);

    private static Task<FanoutBot> StartAsync(SlackEmulator slack, TimeProvider time, IEnumerable<ChannelAddress> channels) => FanoutBot.StartAsync(
        new Dictionary<string, string?> { ["Slack:BotToken"] = slack.BotToken, ["Slack:AppToken"] = slack.AppToken, ["Slack:ApiBase"] = slack.ApiBase.AbsoluteUri }, time, channels, Token);

    private static IReadOnlyList<ChannelAddress> Add(DiscordEmulator discord, int count) =>
        [.. Enumerable.Range(0, count).Select(c => DiscordAddress.OfChannel(discord.AddChannel(discord.GuildId, 0, new DiscordChannelOptions { Name = FormattableString.Invariant($"channel-{c}") }), 0).ToChannel())];

    private static IReadOnlyList<ChannelAddress> Add(SlackEmulator slack, int count) =>
        [.. Enumerable.Range(0, count).Select(c => new SlackAddress(slack.TeamId, slack.AddChannel(FormattableString.Invariant($"channel-{c}"))).ToChannel())];

    private static List<int> Shown(DiscordEmulator discord, ChannelAddress channel) =>
        [.. discord.Messages(channel.Channel).Select(m => FanoutBot.StoryIn(m.GetRawText())).OfType<int>()];

    private static List<int> Shown(SlackEmulator slack, ChannelAddress channel) =>
        [.. slack.Messages(SlackAddress.Parse(channel.Channel)!.Channel).Select(m => FanoutBot.StoryIn(m.GetRawText())).OfType<int>()];
}
