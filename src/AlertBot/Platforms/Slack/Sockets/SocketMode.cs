namespace AlertBot.Platforms.Slack.Sockets;

/// <summary>
/// Holds two connections to Slack, so that something can be told at any time: a new one stands before an old one goes.
/// https://docs.slack.dev/apis/events-api/using-socket-mode
/// </summary>
internal sealed partial class SocketMode(SocketDoor door, SocketState state, Deliveries deliveries, TimeProvider time, Random random, ILogger<SocketMode> logger) : BackgroundService
{
    private const int Connections = 2;

    /// <summary>A connection that lasted so long ends a row of failures.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(30);

    /// <summary>Where Slack counts connections that nobody knows, it is asked again after so long.</summary>
    private static readonly TimeSpan UntilRecount = TimeSpan.FromMinutes(10);

    // Where Slack does not say how long it keeps one.
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    private readonly Random[] _randoms = [.. Enumerable.Range(0, Connections).Select(_ => new Random(random.Next()))];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(_randoms.Select(r => KeepAsync(r, stoppingToken)));
        await deliveries.FinishAsync();
    }

    /// <summary>Keeps one connection, beside those that are on their way out.</summary>
    private async Task KeepAsync(Random jitter, CancellationToken cancellationToken)
    {
        var (backoff, retired) = (new Backoff(jitter), Task.CompletedTask);
        SlackSocket? held = null;
        try
        {
            while (true)
            {
                var (fresh, hello) = await door.OpenAsync(backoff, cancellationToken);
                retired = Task.WhenAll(retired, CountAsync(fresh), held?.RetireAsync(cancellationToken) ?? Task.CompletedTask);
                held = fresh;
                await UseAsync(held, LifeOf(hello, jitter), backoff, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The bot stops.
        }
        finally
        {
            await (held?.DisposeAsync() ?? ValueTask.CompletedTask);
            await retired;
        }
    }

    private async Task CountAsync(SlackSocket socket)
    {
        state.Opened();
        await socket.Ended;
        state.Ended();
    }

    /// <summary>Waits until another connection has to take the place of this one.</summary>
    private async Task UseAsync(SlackSocket socket, TimeSpan life, Backoff backoff, CancellationToken cancellationToken)
    {
        var why = Leaving.Refresh;
        try
        {
            why = await socket.Leaves.WaitAsync(life, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Its time is nearly over.
        }

        Log.Replaced(logger, why);
        if (why == Leaving.Disabled)
        {
            door.Disable();
        }

        if (why != Leaving.Crowded && time.GetUtcNow() - socket.Since >= Lasting)
        {
            backoff.Succeed();
        }
    }

    /// <summary>How long a connection is used: a little less than Slack keeps it, and never the same for both.</summary>
    private TimeSpan LifeOf(Frame.Hello hello, Random jitter)
    {
        var life = (hello.Lives ?? LongestLife) * (0.8 + jitter.NextDouble() * 0.15);
        if (hello.Connections is not { } counted || !state.Count(counted))
        {
            return life;
        }

        Log.Crowd(logger, counted, state.Open);
        return life < UntilRecount ? life : UntilRecount;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "A connection to Slack gets another one in its place ({Why})")]
        public static partial void Replaced(ILogger logger, Leaving why);

        [LoggerMessage(2, LogLevel.Warning, "Slack counts {Counted} connections of this app, and {Open} are this bot's")]
        public static partial void Crowd(ILogger logger, int counted, int open);
    }
}
