namespace AlertBot.Storage;

/// <summary>Looks once a second whether another process changed what this one remembers.</summary>
internal sealed partial class MemoryPulse(SharedMemory memory, TimeProvider time, ILogger<MemoryPulse> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await memory.RefreshAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.NotRead(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database did not tell what others changed")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
