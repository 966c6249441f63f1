using System.Text.Json;
using System.Text.Json.Serialization;
using AlertBot.Checkups;
using AlertBot.Knowledge;
using AlertBot.Storage;

namespace AlertBot.Commands;

/// <summary>
/// <c>alertbot doctor</c>: checks the installation, and asks the bot that runs on it for what only its own process knows. Changes
/// nothing, and may run beside the bot.
/// </summary>
internal static class DoctorVerb
{
    private const int Well = 0;
    private const int HasFaults = 1;
    private const int CannotBeUsed = 2;

    private const string Subject = "Bot";

    private const string Usage = """
        Usage: alertbot doctor [--Section:Key=value ...]

        Checks settings, the running bot (polling, platforms, delivery, clock), feeds, database and knowledge files, and says
        for each fault what to do. It changes nothing, and may run beside the bot. /doctor in a chat checks the bot's
        permissions there, too.

        Exit code: 0 no fault, 1 faults, 2 wrong settings or wrong usage.

        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (args.Contains("--help"))
        {
            await output.WriteAsync(Usage);
            return Well;
        }

        if (args.FirstOrDefault(a => !a.StartsWith("--", StringComparison.Ordinal)) is { } stray)
        {
            await error.WriteLineAsync($"alertbot doctor: '{stray}' is no setting.{Environment.NewLine}{Environment.NewLine}{Usage}");
            return CannotBeUsed;
        }

        var settings = ProgramSettings.Read(args);
        if (Settings.Faults(settings) is { Count: > 0 } faults)
        {
            await WriteAsync([.. faults.Select(f => Finding.Fault("Settings", f, "Mend it: the bot can't start with it."))], output);
            return CannotBeUsed;
        }

        var told = await AskAsync(settings, cancellationToken);
        var found = (told ?? [NotRunning(settings)]).Concat(await LookAsync(settings, told is null, cancellationToken)).ToList();
        await WriteAsync(found, output);
        return found.Any(f => f.Grade == Grade.Fault) ? HasFaults : Well;
    }

    /// <summary>What the running bot finds; null where none answers.</summary>
    private static async Task<IReadOnlyList<Finding>?> AskAsync(IConfiguration settings, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3) };
        using var http = new HttpMessageInvoker(handler);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, HealthVerb.AddressIn(settings));
            using var response = await http.SendAsync(request, cancellationToken);
            return JsonSerializer.Deserialize<Health>(await response.Content.ReadAsStringAsync(cancellationToken), Json)?.Checks;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return null;
        }
    }

    private static Finding NotRunning(IConfiguration settings) => Finding.Fault(
        Subject, $"no AlertBot answers at {HealthVerb.AddressIn(settings)}", "Start it with alertbot run, or give the Local:Address that it runs with.");

    /// <summary>What can be seen from here: all of it where no bot is running, else only what a running one leaves out for its cost.</summary>
    private static async Task<IReadOnlyList<Finding>> LookAsync(IConfiguration settings, bool isAlone, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(settings);
        services.AddRoutingCore();
        services.AddAlertBot(settings);
        await using var provider = services.BuildServiceProvider();
        if (provider.GetRequiredService<Database>() is SqliteDatabase { Path: var path } && !File.Exists(path))
        {
            return [Finding.Fault("Database", $"there is none at {Path.GetFullPath(path)}", "The bot makes it at its first start; or give the Storage:Path that it runs with.")];
        }

        try
        {
            return await provider.GetRequiredService<Checkup>().RunAsync(isAlone ? CheckReach.Database | CheckReach.Thorough : CheckReach.Thorough, null, cancellationToken);
        }
        catch (KnowledgeException exception)
        {
            return [.. exception.Faults.Select(f => Finding.Fault("Knowledge", f.ToString(), "Mend it: the bot can't start with it."))];
        }
    }

    private static async Task WriteAsync(IReadOnlyList<Finding> found, TextWriter output)
    {
        foreach (var finding in found.OrderBy(f => f.Grade))
        {
            await output.WriteLineAsync($"{finding.Grade switch { Grade.Fault => "fault", Grade.Warning => "warning", _ => "ok" },-8} {finding}");
        }

        await output.WriteLineAsync($"{Counted(Grade.Fault, "fault")}, {Counted(Grade.Warning, "warning")}");

        string Counted(Grade grade, string word) => found.Count(f => f.Grade == grade) is var count && count == 1 ? $"1 {word}" : $"{count} {word}s";
    }

    private sealed record Health([property: JsonRequired] IReadOnlyList<Finding> Checks);
}
