using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>
/// /follow: from now on a channel gets each new story about something, once. It promises nothing where the bot can't
/// post, and ends what trouble the channel had.
/// </summary>
internal sealed class FollowCommand(
    KnowledgeBase knowledge, SubscriptionStore subscriptions, ForeignFollows foreign, ChannelTroubles troubles, ModeratorRoles moderators, CallableRoles roles) : IChatCommand
{
    private const string Digest = "digest";
    private const string Ping = "ping";

    public CommandDescription Description { get; } = new(
        "follow",
        "Post each new story about a person, country, organisation or topic here, once",
        FollowOption.Of(knowledge),
        ChannelOption.Of("Post there instead of here"),
        DigestOption.Of(Digest, "When its stories are told, if not as the channel's: at once, hourly, daily 08:00, weekly mon 08:00", DigestOption.AsTheChannel),
        new CommandOption(Ping, "The role or user group that its alerts call; for moderators", OptionKind.Role))
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
        var rhythm = asked is null or DigestOption.AsTheChannel ? null : DigestRhythm.Parse(asked);
        if (rhythm is null && asked is not (null or DigestOption.AsTheChannel))
        {
            return DigestOption.Misread(asked);
        }

        var target = ChannelOption.TargetOf(invocation);
        var ping = invocation.Find(Ping)?.Trim() is { Length: > 0 } role ? role : null;
        if (PingFault(invocation, target, ping) is { } refused)
        {
            return refused;
        }

        if (await ChannelOption.PostingFaultAsync(invocation, cancellationToken) is { } closed)
        {
            return closed;
        }

        var expression = ((FollowResult.Understood)result).Expression;
        var origin = new FollowOrigin(target, invocation.NameOf(target), invocation.User.Name, invocation.User.Inbox, invocation.Community) { Ping = ping };
        var added = await subscriptions.AddAsync(origin, expression, cancellationToken, foreign.Noting(invocation, null, expression, calls: ping));
        var calls = !added && ping is not null && await LetCallAsync(invocation, target, expression, ping, cancellationToken);
        await (asked is null ? Task.CompletedTask : subscriptions.SetDigestAsync(target, expression, rhythm, cancellationToken));
        var resumed = await troubles.ResumeAsync(target, cancellationToken);
        return Answer(invocation, expression, added, calls, resumed, asked is null ? null : rhythm is null ? "when the channel is told" : DigestOption.Told(rhythm));
    }

    /// <returns>False if it calls that role already.</returns>
    private async Task<bool> LetCallAsync(CommandInvocation invocation, ChannelAddress target, FollowExpression expression, string ping, CancellationToken cancellationToken)
    {
        var before = (await subscriptions.ListAsync(target, cancellationToken)).FirstOrDefault(s => s.Expression.ToString() == expression.ToString())?.Ping;
        return await subscriptions.CallAsync(target, expression, ping, cancellationToken, foreign.Noting(invocation, expression, expression, before, ping));
    }

    private Card? PingFault(CommandInvocation invocation, ChannelAddress target, string? ping) => ping switch
    {
        null => null,
        _ when !moderators.Moderates(invocation) => Card.Problem("Only moderators may let a follow call a role", new CardBlock.Paragraph("Follow without the option ping, or ask a moderator of this channel.")),
        _ when !roles.Has(target, ping, invocation.Community) => Card.Problem("That can't be called", new CardBlock.Paragraph(CallableRoles.HowToWrite)),
        _ => null,
    };

    private Card Answer(CommandInvocation invocation, FollowExpression expression, bool added, bool calls, bool resumed, string? told)
    {
        var target = ChannelOption.TargetOf(invocation);
        var isHere = target == invocation.Channel;
        var posted = $"Each new story that matches is posted {(isHere ? "here" : $"in {invocation.NameOf(target)}")} once, with the reason.";
        return Card.Answer(
            $"{(added || calls ? "Following" : "Already following")} {expression}{(isHere ? "" : $" in {invocation.NameOf(target)}")}",
            [
                new CardBlock.Facts([.. expression.Names.Distinct().Select(n => new CardFact(n.ToString(), Describe(n)))]),
                new CardBlock.Paragraph(added
                    ? $"{posted} Stories that are only mentioned in passing are left out; write mentions:NAME to have them too."
                    : calls ? "The channel had that follow already. Its alerts call the role from now on." : told is null ? "The channel has that follow already. Nothing was changed." : "The channel has that follow already."),
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
