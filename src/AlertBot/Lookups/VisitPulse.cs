namespace AlertBot.Lookups;

/// <summary>Stores the visits that are over, once a minute, and all of them when the process ends.</summary>
internal sealed partial class VisitPulse(Visits visits, TimeProvider time, ILogger<VisitPulse> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await StoreAsync(isEnd: true, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await StoreAsync(isEnd: false, stoppingToken);
        }
    }

    private async Task StoreAsync(bool isEnd, CancellationToken cancellationToken)
    {
        try
        {
            await visits.StoreAsync(isEnd, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotStored(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The visits that are over were not stored; they are tried again")]
        public static partial void NotStored(ILogger logger, Exception exception);
    }
}
