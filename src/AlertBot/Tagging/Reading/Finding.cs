using AlertBot.Knowledge;

namespace AlertBot.Tagging.Reading;

/// <summary>Words that may name an actor, and what later stages make of them.</summary>
internal sealed class Finding(TextReading reading, int first, int end, FindingKind kind, Actor? actor, string rule)
{
    public TextReading Reading { get; } = reading;

    public int First { get; } = first;

    /// <summary>The token after the last.</summary>
    public int End { get; } = end;

    public FindingKind Kind { get; } = kind;

    /// <summary>The one meant; null where it is decided that no known actor is.</summary>
    public Actor? Actor { get; set; } = actor;

    public string Rule { get; set; } = rule;

    /// <summary>Whether it tags the story: a country as a mere place is found and does not.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>The person of the story that is meant, known to the knowledge base or not.</summary>
    public Person? Person { get; set; }

    /// <summary>Those who were weighed, the likeliest first; empty where there was no doubt.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>The country that the words bring along, e.g. by an office with its nationality.</summary>
    public Actor? Country { get; set; }

    public ref Token FirstToken => ref Reading.Tokens[First];

    public string Words => Reading.WordsOf(First, End);

    public int Sentence => Reading.Tokens[First].Sentence;

    /// <summary>A token of the same sentence before it; 1 is the nearest.</summary>
    public Token Before(int back) => Reading.Near(First - back, Sentence);

    public Token BeforeSkippingArticle(int back) => Before(back).Is(WordClass.Article) ? Before(back + 1) : Before(back);

    /// <summary>A token of the same sentence behind it; 0 is the nearest.</summary>
    public Token After(int ahead) => Reading.Near(End + ahead, Sentence);

    /// <summary>Decides that it names no actor.</summary>
    public void Dismiss(string rule)
    {
        Actor = null;
        Counts = false;
        Rule = rule;
    }
}

internal enum FindingKind : byte
{
    Name,
    Demonym,
    Metonym,
    Office,
    Surname,
    Body,
}

/// <summary>Somebody whom the story names.</summary>
internal sealed class Person(string name, Actor? actor, ulong firstName, ulong lastName)
{
    /// <summary>The fullest name that the story gives.</summary>
    public string Name { get; } = name;

    public Actor? Actor { get; } = actor;

    private readonly HashSet<ulong> _names = [firstName, lastName];

    /// <summary>Whether the bare word may be this person's surname: of somebody unknown, the first or the last name.</summary>
    public bool Bears(ulong word) => _names.Contains(word);

    /// <summary>The story spells the name in one more way.</summary>
    public void AlsoBears(ulong word) => _names.Add(word);

    public Gender Gender { get; set; }

    public bool HasSpoken { get; set; }

    /// <summary>Whether the sentence that last named this person has him for its subject.</summary>
    public bool EntersAsSubject { get; set; }

    public int TimesNamed { get; set; }

    /// <summary>The body token at which the story last named him so far; -1 until it does.</summary>
    public int LastNamedAt { get; set; } = -1;
}

internal enum Gender : byte
{
    Unknown,
    Male,
    Female,
}

internal static class Genders
{
    /// <summary>Words that both sexes bear tell nothing.</summary>
    public static Gender Of(WordClass word) => (word & (WordClass.Male | WordClass.Female)) switch
    {
        WordClass.Male => Gender.Male,
        WordClass.Female => Gender.Female,
        _ => Gender.Unknown,
    };
}
