using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/actor set: changes the names of an actor at once, without touching the knowledge files. What is left out stays.</summary>
internal sealed class ActorSetCommand(KnowledgeBase knowledge, ActorEditor editor) : IChatCommand
{
    public const string Name = "name";
    public const string Surname = "surname";
    public const string Aliases = "aliases";

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
            invocation.Find(Name) is { } name ? TypedNames.OneLine(name) : null,
            invocation.Find(Surname) is { } surname ? TypedNames.ValueOf(surname) : null,
            invocation.Find(Aliases) is { } aliases ? TypedNames.ListOf(aliases) : null);
        return await editor.ChangeAsync(invocation, (Description, Typed(actor, fields)), (actor.Slug, fields), ("Edited", $"{actor.Name} was not edited"), cancellationToken);
    }

    private static IEnumerable<(string Option, string Value)> Typed(Actor actor, ActorFields fields)
    {
        yield return (ActorOption.Name, actor.Slug);
        if (fields.Name is { } name)
        {
            yield return (Name, name);
        }

        if (fields.Surname is { } surname)
        {
            yield return (Surname, surname.Length > 0 ? surname : TypedNames.None);
        }

        if (fields.Aliases is { } aliases)
        {
            yield return (Aliases, TypedNames.Typed(aliases));
        }
    }
}
