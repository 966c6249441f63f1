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
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("alertbot-");
    private readonly LocalOptions _options;
    private readonly TimeProvider _time;
    private readonly TextReader _typed;
    private WebApplication _app = null!;

    private LocalChat(LocalOptions options, TimeProvider time, TextReader typed)
    {
        _options = options;
        _time = time;
        _typed = typed;
    }

    /// <summary>What the terminal shows.</summary>
    public WatchedWriter Terminal { get; } = new();

    public Uri Address => new(_app.Urls.First());

    public LocalPlatform Platform => _app.Services.GetRequiredService<LocalPlatform>();

    public LocalMessages Messages => _app.Services.GetRequiredService<LocalMessages>();

    /// <param name="typed">What stands on standard input.</param>
    /// <param name="listen">Where the server listens, whatever the options say.</param>
    public static async Task<LocalChat> StartAsync(LocalOptions? options = null, TimeProvider? time = null, TextReader? typed = null, string listen = "http://127.0.0.1:0")
    {
        var chat = new LocalChat(options ?? new LocalOptions(), time ?? TimeProvider.System, typed ?? TextReader.Null);
        await chat.StartAsync(listen);
        return chat;
    }

    /// <summary>Stops the server; <paramref name="meanwhile"/> runs while it is down; then it starts again at the same address with the same file.</summary>
    public async Task RestartAsync(Func<Task> meanwhile)
    {
        var address = Address;
        await _app.DisposeAsync();
        await meanwhile();
        await StartAsync(address.GetLeftPart(UriPartial.Authority));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(string listen)
    {
        var database = new SqliteDatabase(Path.Combine(_folder.FullName, "chat.db"));
        await new Migrator(database, _time).MigrateAsync(CancellationToken.None);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(listen);
        builder.Services.AddSingleton<Database>(database).AddSingleton(_time);
        foreach (var command in SampleCommand.All().Concat<IChatCommand>([SampleCommand.Edit(), SampleCommand.Set(), SampleCommand.Measure()]))
        {
            builder.Services.AddSingleton(command);
        }

        builder.Services.AddSingleton(new TerminalStreams(_typed, Terminal));
        builder.Services.AddLocalPlatform(_options);
        _app = builder.Build();
        _app.MapLocalChat();
        await _app.StartAsync();
    }
}
