using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;

namespace AlertBot.Moderation;

/// <summary>/actor set: changes the names of an actor at once, without touching the knowledge files. What is left out stays.</summary>
internal sealed class ActorSetCommand(KnowledgeBase knowledge, ActorEdits edits, RetagPreview preview) : IChatCommand
{
    public const string Name = "name";
    public const string Surname = "surname";
    public const string Aliases = "aliases";

    private const string None = "-";

    public CommandDescription Description { get; } = new(
        "actor set",
        "Change the name, surname or aliases of an actor; shows first what that does to the archive",
        ActorOption.Of(knowledge, OptionKind.Text),
        new CommandOption(Name, "The new name; the old one stays if left out"),
        new CommandOption(Surname, "The new surname, or - for none; persons only"),
        new CommandOption(Aliases, "All aliases, with ; between them or one on each line, or - for none", OptionKind.Rest),
        ApplyOption.Option)
    {
        ModeratorsOnly = true,
        Changes = true,
        Example = "actor set kim-yung-ho aliases:Kim Yung-ho; Kim Young-ho; 김영호",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (found, problem) = ActorOption.Find(invocation[ActorOption.Name].Trim(), knowledge, "actor edit");
        if (found is not { } actor)
        {
            return problem!;
        }

        var fields = new ActorFields(
            invocation.Find(Name) is { } name ? OneLine(name) : null,
            invocation.Find(Surname) is { } surname ? ValueOf(surname) : null,
            invocation.Find(Aliases) is { } aliases ? ListOf(aliases) : null);
        var attempt = edits.Try(actor.Slug, fields);
        var apply = ApplyOption.IsGiven(invocation) ? null : ApplyOption.LineOf(Description, Typed(actor, fields));
        return await ActorChange.AskAsync(attempt, knowledge, preview, apply, cancellationToken) ?? ActorChange.Answer(
            await edits.EditAsync(actor.Slug, fields, ActorChange.By(invocation.User), cancellationToken),
            "Edited",
            $"{actor.Name} was not edited",
            new CardAction("Take it back", $"/actor undo {actor.Slug}"));
    }

    // On one line, whatever a form had in it.
    private static IEnumerable<(string Option, string Value)> Typed(Actor actor, ActorFields fields)
    {
        yield return (ActorOption.Name, actor.Slug);
        if (fields.Name is { } name)
        {
            yield return (Name, name);
        }

        if (fields.Surname is { } surname)
        {
            yield return (Surname, surname.Length > 0 ? surname : None);
        }

        if (fields.Aliases is { } aliases)
        {
            yield return (Aliases, aliases.Count > 0 ? string.Join("; ", aliases) : None);
        }
    }

    private static string ValueOf(string text) => OneLine(text) is var value && value == None ? "" : value;

    private static IReadOnlyList<string> ListOf(string text) =>
        [.. text.Split([';', '\n', '\r']).Select(ValueOf).Where(alias => alias.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
