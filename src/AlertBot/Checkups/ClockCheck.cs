using System.Globalization;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;

namespace AlertBot.Checkups;

/// <summary>
/// Whether the clock is right. It is compared with the clocks of the sites that feeds came from, with what it showed at the start
/// and the time that has really passed since, and with the latest time in the database.
/// </summary>
internal sealed class ClockCheck(SiteClocks sites, FeedReports reports, TimeProvider time) : ICheck
{
    private static readonly TimeSpan Wrong = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan VeryWrong = TimeSpan.FromMinutes(10);

    private const string Fix = "Set the clock of the machine by NTP: times of stories, pauses and leases hang on it.";

    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private readonly long _startStamp = time.GetTimestamp();

    public string Subject => "Clock";

    public CheckReach Reach => CheckReach.Process;

    public async Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var jump = now - _startedAt - time.GetElapsedTime(_startStamp);
        return [.. Judge(sites.Ahead(now), jump, await reports.LastPollAsync(cancellationToken) - now)];
    }

    /// <param name="ahead">How far the sites' clocks are ahead, and how many were asked; null where too few were.</param>
    /// <param name="jump">By how much it moved more than time has passed since the start.</param>
    /// <param name="stored">By how much the latest time in the database is ahead.</param>
    public IEnumerable<Finding> Judge((TimeSpan By, int Sites)? ahead, TimeSpan jump, TimeSpan? stored)
    {
        var found = new List<Finding>();
        if (ahead is var (by, count) && by.Duration() > Wrong)
        {
            found.Add(new Finding(by.Duration() > VeryWrong ? Grade.Fault : Grade.Warning, Subject, $"it is {Spoken.Of(by.Duration())} {(by > TimeSpan.Zero ? "behind" : "ahead of")} the clocks of {Count(count)} sites", Fix));
        }

        if (jump.Duration() > Wrong)
        {
            found.Add(Finding.Warning(Subject, $"it jumped by {Spoken.Of(jump.Duration())} {(jump > TimeSpan.Zero ? "forward" : "back")} since the bot started", Fix));
        }

        if (stored > Wrong)
        {
            found.Add(Finding.Fault(Subject, $"the database has times that are {Spoken.Of(stored.Value)} ahead of it: it was set back", $"{Fix} What was put off until then is done then."));
        }

        return found.Count > 0 ? found : [Finding.Ok(Subject, ahead is var (_, asked)
            ? $"it agrees with the clocks of {Count(asked)} sites, with the time since the start and with the database"
            : "it agrees with the time since the start and with the database; too few sites have told their time yet")];
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
