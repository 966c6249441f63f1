using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Decides what each country, capital and building stands for: a government that acts or is acted upon, or a
/// mere place, a part of another name, the nationality of a private person. Only the first tags.
/// </summary>
internal sealed class CountryStage(Gazetteer gazetteer) : ITaggerStage
{
    private const int MotionReach = 5;
    private const int AdjectiveReach = 4;
    private const int LongestList = 12;

    public void Apply(TaggingDraft draft)
    {
        AddBodies(draft);
        foreach (var finding in draft.Findings.Where(finding => finding.Actor is { Kind: not ActorKind.Person } && finding.Kind is not FindingKind.Office and not FindingKind.Body).ToList())
        {
            var (counts, rule) = finding.Kind switch
            {
                FindingKind.Demonym => ReadDemonym(finding),
                FindingKind.Metonym => ReadMetonym(draft, finding),
                _ when IsNamesake(draft, finding) => (false, "surname of somebody who is not in the knowledge base"),
                _ => finding.Actor!.Kind == ActorKind.Country ? ReadCountry(finding) : ReadOrganization(finding),
            };
            finding.Rule = rule;
            finding.Counts = counts;
            if (!counts && (finding.Kind == FindingKind.Metonym || rule != "place"))
            {
                finding.Dismiss(rule);
            }
        }

        DismissAmericanStates(draft);
        ReadTitleAgain(draft);
    }

    // A country in the headline is the news even as a place; a city that the body knows as a place is no government.
    private static void ReadTitleAgain(TaggingDraft draft)
    {
        var isPolitical = draft.Findings.Exists(finding => finding.Counts && finding.Actor is not null);
        foreach (var finding in draft.Findings.Where(finding => finding.Reading == draft.Title).ToList())
        {
            if (finding is { Rule: "place", Kind: FindingKind.Name, Actor.Kind: ActorKind.Country })
            {
                finding.Counts = isPolitical && Before(finding, 1).Is(WordClass.PlacePreposition) && Before(finding, 1).Hash != In && Before(finding, 1).Hash != At;
                finding.Rule = finding.Counts ? "country in the headline" : finding.Rule;
            }
            else if (finding is { Kind: FindingKind.Metonym, Counts: true } && draft.Findings.Exists(other => other.Rule == "an American place" && other.FirstToken.Hash == finding.FirstToken.Hash))
            {
                finding.Dismiss("an American place");
            }
        }
    }

    // After "Michael Jordan" a bare "Jordan" is he, unless something of a state is said to be Jordan's.
    private static bool IsNamesake(TaggingDraft draft, Finding finding) =>
        finding.End - finding.First == 1
        && !(After(finding, 0).Kind == TokenKind.Possessive && After(finding, 1).Is(WordClass.State))
        && draft.Findings.Exists(other => other is { Person.Actor: null, Kind: FindingKind.Name } && other.Reading == finding.Reading && other.First < finding.First
            && other.Reading.Tokens[other.End - 1].Hash == finding.FirstToken.Hash);

    // "Its foreign ministry": the country is the one named last before it.
    private void AddBodies(TaggingDraft draft)
    {
        Actor? country = null;
        var at = 0;
        for (var i = 0; i < draft.Body.Tokens.Length; i++)
        {
            if (draft.Body.FoundAt[i] is { } found)
            {
                (country, at) = found.Actor is { Kind: ActorKind.Country } ? (found.Actor, i) : (country, at);
                continue;
            }

            var before = draft.Body.At(i - 1);
            if (country is null || draft.Body.Tokens[i].Zone != Zone.Story || !(before.Is(WordClass.Pronoun) || before.Hash == The) || draft.Body.Tokens[i].Sentence - draft.Body.Tokens[at].Sentence > 1)
            {
                continue;
            }

            if (gazetteer.BodyAt(draft.Body, i, country) is { } body)
            {
                draft.Add(new Finding(draft.Body, i, body.End, FindingKind.Body, body.Body, $"body of {country.Name}, named before"));
            }
        }
    }

    private static ulong For { get; } = WordHash.Of("for");

    private static ulong Out { get; } = WordHash.Of("out");

    private static ulong The { get; } = WordHash.Of("the");

    private static bool IsCompass(string metonym) => metonym.StartsWith("the ", StringComparison.Ordinal);

    private (bool Counts, string Rule) ReadOrganization(Finding finding)
    {
        var before = Before(finding, 1).Is(WordClass.Article) ? Before(finding, 2) : Before(finding, 1);
        var isAtBuilding = gazetteer.IsBuilding(finding.Actor!)
            && (before.Is(WordClass.PlacePreposition | WordClass.To | WordClass.From) || (before.Hash == For && Before(finding, 3).Is(WordClass.Contest)) || (before.Is(WordClass.Of) && Before(finding, 3).Hash == Out));
        if (isAtBuilding)
        {
            return (false, "the building");
        }

        var isFigure = (Before(finding, 1).Is(WordClass.Article) ? Before(finding, 1) : Before(finding, 2)) is { Length: 1 } article && article.Is(WordClass.Article)
            && !(After(finding, 0) is { IsWord: true } next && !next.Is(WordClass.Preposition | WordClass.Stop | WordClass.Auxiliary));
        return isFigure ? (false, "a figure of speech") : (true, "alias");
    }

    private static (bool Counts, string Rule) ReadCountry(Finding finding)
    {
        if (PartOfName(finding) is { } name)
        {
            return (false, name);
        }

        var after = After(finding, 0);
        if (finding.Reading.Tokens[finding.End - 1].IsAllCapitals && after is { IsWord: true, IsCapital: false } && !after.IsJoined && !IsVerb(finding, 0) && !after.Is(WordClass.Preposition | WordClass.Stop))
        {
            return ReadNounAfter(finding, true);
        }

        return IsPlace(finding, isCapital: false) && !IsScene(finding) ? (false, "place") : (true, "alias");
    }

    // "In the United States the Senate voted": the country's own institutions act there.
    private static bool IsScene(Finding finding)
    {
        var before = Before(finding, 1).Is(WordClass.Article) ? 2 : 1;
        if (Before(finding, before).Hash != In || finding.First - before != finding.Reading.SentenceOf(finding.First).First)
        {
            return false;
        }

        for (var i = 0; i < AdjectiveReach + 6; i++)
        {
            if (After(finding, i).Is(WordClass.Rulers) || (After(finding, i).Is(WordClass.State) && After(finding, i).Is(WordClass.Title | WordClass.Body)))
            {
                return true;
            }
        }

        return false;
    }

    private static (bool Counts, string Rule) ReadDemonym(Finding finding)
    {
        if (PartOfName(finding) is { } name)
        {
            return (false, name);
        }

        return ReadNounAfter(finding, false);
    }

    // The noun that the nationality belongs to decides: "Chinese troops" are the state, a "Chinese grocer" is not.
    private static (bool Counts, string Rule) ReadNounAfter(Finding finding, bool counts)
    {
        for (var i = 0; i < AdjectiveReach; i++)
        {
            var word = After(finding, i);
            if (word.IsJoined && i == 0)
            {
                return (false, "nationality");
            }

            if (i == 0 && IsVerb(finding, 0) && !word.Is(WordClass.State | WordClass.Title))
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
        var before = Before(finding, 1);
        var hasPlural = finding.Actor!.Demonyms.Contains($"{finding.Words}s", StringComparer.Ordinal);
        var isPlural = !hasPlural && (finding.Words.EndsWith('s') || before.Hash == The);
        var isSome = before.Is(WordClass.Number) || before.Kind == TokenKind.Number || (before.Is(WordClass.Article) && before.Hash != The);
        return isPlural && !isSome && (IsVerb(finding, 0) || before.Hash == The || before.Is(WordClass.PartnerPreposition) || After(finding, 0).Kind == TokenKind.Possessive)
            ? (true, "a people as a political body")
            : (false, "nationality of private people");
    }

    private (bool Counts, string Rule) ReadMetonym(TaggingDraft draft, Finding finding)
    {
        var isCompass = finding.Reading.Tokens[finding.End - 1].Is(WordClass.Region);
        if (isCompass)
        {
            var isSet = draft.Findings.Exists(other => other != finding && !other.Reading.Tokens[other.End - 1].Is(WordClass.Region)
                && other.Actor is { } actor && gazetteer.CountryOf(actor) is { } country && country.Metonyms.Any(IsCompass));
            return !isSet ? (false, "a direction") : Before(finding, 1).Is(WordClass.From) && IsPlace(finding, isCapital: true) && Before(finding, 2).Is(WordClass.People | WordClass.Motion) ? (false, "place") : (true, "metonym");
        }

        if (PartOfName(finding) is { } name)
        {
            return (false, name);
        }

        if (After(finding, 0).Kind == TokenKind.Possessive && After(finding, 1).Is(WordClass.State) && !After(finding, 1).Is(WordClass.PlaceNoun))
        {
            return (true, "metonym: owner of what belongs to a state");
        }

        if (IsSubject(finding) is { } verb)
        {
            return (true, $"metonym: subject of '{verb}'");
        }

        return IsPlace(finding, isCapital: true) ? (false, "place") : (true, "metonym");
    }

    private static string? PartOfName(Finding finding)
    {
        var before = Before(finding, 1);
        var after = After(finding, 0);
        if (after.IsJoined && after.Is(WordClass.Former) is false && finding.Reading.Section == TextSection.Body && after.IsWord && after.IsCapital is false && after.Hash == Based)
        {
            return "place";
        }

        for (var i = 0; i < 3; i++)
        {
            var word = After(finding, i);
            if (!word.IsWord || !word.IsCapital)
            {
                break;
            }

            if (word.Is(WordClass.NameHead) && !finding.Reading.IsAllCapitals && finding.Reading.FindingAt(finding.End + i) is null)
            {
                return "part of another name";
            }
        }

        var startsName = before.Is(WordClass.Of) && Before(finding, 2) is { IsCapital: true } start && start.Is(WordClass.NameStart);
        return startsName || (before.IsCapital && before.Is(WordClass.NameStart) && !before.Is(WordClass.Starter)) || (before.IsCapital && before.Hash == New)
            ? "part of another name"
            : AmericanPlace(finding, after);
    }

    private static ulong Based { get; } = WordHash.Of("based");

    private static ulong New { get; } = WordHash.Of("new");

    // "Moscow, Idaho", "Walla Walla, Washington", "Washington state".
    private static string? AmericanPlace(Finding finding, Token after)
    {
        var isOfState = after.IsMark(',') && After(finding, 1).Is(WordClass.AmericanState);
        var isState = finding.Reading.Tokens[finding.First].Is(WordClass.AmericanState)
            && (after.Hash == State || (Before(finding, 1).IsMark(',') && Before(finding, 2).IsCapital && finding.Reading.FindingAt(finding.First - 2) is null));
        return isOfState || isState ? "an American place" : null;
    }

    private static ulong State { get; } = WordHash.Of("state");

    private static string? IsSubject(Finding finding)
    {
        var i = 0;
        var reading = finding.Reading;
        for (var steps = 0; steps < LongestList && IsListed(reading, finding.End + i) is { } next; steps++)
        {
            i = next - finding.End;
        }

        while (After(finding, i).Is(WordClass.Adverb) && !After(finding, i).Is(WordClass.Auxiliary))
        {
            i++;
        }

        var isGoverned = Before(finding, 1).Is(WordClass.PlacePreposition | WordClass.Motion | WordClass.From | WordClass.To | WordClass.Of) || GovernedInList(finding);
        return IsVerb(finding, i) && !isGoverned ? reading.WordsOf(finding.End + i, finding.End + i + 1) : null;
    }

    // "London, Paris and Berlin could": the verb after the list belongs to each.
    private static int? IsListed(TextReading reading, int at)
    {
        for (var last = at + 3; at < last && (reading.At(at).IsMark(',') || reading.At(at).Is(WordClass.Conjunction));)
        {
            at++;
            if (reading.FindingAt(at) is { Actor.Kind: ActorKind.Country } found)
            {
                return found.End;
            }
        }

        return null;
    }

    private static bool GovernedInList(Finding finding)
    {
        for (var (previous, steps) = (ListedBefore(finding), 0); previous is not null && steps < LongestList; steps++)
        {
            if (Before(previous, 1).Is(WordClass.PlacePreposition))
            {
                return true;
            }

            previous = ListedBefore(previous);
        }

        return false;
    }

    private static bool IsVerb(Finding finding, int i)
    {
        var word = After(finding, i);
        if (word.Is(WordClass.Auxiliary | WordClass.Say | WordClass.Act | WordClass.Motion) && !word.Is(WordClass.State) && !word.IsJoined)
        {
            return true;
        }

        return word is { IsWord: true, IsCapital: false, IsJoined: false, Length: > 4 } && finding.Reading.Text.AsSpan(word.Start, word.Length).EndsWith("ed", StringComparison.Ordinal);
    }

    private static bool IsPlace(Finding finding, bool isCapital, int steps = 0)
    {
        var before = Before(finding, 1);
        var second = BeforeSkippingArticle(finding, 2);
        if (before is { IsCapital: false } && before.Is(WordClass.Region) && second.Is(WordClass.PlacePreposition))
        {
            return true;
        }

        if (before.Is(WordClass.Article))
        {
            (before, second) = (Before(finding, 2), Before(finding, 3));
        }

        if (before.Is(WordClass.PlacePreposition))
        {
            return !second.Is(isCapital ? WordClass.Rulers : WordClass.Rulers | WordClass.State) || before.Hash != In;
        }

        if (before.Is(WordClass.To))
        {
            return FollowsMotion(finding) && After(finding, 0).Kind != TokenKind.Possessive;
        }

        if (before.Is(WordClass.From))
        {
            return isCapital ? !ReachesBack(finding, WordClass.Sendable, 3) : ReachesBack(finding, WordClass.People | WordClass.Number | WordClass.Motion, 3);
        }

        if (before.Is(WordClass.Of) && (second.Is(WordClass.Region | WordClass.PlaceNoun) || (isCapital && second.Is(WordClass.People))))
        {
            return true;
        }

        if (steps < LongestList && ListedBefore(finding) is { } previous)
        {
            return IsPlace(previous, isCapital, steps + 1);
        }

        var after = After(finding, 0);
        return isCapital && ((after.Is(WordClass.PlaceNoun) && !after.Is(WordClass.State)) || (after.IsMark(',') && After(finding, 1).Is(WordClass.Relative) && before.Is(WordClass.PlacePreposition)));
    }

    private static ulong At { get; } = WordHash.Of("at");

    private static ulong In { get; } = WordHash.Of("in");

    private static bool FollowsMotion(Finding finding, int steps = 0)
    {
        if (ReachesBack(finding, WordClass.Motion, MotionReach))
        {
            return true;
        }

        // "fly to Washington if need be, to Beijing and to Tokyo"
        for (var i = finding.First - 2; i >= 0 && i >= finding.First - 12 && finding.Reading.Tokens[i].Sentence == finding.Sentence; i--)
        {
            if (finding.Reading.FoundAt[i] is { Actor.Kind: ActorKind.Country } or { Rule: "place" } && finding.Reading.FoundAt[i] is { } earlier)
            {
                return steps < LongestList && Before(earlier, 1).Is(WordClass.To) && FollowsMotion(earlier, steps + 1);
            }
        }

        return false;
    }

    private static bool ReachesBack(Finding finding, WordClass words, int reach)
    {
        for (var i = 2; i < 2 + reach; i++)
        {
            var word = Before(finding, i);
            if (word.Is(words) || (words.HasFlag(WordClass.Number) && word.Kind == TokenKind.Number))
            {
                return true;
            }

            if (!word.IsWord || word.Is(WordClass.Say))
            {
                return false;
            }
        }

        return false;
    }

    private static Finding? ListedBefore(Finding finding)
    {
        var at = finding.First - 1;
        var reading = finding.Reading;
        var isJoined = false;
        while (at >= 0 && finding.First - at < 4 && (reading.Tokens[at].IsMark(',') || reading.Tokens[at].Is(WordClass.Conjunction)))
        {
            isJoined = true;
            at--;
        }

        return isJoined && at >= 0 && reading.Tokens[at].Sentence == finding.Sentence && reading.FoundAt[at] is { Kind: FindingKind.Metonym or FindingKind.Name } found && found.Person is null ? found : null;
    }

    // Once a story says "Waycross, Georgia", its other Georgias are the state too.
    private static void DismissAmericanStates(TaggingDraft draft)
    {
        foreach (var state in draft.Findings.Where(finding => finding.Rule == "an American place").ToList())
        {
            foreach (var other in draft.Findings.Where(finding => finding.Actor is not null && finding.FirstToken.Is(WordClass.AmericanState) && finding.FirstToken.Hash == state.FirstToken.Hash))
            {
                other.Dismiss("an American place");
            }
        }
    }

    private static Token Before(Finding finding, int back) => finding.Reading.Near(finding.First - back, finding.Sentence);

    private static Token BeforeSkippingArticle(Finding finding, int back) =>
        Before(finding, back).Is(WordClass.Article) ? Before(finding, back + 1) : Before(finding, back);

    private static Token After(Finding finding, int ahead) => finding.Reading.Near(finding.End + ahead, finding.Sentence);
}
