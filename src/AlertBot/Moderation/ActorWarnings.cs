using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Tagging;

namespace AlertBot.Moderation;

/// <summary>What is risky about names that an actor gets, as <c>alertbot knowledge check</c> tells it of the files: nothing forbids them.</summary>
internal static class ActorWarnings
{
    /// <param name="known">What is known while the actor does not have the names yet.</param>
    /// <returns>One block, or none where nothing is risky.</returns>
    public static IReadOnlyList<CardBlock> Of(ActorEditResult attempt, KnowledgeSnapshot known)
    {
        if (attempt is not ActorEditResult.Done { Edit: { To.Into: null } edit } done || done.Next.FindActor(edit.Slug) is not { } actor)
        {
            return [];
        }

        var before = known.FindActor(edit.Slug) is { } old ? old.Aliases.Append(old.Name) : [];
        var risks = actor.Aliases.Append(actor.Name).Distinct(StringComparer.Ordinal).Except(before).SelectMany(name => RisksOf(name, actor, known)).ToList();
        return risks.Count == 0 ? [] : [new CardBlock.Items("Beware", [.. risks.Select(r => new CardItem(r))])];
    }

    private static IEnumerable<string> RisksOf(string name, Actor actor, KnowledgeSnapshot known)
    {
        if (RiskyNames.Why(name, actor.Kind) is { } why)
        {
            yield return $"“{name}” {why}.";
        }

        foreach (var other in known.BearersOf(name).Where(other => other.Slug != actor.Slug))
        {
            yield return $"“{name}” names {other.Name} ({other.Slug}) as well: each story has to tell who is meant; keep it at one if the other is hardly ever called so.";
        }
    }
}
