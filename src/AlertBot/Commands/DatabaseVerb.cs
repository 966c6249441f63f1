using System.Data.Common;
using AlertBot.Storage;
using AlertBot.Stories;
using Microsoft.Extensions.Options;

namespace AlertBot.Commands;

/// <summary>What the verbs have in common that work on the database of an installation, whether its bot runs or not.</summary>
internal static class DatabaseVerb
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int CannotBeUsed = 2;

    /// <param name="name">The verb.</param>
    public static async Task<int> RunAsync(
        string name, string usage, string[] flags, IReadOnlyList<string> args, TextWriter output, TextWriter error, Func<VerbArguments, IServiceProvider, Task> work, CancellationToken cancellationToken)
    {
        var given = args.Where(a => a.Contains(':', StringComparison.Ordinal)).ToList();
        var read = VerbArguments.Read([.. args.Except(given)], [], flags, out var wrong);
        if (read is { WantsHelp: true })
        {
            await output.WriteAsync(usage);
            return Done;
        }

        if (read is not { Rest.Count: 0 })
        {
            await error.WriteLineAsync($"alertbot {name}: {(wrong.Length > 0 ? wrong : "It takes nothing else.")}{Environment.NewLine}{Environment.NewLine}{usage}");
            return CannotBeUsed;
        }

        var settings = ProgramSettings.Read(given);
        if (Settings.Faults(settings) is { Count: > 0 } faults)
        {
            await new StartException(faults).WriteAsync(error);
            return CannotBeUsed;
        }

        try
        {
            await using var services = await OpenAsync(settings, cancellationToken);
            await work(read, services);
            return Done;
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"alertbot {name}: {exception.Message}");
            return Failed;
        }
    }

    private static async Task<ServiceProvider> OpenAsync(IConfiguration settings, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddMemoryCache();
        services.AddStorage(settings);
        services.AddStories(settings);
        var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        if (!options.IsShared && !File.Exists(options.Path))
        {
            throw new InvalidOperationException($"There is no {Path.GetFullPath(options.Path)}. Give the Storage:Path that the bot runs with.");
        }

        var facts = await provider.GetRequiredService<Database>().LookAsync(cancellationToken);
        return facts.Schema == facts.NewestSchema
            ? provider
            : throw new InvalidOperationException($"The database has schema {facts.Schema}, this program {facts.NewestSchema}: start this version's bot once, or take the version that runs.");
    }
}
