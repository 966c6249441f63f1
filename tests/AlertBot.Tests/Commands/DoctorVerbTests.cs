using System.Globalization;
using AlertBot.Commands;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Commands;

public sealed class DoctorVerbTests
{
    [Fact]
    public async Task Wrong_settings_are_all_told_and_nothing_else_is_tried()
    {
        var (code, text) = await RunAsync("--Feeds:Sweep=never", "--Feeds:Typo=1");

        Assert.Equal(2, code);
        Assert.Contains("fault    Settings: Feeds:Sweep", text, StringComparison.Ordinal);
        Assert.Contains("2 faults, 0 warnings", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_that_is_no_setting_is_wrong_use()
    {
        var (code, text) = await RunAsync("please");

        Assert.Equal(2, code);
        Assert.Contains("'please' is no setting", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_no_bot_runs_the_installation_is_checked_all_the_same()
    {
        await using var bot = await BotHarness.StartAsync();

        var (code, text) = await RunAsync([.. bot.StorageSettings.Select(s => $"--{s.Key}={s.Value}"), "--Local:Address=http://127.0.0.1:9"]);

        Assert.Equal(1, code);
        Assert.Contains("fault    Bot: no AlertBot answers at http://127.0.0.1:9/health", text, StringComparison.Ordinal);
        Assert.Contains("ok       Integrity: ", text, StringComparison.Ordinal);
        Assert.Contains("ok       Database: ", text, StringComparison.Ordinal);
        Assert.Contains("1 fault, ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_there_is_no_database_none_is_made()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        var (code, text) = await RunAsync($"--Storage:Path={path}", "--Local:Address=http://127.0.0.1:9");

        Assert.Equal(1, code);
        Assert.Contains($"fault    Database: there is none at {path}", text, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_running_bot_tells_what_only_it_knows_as_health_does()
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-test-").FullName;
        string[] settings = [$"--Storage:Path={Path.Combine(folder, "bot.db")}", $"--Storage:Keys={Path.Combine(folder, "keys")}", "--Logging:LogLevel:Default=None"];
        await using (var bot = await BotProcess.PrepareAsync([.. settings, "--Local:Address=http://127.0.0.1:0"], new Dictionary<string, string?>(), [], TestContext.Current.CancellationToken))
        {
            await bot.App.StartAsync(TestContext.Current.CancellationToken);
            var address = bot.App.Urls.First();
            using var http = new TestHttp(new Uri(address));
            for (var health = await http.GetAsync("/health"); health.Json.GetProperty("status").GetString() != "ok"; health = await http.GetAsync("/health"))
            {
            }

            var (code, text) = await RunAsync([.. settings, $"--Local:Address={address}"]);
            Assert.Equal(0, code);
            Assert.Contains("ok       Polling: ", text, StringComparison.Ordinal);
            Assert.Contains("ok       Integrity: ", text, StringComparison.Ordinal);

            await ExecuteAsync(bot, "INSERT INTO outages (began_at) VALUES (0)");
            (code, text) = await RunAsync([.. settings, $"--Local:Address={address}"]);
            Assert.Equal(1, code);
            Assert.Contains("fault    Feeds: since 1970-01-01 00:00:00Z the bot reaches nearly no site", text, StringComparison.Ordinal);
            await bot.App.StopAsync(TestContext.Current.CancellationToken);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static Task ExecuteAsync(BotProcess bot, string sql) => bot.App.Services.GetService(typeof(Database)) is Database database
        ? database.InTransactionAsync(t => t.Connection!.ExecuteAsync(sql, transaction: t), TestContext.Current.CancellationToken)
        : throw new InvalidOperationException("The bot has no database.");

    private static async Task<(int Code, string Text)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await DoctorVerb.RunAsync(args, output, output, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }
}
