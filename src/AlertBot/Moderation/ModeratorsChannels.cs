using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>
/// Which channel moderators are told in: the one that they chose, and until then the one where one of them first changed something.
/// A platform without servers is one community.
/// </summary>
internal sealed class ModeratorsChannels(CommunityStore communities)
{
    public static string CommunityOf(CommandInvocation invocation) => invocation.Community ?? invocation.Channel.Platform;

    public ModeratorsChannel? Find(CommandInvocation invocation) => communities.FindChannel(CommunityOf(invocation));

    public Task ChooseAsync(CommandInvocation invocation, ChannelAddress channel, CancellationToken cancellationToken) =>
        communities.SetChannelAsync(CommunityOf(invocation), new ModeratorsChannel(channel, invocation.NameOf(channel), IsChosen: true), invocation, cancellationToken);

    /// <summary>Notes that a moderator changed something here.</summary>
    /// <returns>What this means, where it means something.</returns>
    public async ValueTask<string?> NoteAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (Find(invocation) is not null || await invocation.PostingFaultAsync(invocation.Channel, cancellationToken) is not null)
        {
            return null;
        }

        // Another process may have noted one just now.
        await communities.LoadAsync(cancellationToken);
        if (Find(invocation) is not null)
        {
            return null;
        }

        await communities.SetChannelAsync(
            CommunityOf(invocation), new ModeratorsChannel(invocation.Channel, invocation.NameOf(invocation.Channel), IsChosen: false), invocation, cancellationToken);
        return $"From now on moderators are told here when a feed falls sick. /setup {SetupCommand.Step}:{SetupChannel.Step} chooses another channel.";
    }
}
