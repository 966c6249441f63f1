using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

/// <summary>Who may decide when a channel is told: its moderators; in their own direct messages everybody.</summary>
internal sealed class ChannelRights(ModeratorRoles moderators, IEnumerable<IChatPlatform> platforms)
{
    /// <returns>Why a person may not; null if they may.</returns>
    public async ValueTask<Card?> FaultAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await ChannelOption.PostingFaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var target = ChannelOption.TargetOf(invocation);
        return moderators.Moderates(invocation) || await IsPrivateAsync(target, cancellationToken)
            ? null
            : Card.Problem($"/{invocation.Command} is for moderators", new CardBlock.Paragraph("It changes what everybody in the channel gets. Ask a moderator; in your direct messages you decide yourself."));
    }

    private async ValueTask<bool> IsPrivateAsync(ChannelAddress channel, CancellationToken cancellationToken) =>
        platforms.FirstOrDefault(p => p.Name == channel.Platform) is { } platform && await platform.CommunityOfAsync(channel, cancellationToken) is { Length: 0 };
}
