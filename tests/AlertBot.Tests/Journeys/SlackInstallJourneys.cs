using System.Net;
using AlertBot.Emulators.Slack;
using AlertBot.Tests.Support;
using AngleSharp.Html.Parser;

namespace AlertBot.Tests.Journeys;

/// <summary>A workspace takes the app by itself, uses it, and takes it away.</summary>
public sealed class SlackInstallJourneys
{
    [Fact]
    public async Task A_workspace_that_allows_it_has_the_bot_at_once_and_one_that_takes_it_away_has_peace()
    {
        await using var bot = await StartAsync();
        var page = await InstallAsync(bot, "allow");
        var answer = await bot.DoAsync(s => s.SendCommand("/follow", "north-korea", user: s.AdminId));
        var direct = bot.Slack.Messages(bot.Slack.AdminId);
        await bot.DoAsync(s => s.Uninstall());
        var calls = bot.Slack.Requests.Count;
        await bot.DoAsync(s => s.SendCommand("/whois", "north-korea", user: s.AdminId));

        Assert.Contains("AlertBot is installed", page, StringComparison.Ordinal);
        Assert.Single(direct);
        Assert.Contains("Following north-korea", answer.Shown!.Value.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Slack.Requests.Skip(calls), r => r.Method.StartsWith("chat.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workspace_that_does_not_allow_it_has_nothing()
    {
        await using var bot = await StartAsync();
        var page = await InstallAsync(bot, "cancel");

        Assert.Contains("Nothing was installed", page, StringComparison.Ordinal);
        Assert.DoesNotContain(bot.Slack.Requests, r => r.Method == "oauth.v2.access");
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        await using var bot = await StartAsync();
        using var browser = new Browsing();
        var consent = await browser.OpenAsync(bot.Install);
        var allow = consent.Link("allow");
        var first = await browser.OpenAsync(allow);
        var second = await browser.OpenAsync(allow);

        Assert.Contains("AlertBot is installed", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("AlertBot is installed", second.Text, StringComparison.Ordinal);
        Assert.Single(bot.Slack.Requests, r => r.Method == "oauth.v2.access" && r.Answer!.Value.GetProperty("ok").GetBoolean());
    }

    private static Task<SlackBot> StartAsync() => SlackBot.StartAsync(settings: new Dictionary<string, string?>
    {
        ["Slack:Mode"] = "http",
        ["Slack:BotToken"] = "",
        ["Slack:ClientId"] = new SlackEmulatorOptions().ClientId,
        ["Slack:ClientSecret"] = new SlackEmulatorOptions().ClientSecret,
    });

    private static async Task<string> InstallAsync(SlackBot bot, string choice)
    {
        using var browser = new Browsing();
        var consent = await browser.OpenAsync(bot.Install);
        Assert.Contains("chat:write", consent.Text, StringComparison.Ordinal);
        return (await browser.OpenAsync(consent.Link(choice))).Text;
    }

    /// <summary>A browser without a screen: it keeps cookies and goes where it is sent.</summary>
    private sealed class Browsing : IDisposable
    {
        private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseCookies = true, CookieContainer = new CookieContainer(), AllowAutoRedirect = true });

        public async Task<(string Text, Func<string, Uri> Link)> OpenAsync(Uri address)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return (text, id => new Uri(new HtmlParser().ParseDocument(text).GetElementById(id)!.GetAttribute("href")!));
        }

        public void Dispose() => _http.Dispose();
    }
}
