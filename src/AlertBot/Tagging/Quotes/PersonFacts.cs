using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging.Quotes;

/// <summary>What a story tells of the persons whom it names: their sex, by the pronouns behind them, and what they are.</summary>
internal sealed class PersonFacts(Speech speech)
{
    private const int AppositionReach = 10;

    private readonly Lazy<Dictionary<Person, int>> _votes = new(() => VotesOf(speech));
    private readonly Lazy<Dictionary<ulong, Person?>> _byDescription = new(() => DescriptionsOf(speech));

    /// <summary>Whether somebody is described by the noun; the person is null where several are.</summary>
    public bool TryDescribed(ulong noun, out Person? person) => _byDescription.Value.TryGetValue(noun, out person);

    public Gender SexOf(Person person) =>
        person.Gender != Gender.Unknown ? person.Gender
        : _votes.Value.GetValueOrDefault(person) switch { > 0 => Gender.Male, < 0 => Gender.Female, _ => Gender.Unknown };

    // The first pronoun behind a name, before another name, tells the sex of its bearer.
    private static Dictionary<Person, int> VotesOf(Speech speech)
    {
        var votes = new Dictionary<Person, int>();
        var body = speech.Body;
        Person? named = null;
        for (var i = 0; i < body.Tokens.Length; i++)
        {
            if (speech.IsQuoted(i))
            {
                continue;
            }

            if (body.FoundAt[i] is { Person: { } person } found)
            {
                named = person;
                if (Genders.Of(found.Before(1).Class) is var title and not Gender.Unknown && found.Before(1).Is(WordClass.Title))
                {
                    votes[person] = votes.GetValueOrDefault(person) + (title == Gender.Male ? 5 : -5);
                }

                i = found.End - 1;
            }
            else if (named is not null && body.Tokens[i].Is(WordClass.Pronoun) && Genders.Of(body.Tokens[i].Class) is var sex and not Gender.Unknown)
            {
                votes[named] = votes.GetValueOrDefault(named) + (sex == Gender.Male ? 1 : -1);
                named = null;
            }
        }

        return votes;
    }

    // Words of a description that two persons share tell nobody.
    private static Dictionary<ulong, Person?> DescriptionsOf(Speech speech)
    {
        var described = new Dictionary<ulong, Person?>();
        var body = speech.Body;
        for (var i = 0; i < body.Tokens.Length; i++)
        {
            if (body.FoundAt[i] is not { Person: { } person } found || found.First != i || speech.IsQuoted(i))
            {
                continue;
            }

            var before = found.Before(1).IsMark(',') ? i - 2 : i - 1;
            if (body.Near(before, found.Sentence) is { IsWord: true } title && (title.Is(WordClass.Title) || !title.IsCapital) && !title.Is(WordClass.Preposition | WordClass.Stop | WordClass.Say | WordClass.Utter | WordClass.Auxiliary | WordClass.Pronoun))
            {
                Note(title.Hash, person);
            }

            if (found.After(0).IsMark(',') && found.After(1).Is(WordClass.Article))
            {
                NoteApposition(found, person);
            }
        }

        return described;

        void NoteApposition(Finding found, Person person)
        {
            for (var i = 2; i < AppositionReach && found.After(i) is { IsWord: true } word && !word.Is(WordClass.Preposition | WordClass.Relative); i++)
            {
                if (!found.After(i + 1).IsWord || found.After(i + 1).Is(WordClass.Preposition | WordClass.Relative))
                {
                    Note(word.Hash, person);
                }
            }
        }

        void Note(ulong noun, Person person) => described[noun] = described.TryGetValue(noun, out var other) && other != person ? null : person;
    }
}
