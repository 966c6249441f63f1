using AlertBot.Knowledge;

namespace AlertBot.Commands.Registers;

/// <summary>An actor as a register outside has it.</summary>
/// <param name="Ids">What it is called there and in other registers; the first is this register's own.</param>
/// <param name="Slug">Null where the register gives none.</param>
/// <param name="Distinctions">What tells it from another of the same name, the best first: an office, a country, a year of birth.</param>
/// <param name="Place">Where it stands in the file.</param>
internal sealed record RegisterActor(
    IReadOnlyList<(string Register, string Id)> Ids,
    string? Slug,
    ActorKind Kind,
    string Name,
    string? Surname,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<RegisterRole> Roles,
    IReadOnlyList<string> Demonyms,
    string? Capital,
    IReadOnlyList<string> Metonyms,
    IReadOnlyList<string> Distinctions,
    string Place);

/// <summary>An office in a country or body that may not be an actor here.</summary>
internal sealed record RegisterRole(string Title, RegisterRef Of, DateOnly? From, DateOnly? To)
{
    /// <summary>How the knowledge base says that an organization belongs to a country.</summary>
    public const string Body = "body";
}

/// <summary>Somebody or something that a register points at.</summary>
/// <param name="Id">Its id in that register; null where there is the name alone.</param>
internal sealed record RegisterRef(string? Id, string? Name);

/// <summary>A register outside that can be read from a file of any size.</summary>
internal interface IRegister
{
    /// <summary>What the register is called in the ids of the actors that come from it.</summary>
    string Name { get; }

    /// <summary>The actors of the file. What is left out and what is wrong goes to the notes.</summary>
    IEnumerable<RegisterActor> Read(string file, RegisterNotes notes);
}

/// <summary>What a register did not give, and why.</summary>
internal sealed class RegisterNotes
{
    private const int MostFaults = 50;

    private readonly Dictionary<string, (int Count, string Example)> _skipped = new(StringComparer.Ordinal);

    /// <summary>Any of them means that the file is not what it should be, and that nothing may be written.</summary>
    public List<KnowledgeFault> Faults { get; } = [];

    /// <summary>Each reason with the number of those whom it holds for and one of them, the commonest first.</summary>
    public IEnumerable<(string Reason, int Count, string Example)> Skipped =>
        _skipped.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value.Count, pair.Value.Example));

    public long Read { get; private set; }

    /// <summary>Called after each entry that was read.</summary>
    public Action<long> OnRead { get; init; } = _ => { };

    public bool IsHopeless => Faults.Count >= MostFaults;

    public void Count() => OnRead(++Read);

    public void Skip(string reason, string who) => _skipped[reason] = _skipped.TryGetValue(reason, out var before) ? (before.Count + 1, before.Example) : (1, who);

    public void Fault(string file, int line, string reason)
    {
        if (!IsHopeless)
        {
            Faults.Add(new KnowledgeFault(file, line, reason));
        }
    }
}
