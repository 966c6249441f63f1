namespace AlertBot.Storage;

/// <summary>Lets the replica say that it is alive for as long as the program runs, and leave when it stops. To be started before and stopped after all that leases.</summary>
internal sealed partial class ReplicaPulse(LeaseKeeper keeper, TimeProvider time, ILogger<ReplicaPulse> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await keeper.LeaveAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            // The others will see by themselves that it is gone.
            Log.NotLeft(logger, exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(keeper.Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keeper.BeatAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotSaid(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The database could not be told that this replica is alive")]
        public static partial void NotSaid(ILogger logger, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "The database could not be told that this replica stops: what it held is given back when its leases end")]
        public static partial void NotLeft(ILogger logger, Exception exception);
    }
}
