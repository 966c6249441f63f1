using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>/follow: from now on this channel gets each new story about something, once.</summary>
internal sealed class FollowCommand(KnowledgeBase knowledge, SubscriptionStore subscriptions) : IChatCommand
{
    public CommandDescription Description { get; } = new("follow", "Post each new story about a person, country, organisation or topic here, once", FollowOption.Of(knowledge))
    {
        Example = "follow north-korea and sanctions not sport",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var result = FollowParser.Parse(invocation[FollowOption.Name], knowledge);
        if (result is FollowResult.Misunderstood fault)
        {
            return FollowOption.Problem(fault, Description.Name);
        }

        var expression = ((FollowResult.Understood)result).Expression;
        var added = await subscriptions.AddAsync(invocation.Channel, expression, invocation.User.Name, cancellationToken);
        return Card.Answer(
            added ? $"Following {expression}" : $"Already following {expression}",
            new CardBlock.Facts([.. expression.Names.Distinct().Select(n => new CardFact(n.ToString(), Describe(n)))]),
            new CardBlock.Paragraph(added
                ? "Each new story that matches is posted here once, with the reason. Stories that are only mentioned in passing are left out; write mentions:NAME to have them too."
                : "This channel has that follow already. Nothing was changed.")) with
        {
            Actions = [new CardAction("What this channel follows", "/following"), new CardAction("Unfollow", $"/unfollow {expression}")],
        };
    }

    private string Describe(TagName name) => name.Kind == TagKind.Actor
        ? knowledge.FindActor(name.Slug)?.Name ?? name.Slug
        : knowledge.FindTopic(name.Slug) is { } topic ? $"{topic.Name}: {topic.Definition}" : name.Slug;
}
