using System.Diagnostics;
using System.Text.RegularExpressions;
using AlertBot.Emulators;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Slack;

namespace AlertBot.Tests.Emulators;

/// <summary>Clients that nobody here wrote, against the emulator: what they need of Discord, it must give.</summary>
public sealed partial class OracleTests
{
    private const string FolderVariable = "ALERTBOT_ORACLES";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Discord_js_finds_all_that_it_needs()
    {
        var folder = Folder();
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", "discord.js")), $"discord.js is not installed: npm install in a copy of {folder} and name it in {FolderVariable}");
        Assert.SkipUnless(IsInstalled("node"), "there is no node");

        await using var emulator = await StartAsync();
        var output = await RunAsync("node", [Path.Combine(folder, "discord-oracle.mjs"), emulator.ApiBase.ToString(), "--control", emulator.ControlBase.ToString()]);

        Assert.True(output.Contains("42 passed, 0 failed, 0 skipped", StringComparison.Ordinal), output);
        Assert.DoesNotContain(emulator.Violations, violation => !BrokenOnPurpose().IsMatch(violation));
        Assert.Equal((0, true), (emulator.Stats.MisplacedResumes, emulator.Stats.ConnectionsToResumeUrl > 0));
    }

    [Fact]
    public async Task Discord_py_finds_all_that_it_needs()
    {
        var folder = Folder();
        Assert.SkipUnless(Directory.Exists("/usr/lib/python3/dist-packages/discord"), "discord.py is not installed: apt-get install python3-discord");

        await using var emulator = await StartAsync();
        var output = await RunAsync("/usr/bin/python3", [Path.Combine(folder, "discordpy-oracle.py"), emulator.ApiBase.ToString(), "--control", emulator.ControlBase.ToString()]);

        Assert.True(output.Contains("9 passed, 0 failed, 0 skipped", StringComparison.Ordinal), output);
        Assert.Empty(emulator.Violations);
    }

    [Fact]
    public async Task Bolt_finds_all_that_it_needs()
    {
        var folder = Folder();
        Assert.SkipUnless(Directory.Exists(Path.Combine(folder, "node_modules", "@slack", "bolt")), $"@slack/bolt is not installed: npm install in a copy of {folder} and name it in {FolderVariable}");
        Assert.SkipUnless(IsInstalled("node"), "there is no node");

        await using var emulator = await SlackEmulator.StartAsync(Unhurried, TestContext.Current.CancellationToken);
        var output = await RunAsync("node", [Path.Combine(folder, "slack-oracle.mjs"), emulator.ApiBase.ToString(), "--control", emulator.ControlBase.ToString()]);

        Assert.True(output.Contains("30 passed, 0 failed, 0 skipped", StringComparison.Ordinal), output);
        Assert.DoesNotContain(emulator.Violations, violation => !ToSeeItRefused().IsMatch(violation));
    }

    [Fact]
    public async Task Slack_go_finds_all_that_it_needs()
    {
        var folder = Folder();
        Assert.SkipUnless(Directory.Exists("/usr/share/gocode/src/github.com/slack-go/slack"), "slack-go is not installed: apt-get install golang-github-slack-go-slack-dev golang-go");
        Assert.SkipUnless(IsInstalled("go"), "there is no go: apt-get install golang-go");

        await using var emulator = await SlackEmulator.StartAsync(Unhurried, TestContext.Current.CancellationToken);
        var output = await RunAsync(
            "go",
            ["run", Path.Combine(folder, "slackgo-oracle.go"), emulator.ApiBase.ToString(), "--control", emulator.ControlBase.ToString()],
            ("GO111MODULE", "off"),
            ("GOPATH", "/usr/share/gocode"),
            ("GOFLAGS", ""));

        Assert.True(output.Contains("10 passed, 0 failed, 0 skipped", StringComparison.Ordinal), output);
        Assert.Empty(emulator.Violations);
    }

    /// <summary>Limits are not what the clients of Slack are asked about.</summary>
    private static SlackEmulatorOptions Unhurried => new() { MessageBurst = 0, LimitMethods = false };

    /// <summary>The clients wait by the real clock, so the heart beats fast; limits are not what they are asked about.</summary>
    private static Task<DiscordEmulator> StartAsync() => DiscordEmulator.StartAsync(
        new DiscordEmulatorOptions { HeartbeatInterval = TimeSpan.FromSeconds(3), MessagesPerWindow = 1000, OtherRequestsPerWindow = 1000, GlobalPerSecond = 1000 },
        TestContext.Current.CancellationToken);

    /// <summary>Where the oracles are; the test is left out where they are not.</summary>
    private static string Folder()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named ? named : SharedFiles.Find("oracles");
        Assert.SkipWhen(folder is null, $"the oracles (shared/oracles) are not beside this repository; name a copy in {FolderVariable}");
        return folder!;
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<string> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return output + await errors;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    // The oracle sends 2,001 characters and 26 choices to see them refused.
    [GeneratedRegex("/content must NOT have more than|/data/choices must NOT have more than")]
    private static partial Regex BrokenOnPurpose();

    // The oracle sends 51 blocks and 3,001 characters to see them refused.
    [GeneratedRegex("^chat.postMessage: ")]
    private static partial Regex ToSeeItRefused();
}
