namespace AlertBot.Knowledge;

/// <summary>Somebody or something that stories are about. The slug is its identity and never changes.</summary>
/// <param name="Surname">The bare name, ambiguous by nature; persons only.</param>
/// <param name="Metonyms">Words that may stand for the government, and may be mere places.</param>
internal sealed record Actor(
    string Slug,
    string Name,
    ActorKind Kind,
    string? Surname,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string> Demonyms,
    string? Capital,
    IReadOnlyList<string> Metonyms)
{
    /// <summary>The scripts other than Latin in which a country writes its names, by <see cref="Knowledge.Scripts"/>.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];
}

internal enum ActorKind
{
    Person,
    Organization,
    Country,
}

/// <summary>An office held: both days included. No <paramref name="From"/> means from the beginning, no <paramref name="To"/> until now.</summary>
/// <param name="Of">The slug of the country or organisation.</param>
internal sealed record Role(string Title, string Of, DateOnly? From, DateOnly? To)
{
    public bool HeldOn(DateOnly day) => (From is null || From <= day) && (To is null || day <= To);
}
