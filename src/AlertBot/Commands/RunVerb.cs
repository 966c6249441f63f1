using AlertBot.Platforms.Local;

namespace AlertBot.Commands;

/// <summary><c>alertbot run</c>: polls the curated feeds and serves the platforms, until it is stopped.</summary>
internal static class RunVerb
{
    private const string Usage = """
        Usage: alertbot run [--Section:Key=value ...]

        Polls the feeds and serves the local chat. Every setting can stand in appsettings/appsettings.json, in the
        environment (Storage__Path), in user secrets, or here (--Storage:Path=FILE). The README lists them.

        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (args.Contains("--help"))
        {
            await output.WriteAsync(Usage);
            return 0;
        }

        try
        {
            await using var bot = await BotProcess.PrepareAsync(args, new Dictionary<string, string?>(), catalog: null, cancellationToken);
            var address = bot.App.Services.GetRequiredService<LocalOptions>().Address;
            await output.WriteLineAsync($"AlertBot runs. Local chat: {address}  Stop it with Ctrl+C.");
            await bot.App.RunAsync(cancellationToken);
            return 0;
        }
        catch (StartException exception)
        {
            await exception.WriteAsync(error);
            return 2;
        }
        catch (IOException exception) when (exception.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await new StartException([$"Local:Address: {exception.Message} Stop what uses it, or set another address."]).WriteAsync(error);
            return 2;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("AlertBot was stopped before it ran. Where nobody stopped it, the log says what failed.");
            return 1;
        }
    }
}
