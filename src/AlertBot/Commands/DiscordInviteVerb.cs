using System.Globalization;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Discord.Rest;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Commands;

/// <summary><c>alertbot discord invite</c>: prints the link that adds the bot to a server, with the permissions it needs and no others.</summary>
internal static class DiscordInviteVerb
{
    private const string Usage = """
        Usage: alertbot discord invite [--Discord:Token=TOKEN]

        Prints the link that adds the bot to a Discord server, and what it asks for. It asks Discord for the application's
        id with the token of the settings (Discord__Token in the environment, or user secrets).

        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (args.Contains("--help"))
        {
            await output.WriteAsync(Usage);
            return 0;
        }

        var settings = ProgramSettings.Read(args);
        var options = settings.GetSection(DiscordOptions.Section).Get<DiscordOptions>() ?? new DiscordOptions();
        var faults = Settings.Faults(settings).Where(f => f.StartsWith(DiscordOptions.Section, StringComparison.Ordinal)).ToList();
        if (faults.Count > 0 || !options.IsOn)
        {
            await error.WriteLineAsync(faults.Count > 0 ? string.Join(Environment.NewLine, faults) : "Discord:Token is not set. Copy it from your application's page Bot at https://discord.com/developers/applications and set Discord__Token in the environment.");
            return 2;
        }

        using var rest = new RestClient(options, TimeProvider.System, new Random(), NullLogger<RestClient>.Instance);
        switch (await new DiscordApi(rest).ApplicationAsync(cancellationToken))
        {
            case RestAnswer.Ok application:
                await output.WriteLineAsync(Link(application["id"]));
                await output.WriteLineAsync($"Open it as somebody who manages the server. It asks for: {Permissions.Names(Permissions.Invited)}.");
                return 0;
            case RestAnswer.Refused { Status: 401 }:
                await error.WriteLineAsync("Discord does not accept this token. Make a new one on your application's page Bot and set Discord:Token.");
                return 1;
            case RestAnswer.Refused(_, _, var message, _):
                await error.WriteLineAsync($"Discord refused to tell the application's id: {message}");
                return 1;
            case RestAnswer.Limited(var wait, var why):
                await error.WriteLineAsync($"Discord asks to wait for {wait.TotalSeconds:0} seconds: {why}.");
                return 1;
            case RestAnswer.Down(var why, _):
                await error.WriteLineAsync($"{why}. Is {options.ApiBase} reachable from here?");
                return 1;
            default:
                throw new InvalidOperationException("Unknown answer.");
        }
    }

    private static string Link(string application) => string.Create(
        CultureInfo.InvariantCulture,
        $"https://discord.com/oauth2/authorize?client_id={application}&scope=bot%20applications.commands&permissions={(ulong)Permissions.Invited}");
}
