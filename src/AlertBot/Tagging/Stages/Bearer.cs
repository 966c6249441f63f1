using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Somebody whom a bare surname may mean, with what speaks for and against it.</summary>
internal sealed record Bearer(Person Person, double Score, Grounds Grounds)
{
    private static readonly (Grounds Ground, string Words)[] Told =
    [
        (Grounds.Introduced, "introduced in this paragraph"),
        (Grounds.NamedLast, "named last"),
        (Grounds.NotIntroduced, "not introduced, others are"),
        (Grounds.Leads, "at the head of a country or body on the day"),
        (Grounds.Subject, "the subject of the sentence that introduces"),
        (Grounds.InFocus, "named often"),
        (Grounds.Named, "named before"),
        (Grounds.Speaks, "has spoken before"),
        (Grounds.Silent, "has not spoken yet, others have"),
        (Grounds.Country, "the sentence speaks of the country"),
        (Grounds.Office, "the words behind fit the office"),
        (Grounds.OutOfOffice, "out of office on the day"),
    ];

    public Candidate ToCandidate() =>
        new(Person.Name, Person.Actor?.Slug, Math.Round(Score, 2), string.Join("; ", Told.Where(pair => Grounds.HasFlag(pair.Ground)).Select(pair => pair.Words)));
}

/// <summary>What can speak for or against a bearer.</summary>
[Flags]
internal enum Grounds
{
    None = 0,
    Introduced = 1 << 0,
    NamedLast = 1 << 1,
    NotIntroduced = 1 << 2,
    Leads = 1 << 3,
    Subject = 1 << 4,
    InFocus = 1 << 5,
    Named = 1 << 6,
    Speaks = 1 << 7,
    Silent = 1 << 8,
    Country = 1 << 9,
    Office = 1 << 10,
    OutOfOffice = 1 << 11,
}
