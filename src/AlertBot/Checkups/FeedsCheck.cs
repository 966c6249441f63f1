using AlertBot.Feeds.Health;
using AlertBot.Platforms;

namespace AlertBot.Checkups;

/// <summary>How the feeds are.</summary>
internal sealed class FeedsCheck(FeedSurveyor surveyor) : ICheck
{
    public string Subject => "Feeds";

    public CheckReach Reach => CheckReach.Database;

    public async Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken)
    {
        var survey = await surveyor.LookAsync(cancellationToken);
        var (all, sick) = (survey.All.Count, survey.Sick.Count);
        return survey switch
        {
            { Outage: { } outage } => [Finding.Fault(Subject, $"since {outage.BeganAt:u} the bot reaches nearly no site", "Look at its network, its DNS and its clock: the feeds are not to blame.")],
            { All.Count: 0 } => [Finding.Warning(Subject, "there are none", "Add a pack with /setup feeds, or one with /feed add and its address.")],
            _ when sick > 0 => [new Finding(sick * 2 > all ? Grade.Fault : Grade.Warning, Subject, survey.Counts, "/feed health shows the sick ones with the cause of each and what to do.")],
            _ => [Finding.Ok(Subject, survey.Counts)],
        };
    }
}
