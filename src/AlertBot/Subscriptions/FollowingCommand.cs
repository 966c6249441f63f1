using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>/following: what this channel follows.</summary>
internal sealed class FollowingCommand(SubscriptionStore subscriptions) : IChatCommand
{
    public CommandDescription Description { get; } = new("following", "Show what this channel follows") { Example = "following", Private = true };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var followed = await subscriptions.ListAsync(invocation.Channel, cancellationToken);
        if (followed.Count == 0)
        {
            return Card.Answer("This channel follows nothing yet", new CardBlock.Paragraph("Type /follow and a name, such as /follow north-korea.")) with
            {
                Actions = [new CardAction("Follow North Korea", "/follow north-korea")],
            };
        }

        return Card.Answer(
            $"This channel has {followed.Count} {(followed.Count == 1 ? "follow" : "follows")}",
            new CardBlock.Items(null, [.. followed.Select(s => new CardItem(s.Expression.ToString(), Detail: $"by {s.CreatedBy}", At: s.CreatedAt))]));
    }
}
