using AlertBot.Knowledge;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tagging;

/// <summary>One story on its way through the stages.</summary>
internal sealed class TaggingDraft(StoryText text)
{
    // No story is as long; a text that is must not hold up the others.
    private const int LongestRead = 40_000;

    public StoryText Text { get; } = text;

    public TextReading Title { get; } = TextReading.Of(TextSection.Title, Cut(text.Title));

    public TextReading Body { get; } = TextReading.Of(TextSection.Body, Cut(text.Body));

    /// <summary>The day that decides who holds an office; without one, an office that has no end counts.</summary>
    public DateOnly Day { get; } = text.Published is { } published ? DateOnly.FromDateTime(published.DateTime) : DateOnly.MaxValue;

    public List<Finding> Findings { get; } = [];

    /// <summary>Everybody whom the story names in full, in that order.</summary>
    public List<Person> Persons { get; } = [];

    public List<Quote> Quotes { get; } = [];

    public List<Quote> Statements { get; } = [];

    public Dictionary<Actor, Salience> Saliences { get; } = [];

    public List<Tag> Topics { get; } = [];

    public List<NearTopic> NearTopics { get; } = [];

    private static string Cut(string body) =>
        body.Length <= LongestRead ? body : body[..(char.IsHighSurrogate(body[LongestRead - 1]) ? LongestRead - 1 : LongestRead)];

    /// <summary>Adds a finding and takes the place of those that it covers.</summary>
    public void Add(Finding finding)
    {
        for (var i = finding.First; i < finding.End; i++)
        {
            if (finding.Reading.FoundAt[i] is { } covered)
            {
                Remove(covered);
            }
        }

        for (var i = finding.First; i < finding.End; i++)
        {
            finding.Reading.FoundAt[i] = finding;
        }

        Findings.Add(finding);
    }

    public void Remove(Finding finding)
    {
        Array.Clear(finding.Reading.FoundAt, finding.First, finding.End - finding.First);
        Findings.Remove(finding);
    }

    public Person PersonOf(Actor actor)
    {
        var person = Persons.Find(known => known.Actor == actor);
        if (person is null)
        {
            var surname = FamilyName.Of(actor) is { } name ? SurnameIndex.HashOf(name) : 0;
            Persons.Add(person = new Person(actor.Name, actor, surname, surname) { Gender = GenderOf(actor) });
        }

        return person;
    }

    private static Gender GenderOf(Actor actor)
    {
        var words = Tokenizer.Read(actor.Name);
        return words.Length < 2 || FamilyName.IsFamilyFirst(words) ? Gender.Unknown : Genders.Of(words[0].Class);
    }
}
