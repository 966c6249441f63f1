using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>What of a plan the one who imports may not do: nobody hands on what was lent to him, nor writes where he may not.</summary>
internal sealed class ConfigRights(CommunityStore communities, ModeratorRoles roles)
{
    public async Task<IReadOnlyList<KnowledgeFault>> FaultsAsync(ConfigPlan plan, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var faults = new List<KnowledgeFault>();
        if (plan.Moderators is { } moderators && moderators.Role != roles.Find(invocation.Community!) && !invocation.User.IsModerator)
        {
            faults.Add(new KnowledgeFault("", moderators.Line, "only those who manage the server choose the moderator role: leave it out, or ask one of them"));
        }

        IEnumerable<(ChannelAddress Channel, int Line)> channels =
        [
            .. plan.Followed.Select(f => (f.Channel, f.Line)),
            .. plan.Retold.Select(r => (r.Follow.Channel, r.Follow.Line)),
            .. plan.Channels.Select(c => (c.Channel.Channel, c.Channel.Line)),
            .. plan.Moderators is { Channel: { } told } m && told != communities.FindChannel(invocation.Community!)?.Address ? [(told, m.Line)] : Array.Empty<(ChannelAddress, int)>(),
        ];
        foreach (var (channel, line) in channels.DistinctBy(c => c.Channel))
        {
            var fault = channel.Platform != invocation.Channel.Platform ? "it belongs to another platform" : await invocation.PostingFaultAsync(channel, cancellationToken);
            if (fault is not null)
            {
                faults.Add(new KnowledgeFault("", line, $"the channel {channel} can't be used from here: {fault}"));
            }
        }

        return faults;
    }
}
