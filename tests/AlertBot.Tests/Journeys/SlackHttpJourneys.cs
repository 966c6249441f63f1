using AlertBot.Emulators.Slack;
using AlertBot.Emulators.Slack.Interactions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>The bot where Slack calls it over HTTP; what people do there is in <see cref="SlackHttpChatJourneys"/>.</summary>
public sealed class SlackHttpJourneys : IAsyncLifetime
{
    private SlackBot _bot = null!;

    private SlackEmulator Slack => _bot.Slack;

    public async ValueTask InitializeAsync() => _bot = await SlackBot.StartAsync(settings: new Dictionary<string, string?> { ["Slack:Mode"] = "http" });

    public ValueTask DisposeAsync() => _bot.DisposeAsync();

    [Theory]
    [InlineData(SlackDeliveryFlaw.Forged)]
    [InlineData(SlackDeliveryFlaw.Stale)]
    [InlineData(SlackDeliveryFlaw.NotSigned)]
    public async Task What_Slack_did_not_sign_a_moment_ago_does_nothing(SlackDeliveryFlaw flaw)
    {
        const string Follow = "command=%2Ffollow&text=north-korea&team_id=T0EMULATED&user_id=U0MEMBER01&channel_id=C0NEWSROOM&trigger_id=1";
        var (status, _) = await Slack.DeliverAsync(Slack.RequestUrl!, Follow, "application/x-www-form-urlencoded", flaw, TimeSpan.Zero, _bot.Token);

        Assert.Equal(401, status);
        await _bot.DoAsync(s => s.SendCommand("/alertbot", "following"));
        Assert.Single(Slack.Requests, r => r.Method == "response_url");
    }

    [Fact]
    public async Task A_repeated_event_is_answered_once()
    {
        var asked = await _bot.DoAsync(s => s.Mention("who north-korea"));
        for (var retry = 1; retry <= 3; retry++)
        {
            Assert.Equal(200, (await Slack.PostAsync(Slack.RequestUrl!, asked, SlackDeliveryFlaw.None, retry, _bot.Token)).Status);
        }

        await _bot.DoAsync(s => s.Mention("who south-korea"));
        Assert.Equal(2, Slack.Messages(Slack.ChannelId).Count(m => m.GetProperty("user").GetString() == Slack.BotUserId));
    }

    [Fact]
    public async Task The_address_proves_itself_when_it_is_entered()
    {
        var (status, body) = await Slack.DeliverAsync(
            Slack.RequestUrl!, """{"type":"url_verification","challenge":"3eZbrw1aB","token":"x"}""", "application/json", SlackDeliveryFlaw.None, TimeSpan.Zero, _bot.Token);

        Assert.Equal(200, status);
        Assert.Contains("3eZbrw1aB", body, StringComparison.Ordinal);
    }
}
