using System.Globalization;
using System.Net;
using System.Text;
using AlertBot.Platforms.Slack.Http;
using AlertBot.Platforms.Slack.Workspaces;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;
using Microsoft.AspNetCore.WebUtilities;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>The installation of the app, from the link to the greeting, and each way in which it can go wrong.</summary>
public sealed class InstallTests : IAsyncLifetime
{
    private const string Token = "xoxb-installed-secret";
    private const string Installed =
        """
        {"ok":true,"app_id":"A1","token_type":"bot","access_token":"xoxb-installed-secret","scope":"chat:write,commands","bot_user_id":"UB",
        "team":{"id":"T9","name":"Desk <b>&"},"enterprise":null,"is_enterprise_install":false,"authed_user":{"id":"U7"}}
        """;

    private BotHarness _bot = null!;
    private SlackWeb _slack = null!;
    private SlackHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        var time = new WatchedTime();
        _slack = await SlackWeb.StartAsync(time);
        _bot = await BotHarness.StartAsync(
            new Dictionary<string, string?> { ["Slack:ClientId"] = "1.2", ["Slack:ClientSecret"] = "client secret", ["Slack:AppToken"] = "xapp-1", ["Slack:ApiBase"] = _slack.ApiBase.AbsoluteUri }, time);
        _host = await SlackHost.StartAsync(_bot);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _bot.DisposeAsync();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task The_link_leads_to_Slack_with_the_scopes_and_a_state_that_only_this_browser_has()
    {
        var answer = await _host.Http.GetAsync(InstallPages.StartPath);
        var to = new Uri(answer.Headers["Location"]);
        var query = QueryHelpers.ParseQuery(to.Query);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(new Uri(_slack.ApiBase, "/oauth/v2/authorize").AbsoluteUri, to.GetLeftPart(UriPartial.Path));
        Assert.Equal("1.2", query["client_id"]);
        Assert.Contains("chat:write.public,commands,app_mentions:read", query["scope"].ToString(), StringComparison.Ordinal);
        Assert.Equal(new Uri(_host.Address, InstallPages.ReturnPath).AbsoluteUri, query["redirect_uri"]);
        Assert.Equal(43, query["state"].ToString().Length);
        var cookie = answer.Headers["Set-Cookie"];
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(query["state"].ToString(), await DatabaseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_installation_is_in_force_at_once_encrypted_and_the_one_who_did_it_is_greeted()
    {
        _slack.Fault("oauth.v2.access", new SlackFault { Body = Installed });
        var (state, cookie) = await BeginAsync();
        var page = await ReturnAsync(state, cookie, "&code=c1");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Desk &lt;b&gt;&amp;", page.Text, StringComparison.Ordinal);
        Assert.Contains("https://slack.com/app_redirect?app=A1&amp;team=T9", page.Text, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers["Referrer-Policy"]);
        var asked = Assert.Single(_slack.CallsOf("oauth.v2.access"));
        Assert.Equal(("c1", "1.2", "client secret", ""), ((string?)asked.Arguments["code"], (string?)asked.Arguments["client_id"], (string?)asked.Arguments["client_secret"], asked.Authorization));
        Assert.Equal(new Uri(_host.Address, InstallPages.ReturnPath).AbsoluteUri, (string?)asked.Arguments["redirect_uri"]);
        Assert.Equal("U7", (string?)Assert.Single(_slack.CallsOf("chat.postMessage")).Arguments["channel"]);
        Assert.All(_slack.CallsOf("chat.postMessage"), c => Assert.Equal("Bearer " + Token, c.Authorization));
        Assert.Equal(Token, Assert.IsType<WorkspaceState.Installed>(await _bot.Get<WorkspaceDirectory>().FindAsync("T9", _bot.Token)).Workspace.Token);
        Assert.DoesNotContain(Token, await DatabaseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_organisations_installation_is_kept_under_its_own_id()
    {
        _slack.Fault("oauth.v2.access", new SlackFault
        {
            Body = Installed.Replace("\"team\":{\"id\":\"T9\",\"name\":\"Desk <b>&\"},\"enterprise\":null,\"is_enterprise_install\":false", "\"team\":null,\"enterprise\":{\"id\":\"E1\",\"name\":\"Org\"},\"is_enterprise_install\":true", StringComparison.Ordinal),
        });
        var (state, cookie) = await BeginAsync();
        Assert.Equal(HttpStatusCode.OK, (await ReturnAsync(state, cookie, "&code=c1")).Status);

        var workspaces = _bot.Get<WorkspaceDirectory>();
        await workspaces.NoteTeamAsync("T5", "E1", _bot.Token);
        Assert.Equal("E1", Assert.IsType<WorkspaceState.Installed>(await workspaces.FindAsync("T5", _bot.Token)).Workspace.Key);
    }

    [Fact]
    public async Task Who_begins_too_often_is_told_to_wait_and_what_was_begun_goes_on()
    {
        _slack.Fault("oauth.v2.access", new SlackFault { Body = Installed });
        var (state, cookie) = await BeginAsync();
        for (var begun = 1; begun < InstallLimit.AMinute; begun++)
        {
            Assert.Equal(HttpStatusCode.Redirect, (await _host.Http.GetAsync(InstallPages.StartPath)).Status);
        }

        var page = await _host.Http.GetAsync(InstallPages.StartPath);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Contains("Wait a minute", page.Text, StringComparison.Ordinal);
        Assert.InRange(int.Parse(page.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await ReturnAsync(state, cookie, "&code=c1")).Status);
    }

    [Fact]
    public async Task The_state_is_good_in_its_own_browser_only()
    {
        var (state, cookie) = await BeginAsync();
        var (otherState, otherCookie) = await BeginAsync();

        foreach (var (asked, with) in new[] { (state, otherCookie), (otherState, cookie), (state, null), (state, ""), ("", cookie), (state + "x", cookie) })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await ReturnAsync(asked, with, "&code=c1")).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await ReturnAsync("made-up", "made-up", "&code=c1")).Status);
        Assert.Empty(_slack.CallsOf("oauth.v2.access"));
    }

    [Fact]
    public async Task The_state_is_good_once_and_for_ten_minutes()
    {
        _slack.Fault("oauth.v2.access", new SlackFault { Body = Installed }, times: 5);
        var (state, cookie) = await BeginAsync();
        var (late, lateCookie) = await BeginAsync();
        _bot.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(HttpStatusCode.OK, (await ReturnAsync(state, cookie, "&code=c1")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ReturnAsync(state, cookie, "&code=c1")).Status);
        _bot.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(HttpStatusCode.BadRequest, (await ReturnAsync(late, lateCookie, "&code=c1")).Status);
        Assert.Single(_slack.CallsOf("oauth.v2.access"));
    }

    [Theory]
    [InlineData("&error=access_denied", 200, "Nothing was installed")]
    [InlineData("&error=%3Cscript%3E", 400, "&lt;script&gt;")]
    [InlineData("", 400, "no code")]
    public async Task What_Slack_sends_back_instead_of_a_code_is_told(string query, int status, string said)
    {
        var (state, cookie) = await BeginAsync();
        var page = await ReturnAsync(state, cookie, query);

        Assert.Equal((status, true), ((int)page.Status, page.Text.Contains(said, StringComparison.Ordinal)));
        Assert.Contains("<a href=\"install\">", page.Text, StringComparison.Ordinal);
        Assert.Empty(_slack.CallsOf("oauth.v2.access"));
    }

    [Theory]
    [InlineData("""{"ok":false,"error":"invalid_code"}""", 400)]
    [InlineData("""{"ok":false,"error":"code_already_used"}""", 400)]
    [InlineData("""{"ok":false,"error":"bad_client_secret"}""", 502)]
    [InlineData("<html>", 502)]
    [InlineData("""{"ok":true}""", 502)]
    [InlineData("""{"ok":true,"access_token":"xoxb-1","refresh_token":"xoxe-1","expires_in":43200,"team":{"id":"T9"},"bot_user_id":"UB","authed_user":{"id":"U7"}}""", 502)]
    [InlineData("""{"ok":true,"access_token":"xoxp-1","team":{"id":"T9"},"bot_user_id":"UB","authed_user":{"id":"U7"}}""", 502)]
    public async Task A_code_that_Slack_does_not_take_installs_nothing(string answer, int status)
    {
        _slack.Fault("oauth.v2.access", new SlackFault { Body = answer });
        var (state, cookie) = await BeginAsync();

        Assert.Equal(status, (int)(await ReturnAsync(state, cookie, "&code=c1")).Status);
        Assert.IsType<WorkspaceState.Unknown>(await _bot.Get<WorkspaceDirectory>().FindAsync("T9", _bot.Token));
    }

    private async Task<(string State, string Cookie)> BeginAsync()
    {
        var answer = await _host.Http.GetAsync(InstallPages.StartPath);
        return (QueryHelpers.ParseQuery(new Uri(answer.Headers["Location"]).Query)["state"].ToString(), answer.Headers["Set-Cookie"].Split(';')[0].Split('=', 2)[1]);
    }

    private Task<TestAnswer> ReturnAsync(string state, string? cookie, string query) =>
        _host.Http.GetAsync($"{InstallPages.ReturnPath}?state={state}{query}", cookie is null ? [] : [("Cookie", $"alertbot-slack-install={cookie}")]);

    /// <summary>All that is stored, names of tables included: the bytes of SQLite's files, or PostgreSQL's rows.</summary>
    private async Task<string> DatabaseAsync()
    {
        var text = new StringBuilder();
        if (TestStorage.Usual == StorageProvider.Postgres)
        {
            await using var connection = await _bot.Get<Database>().OpenAsync(_bot.Token);
            foreach (var table in await connection.QueryAsync<string>("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"))
            {
                text.AppendLine(table).AppendJoin('\n', await connection.QueryAsync<string>($"SELECT row_to_json(t)::text FROM \"{table}\" t"));
            }
        }
        else
        {
            var path = _bot.Settings["Storage:Path"]!;
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                text.Append(await reader.ReadToEndAsync(_bot.Token));
            }
        }

        Assert.Contains("slack_install_states", text.ToString(), StringComparison.Ordinal);
        return text.ToString();
    }
}
