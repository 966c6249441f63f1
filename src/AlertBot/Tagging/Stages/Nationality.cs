using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Tells a nationality that stands for a state from that of private people, firms and dishes.</summary>
internal static class Nationality
{
    private const int AdjectiveReach = 4;

    public static (bool Counts, string Rule) Read(Finding finding)
    {
        if (LongerName.Around(finding) is { } name)
        {
            return (false, name);
        }

        return ReadNounAfter(finding, false);
    }

    // The noun that the nationality belongs to decides: "Chinese troops" are the state, a "Chinese grocer" is not.
    public static (bool Counts, string Rule) ReadNounAfter(Finding finding, bool counts)
    {
        for (var i = 0; i < AdjectiveReach; i++)
        {
            var word = finding.After(i);
            if (word.IsJoined && i == 0)
            {
                return (false, "nationality");
            }

            if (i == 0 && PlaceSyntax.IsVerb(finding, 0) && !word.Is(WordClass.State | WordClass.Title))
            {
                return ReadPeople(finding);
            }

            if (word.Is(WordClass.State | WordClass.Title | WordClass.Body))
            {
                return (true, "nationality of a state's servant or means");
            }

            if (word.Is(WordClass.People) && !word.Is(WordClass.Motion | WordClass.Act))
            {
                return (false, "nationality of private people");
            }

            if (!word.IsWord || word.Is(WordClass.Stop | WordClass.Preposition | WordClass.Auxiliary | WordClass.Say | WordClass.Conjunction))
            {
                return i == 0 ? ReadPeople(finding) : (counts, "nationality");
            }

            if (finding.Reading.FindingAt(finding.End + i)?.Actor is not null)
            {
                return (true, "nationality of an actor");
            }
        }

        return (counts, "nationality");
    }

    // A people as a body: "the Americans want", not "a Japanese" or "were Dutch".
    private static (bool Counts, string Rule) ReadPeople(Finding finding)
    {
        var before = finding.Before(1);
        var hasPlural = finding.Actor!.Demonyms.Contains($"{finding.Words}s", StringComparer.Ordinal);
        var isPlural = !hasPlural && (finding.Words.EndsWith('s') || before.Hash == Words.The);
        var isSome = before.Is(WordClass.Number) || before.Kind == TokenKind.Number || (before.Is(WordClass.Article) && before.Hash != Words.The);
        return isPlural && !isSome && (PlaceSyntax.IsVerb(finding, 0) || before.Hash == Words.The || before.Is(WordClass.PartnerPreposition) || finding.After(0).Kind == TokenKind.Possessive)
            ? (true, "a people as a political body")
            : (false, "nationality of private people");
    }
}
