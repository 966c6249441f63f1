using System.Globalization;
using System.Net;

namespace AlertBot.Commands.Demo;

/// <summary>
/// Serves the outlets' feeds on loopback, as four web sites would. How far it has published is kept in the data folder,
/// so that a demo that was killed goes on where it was.
/// </summary>
internal sealed class NewsroomServer : IAsyncDisposable
{
    private readonly Newsroom _newsroom;
    private readonly string _progressFile;
    private readonly WebApplication _app;
    private volatile int _published;

    private NewsroomServer(Newsroom newsroom, string progressFile, WebApplication app)
    {
        _newsroom = newsroom;
        _progressFile = progressFile;
        _app = app;
        _published = File.Exists(progressFile) && int.TryParse(File.ReadAllText(progressFile), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Math.Clamp(count, newsroom.Baseline, newsroom.Stories.Count)
            : newsroom.Baseline;
    }

    /// <summary>Stories in the feeds so far.</summary>
    public int Published => _published;

    public IPEndPoint Endpoint { get; private set; } = null!;

    public static async Task<NewsroomServer> StartAsync(Newsroom newsroom, string progressFile, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, Port(progressFile)));
        builder.Services.AddRoutingCore();
        var server = new NewsroomServer(newsroom, progressFile, builder.Build());
        server._app.MapGet("/{outlet}", server.Serve);
        await server._app.StartAsync(cancellationToken);
        server.Endpoint = IPEndPoint.Parse(new Uri(server._app.Urls.Single()).Authority);
        await File.WriteAllTextAsync(PortFile(progressFile), server.Endpoint.Port.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return server;
    }

    public Uri AddressOf(Outlet outlet) => new($"http://{Endpoint}/{outlet.Id}");

    /// <summary>Publishes the next story.</summary>
    public async Task<NewsroomStory> PublishNextAsync(CancellationToken cancellationToken)
    {
        var next = _newsroom.Stories[_published];
        await File.WriteAllTextAsync(_progressFile, (_published + 1).ToString(CultureInfo.InvariantCulture), cancellationToken);
        _published++;
        return next;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private IResult Serve(string outlet, HttpRequest request)
    {
        if (_newsroom.Outlets.FirstOrDefault(o => o.Id == outlet) is not { } found)
        {
            return Results.NotFound();
        }

        // An edit stands in the place of what it edits.
        var stories = _newsroom.Stories.Take(_published).Where(s => s.Outlet == outlet).Reverse().DistinctBy(s => s.Guid).ToList();
        var etag = $"\"{outlet}-{_newsroom.Stories.Take(_published).Count(s => s.Outlet == outlet)}\"";
        if (request.Headers.IfNoneMatch == etag)
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var (bytes, type) = NewsroomFeed.Write(found, stories);
        request.HttpContext.Response.Headers.ETag = etag;
        return Results.Bytes(bytes, type);
    }

    // The feeds' addresses must be the same after a restart: they are what the bot knows the feeds by.
    private static int Port(string progressFile) =>
        File.Exists(PortFile(progressFile)) && int.TryParse(File.ReadAllText(PortFile(progressFile)), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;

    private static string PortFile(string progressFile) => progressFile + ".port";
}
