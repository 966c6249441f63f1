using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Stages;

/// <summary>
/// Recognises the full names of people whom the knowledge base does not hold, so that their bare surnames are
/// never taken for somebody it does hold. A country's name inside one ("Jordan Park") names no country.
/// </summary>
internal sealed class PersonStage(Gazetteer gazetteer) : ITaggerStage
{
    private const WordClass NoName = WordClass.Date | WordClass.Title | WordClass.Pronoun | WordClass.Auxiliary | WordClass.Article;

    public void Apply(TaggingDraft draft)
    {
        Find(draft, draft.Body);
        if (!IsTitleCase(draft.Title))
        {
            Find(draft, draft.Title);
        }
    }

    private void Find(TaggingDraft draft, TextReading reading)
    {
        var unsure = new List<(int First, int End)>();
        var alone = new HashSet<ulong>();
        var polite = new List<int>();
        for (var i = 0; i < reading.Tokens.Length;)
        {
            var end = EndOfName(reading, i);
            if (end - i >= 2 && IsPerson(reading, i, end))
            {
                Introduce(draft, reading, i, end);
            }
            else if (end - i >= 2)
            {
                unsure.Add((i, end));
            }
            else if (end - i == 1 && ActsAlone(reading, i))
            {
                alone.Add(reading.Tokens[i].Hash);
            }

            if (end - i == 1 && IsCourtesy(reading, i - 1))
            {
                polite.Add(i);
            }

            i = Math.Max(i + 1, end);
        }

        // "Oluwaseun Adeyemi" is a person if Adeyemi alone says or does something further on.
        foreach (var (first, end) in unsure.Where(name => alone.Contains(reading.Tokens[name.End - 1].Hash) && !IsOfABody(reading, name.First, name.End)))
        {
            Introduce(draft, reading, first, end);
        }

        // "Mrs. Abernathy" of whom no more is told.
        foreach (var at in polite.Where(at => gazetteer.BearersOf(reading.Tokens[at].Hash).Count == 0 && !draft.Persons.Exists(person => person.Bears(reading.Tokens[at].Hash))))
        {
            var title = IsCourtesy(reading, at - 1) && reading.At(at - 1).IsWord ? at - 1 : at - 2;
            draft.Persons.Add(new Person(reading.WordsOf(title, at + 1), null, 0, reading.Tokens[at].Hash) { Gender = Genders.Of(reading.Tokens[title].Class) });
        }
    }

    // The title may end in a full stop.
    private static bool IsCourtesy(TextReading reading, int at) =>
        reading.At(reading.At(at).IsMark('.') ? at - 1 : at) is { IsWord: true, IsCapital: true } title && title.Is(WordClass.Title) && (title.Is(WordClass.Male | WordClass.Female) || title.Is(WordClass.Abbreviation));

    private static bool ActsAlone(TextReading reading, int at)
    {
        var sentence = reading.Tokens[at].Sentence;
        var before = reading.Near(at - 1, sentence);
        var after = reading.Near(at + 1, sentence);
        var isVerb = after.Is(WordClass.Say | WordClass.Act | WordClass.Utter | WordClass.Auxiliary) || (after is { IsWord: true, IsCapital: false, Length: > 4 } && reading.WordsOf(at + 1, at + 2).EndsWith("ed", StringComparison.Ordinal));
        return isVerb || before.Is(WordClass.Say) || (before.Is(WordClass.Title) && before.Is(WordClass.Male | WordClass.Female));
    }

    private static bool IsOfABody(TextReading reading, int first, int end) =>
        reading.Tokens[end - 1].Is(WordClass.NameHead | WordClass.State | WordClass.Body | WordClass.AmericanState) || reading.Tokens[first].Is(WordClass.Region | WordClass.NameStart)
        || Enumerable.Range(first, end - first).Any(i => reading.FoundAt[i] is not null);

    private static int EndOfName(TextReading reading, int first)
    {
        if (!IsNamePart(reading, first) || (IsSentenceStart(reading, first) && reading.Tokens[first].Is(WordClass.Starter)))
        {
            return first;
        }

        var end = first + 1;
        while (end < reading.Tokens.Length)
        {
            var isParticle = IsParticle(reading, end) && (IsNamePart(reading, end + 1) || (IsParticle(reading, end + 1) && IsNamePart(reading, end + 2)));
            if (!isParticle && !IsNamePart(reading, end) && !(reading.Tokens[end].IsJoined && reading.Tokens[end].IsWord && reading.FindingAt(end) is null && reading.Tokens[end - 1].IsCapital))
            {
                break;
            }

            end++;
        }

        return end;
    }

    private static bool IsParticle(TextReading reading, int at) => reading.At(at) is { IsCapital: false } token && token.Is(WordClass.NameParticle);

    private static bool IsNamePart(TextReading reading, int at)
    {
        var token = reading.At(at);
        if (!token.IsWord || !token.IsCapital || token.Zone != Zone.Story || (token.Is(NoName) && !reading.At(at + 1).IsJoined && !(token.Is(WordClass.Date | WordClass.Title) && reading.At(at - 1) is { IsCapital: true } given && given.Is(WordClass.GivenName) && !reading.At(at + 1).IsCapital)))
        {
            return false;
        }

        var isInitial = token.Length == 1 || (token.Length == 2 && reading.Text[token.End - 1] == '.');
        if (token.IsAllCapitals && !isInitial && !reading.IsAllCapitals)
        {
            return false;
        }

        return reading.FindingAt(at) is not { } found || (found.End - found.First == 1 && found.Kind == FindingKind.Name && (found.Actor?.Kind == ActorKind.Country || (found.Actor?.Kind == ActorKind.Organization && reading.At(at - 1) is { IsCapital: true } first && first.Is(WordClass.GivenName))));
    }

    private bool IsPerson(TextReading reading, int first, int end)
    {
        var tokens = reading.Tokens;
        var firstToken = tokens[first];
        var last = tokens[end - 1];
        var before = reading.Near(first - 1, firstToken.Sentence);
        var after = reading.Near(end, firstToken.Sentence);
        var isApposed = before.IsMark(',') && reading.Near(first - 2, firstToken.Sentence).Is(WordClass.Title | WordClass.State) && after.IsMark(',');
        var isSet = before.IsMark(',') && after.IsMark(',') && reading.Near(first - 2, firstToken.Sentence) is { IsWord: true, IsCapital: false };
        var isTold = isApposed || isSet || before.Is(WordClass.Title | WordClass.Say) || after.Is(WordClass.Say | WordClass.Relative)
            || (after.IsMark(',') && (reading.At(end + 1).Is(WordClass.Article | WordClass.Number | WordClass.Relative) || (reading.At(end + 1) is { IsWord: true, IsCapital: false } trade && !trade.Is(WordClass.Conjunction | WordClass.Preposition | WordClass.Stop) && reading.At(end + 2).Is(WordClass.Preposition))));
        if (!isTold && last.Is(WordClass.NameHead))
        {
            return false;
        }

        if (last.Is(WordClass.State | WordClass.Body | WordClass.AmericanState) || firstToken.Is(WordClass.Region | WordClass.NameStart))
        {
            return false;
        }

        var hasCountry = Enumerable.Range(first, end - first).Any(i => reading.FoundAt[i] is not null);
        var isGiven = firstToken.Is(WordClass.GivenName) || (reading.FoundAt[first] is not null && gazetteer.BearersOf(last.Hash).Count > 0);
        if (hasCountry)
        {
            return isGiven;
        }

        var hasJoined = tokens[end - 1].IsJoined && end - first >= 2;
        return isGiven
            || (firstToken.Is(WordClass.KoreanSurname) && (hasJoined || gazetteer.BearersOf(firstToken.Hash).Count > 0))
            || gazetteer.BearersOf(last.Hash).Count > 0
            || isTold;
    }

    private void Introduce(TaggingDraft draft, TextReading reading, int first, int end)
    {
        var words = reading.WordsOf(first, end);
        if (gazetteer.Surnames.FindVariant(words) is { } actor)
        {
            var spelled = draft.PersonOf(actor);
            spelled.AlsoBears(reading.Tokens[FamilyName.IsFamilyFirst(reading.Tokens.AsSpan(first, end - first)) ? first : end - 1].Hash);
            spelled.TimesNamed++;
            draft.Add(new Finding(reading, first, end, FindingKind.Name, actor, $"spelling of {actor.Name}") { Person = spelled });
            return;
        }

        var person = draft.Persons.Find(known => known.Actor is null && known.Name == words);
        if (person is null)
        {
            person = new Person(words, null, reading.Tokens[first].Hash, reading.Tokens[end - 1].Hash) { Gender = GenderOf(reading, first, end) };
            draft.Persons.Add(person);
        }

        if (reading.Tokens[end - 1].IsJoined && end - first > 2)
        {
            person.AlsoBears(reading.Tokens[end - 2].Hash);
        }

        person.TimesNamed++;
        draft.Add(new Finding(reading, first, end, FindingKind.Name, null, "somebody who is not in the knowledge base") { Counts = false, Person = person });
    }

    // By "Mr." or "Mrs." before the name, else by the given name.
    private static Gender GenderOf(TextReading reading, int first, int end)
    {
        var before = reading.Near(first - 1, reading.Tokens[first].Sentence);
        var title = (before.IsMark(',') ? reading.Near(first - 2, reading.Tokens[first].Sentence) : before).Class & (WordClass.Male | WordClass.Female);
        var given = FamilyName.IsFamilyFirst(reading.Tokens.AsSpan(first, end - first)) ? WordClass.None : reading.Tokens[first].Class & (WordClass.Male | WordClass.Female);
        return title == WordClass.None && given == WordClass.None && reading.WordsOf(first, first + 1) is { Length: > 3 } name && name.EndsWith('a') && !FamilyName.IsFamilyFirst(reading.Tokens.AsSpan(first, end - first)) ? Gender.Female : Genders.Of(title != WordClass.None ? title : given);
    }

    private static bool IsSentenceStart(TextReading reading, int at) => reading.SentenceOf(at).First == at || reading.At(at - 1).Mark is '"' or '“';

    // In a headline like "Trump Meets Kim in Seoul" capitals tell no names.
    private static bool IsTitleCase(TextReading title)
    {
        var words = title.Tokens.Where(token => token.IsWord && token.Length > 3 && !token.IsJoined).ToList();
        return words.Count > 0 && words.Count(word => word.IsCapital) * 4 > words.Count * 3;
    }
}
