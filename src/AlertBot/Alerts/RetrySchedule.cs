namespace AlertBot.Alerts;

/// <summary>When a failed alert is tried again: soon at first, then ever more rarely, for about two days.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    /// <summary>The wait after so many failed attempts, or null when it is time to give up.</summary>
    /// <param name="attempts">Failed ones so far, at least 1.</param>
    public static TimeSpan? After(int attempts) => attempts <= Steps.Length ? Steps[attempts - 1] : null;
}
