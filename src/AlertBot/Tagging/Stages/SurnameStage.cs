using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Gives each bare surname to the one of its bearers who fits: introduced last, in the same paragraph, of the
/// country that the sentence speaks of, a speaker where somebody speaks. Fame decides only where nobody was introduced.
/// </summary>
internal sealed class SurnameStage(Gazetteer gazetteer) : ITaggerStage
{
    private const double SameParagraph = 3;
    private const double SameParagraphAgain = 1;
    private const double Silent = 0.8;
    private const double LastNamed = 1.6;
    private const double InFocus = 1;
    private const double AsSubject = 2;
    private const double Speaks = 1.5;
    private const double OfTheCountry = 1.2;
    private const double OfficeFits = 6;
    private const double OutOfOffice = 2.2;
    private const double NotIntroduced = 2.5;
    private const double Leads = 1.5;
    private const int MostCandidates = 8;
    private const int CountryReach = 40;
    private const int DaysOfNews = 30;
    private const int DaysRemembered = 700;
    private const int DaysUntilOffice = 120;
    private const double LeastScore = -2.6;

    public void Apply(TaggingDraft draft)
    {
        var tagging = draft.Findings.Where(finding => finding.Counts && finding.Actor is not null).Select(finding => finding.Actor!).ToHashSet();
        Resolve(draft, draft.Body, tagging);
        Resolve(draft, draft.Title, tagging);
    }

    private void Resolve(TaggingDraft draft, TextReading reading, HashSet<Actor> tagging)
    {
        for (var i = 0; i < reading.Tokens.Length; i++)
        {
            if (reading.FoundAt[i] is { } found)
            {
                Note(draft, found, i);
                continue;
            }

            var token = reading.Tokens[i];
            if (token.IsWord && token.IsCapital && !token.IsJoined && token.Zone != Zone.Boilerplate && token.Length > 1)
            {
                Resolve(draft, reading, i, tagging);
            }
        }
    }

    private static void Note(TaggingDraft draft, Finding found, int at)
    {
        if (found.First != at || found.Person is not { } person || found.Reading != draft.Body)
        {
            return;
        }

        person.LastNamedAt = at;
        if (found.Kind != FindingKind.Surname || found.Rule.Contains(',', StringComparison.Ordinal))
        {
            person.LastIntroducedAt = at;
            person.EntersAsSubject = EntersAsSubject(draft.Body, at);
        }
    }

    // The subject of a sentence, behind dateline, office and nationality; not a name in passing.
    private static bool EntersAsSubject(TextReading body, int at)
    {
        var first = body.SentenceOf(at).First;
        while (first < at && (body.Tokens[first].Zone != Zone.Story || body.Tokens[first].Is(WordClass.Title | WordClass.Article | WordClass.Former | WordClass.Of | WordClass.State) || body.FoundAt[first] is { Person: null } || body.Tokens[first].Kind == TokenKind.Possessive))
        {
            first++;
        }

        return first == at;
    }

    private void Resolve(TaggingDraft draft, TextReading reading, int at, HashSet<Actor> tagging)
    {
        var token = reading.Tokens[at];
        var bearers = gazetteer.BearersOf(token.Hash);
        var named = draft.Persons.FindAll(person => person.Bears(token.Hash));
        if (bearers.Count == 0 && named.Count == 0)
        {
            return;
        }

        if (token.Zone != Zone.Story)
        {
            Add(draft, reading, at, null, "in a credit");
            return;
        }

        if (NotAName(reading, at, named.Count > 0))
        {
            Add(draft, reading, at, null, "no name here");
            return;
        }

        if (named.Count > MostCandidates)
        {
            named = [.. named.OrderByDescending(person => person.LastNamedAt).Take(MostCandidates)];
        }

        var candidates = named.Select(person => (Person: person, Score: Score(draft, reading, at, person, named))).ToList();
        foreach (var leader in Leaders(draft, bearers).Where(leader => named.TrueForAll(person => person.Actor != leader)))
        {
            candidates.Add((draft.PersonOf(leader), Score(draft, reading, at, draft.PersonOf(leader), named)));
        }

        var best = candidates.Count == 0 ? default : candidates.MaxBy(candidate => candidate.Score);
        var isAlone = best.Person is { Actor: { } actor, TimesNamed: 0 } && !tagging.Any(other => other != actor);
        if (best.Person is null || best.Score < LeastScore || isAlone)
        {
            Add(draft, reading, at, null, "surname of nobody whom the story names");
            return;
        }

        best.Person.TimesNamed++;
        if (best.Person.Actor is { } meant)
        {
            tagging.Add(meant);
        }

        best.Person.HasSpoken |= Quotations.IsSpeaking(reading, at);
        Add(draft, reading, at, best.Person, best.Person.LastIntroducedAt >= 0 ? $"surname of {best.Person.Name}, named before" : $"surname of {best.Person.Name}, in office");
        Note(draft, reading.FoundAt[at]!, at);
    }

    // Those at the head of a country or body on the day; else the only bearer who holds or held an office.
    private static List<Actor> Leaders(TaggingDraft draft, IReadOnlyList<Actor> bearers)
    {
        var ruling = bearers.Where(bearer => bearer.Roles.Any(role => OfficeTable.IsHeadOffice(role) && role.HeldOn(draft.Day))).ToList();
        if (ruling.Count > 0)
        {
            return ruling;
        }

        var recent = bearers.Where(bearer => bearer.Roles.Any(role => role.HeldOn(draft.Day)
            || (role.To is { } to && to < draft.Day && draft.Day.DayNumber - to.DayNumber < DaysRemembered)
            || (role.From is { } from && from > draft.Day && from.DayNumber - draft.Day.DayNumber < DaysUntilOffice && OfficeTable.IsHeadOffice(role)))).ToList();
        if (recent.Count > 0)
        {
            return recent.Count == 1 ? recent : [];
        }

        // One who once stood at a head is still meant by the bare name, as is the only bearer of whom no offices are known.
        var heads = bearers.Where(bearer => bearer.Roles.Any(role => OfficeTable.IsHeadOffice(role))).ToList();
        return heads.Count == 1 ? heads : bearers is [{ Roles.Count: 0 }] ? [bearers[0]] : [];
    }

    private double Score(TaggingDraft draft, TextReading reading, int at, Person person, List<Person> named)
    {
        if (reading.Section == TextSection.Title)
        {
            return (person.LastIntroducedAt >= 0 ? 1 : 0) + Math.Min(person.TimesNamed, 6) + (IsInOffice(draft, person) ? 0.5 : -1);
        }

        var score = 0.0;
        var paragraph = reading.SentenceOf(at).Paragraph;
        if (person.LastIntroducedAt >= 0)
        {
            score += reading.SentenceOf(person.LastIntroducedAt).Paragraph == paragraph ? SameParagraph : 0;
            score += named.TrueForAll(other => other.LastNamedAt <= person.LastNamedAt) ? LastNamed : 0;
        }

        var isRival = named.Exists(other => other != person && other.LastIntroducedAt >= 0);
        if (person.LastIntroducedAt < 0)
        {
            score += isRival ? -NotIntroduced : IsHead(draft, person) ? Leads : 0;
        }

        score += person.EntersAsSubject ? AsSubject : 0;
        score += person.TimesNamed >= 3 ? InFocus : 0;
        score += person.LastNamedAt >= 0 && reading.SentenceOf(person.LastNamedAt).Paragraph == paragraph ? SameParagraphAgain : 0;
        if (Quotations.IsSpeaking(reading, at))
        {
            score += person.HasSpoken ? Speaks : named.Exists(other => other != person && other.HasSpoken) ? -Silent : 0;
        }

        score += SharesCountry(reading, at, person) ? OfTheCountry : 0;
        score += FitsApposition(reading, at, person) ? OfficeFits : 0;
        score -= person.Actor is not null && !IsInOffice(draft, person) ? OutOfOffice : 0;
        return score;
    }

    private static bool IsHead(TaggingDraft draft, Person person) =>
        person.Actor?.Roles.Any(role => OfficeTable.IsHeadOffice(role) && role.HeldOn(draft.Day)) == true;

    private static bool IsInOffice(TaggingDraft draft, Person person) =>
        person.Actor is null || person.Actor.Roles.Count == 0 || person.Actor.Roles.Any(role => role.To is not { } to || draft.Day.DayNumber - to.DayNumber <= DaysOfNews);

    private bool SharesCountry(TextReading reading, int at, Person person)
    {
        if (person.Actor is null || gazetteer.CountryOf(person.Actor) is not { } country)
        {
            return false;
        }

        var sentence = reading.SentenceOf(at);
        for (var i = Math.Max(sentence.First, at - CountryReach); i < Math.Min(sentence.End, at + CountryReach); i++)
        {
            if (reading.FoundAt[i]?.Actor == country)
            {
                return true;
            }
        }

        return false;
    }

    // "Kim, a first vice foreign minister": the words after the comma are those of his office.
    private static bool FitsApposition(TextReading reading, int at, Person person)
    {
        if (!reading.At(at + 1).IsMark(',') || !reading.At(at + 2).Is(WordClass.Article))
        {
            return false;
        }

        var words = Enumerable.Range(at + 3, 6).Select(i => reading.At(i).Hash).ToHashSet();
        return person.Actor?.Roles.Any(role => Tokenizer.Read(role.Title).Count(word => words.Contains(word.Hash)) >= 2) == true;
    }

    private static bool NotAName(TextReading reading, int at, bool isIntroduced)
    {
        var token = reading.Tokens[at];
        var before = reading.Near(at - 1, token.Sentence);
        var after = reading.Near(at + 1, token.Sentence);
        if (after.IsWord && after.IsCapital && !after.IsJoined && reading.FindingAt(at + 1) is null && !after.Is(WordClass.Say | WordClass.Act | WordClass.Auxiliary | WordClass.Date) && reading.Section == TextSection.Body)
        {
            return true;
        }

        // "He" and "An" are words first: they name nobody whom the story has not introduced.
        if (before.Is(WordClass.Naming) || (token.Is(WordClass.Pronoun | WordClass.Article | WordClass.Conjunction | WordClass.Starter) && !isIntroduced && !before.Is(WordClass.Title)))
        {
            return true;
        }

        if (token.Is(WordClass.Date | WordClass.Auxiliary) && (before.Is(WordClass.PlacePreposition | WordClass.Of) || after.Kind == TokenKind.Number || before.Kind == TokenKind.Number || !isIntroduced))
        {
            return true;
        }

        if (before.IsMark(',') is false && after.IsMark(',') && reading.Near(at + 2, token.Sentence).Is(WordClass.AmericanState))
        {
            return true;
        }

        var opensSentence = reading.SentenceOf(at).First == at;
        if (opensSentence && !isIntroduced && token.Is(WordClass.WordAndName | WordClass.GivenName) && after.IsWord && !after.IsCapital && !after.Is(WordClass.Say | WordClass.Act | WordClass.Auxiliary | WordClass.Adverb | WordClass.Conjunction | WordClass.Relative | WordClass.Preposition | WordClass.Motion))
        {
            return true;
        }

        // "Faith in Austin", "King's Cross"
        var isElsewhere = !isIntroduced && before.Is(WordClass.PlacePreposition) && token.Is(WordClass.WordAndName | WordClass.GivenName);
        var isOwner = !isIntroduced && after.Kind == TokenKind.Possessive && reading.Near(at + 2, token.Sentence) is { IsWord: true, IsCapital: true } && reading.FindingAt(at + 2) is null;
        if (isElsewhere || isOwner)
        {
            return true;
        }

        var isActing = isIntroduced && after.Is(WordClass.Say | WordClass.Act | WordClass.Auxiliary) && !reading.At(at - 1).Is(WordClass.GivenName);
        return !isActing && !before.Is(WordClass.Say | WordClass.Act) && before.Is(WordClass.Kin) is false && before.IsWord && before.IsCapital && !before.Is(WordClass.Title | WordClass.Starter | WordClass.Conjunction | WordClass.Date | WordClass.Preposition) && reading.FindingAt(at - 1) is null && reading.Section == TextSection.Body && !reading.SentenceOf(at).First.Equals(at - 1);
    }

    private static void Add(TaggingDraft draft, TextReading reading, int at, Person? person, string rule) =>
        draft.Add(new Finding(reading, at, at + 1, FindingKind.Surname, person?.Actor, rule) { Person = person, Counts = person?.Actor is not null });
}
