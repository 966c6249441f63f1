using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Gives each bare surname to the one of its bearers who fits: introduced last, in the same paragraph, of the
/// country that the sentence speaks of, a speaker where somebody speaks. Fame decides only where nobody was introduced.
/// </summary>
internal sealed class SurnameStage(Gazetteer gazetteer) : ITaggerStage
{
    private const int MostCandidates = 8;
    private const int MostKept = 4;
    private const int DaysRemembered = 700;
    private const int DaysUntilOffice = 120;
    private const double LeastScore = -2.6;

    private readonly BearerWeights _weights = new(gazetteer);

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
        person.EntersAsSubject = EntersAsSubject(draft.Body, at);
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

        if (SurnameWords.IsNone(reading, at, named.Count > 0))
        {
            Add(draft, reading, at, null, "no name here");
            return;
        }

        if (named.Count > MostCandidates)
        {
            named = [.. named.OrderByDescending(person => person.LastNamedAt).Take(MostCandidates)];
        }

        var calledSo = gazetteer.Surnames.CalledSo(token.Hash);
        var leaders = Leaders(draft, bearers, calledSo).Where(leader => named.TrueForAll(person => person.Actor != leader)).Select(draft.PersonOf).ToList();
        var candidates = named.Concat(leaders).Select(person => _weights.Of(draft, reading, at, person, named)).ToList();
        var best = candidates.MaxBy(candidate => candidate.Score);
        var isAlone = best is { Person: { Actor: { } actor, TimesNamed: 0 } } && !tagging.Any(other => other != actor) && calledSo.Count == 0;
        if (best is null || best.Score < LeastScore || isAlone)
        {
            Add(draft, reading, at, null, "surname of nobody whom the story names", candidates);
            return;
        }

        best.Person.TimesNamed++;
        if (best.Person.Actor is { } meant)
        {
            tagging.Add(meant);
        }

        best.Person.HasSpoken |= Quotations.IsSpeaking(reading, at);
        var why = best.Person.LastNamedAt >= 0 ? "named before" : best.Grounds.HasFlag(Grounds.Leads) ? "in office" : "the likeliest bearer";
        Add(draft, reading, at, best.Person, $"surname of {best.Person.Name}, {why}", candidates);
        Note(draft, reading.FoundAt[at]!, at);
    }

    // Those at the head of a country or body on the day; else the only bearer who holds or held an office.
    private static List<Actor> Leaders(TaggingDraft draft, IReadOnlyList<Actor> bearers, IReadOnlyList<Actor> calledSo)
    {
        var ruling = bearers.Where(bearer => bearer.Roles.Any(role => OfficeTable.IsHeadOffice(role) && role.HeldOn(draft.Day))).ToList();
        if (ruling.Count > 0)
        {
            return ruling;
        }

        var recent = bearers.Where(bearer => bearer.Roles.Any(role => role.HeldOn(draft.Day)
            || (role.To is { } to && to < draft.Day && draft.Day.DayNumber - to.DayNumber < DaysRemembered)
            || (role.From is { } from && from > draft.Day && from.DayNumber - draft.Day.DayNumber < DaysUntilOffice && OfficeTable.IsHeadOffice(role)))).ToList();
        if (recent.Count > 0 && calledSo.Count == 0)
        {
            return recent.Count == 1 ? recent : [];
        }

        // One who once stood at a head is still meant by the bare name, as is the only bearer of whom no offices are known.
        var heads = bearers.Where(bearer => bearer.Roles.Any(role => OfficeTable.IsHeadOffice(role))).ToList();
        return calledSo.Count > 0 ? [.. calledSo.Take(MostCandidates)] : heads.Count == 1 ? heads : bearers is [{ Roles.Count: 0 }] ? [bearers[0]] : [];
    }

    // "Bartók-Lindgren" is one name.
    private static int EndOf(TextReading reading, int at)
    {
        var end = at + 1;
        while (reading.At(end) is { IsJoined: true, IsCapital: true } && reading.FoundAt[end] is null)
        {
            end++;
        }

        return end;
    }

    private static void Add(TaggingDraft draft, TextReading reading, int at, Person? person, string rule, List<Bearer>? weighed = null) =>
        draft.Add(new Finding(reading, at, EndOf(reading, at), FindingKind.Surname, person?.Actor, rule)
        {
            Person = person,
            Counts = person?.Actor is not null,
            Candidates = weighed is null ? [] : [.. weighed.OrderByDescending(bearer => bearer.Score).Take(MostKept).Select(bearer => bearer.ToCandidate())],
        });
}
