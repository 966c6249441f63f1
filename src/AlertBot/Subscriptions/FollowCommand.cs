using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>
/// /follow: from now on a channel gets each new story about something, once. It promises nothing where the bot can't
/// post, and ends what trouble the channel had.
/// </summary>
internal sealed class FollowCommand(KnowledgeBase knowledge, SubscriptionStore subscriptions, ForeignFollows foreign, ChannelTroubles troubles) : IChatCommand
{
    private const string Digest = "digest";
    private const string AsTheChannel = "channel";

    public CommandDescription Description { get; } = new(
        "follow",
        "Post each new story about a person, country, organisation or topic here, once",
        FollowOption.Of(knowledge),
        ChannelOption.Of("Post there instead of here"),
        DigestOption.Of(Digest, "When its stories are told, if not as the channel's: at once, hourly, daily 08:00, weekly mon 08:00", AsTheChannel))
    {
        Example = "follow north-korea and sanctions not sport",
        Changes = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var result = FollowParser.Parse(invocation[FollowOption.Name], knowledge);
        if (result is FollowResult.Misunderstood fault)
        {
            return FollowOption.Problem(fault, ChannelOption.Typed(invocation, Description.Name));
        }

        var asked = invocation.Find(Digest)?.Trim();
        var rhythm = asked is null or AsTheChannel ? null : DigestRhythm.Parse(asked);
        if (rhythm is null && asked is not (null or AsTheChannel))
        {
            return DigestOption.Misread(asked);
        }

        if (await ChannelOption.PostingFaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var target = ChannelOption.TargetOf(invocation);
        var expression = ((FollowResult.Understood)result).Expression;
        var origin = new FollowOrigin(target, invocation.NameOf(target), invocation.User.Name, invocation.User.Inbox, invocation.Community);
        var added = await subscriptions.AddAsync(origin, expression, cancellationToken, foreign.Noting(invocation, null, expression));
        await (asked is null ? Task.CompletedTask : subscriptions.SetDigestAsync(target, expression, rhythm, cancellationToken));
        var resumed = await troubles.ResumeAsync(target, cancellationToken);
        return Answer(invocation, expression, added, resumed, asked is null ? null : rhythm is null ? "when the channel is told" : DigestOption.Told(rhythm));
    }

    private Card Answer(CommandInvocation invocation, FollowExpression expression, bool added, bool resumed, string? told)
    {
        var target = ChannelOption.TargetOf(invocation);
        var isHere = target == invocation.Channel;
        var posted = $"Each new story that matches is posted {(isHere ? "here" : $"in {invocation.NameOf(target)}")} once, with the reason.";
        return Card.Answer(
            $"{(added ? "Following" : "Already following")} {expression}{(isHere ? "" : $" in {invocation.NameOf(target)}")}",
            [
                new CardBlock.Facts([.. expression.Names.Distinct().Select(n => new CardFact(n.ToString(), Describe(n)))]),
                new CardBlock.Paragraph(added
                    ? $"{posted} Stories that are only mentioned in passing are left out; write mentions:NAME to have them too."
                    : told is null ? "The channel has that follow already. Nothing was changed." : "The channel has that follow already."),
                .. told is null ? Array.Empty<CardBlock>() : [new CardBlock.Paragraph($"Its stories are told {told}.")],
                .. resumed ? [new CardBlock.Paragraph("Alerts could not be posted there for a while. They go on now.")] : Array.Empty<CardBlock>(),
            ]) with
        {
            Actions =
            [
                new CardAction("What the channel follows", ChannelOption.Typed(invocation, "following")),
                new CardAction("Unfollow", ChannelOption.Typed(invocation, "unfollow", expression)),
            ],
        };
    }

    private string Describe(TagName name) => name.Kind == TagKind.Actor
        ? knowledge.FindActor(name.Slug)?.Name ?? name.Slug
        : knowledge.FindTopic(name.Slug) is { } topic ? $"{topic.Name}: {topic.Definition}" : name.Slug;
}
