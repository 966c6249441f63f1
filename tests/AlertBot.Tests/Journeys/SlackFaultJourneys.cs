using System.Text.Json;
using AlertBot.Alerts;
using AlertBot.Emulators.Faults;
using AlertBot.Emulators.Slack.Faults;
using AlertBot.Emulators.Slack.Sockets;
using AlertBot.Platforms.Slack;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>What people and alerts notice while Slack limits, fails, lies or cuts connections: nothing.</summary>
public sealed class SlackFaultJourneys
{
    private const string FeedPath = "/feed";
    private const string Post = "chat.postMessage";

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task A_connection_that_Slack_takes_away_is_replaced_before_it_goes(string reason)
    {
        await using var bot = await SlackBot.StartAsync();
        bot.Slack.Fault(new SlackSocketFault(SlackSocketFaultKind.Disconnect) { Reason = reason });
        var during = await bot.DoAsync(s => s.SendCommand("/whois", "north-korea"));
        await bot.MoveUntilAsync(s => s.Stats is { Connections: 4, Open: 2 });
        var after = await bot.DoAsync(s => s.SendCommand("/whois", "north-korea"));

        Assert.All(new[] { during, after }, done => Assert.Equal("North Korea", TitleOf(done.Shown)));
        Assert.Equal(2, bot.Slack.Stats.LeastSincePair);
    }

    [Fact]
    public async Task A_connection_is_replaced_before_its_time_is_over()
    {
        await using var bot = await SlackBot.StartAsync(new() { SocketLife = TimeSpan.FromHours(1) });
        for (var replaced = 1; replaced <= 5; replaced++)
        {
            await bot.MoveUntilAsync(s => s.Stats.Connections >= 2 + (2 * replaced) && s.Stats.Open == 2, TimeSpan.FromSeconds(30));
        }

        Assert.Equal("North Korea", TitleOf((await bot.DoAsync(s => s.SendCommand("/whois", "north-korea"))).Shown));
        Assert.Equal(2, bot.Slack.Stats.LeastSincePair);
        Assert.InRange(bot.Slack.Stats.Connections, 12, 14);
    }

    [Fact]
    public async Task What_happened_while_there_was_no_connection_is_heard_once()
    {
        await using var bot = await SlackBot.StartAsync();
        bot.Slack.Fault(new SlackSocketFault(SlackSocketFaultKind.Drop));
        await bot.Slack.WaitForAsync(s => s.Stats.Open == 0 || s.Stats.Connections > 2, SlackBot.Limit, bot.Token);
        var asked = bot.Slack.Mention("who north-korea");
        await bot.MoveUntilAsync(_ => asked.Acknowledged.IsCompleted);
        await bot.Worked(asked).WaitAsync(SlackBot.Limit, bot.Token);
        bot.Slack.Repeat(asked);
        await bot.DoAsync(s => s.SendCommand("/whois", "south-korea"));

        Assert.Single(Own(bot), m => TitleOf(m) == "North Korea");
    }

    [Fact]
    public async Task Socket_Mode_that_was_turned_off_is_told_and_found_again()
    {
        await using var bot = await SlackBot.StartAsync();
        bot.Slack.Fault(new SlackSocketFault(SlackSocketFaultKind.Disconnect) { Reason = "link_disabled" });
        await bot.MoveUntilAsync(s => s.Stats.Open == 0 && bot.Get<SlackPlatform>().Trouble is not null);
        var (told, opens) = (bot.Get<SlackPlatform>().Trouble, bot.Slack.Requests.Count(r => r.Method == "apps.connections.open"));
        await bot.MoveUntilAsync(s => s.Requests.Count(r => r.Method == "apps.connections.open") >= opens + 2, TimeSpan.FromMinutes(1));
        var tried = bot.Time.GetUtcNow();
        bot.Slack.ClearFaults();
        await bot.MoveUntilAsync(s => s.Stats.Open == 2, TimeSpan.FromMinutes(1));

        Assert.Contains("Socket Mode is off", told, StringComparison.Ordinal);
        Assert.Contains("every ten minutes", told, StringComparison.Ordinal);
        Assert.InRange(bot.Time.GetUtcNow() - tried, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(25));
        Assert.Null(bot.Get<SlackPlatform>().Trouble);
    }

    [Fact]
    public async Task Connections_that_nobody_knows_are_told_until_Slack_forgets_them()
    {
        await using var bot = await SlackBot.StartAsync();
        bot.Slack.Fault(new SlackSocketFault(SlackSocketFaultKind.Ghosts) { Count = 3 });
        bot.Slack.Fault(new SlackSocketFault(SlackSocketFaultKind.Disconnect) { Newest = true });
        await bot.MoveUntilAsync(_ => bot.Get<SlackPlatform>().Trouble is not null);
        var told = bot.Get<SlackPlatform>().Trouble;
        bot.Slack.ClearFaults();
        await bot.MoveUntilAsync(_ => bot.Get<SlackPlatform>().Trouble is null, TimeSpan.FromSeconds(30));

        Assert.Contains("connections of this app", told, StringComparison.Ordinal);
        Assert.Contains("same app token", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("invalid_auth", "Slack refuses the app token")]
    [InlineData("missing_scope", "connections:write")]
    public async Task An_app_token_that_Slack_refuses_is_told_with_what_to_do(string error, string told)
    {
        await using var bot = await SlackBot.StartAsync();
        bot.Slack.Fault(new WebFault { Method = "apps.connections.open", Error = error, Times = 2 });
        bot.Slack.Fault(new SlackSocketFault(SlackSocketFaultKind.Drop));
        await bot.MoveUntilAsync(s => s.Stats.Open == 0 && bot.Get<SlackPlatform>().Trouble is not null);
        var trouble = bot.Get<SlackPlatform>().Trouble;
        await bot.MoveUntilAsync(s => s.Stats.Open == 2, TimeSpan.FromMinutes(1));

        Assert.Contains(told, trouble, StringComparison.Ordinal);
        Assert.Null(bot.Get<SlackPlatform>().Trouble);
    }

    [Fact]
    public async Task Garbage_changes_nothing()
    {
        await using var bot = await SlackBot.StartAsync();
        bot.Slack.Fault(new SlackSocketFault(SlackSocketFaultKind.Garbage));
        var answer = await bot.DoAsync(s => s.SendCommand("/whois", "north-korea"));

        Assert.Equal("North Korea", TitleOf(answer.Shown));
        Assert.Equal(2, bot.Slack.Stats.Connections);
    }

    [Fact]
    public async Task A_connection_without_a_hello_is_given_up()
    {
        await using var bot = await SlackBot.StartAsync();
        bot.Slack.Fault(new SlackSocketFault(SlackSocketFaultKind.NoHello));
        bot.Slack.Fault(new SlackSocketFault(SlackSocketFaultKind.Disconnect) { Newest = true });
        await bot.MoveUntilAsync(s => s.Stats is { Connections: 4, Open: 2 });

        Assert.Equal("North Korea", TitleOf((await bot.DoAsync(s => s.SendCommand("/whois", "north-korea"))).Shown));
    }

    public static TheoryData<WebFault> Faults =>
    [
        new WebFault { Method = Post, Status = 429, RetryAfter = 20 },
        new WebFault { Method = Post, Status = 429, RetryAfter = null },
        new WebFault { Method = Post, Status = 503, Times = 3 },
        new WebFault { Method = Post, Drop = true, Times = 2 },
        new WebFault { Method = Post, Drop = true, AcceptFirst = true },
        new WebFault { Method = Post, Status = 502, AcceptFirst = true, Times = 2 },
        new WebFault { Method = Post, Error = "internal_error", AcceptFirst = true },
        new WebFault { Method = Post, Error = "fatal_error", Times = 2 },
        new WebFault { Method = Post, Error = "service_unavailable", Times = 2 },
        new WebFault { Method = Post, Body = SpoiledBody.Half },
        new WebFault { Method = Post, Body = SpoiledBody.Html },
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Each_alert_is_shown_once_whatever_becomes_of_the_request(WebFault fault)
    {
        await using var bot = await FollowingAsync();
        bot.Slack.Fault(fault);
        bot.Bot.Site.Serve(FeedPath, Rss.Feed(Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(1)));
        await bot.Bot.TurnAsync();
        await SettleAsync(bot);

        Assert.Equal([Rss.AboutNorthKorea(1).Title, Rss.AboutNorthKorea(2).Title], Alerts(bot).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("token_revoked")]
    [InlineData("account_inactive")]
    public async Task A_token_that_was_taken_away_stops_the_workspace_and_says_so(string error)
    {
        await using var bot = await FollowingAsync();
        bot.Slack.Revoke(error);
        bot.Bot.Site.Serve(FeedPath, Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.Bot.TurnAsync();
        var posts = bot.Slack.Requests.Count(r => r.Method == Post);
        for (var round = 0; round < 5; round++)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(30));
            await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        }

        Assert.NotNull(bot.Get<SlackPlatform>().Trouble);
        Assert.Equal(posts, bot.Slack.Requests.Count(r => r.Method == Post));
        Assert.Empty(Alerts(bot));
    }

    [Fact]
    public async Task A_channel_that_was_archived_hinders_no_other()
    {
        await using var bot = await FollowingAsync();
        var other = bot.Slack.AddChannel("other-desk");
        await bot.DoAsync(s => s.SendCommand("/follow", "north-korea", other, s.AdminId));
        bot.Slack.Archive(bot.Slack.ChannelId);
        bot.Bot.Site.Serve(FeedPath, Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.Bot.TurnAsync();
        await SettleAsync(bot);

        Assert.Single(Alerts(bot, other));
        Assert.Empty(Alerts(bot));
    }

    private static async Task<SlackBot> FollowingAsync()
    {
        var bot = await SlackBot.StartAsync();
        await bot.Bot.AddFeedAsync(FeedPath, Rss.Feed());
        await bot.Bot.TurnAsync();
        await bot.DoAsync(s => s.SendCommand("/follow", "north-korea", user: s.AdminId));
        return bot;
    }

    /// <summary>Half an hour, in which all is sent that is to be sent.</summary>
    private static async Task SettleAsync(SlackBot bot)
    {
        for (var step = 0; step < 180; step++)
        {
            bot.Time.Advance(TimeSpan.FromSeconds(10));
            await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        }
    }

    private static IEnumerable<JsonElement> Own(SlackBot bot, string? channel = null) =>
        bot.Slack.Messages(channel ?? bot.Slack.ChannelId).Where(m => m.GetProperty("user").GetString() == bot.Slack.BotUserId);

    private static IEnumerable<string> Alerts(SlackBot bot, string? channel = null) =>
        Own(bot, channel).Where(m => m.GetRawText().Contains("because this channel follows", StringComparison.Ordinal)).Select(m => SlackBench.TitleOf(m));

    private static string? TitleOf(JsonElement? message) => message is { } shown ? SlackBench.TitleOf(shown) : null;
}
