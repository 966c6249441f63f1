using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Decides what each country, capital and building stands for: a government that acts or is acted upon, or a
/// mere place, a part of another name, the nationality of a private person. Only the first tags.
/// </summary>
internal sealed class CountryStage(Gazetteer gazetteer) : ITaggerStage
{
    private const int SceneReach = 10;
    private const int LeastSportWords = 4;
    private const int LeastCultureWords = 4;

    public void Apply(TaggingDraft draft)
    {
        AddBodies(draft);
        foreach (var finding in draft.Findings.Where(finding => finding.Actor is { Kind: not ActorKind.Person } && finding.Kind is not FindingKind.Office and not FindingKind.Body).ToList())
        {
            var (counts, rule) = finding.Kind switch
            {
                FindingKind.Demonym => Nationality.Read(finding),
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
        DismissTeams(draft);
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
                finding.Counts = isPolitical && finding.Before(1).Is(WordClass.PlacePreposition) && finding.Before(1).Hash != Words.In && finding.Before(1).Hash != Words.At;
                finding.Rule = finding.Counts ? "country in the headline" : finding.Rule;
            }
            else if (finding is { Kind: FindingKind.Metonym, Counts: true } && draft.Findings.Exists(other => other.Rule == "an American place" && other.FirstToken.Hash == finding.FirstToken.Hash))
            {
                finding.Dismiss("an American place");
            }
        }
    }

    // In a story of sport or culture that names no politician and no body, countries are teams and scenery.
    private static void DismissTeams(TaggingDraft draft)
    {
        var sport = draft.Body.Tokens.Where(token => token.Is(WordClass.Sport)).Select(token => token.Hash).Distinct().Count();
        var culture = draft.Body.Tokens.Where(token => token.Is(WordClass.Culture)).Select(token => token.Hash).Distinct().Count();
        var isPolitical = draft.Findings.Exists(finding => finding.Counts && (finding.Rule.StartsWith("metonym", StringComparison.Ordinal) || finding.Kind == FindingKind.Demonym));
        if ((sport < LeastSportWords && (isPolitical || sport + culture < LeastCultureWords)) || draft.Findings.Exists(finding => finding is { Counts: true, Actor.Kind: not ActorKind.Country }))
        {
            return;
        }

        foreach (var finding in draft.Findings.Where(finding => finding.Counts))
        {
            finding.Dismiss("a team, or scenery");
        }
    }

    // After "Michael Jordan" a bare "Jordan" is he, unless something of a state is said to be Jordan's.
    private static bool IsNamesake(TaggingDraft draft, Finding finding) =>
        finding.End - finding.First == 1
        && !(finding.After(0).Kind == TokenKind.Possessive && finding.After(1).Is(WordClass.State))
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
            if (country is null || draft.Body.Tokens[i].Zone != Zone.Story || !(before.Is(WordClass.Pronoun) || before.Hash == Words.The) || draft.Body.Tokens[i].Sentence - draft.Body.Tokens[at].Sentence > 1)
            {
                continue;
            }

            if (gazetteer.BodyAt(draft.Body, i, country) is { } body)
            {
                draft.Add(new Finding(draft.Body, i, body.End, FindingKind.Body, body.Body, $"body of {country.Name}, named before"));
            }
        }
    }

    private static bool IsCompass(string metonym) => metonym.StartsWith("the ", StringComparison.Ordinal);

    private (bool Counts, string Rule) ReadOrganization(Finding finding)
    {
        var before = finding.Before(1).Is(WordClass.Article) ? finding.Before(2) : finding.Before(1);
        var isAtBuilding = gazetteer.IsBuilding(finding.Actor!)
            && !(before.Is(WordClass.To) && (finding.Before(1).Is(WordClass.Article) ? finding.Before(3) : finding.Before(2)).Hash == Words.According)
            && !(finding.After(0).Kind == TokenKind.Possessive && finding.After(1).Is(WordClass.State | WordClass.Title))
            && (before.Is(WordClass.PlacePreposition | WordClass.To | WordClass.From) || (before.Hash == Words.For && finding.Before(3).Is(WordClass.Contest)) || (before.Is(WordClass.Of) && finding.Before(3).Hash == Words.Out));
        if (isAtBuilding)
        {
            return (false, "the building");
        }

        var isLonger = finding.Reading.Section == TextSection.Body && finding.Before(1) is { IsWord: true, IsCapital: true } capital
            && !capital.Is(WordClass.Starter | WordClass.Title | WordClass.Former | WordClass.Date | WordClass.Article) && finding.Reading.FindingAt(finding.First - 1) is null;
        if (isLonger)
        {
            return (false, "part of another name");
        }

        var isFigure = (finding.Before(1).Is(WordClass.Article) ? finding.Before(1) : finding.Before(2)) is { Length: 1 } article && article.Is(WordClass.Article)
            && !(finding.After(0) is { IsWord: true } next && !next.Is(WordClass.Preposition | WordClass.Stop | WordClass.Auxiliary));
        return isFigure ? (false, "a figure of speech") : (true, "alias");
    }

    private static (bool Counts, string Rule) ReadCountry(Finding finding)
    {
        if (LongerName.Around(finding) is { } name)
        {
            return (false, name);
        }

        var after = finding.After(0);
        if (finding.Reading.Tokens[finding.End - 1].IsAllCapitals && after is { IsWord: true, IsCapital: false } && !after.IsJoined && !PlaceSyntax.IsVerb(finding, 0) && !after.Is(WordClass.Preposition | WordClass.Stop))
        {
            return Nationality.ReadNounAfter(finding, true);
        }

        return PlaceSyntax.IsPlace(finding, isCapital: false) && !IsScene(finding) ? (false, "place") : (true, "alias");
    }

    // "In the United States the Senate voted": the country's own institutions act there.
    private static bool IsScene(Finding finding)
    {
        var before = finding.Before(1).Is(WordClass.Article) ? 2 : 1;
        if (finding.Before(before).Hash != Words.In || finding.First - before != finding.Reading.SentenceOf(finding.First).First)
        {
            return false;
        }

        for (var i = 0; i < SceneReach; i++)
        {
            if (finding.After(i).Is(WordClass.Rulers) || (finding.After(i).Is(WordClass.State) && finding.After(i).Is(WordClass.Title | WordClass.Body)))
            {
                return true;
            }
        }

        return false;
    }

    private (bool Counts, string Rule) ReadMetonym(TaggingDraft draft, Finding finding)
    {
        var isCompass = finding.Reading.Tokens[finding.End - 1].Is(WordClass.Region);
        if (isCompass)
        {
            var isSet = draft.Findings.Exists(other => other != finding && !other.Reading.Tokens[other.End - 1].Is(WordClass.Region)
                && other.Actor is { } actor && gazetteer.CountryOf(actor) is { } country && country.Metonyms.Any(IsCompass));
            return !isSet ? (false, "a direction") : finding.Before(1).Is(WordClass.From) && PlaceSyntax.IsPlace(finding, isCapital: true) && finding.Before(2).Is(WordClass.People | WordClass.Motion) ? (false, "place") : (true, "metonym");
        }

        if (LongerName.Around(finding) is { } name)
        {
            return (false, name);
        }

        if (finding.After(0).Kind == TokenKind.Possessive && finding.After(1).Is(WordClass.State) && !finding.After(1).Is(WordClass.PlaceNoun))
        {
            return (true, "metonym: owner of what belongs to a state");
        }

        if (PlaceSyntax.VerbOf(finding) is { } verb)
        {
            return (true, $"metonym: subject of '{verb}'");
        }

        return PlaceSyntax.IsPlace(finding, isCapital: true) ? (false, "place") : (true, "metonym");
    }

    // Once a story says "Waycross, Georgia", its other Georgias are the state too.
    private static void DismissAmericanStates(TaggingDraft draft)
    {
        foreach (var state in draft.Findings.Where(finding => finding.Rule == "an American place").ToList())
        {
            foreach (var other in draft.Findings.Where(finding => finding.Actor is not null && !finding.Rule.StartsWith("metonym:", StringComparison.Ordinal) && finding.FirstToken.Is(WordClass.AmericanState) && finding.FirstToken.Hash == state.FirstToken.Hash))
            {
                other.Dismiss("an American place");
            }
        }
    }
}
