using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>Who said something: an actor, or somebody with the name or the words that the story gives.</summary>
internal sealed record Speaker(Actor? Actor, string? Name)
{
    public static readonly Speaker Unknown = new(null, null);

    /// <summary>Whether it is somebody whom the story names, not a body or a mere description.</summary>
    public bool IsPerson { get; private init; }

    /// <summary>What made it the speaker.</summary>
    public string Rule { get; private init; } = "";

    public Speaker By(string rule) => this with { Rule = rule };

    public static Speaker Of(Finding found) =>
        found.Person is { } person ? Of(person) : new Speaker(found.Actor, found.Words);

    public static Speaker Of(Person person)
    {
        person.HasSpoken = true;
        return new Speaker(person.Actor, person.Name) { IsPerson = true };
    }

    /// <summary>Whether the words name somebody or something that can speak.</summary>
    public static bool IsNamedBy(Finding found) =>
        found.Person is not null || (found.Actor is not null && found.Counts && found.Kind != FindingKind.Demonym);
}
