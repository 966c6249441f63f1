using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>/actor merge: two actors are one from now on. Tells first what moves.</summary>
internal sealed class ActorMergeCommand(KnowledgeBase knowledge, ActorEdits edits, ArchiveMerge archive, SubscriptionStore subscriptions, RetagPreview preview) : IChatCommand
{
    private const string From = "from";
    private const string Into = "into";

    public CommandDescription Description { get; } = new(
        "actor merge",
        "Make two actors one: names, tags, quotes, follows, offices and reports go to the second",
        ActorOption.Of(knowledge, OptionKind.Text) with { Name = From, Summary = "The one that goes: its slug or name" },
        ActorOption.Of(knowledge, OptionKind.Rest) with { Name = Into, Summary = "The one that stays: its slug or name" },
        ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "actor merge kim-young-ho kim-yung-ho",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (from, problem) = ActorOption.Find(invocation[From].Trim(), knowledge, "actor edit");
        var (into, otherProblem) = ActorOption.Find(invocation[Into].Trim(), knowledge, "actor edit");
        if (from is null || into is null)
        {
            return (problem ?? otherProblem)!;
        }

        var fields = new ActorFields { Into = into.Slug };
        var attempt = edits.Try(from.Slug, fields);
        var moved = await MovedAsync(from, into, cancellationToken);
        var apply = ApplyOption.IsGiven(invocation) ? null : ApplyOption.LineOf(Description, (From, from.Slug), (Into, into.Slug));
        return await ActorChange.AskAsync(attempt, preview, apply, cancellationToken, moved) ?? ActorChange.Answer(
            await edits.EditAsync(from.Slug, fields, invocation.Origin, cancellationToken, (transaction, number) => ArchiveMerge.MoveAsync(transaction, number, from.Slug, into.Slug)),
            "Merged",
            $"{from.Name} was not merged into {into.Name}",
            moved);
    }

    private async Task<CardBlock> MovedAsync(Actor from, Actor into, CancellationToken cancellationToken)
    {
        var share = await archive.ShareOfAsync(from.Slug, cancellationToken);
        var follows = await subscriptions.ListNamingAsync(new TagName(TagKind.Actor, from.Slug), cancellationToken);
        var serving = knowledge.Actors.Sum(a => a.Roles.Count(r => r.Of == from.Slug));
        return new CardBlock.Facts(
        [
            new CardFact("Moves to", $"{into.Name} ({into.Slug})"),
            new CardFact("Stories", $"{share.Stories}"),
            new CardFact("Quotes", $"{share.Quotes}"),
            new CardFact("Reports of wrong tags", $"{share.Reports}"),
            new CardFact("Follows", $"{follows.Count}{(follows.Count > 0 ? $", which name {into.Slug} from then on" : "")}"),
            new CardFact("Offices", $"{from.Roles.Count} held{(serving > 0 ? $", {serving} in it" : "")}"),
            new CardFact("Typed", $"{from.Slug} means {into.Slug} from then on"),
        ]);
    }
}
