using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>Weighs how well each bearer of a surname fits where it stands bare, and keeps why.</summary>
internal sealed class BearerWeights(Gazetteer gazetteer)
{
    private const int CountryReach = 40;
    private const int DaysOfNews = 30;

    private static readonly (Grounds Ground, double Weight)[] Weights =
    [
        (Grounds.Introduced, 4),
        (Grounds.NamedLast, 1.6),
        (Grounds.NotIntroduced, -2.5),
        (Grounds.Leads, 1.5),
        (Grounds.Subject, 2),
        (Grounds.InFocus, 1),
        (Grounds.Speaks, 1.5),
        (Grounds.Silent, -0.8),
        (Grounds.Country, 1.2),
        (Grounds.Office, 6),
        (Grounds.OutOfOffice, -2.2),
    ];

    public Bearer Of(TaggingDraft draft, TextReading reading, int at, Person person, List<Person> named)
    {
        if (reading.Section == TextSection.Title)
        {
            var inTitle = (person.LastNamedAt >= 0 ? 1 : 0) + Math.Min(person.TimesNamed, 6) + (IsInOffice(draft, person) ? 0.5 : -1);
            return new Bearer(person, inTitle, person.TimesNamed > 0 ? Grounds.Named : Grounds.None);
        }

        var grounds = GroundsOf(draft, reading, at, person, named);
        return new Bearer(person, Weights.Where(weight => grounds.HasFlag(weight.Ground)).Sum(weight => weight.Weight), grounds);
    }

    private Grounds GroundsOf(TaggingDraft draft, TextReading reading, int at, Person person, List<Person> named)
    {
        var grounds = Grounds.None;
        var paragraph = reading.SentenceOf(at).Paragraph;
        var isIntroduced = person.LastNamedAt >= 0;
        var isRival = named.Exists(other => other != person && other.LastNamedAt >= 0);
        Note(isIntroduced && reading.SentenceOf(person.LastNamedAt).Paragraph == paragraph, Grounds.Introduced);
        Note(isIntroduced && named.TrueForAll(other => other.LastNamedAt <= person.LastNamedAt), Grounds.NamedLast);
        Note(!isIntroduced && isRival, Grounds.NotIntroduced);
        Note(!isIntroduced && !isRival && IsHead(draft, person), Grounds.Leads);
        Note(person.EntersAsSubject, Grounds.Subject);
        Note(person.TimesNamed >= 3, Grounds.InFocus);
        if (Quotations.IsSpeaking(reading, at))
        {
            Note(person.HasSpoken, Grounds.Speaks);
            Note(!person.HasSpoken && named.Exists(other => other != person && other.HasSpoken), Grounds.Silent);
        }

        Note(SharesCountry(reading, at, person), Grounds.Country);
        Note(FitsApposition(reading, at, person), Grounds.Office);
        Note(person.Actor is not null && !IsInOffice(draft, person), Grounds.OutOfOffice);
        return grounds;

        void Note(bool holds, Grounds ground) => grounds |= holds ? ground : Grounds.None;
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
}
