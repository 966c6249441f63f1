using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Moderation;

/// <summary>/actor edit: shows an actor's names in a form for changing them; elsewhere with the line to type.</summary>
internal sealed class ActorEditCommand(KnowledgeBase knowledge, ActorEdits edits) : IChatCommand
{
    private const int LongestTitle = 45;
    private const int LongestField = 4000;
    private const int EditsShown = 5;

    public CommandDescription Description { get; } = new("actor edit", "Change the name, surname and aliases of an actor in a form", ActorOption.Of(knowledge, OptionKind.Rest))
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "actor edit kim-yung-ho",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = ActorOption.Find(invocation[ActorOption.Name].Trim(), knowledge, Description.Name);
        if (found is not { } actor)
        {
            return problem!;
        }

        var history = await edits.HistoryAsync(actor.Slug, EditsShown, cancellationToken);
        return Card.Answer(
            $"Edit {actor.Name}",
            [
                new CardBlock.Facts([new CardFact("Name", actor.Name), .. Surname(actor), new CardFact("Aliases", actor.Aliases.Count > 0 ? string.Join("; ", actor.Aliases) : "none")]),
                new CardBlock.Paragraph($"To change it, type /actor set {actor.Slug} with what shall be: name:\"New name\"{(actor.Kind == ActorKind.Person ? " surname:\"New surname\"" : "")} aliases:One; Two; Three. The aliases come last and replace all that are there; what you leave out stays, and - stands for none."),
                .. Edits(history),
            ]) with
        {
            Form = Form(actor),
            Actions = history.FirstOrDefault(c => c.Stands) is { } last ? [UndoCommand.Of(last.Id, "Undo the last edit")] : [],
        };
    }

    // A field that can't hold all the aliases would lose the rest of them.
    private static CardForm? Form(Actor actor)
    {
        var aliases = string.Join('\n', actor.Aliases);
        if (aliases.Length > LongestField)
        {
            return null;
        }

        var title = $"Edit {actor.Name}";
        return new CardForm(
            title.Length <= LongestTitle ? title : title[..(LongestTitle - 1)] + "…",
            $"/actor set {actor.Slug}",
            [
                new FormField(ActorSetCommand.Name, "Name", actor.Name) { Required = true, MaxLength = 100 },
                .. Surname(actor).Select(_ => new FormField(ActorSetCommand.Surname, "Surname", actor.Surname ?? "") { MaxLength = 100 }),
                new FormField(ActorSetCommand.Aliases, "Aliases, one on each line", aliases) { Multiline = true, MaxLength = LongestField },
            ]);
    }

    private static IEnumerable<CardFact> Surname(Actor actor)
    {
        if (actor.Kind == ActorKind.Person)
        {
            yield return new CardFact("Surname", actor.Surname ?? "none");
        }
    }

    private static IEnumerable<CardBlock> Edits(IReadOnlyList<StoredChange> history)
    {
        if (history.Count > 0)
        {
            yield return new CardBlock.Items("Last edits", [.. history.Select(c => new CardItem(
                string.Join("; ", ActorChange.Facts(ActorEdit.Of(c)).Select(f => $"{f.Label}: {f.Value}")),
                Detail: $"by {c.Change.By}{(c.Stands ? "" : $", taken back by {c.UndoneBy}")}",
                At: c.At))]);
        }
    }
}
