using AlertBot.Knowledge;
using AlertBot.Platforms;

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

    /// <summary>What came of a change, for the channel.</summary>
    public static Card Answer(ActorEditResult result, string done, string refused, CardAction next) => result switch
    {
        ActorEditResult.Done(var actor, var from, var to) => Card.Answer(
            $"{done} {actor.Name}",
            new CardBlock.Facts([.. Facts(from, to)]),
            new CardBlock.Paragraph("New stories are tagged with it from now on. Stories of the archive keep the tags that they have.")) with
        {
            Actions = [next, new CardAction($"Who: {actor.Name}", $"/who {actor.Slug}")],
        },
        ActorEditResult.Refused(var why) => Card.Problem(
            refused, new CardBlock.Items(null, [.. why.Select(w => new CardItem(w))]), new CardBlock.Paragraph("Nothing was changed.")),
        _ => throw new InvalidOperationException($"Unknown result {result}."),
    };

    private static string OrNone(string? surname) => string.IsNullOrEmpty(surname) ? "none" : surname;
}
