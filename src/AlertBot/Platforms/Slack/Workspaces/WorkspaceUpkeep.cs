using AlertBot.Platforms.Slack.Interactions;

namespace AlertBot.Platforms.Slack.Workspaces;

/// <summary>Asks at the start whose the token of the settings is, until that is known, and forgets every hour what is no longer needed.</summary>
internal sealed partial class WorkspaceUpkeep(ConfiguredToken configured, SeenEvents events, TimeProvider time, ILogger<WorkspaceUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenPrunings = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pruneAt = time.GetUtcNow();
        while (true)
        {
            try
            {
                await configured.AskAsync(stoppingToken);
                if (time.GetUtcNow() >= pruneAt)
                {
                    await events.PruneAsync(stoppingToken);
                    pruneAt = time.GetUtcNow() + BetweenPrunings;
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception);
            }

            await Task.Delay(configured.IsSettled ? BetweenPrunings : Pause, time, stoppingToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The upkeep of Slack's workspaces failed; it is tried again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
