using System.Globalization;
using AlertBot.Alerts;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Faults;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Discord.Rest;
using AlertBot.Polling;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Tests.Journeys;

/// <summary>Alerts while Discord limits, fails, lies or is away: each is shown exactly once, in order.</summary>
public sealed class DiscordFaultJourneys
{
    private const string Posts = "/messages$";

    private readonly List<string> _channels = [];

    [Theory]
    [InlineData("user")]
    [InlineData("shared")]
    [InlineData("global")]
    [InlineData("cloudflare")]
    public async Task A_limit_is_waited_out(string scope)
    {
        await using var bot = await StartAsync();
        bot.Discord.Fault(new RestFault { Method = "POST", Path = Posts, Status = 429, Scope = scope, RetryAfter = 20 });
        await NewsAsync(bot, 2);
        await SettleAsync(bot);

        AssertShown(bot, 2);
        var (first, second) = (bot.Discord.Requests.First(IsPost).At, bot.Discord.Requests.Where(IsPost).ElementAt(1).At);
        Assert.True(second - first >= TimeSpan.FromSeconds(20), $"It waited only {second - first}.");
    }

    [Fact]
    public async Task A_bucket_that_is_used_up_is_left_alone_from_the_first_answer_on()
    {
        await using var bot = await StartAsync();
        bot.Discord.Fault(new RestFault { Method = "POST", Path = Posts, ExhaustedFor = 45 });
        await NewsAsync(bot, 3);
        await SettleAsync(bot);

        var at = bot.Discord.Requests.Where(IsPost).Select(r => r.At).ToList();
        AssertShown(bot, 3);
        Assert.True(at[1] - at[0] >= TimeSpan.FromSeconds(45), $"It waited only {at[1] - at[0]}.");
    }

    [Fact]
    public async Task Usual_limits_are_kept_without_a_single_429()
    {
        await using var bot = await StartAsync(channels: 12);
        await NewsAsync(bot, 12);
        await SettleAsync(bot);

        AssertShown(bot, 12);
        Assert.DoesNotContain(bot.Discord.Requests, r => r.Status == 429);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(429)]
    public async Task An_answer_that_knows_less_of_a_limit_than_the_one_before_does_not_open_it(int status)
    {
        await using var bot = await StartAsync();
        bot.Discord.Fault(new RestFault { Method = "POST", Path = Posts, Times = 4 });
        bot.Discord.Fault(new RestFault { Method = "POST", Path = Posts, Status = status, AcceptFirst = true, RetryAfter = 0.1 });
        await NewsAsync(bot, 8);
        await SettleAsync(bot);

        AssertShown(bot, 8);
        Assert.Contains(bot.Discord.Requests, r => r.Status == status);
        Assert.Equal(0, bot.Discord.Stats.Breaches);
    }

    [Theory]
    [InlineData(SpoiledBody.Half)]
    [InlineData(SpoiledBody.WrongType)]
    [InlineData(SpoiledBody.Html)]
    public async Task A_spoiled_answer_shows_nothing_twice(SpoiledBody body)
    {
        await using var bot = await StartAsync();
        bot.Discord.Fault(new RestFault { Method = "POST", Path = Posts, Body = body, Times = 3 });
        await NewsAsync(bot, 3);
        await SettleAsync(bot);

        AssertShown(bot, 3);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    [InlineData(false, 4)]
    public async Task With_a_tenth_of_all_requests_failing_each_alert_is_shown_once_and_in_order(bool isWorkDone, int seed)
    {
        await using var bot = await StartAsync(channels: 20);
        bot.Discord.Fault(new RestFault { Path = ".", Times = int.MaxValue, Rate = 0.05, Seed = seed, AcceptFirst = isWorkDone, Drop = true });
        bot.Discord.Fault(new RestFault { Path = ".", Times = int.MaxValue, Rate = 0.05, Seed = seed + 100, AcceptFirst = isWorkDone, Status = 502 });
        await NewsAsync(bot, 15);
        await SettleAsync(bot);

        AssertShown(bot, 15);
        Assert.True(bot.Discord.Requests.Count(r => r.Status is null or 502) > 15, "There were hardly any faults.");
    }

    [Theory]
    [InlineData(Outage.Status503)]
    [InlineData(Outage.Drop)]
    public async Task An_outage_of_a_day_loses_nothing_repeats_nothing_and_is_borne_patiently(Outage outage)
    {
        await using var bot = await StartAsync(channels: 5, isSignedOn: true);
        bot.Discord.Begin(outage);
        var before = bot.Discord.Stats;
        await NewsAsync(bot, 4);
        for (var step = 0; step < 24 * 12; step++)
        {
            bot.Time.Advance(TimeSpan.FromMinutes(5));
            await DeliverOnceAsync(bot);
        }

        var during = bot.Discord.Stats;
        bot.Discord.ClearFaults();
        var back = bot.Time.GetUtcNow();
        await SettleAsync(bot);

        AssertTold(bot, 4);
        Assert.InRange(during.Requests - before.Requests, 24, 24 * 60 * 2);
        Assert.Equal(0, during.Identifies - before.Identifies);
        var lasted = bot.Discord.Requests.Where(IsPost).Max(r => r.At) - back;
        Assert.True(lasted < TimeSpan.FromMinutes(30), $"The last alert came {lasted} after the outage.");

        await bot.ReconnectAsync();
        Assert.InRange(bot.Discord.Stats.Identifies - before.Identifies, 0, 5);
        Assert.Equal(4, (await bot.CallAsync("help")).CallbackType);
    }

    [Fact]
    public async Task Refused_requests_stay_far_below_the_number_that_brings_a_ban()
    {
        await using var bot = await StartAsync();
        bot.Discord.Fault(new RestFault { Path = ".", Times = int.MaxValue, Status = 403, Code = 50001, Message = "Missing Access" });
        using var rest = new RestClient(new DiscordOptions { Token = bot.Discord.Token, ApiBase = bot.Discord.ApiBase.AbsoluteUri }, bot.Time, new Random(1), NullLogger<RestClient>.Instance);
        var held = 0;
        for (var number = 0; number < 5_300; number++)
        {
            var answer = await rest.SendAsync(DiscordRoute.Channel(HttpMethod.Get, number.ToString(CultureInfo.InvariantCulture)), null, TimeSpan.Zero, bot.Token);
            held += answer is RestAnswer.Limited ? 1 : 0;
            bot.Time.Advance(TimeSpan.FromMilliseconds(21));
        }

        Assert.InRange(bot.Discord.Stats.InvalidRequests, 1, 5_000);
        Assert.True(held >= 300, $"Only {held} were held back.");
        bot.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.IsType<RestAnswer.Refused>(await rest.SendAsync(DiscordRoute.Channel(HttpMethod.Get, "1"), null, TimeSpan.Zero, bot.Token));
    }

    [Fact]
    public async Task A_token_that_is_refused_stops_every_request_and_the_rest_of_the_bot_goes_on()
    {
        await using var bot = await StartAsync(channels: 5);
        bot.Discord.Fault(new RestFault { Path = ".", Times = int.MaxValue, Status = 401, Message = "401: Unauthorized" });
        await bot.Bot.SayAsync("/follow north-korea");
        await NewsAsync(bot, 1);
        await DeliverOnceAsync(bot);
        await DeliverOnceAsync(bot);

        Assert.InRange(bot.Discord.Requests.Count(r => r.Status == 401), 1, 5);
        Assert.Single(await bot.Bot.AlertsAsync());
        Assert.Contains("token", bot.Get<DiscordPlatform>().Trouble, StringComparison.Ordinal);
    }

    private static bool IsPost(DiscordRequest request) => request.Method == "POST" && request.Path.EndsWith("/messages", StringComparison.Ordinal);

    /// <summary>Some channels that follow North Korea, and a feed whose first reading is over.</summary>
    private async Task<DiscordBot> StartAsync(int channels = 1, bool isSignedOn = false)
    {
        var bot = await DiscordBot.StartAsync(isSignedOn: isSignedOn);
        await bot.Bot.AddFeedAsync("/feed", Rss.Feed());
        _channels.Add(bot.Channel);
        while (_channels.Count < channels)
        {
            _channels.Add(bot.Discord.AddChannel(bot.Discord.GuildId));
        }

        foreach (var channel in _channels)
        {
            await bot.Bot.SayAsync("/follow north-korea", channel: channel, platform: "discord");
        }

        await bot.Bot.TurnAsync();
        return bot;
    }

    private static async Task NewsAsync(DiscordBot bot, int stories)
    {
        bot.Bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(1, stories).Select(Rss.AboutNorthKorea)]));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        await DeliverOnceAsync(bot);
    }

    private static Task DeliverOnceAsync(DiscordBot bot) => bot.MoveWhileAsync(bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token));

    /// <summary>Lets time pass until nothing waits any more.</summary>
    private static async Task SettleAsync(DiscordBot bot)
    {
        for (var step = 0; (await bot.Get<OutboxStatus>().StateAsync(bot.Token)).Pending > 0; step++)
        {
            Assert.True(step < 1_000, "Some alerts wait for ever.");
            await DeliverOnceAsync(bot);
            bot.Time.Advance(TimeSpan.FromSeconds(step < 120 ? 1 : 30));
        }
    }

    /// <summary>Each channel shows the alert that was on its way, where one was, and then all the others once, on one card.</summary>
    private void AssertTold(DiscordBot bot, int stories) => Assert.All(_channels, channel =>
    {
        var titles = Enumerable.Range(1, stories).Select(n => Rss.AboutNorthKorea(n).Title).ToList();
        var shown = bot.Alerts(channel);
        var alone = shown.SkipLast(1).Select(DiscordBot.TitleOf).ToList();
        Assert.InRange(alone.Count, 0, 1);
        Assert.Subset(titles.ToHashSet(), alone.ToHashSet());
        Assert.Equal($"While you were away: {stories - alone.Count} stories", DiscordBot.TitleOf(shown[^1]));
        Assert.All(titles, t => Assert.Equal(alone.Contains(t) ? 1 : 2, DiscordBot.AllText(shown[^1]).Split(t).Length));
    });

    /// <summary>Each channel shows each of the stories once, in the order of the alerts.</summary>
    private void AssertShown(DiscordBot bot, int stories) => Assert.All(_channels, channel =>
    {
        Assert.Equal(
            Enumerable.Range(1, stories).Select(n => Rss.AboutNorthKorea(n).Title).Order(StringComparer.Ordinal),
            bot.AlertTitles(channel).Order(StringComparer.Ordinal));
        var numbers = bot.Alerts(channel).Select(a => a.GetProperty("embeds")[0].GetProperty("footer").GetProperty("text").GetString()!).Select(f => int.Parse(f[(f.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(numbers.Order(), numbers);
    });
}
