using System.Text;
using AlertBot.Platforms.Slack;
using AlertBot.Platforms.Slack.Interactions;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Workspaces;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Platforms.Slack;

/// <summary>Which installation serves a workspace, in one process or several on the same database.</summary>
public sealed class WorkspaceDirectoryTests : IAsyncLifetime
{
    private const string Secret = "xoxb-a-very-secret-token";

    private readonly WatchedTime _time = new();
    private readonly List<SlackClient> _clients = [];
    private SlackStorage _storage = null!;
    private SlackWeb _slack = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (_storage, _slack) = (await SlackStorage.OpenAsync(), await SlackWeb.StartAsync(_time));

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        _storage.Dispose();
        await _slack.DisposeAsync();
    }

    [Fact]
    public async Task The_token_of_the_settings_serves_the_workspace_that_Slack_names_and_no_other()
    {
        var workspaces = Process(SlackWeb.Token);

        Assert.Equal(new Workspace("T1", "Newsroom", SlackWeb.Token, SlackWeb.Bot), await InstalledAsync(workspaces, "T1"));
        Assert.IsType<WorkspaceState.Unknown>(await workspaces.FindAsync("T2", Token));
        Assert.Single(_slack.CallsOf("auth.test"));
        Assert.Null(workspaces.Trouble);
        Assert.DoesNotContain(SlackWeb.Token, Encoding.Latin1.GetString(_storage.Bytes()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_Slack_does_not_say_whose_the_token_is_it_is_asked_seldom_and_every_workspace_is_unreachable()
    {
        _slack.Fault("auth.test", new SlackFault { Status = 503, Body = "" }, times: 2);
        var workspaces = Process(SlackWeb.Token);
        await workspaces.InstallAsync(Installed("T2"), Token);

        for (var time = 0; time < 20; time++)
        {
            Assert.IsType<WorkspaceState.Unreachable>(await workspaces.FindAsync("T1", Token));
        }

        Assert.Single(_slack.CallsOf("auth.test"));
        Assert.NotNull(workspaces.Trouble);
        Assert.Equal(Secret, (await InstalledAsync(workspaces, "T2")).Token);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.IsType<WorkspaceState.Unreachable>(await workspaces.FindAsync("T1", Token));
        _time.Advance(TimeSpan.FromSeconds(10));
        await InstalledAsync(workspaces, "T1");
        Assert.Null(workspaces.Trouble);
    }

    [Fact]
    public async Task A_token_of_the_settings_that_Slack_refuses_is_told_to_the_operator()
    {
        _slack.Fault("auth.test", SlackFault.Error("invalid_auth"), times: 100);
        var workspaces = Process(SlackWeb.Token);

        Assert.IsType<WorkspaceState.Unreachable>(await workspaces.FindAsync("T1", Token));
        Assert.Contains("Slack:BotToken", workspaces.Trouble, StringComparison.Ordinal);
        Assert.DoesNotContain(SlackWeb.Token, workspaces.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_in_no_byte_of_the_database_and_outlives_the_process()
    {
        await Process().InstallAsync(Installed("T2"), Token);

        var bytes = Encoding.Latin1.GetString(_storage.Bytes());
        Assert.Contains("Name of T2", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))[..16], bytes, StringComparison.Ordinal);
        Assert.Equal(Secret, (await InstalledAsync(Process(), "T2")).Token);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_storage.Keys));
        }
    }

    [Fact]
    public async Task A_token_without_its_keys_stops_the_workspace_with_a_reason_until_it_is_installed_anew()
    {
        await Process().InstallAsync(Installed("T2"), Token);
        Directory.Delete(_storage.Keys, recursive: true);
        var workspaces = Process();

        var stopped = Assert.IsType<WorkspaceState.Stopped>(await workspaces.FindAsync("T2", Token));
        Assert.Contains("Storage:Keys", stopped.Why, StringComparison.Ordinal);
        Assert.Equal(_time.GetUtcNow(), stopped.Since);
        Assert.Contains("Storage:Keys", workspaces.Trouble, StringComparison.Ordinal);
        await workspaces.InstallAsync(Installed("T2"), Token);
        await InstalledAsync(workspaces, "T2");
        Assert.Null(workspaces.Trouble);
    }

    [Fact]
    public async Task A_token_that_was_copied_to_another_workspace_is_not_read_as_its_own()
    {
        var workspaces = Process();
        await workspaces.InstallAsync(Installed("T2"), Token);
        await workspaces.InstallAsync(Installed("T3", "xoxb-other"), Token);
        await ExecuteAsync("UPDATE slack_workspaces SET token = (SELECT token FROM slack_workspaces WHERE workspace = 'T2') WHERE workspace = 'T3'");

        Assert.IsType<WorkspaceState.Stopped>(await Process().FindAsync("T3", Token));
    }

    [Fact]
    public async Task A_stopped_workspace_keeps_no_token_and_a_later_installation_puts_it_in_force_again()
    {
        var workspaces = Process();
        await workspaces.InstallAsync(Installed("T2"), Token);
        await workspaces.StopAsync(null, "T2", "the app was removed", _time.GetUtcNow(), Token);

        Assert.Equal(new WorkspaceState.Stopped(_time.GetUtcNow(), "the app was removed"), await workspaces.FindAsync("T2", Token));
        Assert.Equal(1, await CountAsync("token IS NULL AND name = 'Name of T2'"));
        await workspaces.InstallAsync(Installed("T2", "xoxb-second"), Token);
        Assert.Equal("xoxb-second", (await InstalledAsync(workspaces, "T2")).Token);
        Assert.Equal(1, await CountAsync("stopped_at IS NULL AND stopped_why IS NULL"));
    }

    [Fact]
    public async Task What_is_said_of_an_old_token_does_not_stop_the_new_one()
    {
        var workspaces = Process();
        await workspaces.InstallAsync(Installed("T2"), Token);
        var old = await InstalledAsync(workspaces, "T2");
        await workspaces.InstallAsync(Installed("T2", "xoxb-second"), Token);

        await workspaces.StopAsync(old, "token_revoked", Token);
        var current = await InstalledAsync(workspaces, "T2");
        await workspaces.StopAsync(current, "token_revoked", Token);
        Assert.IsType<WorkspaceState.Stopped>(await workspaces.FindAsync("T2", Token));
    }

    [Fact]
    public async Task What_is_told_late_does_not_stop_what_was_installed_after_it()
    {
        var workspaces = Process();
        await workspaces.InstallAsync(Installed("T2"), Token);
        var before = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(1));
        await workspaces.InstallAsync(Installed("T2", "xoxb-second"), Token);

        await workspaces.StopAsync(null, "T2", "app_uninstalled", before, Token);
        Assert.Equal("xoxb-second", (await InstalledAsync(workspaces, "T2")).Token);
        await workspaces.StopAsync(null, "T2", "app_uninstalled", _time.GetUtcNow(), Token);
        Assert.IsType<WorkspaceState.Stopped>(await workspaces.FindAsync("T2", Token));
    }

    [Fact]
    public async Task What_is_told_late_does_not_stop_a_token_of_the_settings_that_was_good_after_it()
    {
        var workspaces = Process(SlackWeb.Token);
        await InstalledAsync(workspaces, "T1");

        await workspaces.StopAsync(null, "T1", "app_uninstalled", _time.GetUtcNow().AddSeconds(-1), Token);
        await InstalledAsync(workspaces, "T1");
        await workspaces.StopAsync(null, "T1", "app_uninstalled", _time.GetUtcNow(), Token);
        Assert.IsType<WorkspaceState.Stopped>(await workspaces.FindAsync("T1", Token));
    }

    [Fact]
    public async Task A_dead_token_is_told_to_the_operator_until_the_app_is_installed_again_and_in_the_next_process()
    {
        var workspaces = Process();
        await workspaces.InstallAsync(Installed("T2"), Token);
        await workspaces.StopAsync(await InstalledAsync(workspaces, "T2"), "token_revoked", Token);

        Assert.Contains("Name of T2 (T2): token_revoked", workspaces.Trouble, StringComparison.Ordinal);
        var next = Process();
        Assert.IsType<WorkspaceState.Stopped>(await next.FindAsync("T2", Token));
        Assert.Contains("Name of T2 (T2): token_revoked", next.Trouble, StringComparison.Ordinal);

        await workspaces.InstallAsync(Installed("T2"), Token);
        Assert.Null(workspaces.Trouble);
    }

    [Fact]
    public async Task That_a_token_died_is_no_trouble_any_more_once_Slack_tells_that_the_app_was_removed()
    {
        var workspaces = Process();
        await workspaces.InstallAsync(Installed("T2"), Token);
        await workspaces.StopAsync(await InstalledAsync(workspaces, "T2"), "token_revoked", Token);
        var stopped = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromMinutes(1));

        await workspaces.StopAsync(null, "T2", "app_uninstalled", _time.GetUtcNow(), Token);
        Assert.Equal(new WorkspaceState.Stopped(stopped, "app_uninstalled"), await workspaces.FindAsync("T2", Token));
        Assert.Null(workspaces.Trouble);
    }

    [Fact]
    public async Task A_dead_or_removed_installation_of_a_workspace_leaves_the_token_of_its_organisation_alone()
    {
        _slack.Fault("auth.test", new SlackFault { Body = """{"ok":true,"is_enterprise_install":true,"enterprise_id":"E1","team":"Group","user_id":"UBOT"}""" });
        var workspaces = Process(SlackWeb.Token);
        await workspaces.NoteTeamAsync("T2", "E1", Token);
        await workspaces.NoteTeamAsync("T3", "E1", Token);
        await workspaces.InstallAsync(Installed("T2", "xoxb-own"), Token);

        await workspaces.StopAsync(await InstalledAsync(workspaces, "T2"), "token_revoked", Token);
        Assert.Equal(SlackWeb.Token, (await InstalledAsync(workspaces, "T2")).Token);
        await workspaces.StopAsync("E1", "T2", "app_uninstalled", _time.GetUtcNow(), Token);
        Assert.Equal(SlackWeb.Token, (await InstalledAsync(workspaces, "T3")).Token);
    }

    [Fact]
    public async Task A_token_of_the_settings_that_died_is_looked_at_every_ten_minutes_and_comes_back()
    {
        var workspaces = Process(SlackWeb.Token);
        await workspaces.StopAsync(await InstalledAsync(workspaces, "T1"), "token_revoked", Token);
        _slack.Fault("auth.test", SlackFault.Error("token_revoked"));
        _slack.Fault("auth.test", new SlackFault { Status = 503, Body = "" });

        for (var look = 1; look <= 3; look++)
        {
            Assert.Equal("token_revoked", Assert.IsType<WorkspaceState.Stopped>(await workspaces.FindAsync("T1", Token)).Why);
            Assert.Contains("Slack:BotToken any more (token_revoked)", workspaces.Trouble, StringComparison.Ordinal);
            _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
            Assert.IsType<WorkspaceState.Stopped>(await workspaces.FindAsync("T1", Token));
            Assert.Equal(look, _slack.CallsOf("auth.test").Count);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        await InstalledAsync(workspaces, "T1");
        Assert.Null(workspaces.Trouble);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_of_the_settings_that_nobody_asked_about_yet_is_stopped_where_the_app_was_taken_away(bool asked)
    {
        _slack.Fault("auth.test", SlackFault.Error("account_inactive"), times: 2);
        var workspaces = Process(SlackWeb.Token);
        if (asked)
        {
            Assert.IsType<WorkspaceState.Unreachable>(await workspaces.FindAsync("T1", Token));
        }

        await workspaces.StopAsync(null, "T1", "app_uninstalled", _time.GetUtcNow(), Token);
        Assert.Equal("app_uninstalled", Assert.IsType<WorkspaceState.Stopped>(await workspaces.FindAsync("T1", Token)).Why);
        Assert.IsType<WorkspaceState.Unknown>(await workspaces.FindAsync("T2", Token));
    }

    [Fact]
    public async Task An_organisations_installation_serves_its_workspaces_after_their_own()
    {
        var workspaces = Process();
        await workspaces.InstallAsync(Installed("E1", "xoxb-org"), Token);
        await workspaces.InstallAsync(Installed("T2", "xoxb-own"), Token);
        Assert.IsType<WorkspaceState.Unknown>(await workspaces.FindAsync("T3", Token));
        await workspaces.NoteTeamAsync("T2", "E1", Token);
        await workspaces.NoteTeamAsync("T3", "E1", Token);

        Assert.Equal("xoxb-own", (await InstalledAsync(workspaces, "T2")).Token);
        Assert.Equal("xoxb-org", (await InstalledAsync(workspaces, "T3")).Token);

        // Only its own installation ends; and telling it again does not end the organisation's.
        await workspaces.StopAsync("E1", "T2", "removed", _time.GetUtcNow(), Token);
        await workspaces.StopAsync("E1", "T2", "removed", _time.GetUtcNow(), Token);
        Assert.Equal("xoxb-org", (await InstalledAsync(workspaces, "T2")).Token);
        await workspaces.StopAsync(null, "T3", "removed", _time.GetUtcNow(), Token);
        Assert.IsType<WorkspaceState.Stopped>(await workspaces.FindAsync("T3", Token));
    }

    [Fact]
    public async Task What_another_process_changed_is_seen_at_once_where_it_was_missing_and_soon_where_it_was_there()
    {
        var (one, two) = (Process(), Process());
        Assert.IsType<WorkspaceState.Unknown>(await two.FindAsync("T2", Token));
        await one.InstallAsync(Installed("T2"), Token);
        await InstalledAsync(two, "T2");

        await one.StopAsync(null, "T2", "removed", _time.GetUtcNow(), Token);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<WorkspaceState.Stopped>(await two.FindAsync("T2", Token));
    }

    [Fact]
    public async Task An_event_is_first_once_in_all_processes_and_forgotten_after_a_day()
    {
        var (one, two) = (new SeenEvents(_storage.Database, _time), new SeenEvents(_storage.Database, _time));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? one : two).IsFirstAsync("Ev1", Token).AsTask()));

        Assert.Single(answers, first => first);
        Assert.True(await two.IsFirstAsync("Ev2", Token));
        _time.Advance(TimeSpan.FromHours(23));
        await one.PruneAsync(Token);
        Assert.False(await one.IsFirstAsync("Ev1", Token));
        _time.Advance(TimeSpan.FromHours(2));
        await one.PruneAsync(Token);
        Assert.True(await two.IsFirstAsync("Ev1", Token));
    }

    private static Installation Installed(string key, string token = Secret) => new(new Workspace(key, $"Name of {key}", token, "UBOT"), null, "A1", "chat:write", "U1");

    private static async Task<Workspace> InstalledAsync(WorkspaceDirectory workspaces, string team) =>
        Assert.IsType<WorkspaceState.Installed>(await workspaces.FindAsync(team, Token)).Workspace;

    private WorkspaceDirectory Process(string token = "")
    {
        var options = new SlackOptions { ApiBase = _slack.ApiBase.AbsoluteUri, BotToken = token };
        var client = new SlackClient(options, _time);
        _clients.Add(client);
        return _storage.Workspaces(options, client, _time);
    }

    private async Task<long> CountAsync(string where)
    {
        await using var connection = await _storage.Database.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM slack_workspaces WHERE {where}";
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await _storage.Database.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Token));
    }
}
