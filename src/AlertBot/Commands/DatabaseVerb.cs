using System.Data.Common;
using AlertBot.Storage;
using AlertBot.Stories;
using Microsoft.Extensions.Options;

namespace AlertBot.Commands;

/// <summary>What the verbs have in common that work on the database of an installation, whether its bot runs or not.</summary>
/// <param name="name">The verb.</param>
internal sealed class DatabaseVerb(string name, string usage)
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int CannotBeUsed = 2;

    /// <summary>Options that have a value.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>Options that have none.</summary>
    public string[] Flags { get; init; } = [];

    /// <summary>What is wrong with a line whose options are known; null where nothing is.</summary>
    public Func<VerbArguments, string?> Fault { get; init; } = read => read.Rest.Count == 0 ? null : "It takes nothing else.";

    /// <summary>Settings that the verb itself makes.</summary>
    public string[] Settings { get; init; } = [];

    /// <summary>Reads the line, <c>--Section:Key=value</c> among it, and works with the settings that come of it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, Func<VerbArguments, IConfiguration, Task> work)
    {
        var given = args.Where(a => a.StartsWith("--", StringComparison.Ordinal) && a.Split('=')[0].Contains(':', StringComparison.Ordinal)).ToList();
        var read = VerbArguments.Read([.. args.Except(given)], Options, Flags, out var wrong);
        if (read is { WantsHelp: true })
        {
            await output.WriteAsync(usage);
            return Done;
        }

        if (read is null || Fault(read) is { } fault && (wrong = fault).Length > 0)
        {
            await error.WriteLineAsync($"alertbot {name}: {wrong}{Environment.NewLine}{Environment.NewLine}{usage}");
            return CannotBeUsed;
        }

        var settings = ProgramSettings.Read([.. given, .. Settings]);
        if (AlertBot.Settings.Faults(settings) is { Count: > 0 } faults)
        {
            await new StartException(faults).WriteAsync(error);
            return CannotBeUsed;
        }

        try
        {
            await work(read, settings);
            return Done;
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            await error.WriteLineAsync($"alertbot {name}: {exception.Message}");
            return Failed;
        }
    }

    /// <summary>The archive and its database, which has to be there and of this program's schema.</summary>
    public static async Task<ServiceProvider> OpenAsync(IConfiguration settings, CancellationToken cancellationToken)
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
