using System.Net;
using System.Net.Sockets;
using AlertBot.Commands.Demo;
using AlertBot.Feeds;
using AlertBot.Storage;

namespace AlertBot.Commands;

/// <summary><c>alertbot demo</c>: the main job on a bundled newsroom, with no token, no server and no network.</summary>
internal static class DemoVerb
{
    private const string Usage = """
        Usage: alertbot demo [--fast] [--exit-when-idle] [--data DIR] [--transcript FILE] [--Section:Key=value ...]

        Serves four invented outlets on loopback, polls them, tags their stories and alerts three channels of the local chat.

          --fast             publish without pauses
          --exit-when-idle   end when every story is published and every alert is shown
          --data DIR         keep the installation in a folder; a second start goes on where the first ended
          --transcript FILE  append a JSON line for every alert that a channel shows

        """;

    private const string DatabaseFile = "alertbot.db";

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1.5);

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (args.Contains("--help"))
        {
            await output.WriteAsync(Usage);
            return 0;
        }

        if (DemoArguments.Parse(args) is not { } wanted)
        {
            await error.WriteAsync(Usage);
            return 2;
        }

        var data = wanted.Data ?? Directory.CreateTempSubdirectory("alertbot-demo-").FullName;
        try
        {
            Directory.CreateDirectory(data);
            await PlayAsync(wanted, data, output, cancellationToken);
            return 0;
        }
        catch (StartException exception)
        {
            await exception.WriteAsync(error);
            return 2;
        }
        catch (IOException exception)
        {
            await error.WriteLineAsync($"alertbot: {exception.Message}");
            return 1;
        }
        finally
        {
            if (wanted.Data is null)
            {
                Directory.Delete(data, recursive: true);
            }
        }
    }

    private static async Task PlayAsync(DemoArguments wanted, string data, TextWriter output, CancellationToken cancellationToken)
    {
        var newsroom = Newsroom.Load();
        var isContinued = File.Exists(Path.Combine(data, DatabaseFile));
        await using var server = await NewsroomServer.StartAsync(newsroom, Path.Combine(data, "newsroom-published"), cancellationToken);
        var catalog = newsroom.Outlets.Select(o => new CatalogFeed(server.AddressOf(o), o.Title, null)).ToList();
        var address = FreeAddress();
        await using var bot = await BotProcess.PrepareAsync(wanted.Settings, FixedSettings(wanted, data, server, address), catalog, cancellationToken);
        await bot.App.StartAsync(cancellationToken);
        await output.WriteLineAsync($"""
            AlertBot demo: stories of four invented outlets, composed around public facts of 2009 to 2024.
            Open {bot.App.Urls.First()} to see it as a chat, or type a command here, such as /who kim-yung-ho. Ctrl+C ends it.
            """);

        var transcript = wanted.Transcript is null ? null : new DemoTranscript(bot.App.Services.GetRequiredService<Database>(), wanted.Transcript);
        await (transcript?.OpenAsync(isContinued, cancellationToken) ?? Task.CompletedTask);
        var lifetime = bot.App.Services.GetRequiredService<IHostApplicationLifetime>();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        try
        {
            await new DemoScript(newsroom, server, bot.App.Services, transcript, output, wanted.Fast ? TimeSpan.Zero : Pace).PlayAsync(stopping.Token);
            await output.WriteLineAsync($"{Environment.NewLine}The newsroom has no more stories. {(wanted.ExitWhenIdle ? "" : $"The chat at {bot.App.Urls.First()} stays open; Ctrl+C ends it.")}");
            if (wanted.ExitWhenIdle)
            {
                lifetime.StopApplication();
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped by Ctrl+C in the middle of the play: that is a normal end.
        }

        await bot.App.WaitForShutdownAsync(cancellationToken);
    }

    private static Dictionary<string, string?> FixedSettings(DemoArguments wanted, string data, NewsroomServer server, string address)
    {
        var sweep = wanted.Fast ? "00:00:00.06" : "00:00:00.4";
        var settings = new Dictionary<string, string?>
        {
            ["Storage:Path"] = Path.Combine(data, DatabaseFile),
            ["Feeds:Sweep"] = sweep,
            ["Feeds:Interval"] = sweep,
            ["Feeds:MaxInterval"] = sweep,
            ["Feeds:AllowedPrivateEndpoints:0"] = server.Endpoint.ToString(),
            ["Alerts:Sweep"] = wanted.Fast ? "00:00:00.05" : "00:00:00.2",
            ["Local:Address"] = address,
            ["Local:MessagesPerSecond"] = "50",
            ["Local:Terminal"] = "true",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (channel, index) in DemoScript.Follows.Select(f => f.Channel).Distinct().Append("general").Select((c, i) => (c, i)))
        {
            settings[$"Local:Channels:{index}"] = channel;
        }

        return settings;
    }

    /// <summary>The usual address, or one on a free port where that is taken.</summary>
    private static string FreeAddress()
    {
        foreach (var port in new[] { 8080, 0 })
        {
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return $"http://{probe.LocalEndpoint}";
            }
            catch (SocketException)
            {
                // Taken: the next one.
            }
        }

        throw new IOException("there is no free port on this machine");
    }
}
