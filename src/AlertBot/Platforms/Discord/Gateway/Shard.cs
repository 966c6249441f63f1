using System.Net;

namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>What all shards of a process share.</summary>
/// <param name="Owner">This replica, as the leases name it.</param>
internal sealed record GatewayParts(
    GatewaySettings Settings, string Owner, GatewayStore Store, IdentifyGate Gate, GatewayState State, Action<GatewayEvent> Handler, TimeProvider Time, ILogger Logger);

/// <summary>
/// Keeps one shard connected: resumes where it can, identifies where it must, waits longer after each failure. It ends
/// when it is cancelled or when Discord says that trying again cannot help.
/// </summary>
/// <param name="stored">A session from before, in this process or another.</param>
internal sealed partial class Shard(GatewayParts parts, ShardId id, GatewaySession? stored, Random random)
{
    private const int MostResumes = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // Each IDENTIFY costs one of the day's thousand.
    private static readonly TimeSpan LongestWaitAfterIdentify = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Worrying = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(30);

    // Discord forgets a session some minutes after its connection broke.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private readonly EventQueue _events = new(id.Number, parts.Handler, parts.Logger);
    private readonly Backoff _backoff = new(random);
    private volatile GatewaySession? _session = stored;
    private int _resumes;
    private bool _hasIdentified;

    /// <summary>What another process would have to know to go on; null if there is nothing to resume.</summary>
    public GatewaySession? Session => _session;

    /// <summary>Ends when the last event that was begun is handled.</summary>
    public Task Handled { get; private set; } = Task.CompletedTask;

    /// <returns>What a person must do, or null if it was cancelled.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        Handled = _events.PumpAsync(cancellationToken);
        try
        {
            while (true)
            {
                var end = await ConnectAsync(cancellationToken);
                if (end.Next is NextStep.GiveUp or NextStep.Stop)
                {
                    return end.Next == NextStep.GiveUp ? end.Why : null;
                }

                await WaitAsync(end, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<ConnectionEnd> ConnectAsync(CancellationToken cancellationToken)
    {
        parts.State.Enter(id.Number, ShardPhase.Connecting);
        _hasIdentified = false;
        try
        {
            // Two replicas with one session would take it from each other for as long as the loser does not know.
            if (!await parts.Store.HoldsAsync(parts.Owner, id, cancellationToken))
            {
                return new ConnectionEnd(NextStep.Resume, "another replica holds the shard");
            }

            if (_session is { } session)
            {
                return await RunAsync(new ShardConnection(parts, id, session, null, _events, Begin, random), session.ResumeUrl, cancellationToken);
            }

            using var turn = await parts.Gate.EnterAsync(id.Number, cancellationToken);
            return await RunAsync(new ShardConnection(parts, id, null, turn, _events, Begin, random), turn.Url, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.Unauthorized)
        {
            return new ConnectionEnd(NextStep.GiveUp, ConnectionEnd.BadToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new ConnectionEnd(NextStep.Resume, $"it could not begin: {exception.Message}");
        }
    }

    private void Begin(GatewaySession? session) => _session = session;

    private async Task<ConnectionEnd> RunAsync(ShardConnection connection, Uri url, CancellationToken cancellationToken)
    {
        var wasNew = _session is null;
        var isOld = _session is { } old && parts.Time.GetUtcNow() - old.AliveAt > Fresh;
        var end = await connection.RunAsync(url, cancellationToken);
        _hasIdentified = wasNew && connection.IsSignedOn;
        if (connection.ReadyAt is { } since)
        {
            _resumes = 0;
            if (parts.Time.GetUtcNow() - since >= Lasting)
            {
                _backoff.Succeed();
            }
        }
        else if (!wasNew && end.Next == NextStep.Resume && (isOld || connection.IsSignedOn && ++_resumes >= MostResumes))
        {
            // Not taken, not refused either: better a new session than none.
            return end with { Next = NextStep.Identify };
        }

        return end;
    }

    private async Task WaitAsync(ConnectionEnd end, CancellationToken cancellationToken)
    {
        var isLost = end.Next == NextStep.Identify;
        if (isLost)
        {
            (_session, _resumes) = (null, 0);
        }

        var wait = _backoff.Next(_hasIdentified ? LongestWaitAfterIdentify : LongestWait);
        // Asked for by Discord after a refused session, so that all who lost theirs do not come at once.
        var least = isLost ? TimeSpan.FromSeconds(1 + 4 * random.NextDouble()) : TimeSpan.Zero;
        wait = wait > least ? wait : least;
        Log.Ended(parts.Logger, wait < Worrying ? LogLevel.Information : LogLevel.Warning, id, end.Why, _session is null ? "a new session" : "a RESUME", wait);
        parts.State.Enter(id.Number, ShardPhase.Waiting, end.Why);
        await Task.Delay(wait, parts.Time, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Message = "Shard {Shard}: {Why}. Next is {Next} in {Wait}")]
        public static partial void Ended(ILogger logger, LogLevel level, ShardId shard, string why, string next, TimeSpan wait);
    }
}
