using AlertBot.Platforms;

namespace AlertBot.Checkups;

/// <summary>Makes all checks side by side. A check that fails or takes too long is a finding of its own, and holds up no other.</summary>
internal sealed partial class Checkup(IEnumerable<ICheck> checks, TimeProvider time, ILogger<Checkup> logger)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>In the order in which the checks are listed.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(CheckReach reach, CommandInvocation? asked, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(checks.Where(c => reach.HasFlag(c.Reach)).Select(c => RunAsync(c, asked, cancellationToken)));
        return [.. found.SelectMany(f => f)];
    }

    private async Task<IReadOnlyList<Finding>> RunAsync(ICheck check, CommandInvocation? asked, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await check.RunAsync(asked, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Warning(check.Subject, $"nothing was found out within {Limit.TotalSeconds:0} seconds", "Ask again in a while.")];
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.CheckFailed(logger, exception, check.Subject);
            return [Finding.Fault(check.Subject, $"the check itself failed ({exception.GetType().Name})", "The log of the bot has the details. Tell whoever runs it.")];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The check of {Subject} failed")]
        public static partial void CheckFailed(ILogger logger, Exception exception, string subject);
    }
}
