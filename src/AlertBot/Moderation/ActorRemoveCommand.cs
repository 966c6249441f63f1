using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>/actor remove: new stories no longer get the actor, and those of the archive lose it. Follows of it are kept, and sleep.</summary>
internal sealed class ActorRemoveCommand(KnowledgeBase knowledge, ActorEdits edits, SubscriptionStore subscriptions, RetagPreview preview) : IChatCommand
{
    private const int FollowsShown = 10;

    public CommandDescription Description { get; } = new(
        "actor remove", "Remove an actor; new stories do not get it any more, and follows of it sleep", ActorOption.Of(knowledge, OptionKind.Rest), ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "actor remove kim-yung-ho",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = ActorOption.Find(invocation[ActorOption.Name].Trim(), knowledge, Description.Name);
        if (found is not { } actor)
        {
            return problem!;
        }

        var asleep = Asleep(await subscriptions.ListNamingAsync(new TagName(TagKind.Actor, actor.Slug), cancellationToken), invocation.Channel);
        var apply = ApplyOption.IsGiven(invocation) ? null : ApplyOption.LineOf(Description, (ActorOption.Name, actor.Slug));
        return await ActorChange.AskAsync(edits.Try(actor.Slug, null), preview, apply, cancellationToken, asleep)
            ?? ActorChange.Answer(await edits.EditAsync(actor.Slug, null, invocation.Origin, cancellationToken), "Removed", $"{actor.Name} was not removed", asleep);
    }

    // What other channels are called is theirs.
    private static IReadOnlyList<CardBlock> Asleep(IReadOnlyList<Subscription> follows, ChannelAddress here)
    {
        var groups = follows.GroupBy(f => f.Expression.ToString()!).ToList();
        return groups.Count == 0 ? [new CardBlock.Paragraph("Nobody follows it.")] :
        [
            new CardBlock.Items("Follows that name it: they are kept, and it brings nothing until it is there again", [.. groups.Take(FollowsShown).Select(g => new CardItem(g.Key, Detail: Where([.. g])))]),
            .. groups.Count > FollowsShown ? [new CardBlock.Paragraph($"And {groups.Count - FollowsShown} more.")] : Array.Empty<CardBlock>(),
        ];

        string Where(IReadOnlyList<Subscription> same) => (same.Any(f => f.Channel == here), same.Count(f => f.Channel != here)) switch
        {
            (true, 0) => "this channel",
            (true, var others) => $"this channel and {Channels(others)}",
            (false, var others) => Channels(others),
        };

        static string Channels(int count) => count == 1 ? "1 other channel" : $"{count} other channels";
    }
}
