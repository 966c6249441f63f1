using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>/unmute: follows of this channel alert again.</summary>
internal sealed class UnmuteCommand(KnowledgeBase knowledge, SubscriptionStore subscriptions) : IChatCommand
{
    public CommandDescription Description { get; } = new(
        "unmute",
        "Let a muted follow of this channel, or all of them, alert again",
        FollowOption.Of(knowledge) with { Required = false },
        ChannelOption.Of("Unmute that one instead of this"))
    {
        Example = "unmute north-korea",
        Changes = true,
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken) => FollowMuting.RunAsync(
        knowledge,
        subscriptions,
        invocation,
        null,
        (what, _) => Card.Answer($"No longer muted: {what}", new CardBlock.Paragraph("New stories alert again. Those that came in the meantime do not; /latest shows them.")),
        cancellationToken);
}
