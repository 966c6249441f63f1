using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlertBot.Tests.Support;

/// <summary>The local chat alone, served over real HTTP on a free loopback port, with a database file of its own.</summary>
internal sealed class LocalChat : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;

        private LocalChat(DirectoryInfo folder, WebApplication app, WatchedWriter terminal)
    {
        _folder = folder;
        _app = app;
        Terminal = terminal;
    }

    /// <summary>What the terminal shows so far.</summary>
    public WatchedWriter Terminal { get; }

    public Uri Address => new(_app.Urls.First());

    public LocalPlatform Platform => _app.Services.GetRequiredService<LocalPlatform>();

    public LocalMessages Messages => _app.Services.GetRequiredService<LocalMessages>();

    public static async Task<LocalChat> StartAsync(
        LocalOptions? options = null, TimeProvider? time = null, IEnumerable<IChatCommand>? commands = null, string typed = "", string listen = "http://127.0.0.1:0")
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-");
        var database = new Database(Path.Combine(folder.FullName, "chat.db"));
        await new Migrator(database, time ?? TimeProvider.System).MigrateAsync(CancellationToken.None);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listen);
        builder.Services.AddSingleton(database).AddSingleton(time ?? TimeProvider.System);
        foreach (var command in commands ?? SampleCommand.All())
        {
            builder.Services.AddSingleton(command);
        }

        var terminal = new WatchedWriter();
        builder.Services.AddSingleton(new TerminalStreams(new StringReader(typed), terminal));
        builder.Services.AddLocalPlatform(options ?? new LocalOptions());
        var app = builder.Build();
        app.MapLocalChat();
        await app.StartAsync();
        return new LocalChat(folder, app, terminal);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
