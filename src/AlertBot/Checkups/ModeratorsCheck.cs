using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Checkups;

/// <summary>Whether moderators can be told what the bot needs them for.</summary>
internal sealed class ModeratorsCheck(ModeratorsChannels channels, CommunityStore communities, Notices notices) : ICheck
{
    public string Subject => "Moderators' channel";

    public CheckReach Reach => CheckReach.Process;

    public async Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken)
    {
        IReadOnlyList<(ChannelAddress Address, string Name)> all = asked is null ? [.. communities.Channels.Select(c => (c, c.ToString()))]
            : channels.Find(asked) is { } own ? [(own.Address, own.Name)] : [];
        var found = new List<Finding>();
        foreach (var (address, name) in all)
        {
            found.Add(await notices.RefusalAsync(address, cancellationToken) is var (at, why)
                ? Finding.Fault(Subject, $"{name} did not take the notice of {at:u}: {why}", "Mend that, or choose another with /setup step:channel. /feed health tells meanwhile what it would have told.")
                : Finding.Ok(Subject, $"sick feeds are told in {name}"));
        }

        return found.Count > 0 ? found : [Finding.Warning(Subject, "none is chosen: nobody is told when a feed falls sick", "Choose one with /setup step:channel.")];
    }
}
