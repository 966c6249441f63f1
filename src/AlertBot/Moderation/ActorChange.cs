using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;

namespace AlertBot.Moderation;

/// <summary>A change of an actor in words.</summary>
internal static class ActorChange
{
    /// <summary>One row for each thing that differs.</summary>
    public static IEnumerable<CardFact> Facts(ActorFields from, ActorFields to)
    {
        if (to.Name is { } name)
        {
            yield return new CardFact("Name", $"{from.Name} → {name}");
        }

        if (to.Surname is { } surname)
        {
            yield return new CardFact("Surname", $"{OrNone(from.Surname)} → {OrNone(surname)}");
        }

        var (before, after) = (from.Aliases ?? [], to.Aliases ?? []);
        var (added, removed) = (after.Except(before).ToList(), before.Except(after).ToList());
        if (added.Count > 0)
        {
            yield return new CardFact("Aliases added", string.Join(", ", added));
        }

        if (removed.Count > 0)
        {
            yield return new CardFact("Aliases removed", string.Join(", ", removed));
        }

        if (to.Aliases is not null && added.Count + removed.Count == 0)
        {
            yield return new CardFact("Aliases", "in another order");
        }
    }

    /// <summary>How the history of edits names a person: names change, ids do not.</summary>
    public static string By(ChatUser user) => $"{user.Name} ({user.Id})";

    /// <summary>Asks before a change that stories of the archive would change with. Null where there is nothing to ask.</summary>
    /// <param name="apply">The line that makes the change; null: it was said that it shall be made at once.</param>
    public static async Task<Card?> AskAsync(ActorEditResult attempt, KnowledgeBase knowledge, RetagPreview preview, string? apply, CancellationToken cancellationToken)
    {
        if (apply is null || attempt is not ActorEditResult.Done(var actor, var from, var to))
        {
            return null;
        }

        var next = knowledge.Current.With(actor);
        return await preview.OfAsync(next, cancellationToken) is { Changed: > 0 } forecast
            ? ForecastCard.Ask(new CardBlock.Facts([new CardFact("Actor", $"{actor.Name} ({actor.Slug})"), .. Facts(from, to)]), forecast, next, apply)
            : null;
    }

    /// <summary>What came of a change, for the channel.</summary>
    public static Card Answer(ActorEditResult result, string done, string refused, CardAction next) => result switch
    {
        ActorEditResult.Done(var actor, var from, var to) => Card.Answer(
            $"{done} {actor.Name}",
            new CardBlock.Facts([.. Facts(from, to)]),
            new CardBlock.Paragraph("New stories are tagged with it from now on; those of the archive are tagged anew in the background, and nothing is posted for them.")) with
        {
            Actions = [next, new CardAction($"Who: {actor.Name}", $"/who {actor.Slug}"), new CardAction("The archive", "/retag")],
        },
        ActorEditResult.Refused(var why) => Card.Problem(
            refused, new CardBlock.Items(null, [.. why.Select(w => new CardItem(w))]), new CardBlock.Paragraph("Nothing was changed.")),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    private static string OrNone(string? surname) => string.IsNullOrEmpty(surname) ? "none" : surname;
}
