using AlertBot.Feeds;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;
using Microsoft.Extensions.Options;

namespace AlertBot.Checkups;

/// <summary>Whether the poll loop moves.</summary>
internal sealed class PulseCheck(FeedStore feeds, IOptions<FeedsOptions> options, TimeProvider time) : ICheck
{
    public string Subject => "Polling";

    public CheckReach Reach => CheckReach.Process;

    public Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([Judge(feeds.LastSweepAt, options.Value.Sweep, time.GetUtcNow())]);

    public static bool IsAlive(DateTimeOffset? lastSweep, TimeSpan sweep, DateTimeOffset now) =>
        // A slow host can hold one sweep up for some minutes; a longer silence means that polling has stopped.
        lastSweep is { } last && now - last < sweep * 3 + TimeSpan.FromMinutes(5);

    private Finding Judge(DateTimeOffset? lastSweep, TimeSpan sweep, DateTimeOffset now) => lastSweep switch
    {
        null => Finding.Fault(Subject, "no feed was looked for since the start", "Wait a minute if the bot has just started; else start it again, and read its log."),
        { } last when IsAlive(last, sweep, now) => Finding.Ok(Subject, $"due feeds were looked for {Spoken.Of(now - last)} ago"),
        { } last => Finding.Fault(Subject, $"it has stopped: due feeds were last looked for {Spoken.Of(now - last)} ago", "Start the bot again, and read its log."),
    };
}
