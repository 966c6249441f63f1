using System.Data.Common;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms.Local;
using AlertBot.Storage;
using Microsoft.Extensions.Options;

namespace AlertBot.Commands;

/// <summary>
/// A bot that holds its installation and is ready to start. Everything that can be wrong with settings and files is found
/// before, and told all at once.
/// </summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private readonly InstallationLock? _lock;

    private BotProcess(WebApplication app, InstallationLock? installationLock)
    {
        App = app;
        _lock = installationLock;
    }

    public WebApplication App { get; }

    /// <param name="args">Settings as <c>--Section:Key=value</c>.</param>
    /// <param name="fixedSettings">Settings of the verb; only <paramref name="args"/> wins over them.</param>
    /// <param name="catalog">The curated feeds; null reads the file of the settings.</param>
    /// <exception cref="StartException">Says everything that is wrong.</exception>
    public static async Task<BotProcess> PrepareAsync(
        IReadOnlyList<string> args, IReadOnlyDictionary<string, string?> fixedSettings, IReadOnlyList<CatalogFeed>? catalog, CancellationToken cancellationToken)
    {
        var builder = Builder(args, fixedSettings);
        Check(builder.Configuration);
        builder.Services.AddAlertBot(builder.Configuration);
        builder.WebHost.UseUrls(builder.Configuration.GetSection(LocalOptions.Section).Get<LocalOptions>()?.Address ?? new LocalOptions().Address);
        var app = builder.Build();
        var curated = LoadFiles(app.Services, catalog);
        var installationLock = TakeLock(app.Services);
        try
        {
            await AlertBotHost.PrepareAsync(app.Services, curated, cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or DbException)
        {
            installationLock?.Dispose();
            throw new StartException([exception.Message]);
        }

        app.UseAlertBot();
        return new BotProcess(app, installationLock);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _lock?.Dispose();
    }

    private static WebApplicationBuilder Builder(IReadOnlyList<string> args, IReadOnlyDictionary<string, string?> fixedSettings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ProgramSettings.Add(builder.Configuration, builder.Environment.EnvironmentName, fixedSettings, args);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(o => o.SingleLine = true);
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        return builder;
    }

    private static void Check(IConfiguration settings)
    {
        var faults = Settings.Faults(settings);
        if (faults.Count > 0)
        {
            throw new StartException(faults);
        }
    }

    private static IReadOnlyList<CatalogFeed> LoadFiles(IServiceProvider services, IReadOnlyList<CatalogFeed>? catalog)
    {
        var faults = new List<string>();
        try
        {
            services.GetRequiredService<KnowledgeBase>();
        }
        catch (KnowledgeException exception)
        {
            faults.AddRange(exception.Faults.Select(f => f.ToString()));
        }

        try
        {
            catalog ??= FeedCatalog.Load(Path.Combine(AppContext.BaseDirectory, services.GetRequiredService<IOptions<FeedsOptions>>().Value.Catalog));
        }
        catch (FeedCatalogException exception)
        {
            faults.AddRange(exception.Faults);
        }

        return faults.Count == 0 ? catalog! : throw new StartException(faults);
    }

    /// <summary>Null where other processes may use the database too.</summary>
    private static InstallationLock? TakeLock(IServiceProvider services)
    {
        try
        {
            return services.GetRequiredService<Database>() is SqliteDatabase file ? InstallationLock.Take(file.Path) : null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or UnauthorizedAccessException or IOException)
        {
            throw new StartException([exception.Message]);
        }
    }
}

/// <summary>The bot can't start; every fault is told with its place.</summary>
internal sealed class StartException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public async Task WriteAsync(TextWriter error)
    {
        await error.WriteLineAsync("AlertBot can't start:");
        foreach (var fault in faults)
        {
            await error.WriteLineAsync($"  {fault}");
        }
    }
}
