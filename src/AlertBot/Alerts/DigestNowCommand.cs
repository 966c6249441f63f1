using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Alerts;

/// <summary>/digest now: what waits for a channel is told at once; the next digest comes when it would have come.</summary>
internal sealed class DigestNowCommand(DigestDesk desk, ChannelRights rights) : IChatCommand
{
    public CommandDescription Description { get; } = new("digest now", "Post now what waits for this channel's next digest", ChannelOption.Of("Post that one's there instead of this"))
    {
        Example = "digest now",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await rights.FaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        return await desk.TellNowAsync(ChannelOption.TargetOf(invocation), cancellationToken) switch
        {
            0 => Card.Answer("Nothing waits", new CardBlock.Paragraph("All that came was told.")),
            1 => Card.Answer("1 story is posted now"),
            var count => Card.Answer($"{count} stories are posted now, together"),
        };
    }
}
