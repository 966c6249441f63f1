using System.Text.Encodings.Web;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Platforms.Slack;

namespace AlertBot.Commands;

/// <summary><c>alertbot slack manifest</c>: prints what Slack has to know to make the bot's app, and how to hand it over.</summary>
internal static class SlackManifestVerb
{
    private const string Usage = """
        Usage: alertbot slack manifest [--prefix ab-] [--http https://HOST]

        Prints the manifest of an app on Slack for this bot as JSON. To standard error it writes a link that makes the app in
        one press, and what to do then.

          --prefix ab-          Put ab- in front of each command, where another app of the workspace has the same ones.
                                Set Slack__CommandPrefix to the same. (Default: Slack:CommandPrefix of the settings)
          --http https://HOST   Slack calls the bot there, at /slack/events. Without it the bot holds sockets to Slack, which
                                needs no address that Slack can reach.

        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (args.Contains("--help"))
        {
            await output.WriteAsync(Usage);
            return 0;
        }

        var settings = ProgramSettings.Read([]);
        var wanted = new Dictionary<string, string> { ["--prefix"] = settings.GetSection(SlackOptions.Section).Get<SlackOptions>()?.CommandPrefix ?? "", ["--http"] = "" };
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var before, var after] ? (before, after) : (args[i], ++i < args.Count ? args[i] : null);
            if (value is null || !wanted.ContainsKey(name))
            {
                return await FailAsync(value is null && wanted.ContainsKey(name) ? $"{name} needs a value." : $"There is no option {name}.");
            }

            wanted[name] = value;
        }

        if (FaultOf(wanted["--prefix"]) is { } fault)
        {
            return await FailAsync(fault);
        }

        Uri? site = null;
        if (wanted["--http"] is { Length: > 0 } http && (!Uri.TryCreate(http, UriKind.Absolute, out site) || site.Scheme != Uri.UriSchemeHttps))
        {
            return await FailAsync($"'{http}' is no address that Slack calls. It begins with https://, such as https://alerts.example.org.");
        }

        var bot = new ServiceCollection();
        bot.AddLogging();
        bot.AddAlertBot(settings);
        await using var services = bot.BuildServiceProvider();
        var manifest = SlackManifest.Of(services.GetRequiredService<CommandRouter>().Commands, wanted["--prefix"], site);
        await output.WriteLineAsync(manifest.ToJsonString(Indented));
        await error.WriteAsync(Steps(Uri.EscapeDataString(manifest.ToJsonString()), site, wanted["--prefix"]));
        return 0;

        async Task<int> FailAsync(string why)
        {
            await error.WriteLineAsync($"alertbot slack manifest: {why}{Environment.NewLine}{Environment.NewLine}{Usage}");
            return 2;
        }
    }

    private static string? FaultOf(string prefix) =>
        prefix.Length == 0 ? null
        : !prefix.EndsWith('-') ? $"The prefix '{prefix}' has to end in a dash, such as ab-."
        : new SlackOptions { CommandPrefix = prefix }.Validate(null!).Select(r => $"The prefix '{prefix}' can't be used. {r.ErrorMessage}").FirstOrDefault();

    private static string Steps(string manifest, Uri? site, string prefix) => string.Join(Environment.NewLine, [
        "",
        "1. Open this link, choose the workspace and press Create:",
        $"   https://api.slack.com/apps?new_app=1&manifest_json={manifest}",
        "   For an app that exists, paste the JSON on its page App Manifest and install it again.",
        "2. On the page Install App press Install, and set Slack__BotToken to the token that begins with xoxb-.",
        site is null
            ? "3. On the page Basic Information, App-Level Tokens, make a token with the scope connections:write, and set Slack__AppToken to it."
            : "3. Set Slack__Mode=http and Slack__SigningSecret to the secret of the page Basic Information. Start the bot before Slack checks the address.",
        .. prefix.Length > 0 ? [$"4. Set Slack__CommandPrefix={prefix}"] : Array.Empty<string>(),
        ""]);
}
