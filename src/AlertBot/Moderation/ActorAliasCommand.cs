using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/actor alias: adds and removes single aliases of an actor; the others stay.</summary>
internal sealed class ActorAliasCommand(KnowledgeBase knowledge, ActorEditor editor) : IChatCommand
{
    private const string Add = "add";
    private const string Remove = "remove";

    public CommandDescription Description { get; } = new(
        "actor alias",
        "Add and remove single aliases of an actor; shows first what that does to the archive",
        ActorOption.Of(knowledge, OptionKind.Text),
        new CommandOption(Add, "Aliases to add, with ; between them", OptionKind.Rest),
        new CommandOption(Remove, "Aliases to remove, with ; between them", OptionKind.Rest),
        ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "actor alias kim-yung-ho add:Kim Young-ho; 김영호 remove:Minister Kim",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = ActorOption.Find(invocation[ActorOption.Name].Trim(), knowledge, "actor edit");
        if (found is not { } actor)
        {
            return problem!;
        }

        var (added, removed) = (TypedNames.ListOf(invocation.Find(Add)), TypedNames.ListOf(invocation.Find(Remove)));
        if (FaultsOf(actor, added, removed).ToList() is { Count: > 0 } faults)
        {
            return ActorChange.Refused($"{actor.Name} was not edited", faults);
        }

        var fields = new ActorFields(Aliases: [.. actor.Aliases.Where(a => !removed.Contains(a, StringComparer.OrdinalIgnoreCase)).Union(added)]);
        var options = new[] { (ActorOption.Name, actor.Slug), (Add, string.Join("; ", added)), (Remove, string.Join("; ", removed)) }.Where(o => o.Item2.Length > 0);
        return await editor.ChangeAsync(invocation, (Description, options), (actor.Slug, fields), ("Edited", $"{actor.Name} was not edited"), cancellationToken);
    }

    private static IEnumerable<string> FaultsOf(Actor actor, IReadOnlyList<string> added, IReadOnlyList<string> removed)
    {
        if (added.Count + removed.Count == 0)
        {
            yield return $"Say which: /actor alias {actor.Slug} add:One; Two or remove:Three.";
        }

        foreach (var both in added.Intersect(removed, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"“{both}” is to be added and removed: say one of the two.";
        }

        foreach (var unknown in removed.Where(r => !actor.Aliases.Contains(r, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"“{unknown}” is no alias of {actor.Name}: {(actor.Aliases.Count > 0 ? $"it has {string.Join("; ", actor.Aliases)}" : "it has none")}.";
        }
    }
}
