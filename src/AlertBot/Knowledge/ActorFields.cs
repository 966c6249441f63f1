using System.Text.Json;
using System.Text.Json.Serialization;

namespace AlertBot.Knowledge;

/// <summary>What moderators can change of an actor. A field that is null is left as it is.</summary>
/// <param name="Surname">Empty for none.</param>
internal sealed record ActorFields(string? Name = null, string? Surname = null, IReadOnlyList<string>? Aliases = null)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Of an actor that is added.</summary>
    public ActorKind? Kind { get; init; }

    /// <inheritdoc cref="Kind"/>
    public IReadOnlyList<Role>? Roles { get; init; }

    /// <summary>The slug of the actor that it was merged into: it is none of its own any more.</summary>
    public string? Into { get; init; }

    /// <summary>All of an actor.</summary>
    public static ActorFields Of(Actor actor) => new(actor.Name, actor.Surname ?? "", actor.Aliases) { Kind = actor.Kind, Roles = actor.Roles };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static ActorFields? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<ActorFields>(json, Json);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>The actor with these fields.</summary>
    public Actor On(Actor actor) => actor with
    {
        Name = Name ?? actor.Name,
        Kind = Kind ?? actor.Kind,
        Surname = Surname is null ? actor.Surname : Surname.Length == 0 ? null : Surname,
        Aliases = Aliases ?? actor.Aliases,
        Roles = Roles ?? actor.Roles,
    };

    /// <summary>The fields in which two states of one actor differ, as they are in the first and in the second; null if in none.</summary>
    public static (ActorFields? From, ActorFields? To)? Between(Actor first, Actor second)
    {
        var name = first.Name != second.Name;
        var surname = first.Surname != second.Surname;
        var aliases = !first.Aliases.SequenceEqual(second.Aliases, StringComparer.Ordinal);
        return name || surname || aliases ? (In(first), In(second)) : null;

        ActorFields In(Actor actor) => new(name ? actor.Name : null, surname ? actor.Surname ?? "" : null, aliases ? actor.Aliases : null);
    }
}
