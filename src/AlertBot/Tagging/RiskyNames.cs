using AlertBot.Knowledge;

namespace AlertBot.Tagging;

/// <summary>Names that a text has without meaning the actor.</summary>
internal static class RiskyNames
{
    // The tagger reads no longer ones.
    private const int MostWords = 15;

    public static List<KnowledgeFault> Of(IReadOnlyList<ActorEntry> actors) =>
    [
        .. from entry in actors
           from name in entry.Names.DistinctBy(name => name.Text.Trim(), StringComparer.Ordinal)
           let why = Why(name.Text.Trim(), entry.Actor.Kind)
           where why is not null
           select new KnowledgeFault(entry.File, name.Line, $"\"{name.Text.Trim()}\" of {entry.Actor.Slug} {why}"),
    ];

    /// <summary>What is risky about a name, as the end of a sentence about it; null where nothing is.</summary>
    public static string? Why(string name, ActorKind kind)
    {
        if (name.Length == 0)
        {
            return null;
        }

        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        if (!name.Any(char.IsLetterOrDigit) || words > MostWords)
        {
            return $"is never found: a name has 1 to {MostWords} words of letters or digits; shorten or remove it";
        }

        if (words > 1 || !char.IsAsciiLetter(name[0]))
        {
            return null;
        }

        if (name.Length == 1)
        {
            return "is a single letter and is found everywhere: remove it";
        }

        if (name.Skip(1).Any(char.IsUpper) || !EverydayWords.Contains(name))
        {
            return null;
        }

        // Turkey can't be called otherwise.
        return char.IsLower(name[0]) ? "is an everyday word and is found wherever it stands: give it a capital, or remove it"
            : kind == ActorKind.Country ? null
            : "is an everyday word too, and may be meant so at the start of a sentence or in a headline: prefer a longer name";
    }
}
