using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Offices held on the story's day: alone they stand for their holder ("the North Korean leader"), before a
/// surname they tell which bearer is meant ("President Park"). Former offices tell only who is meant.
/// </summary>
internal sealed class OfficeStage(Gazetteer gazetteer) : ITaggerStage
{
    private const int DaysUntilElectTakesOffice = 120;

    public void Apply(TaggingDraft draft)
    {
        Find(draft, draft.Body);
        Find(draft, draft.Title);
    }

    private void Find(TaggingDraft draft, TextReading reading)
    {
        for (var i = 0; i < reading.Tokens.Length; i++)
        {
            var token = reading.Tokens[i];
            if (!token.IsWord || token.Zone != Zone.Story || reading.FoundAt[i] is not null || gazetteer.Offices.Longest(reading, i) is not { } office)
            {
                continue;
            }

            Resolve(draft, reading, i, office.End, office.Title);
            i = office.End - 1;
        }
    }

    private void Resolve(TaggingDraft draft, TextReading reading, int first, int end, string title)
    {
        var before = first - 1;
        while (reading.Near(before, reading.Tokens[first].Sentence) is { IsWord: true } word && word.Hash == Words.New)
        {
            before--;
        }

        if (reading.At(before).Is(WordClass.Deputy) || (reading.At(end).Kind == TokenKind.Possessive && reading.At(end + 1).Is(WordClass.Kin)))
        {
            return;
        }

        var isFormer = IsFormer(reading, before);
        var (of, start) = OwnerBefore(reading, before);
        of ??= OwnerAfter(reading, end);
        var isElect = reading.At(end).IsJoined && reading.WordsOf(end, end + 1) == "elect";
        var named = isElect ? end + 1 : end;
        if (reading.At(named).IsMark(',') && reading.At(named + 1).IsCapital)
        {
            named++;
        }

        if (reading.FindingAt(named)?.Person is { } person && reading.FoundAt[named]!.First == named)
        {
            return;
        }

        if (IsBareName(reading, named))
        {
            ResolveSurname(draft, reading, named, title, of, isFormer);
            return;
        }

        if (isFormer || reading.At(end).Is(WordClass.State) || reading.At(end).IsCapital || IsApposition(reading, start ?? before + 1))
        {
            return;
        }

        if ((of is not null || reading.At(before).Hash == Words.The) && Holder(draft, title, of, isElect) is { } holder)
        {
            AddOffice(draft, reading, start ?? before + 1, isElect ? end + 1 : end, holder, title, of);
        }
    }

    // "Lee Jae-myung, the opposition leader": the words say what he is, they name nobody else.
    private static bool IsApposition(TextReading reading, int start)
    {
        while (reading.At(start - 1).Is(WordClass.Article))
        {
            start--;
        }

        return reading.At(start - 1).IsMark(',') && reading.FindingAt(start - 2)?.Person is not null;
    }

    private Actor? Holder(TaggingDraft draft, string title, Actor? of, bool isElect)
    {
        if (of is not null)
        {
            var holder = isElect ? null : gazetteer.Offices.Holder(title, of.Slug, draft.Day);
            return holder ?? (isElect ? gazetteer.Offices.Holder(title, of.Slug, draft.Day, DaysUntilElectTakesOffice) : null);
        }

        if (isElect)
        {
            return null;
        }

        // An office that only one country is known to have is still not meant where nothing speaks of that country.
        return gazetteer.Offices.OnlyHolder(title, draft.Day) is { } only && gazetteer.CountryOf(only.Holder) is var country
            && draft.Findings.Exists(finding => finding.Actor is { } actor && (actor == only.Holder || country is null || gazetteer.CountryOf(actor) == country))
            ? only.Holder
            : null;
    }

    private static void AddOffice(TaggingDraft draft, TextReading reading, int start, int end, Actor holder, string title, Actor? of)
    {
        while (reading.Near(start - 1, reading.Tokens[start].Sentence).Is(WordClass.Article))
        {
            start--;
        }

        var day = draft.Day == DateOnly.MaxValue ? "today" : $"on {draft.Day:yyyy-MM-dd}";
        draft.Add(new Finding(reading, start, end, FindingKind.Office, holder, $"office: {title} {day}")
        {
            Person = draft.PersonOf(holder),
            Country = of is { Kind: ActorKind.Country } ? of : null,
        });
        draft.PersonOf(holder).TimesNamed++;
    }

    private void ResolveSurname(TaggingDraft draft, TextReading reading, int at, string title, Actor? of, bool isFormer)
    {
        var bearers = gazetteer.BearersOf(reading.Tokens[at].Hash);
        var holders = gazetteer.Offices.Holders(title, isFormer ? null : draft.Day)
            .Where(pair => bearers.Contains(pair.Holder) && (of is null || pair.Role.Of == of.Slug || gazetteer.CountryOf(pair.Holder) == of))
            .Select(pair => pair.Holder).Distinct().ToList();
        if (holders.Count == 1)
        {
            var person = draft.PersonOf(holders[0]);
            person.TimesNamed++;
            draft.Add(new Finding(reading, at, at + 1, FindingKind.Surname, holders[0], $"surname of {holders[0].Name}, {title}") { Person = person });
        }
    }

    private bool IsBareName(TextReading reading, int at) =>
        reading.At(at) is { IsWord: true, IsCapital: true } token && reading.FindingAt(at) is null && gazetteer.BearersOf(token.Hash).Count > 0;

    private static bool IsFormer(TextReading reading, int before)
    {
        for (var i = before; i > before - 3 && i >= 0; i--)
        {
            if (reading.Tokens[i].Is(WordClass.Former))
            {
                return true;
            }

            if (reading.FindingAt(i) is null && reading.Tokens[i].Kind != TokenKind.Possessive)
            {
                return false;
            }
        }

        return false;
    }

    private static (Actor? Of, int? Start) OwnerBefore(TextReading reading, int before)
    {
        var at = reading.At(before).Kind == TokenKind.Possessive ? before - 1 : before;
        return reading.FindingAt(at) is { Actor: { Kind: not ActorKind.Person } owner } found && found.Sentence == reading.At(before + 1).Sentence ? (owner, found.First) : (null, null);
    }

    private static Actor? OwnerAfter(TextReading reading, int end)
    {
        if (!reading.At(end).Is(WordClass.Of))
        {
            return null;
        }

        var at = reading.At(end + 1).Is(WordClass.Article) && reading.FindingAt(end + 1) is null ? end + 2 : end + 1;
        return reading.FindingAt(at)?.Actor is { Kind: not ActorKind.Person } owner ? owner : null;
    }
}
