using AlertBot.Knowledge;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Lookups.Answers;

/// <summary>A question as it is looked for.</summary>
/// <param name="Text">In words.</param>
/// <param name="Terms">Whom it names, under all their names, and its other telling words.</param>
/// <param name="Time">What time it asks about; null: any.</param>
internal sealed record AskedQuestion(string Text, IReadOnlyList<SearchTerm> Terms, QuestionTime? Time)
{
    /// <summary>Words of a time that stories write, too: a story of that time needs not to.</summary>
    public IReadOnlySet<string> TimeWords { get; } = Time is null ? new HashSet<string>() : FoldedText.WordsOf(Time.Words).ToHashSet();

    /// <summary>The slugs of people whom it names: what does not speak of them does not answer.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <param name="tagger">Null: nobody is known.</param>
    public static AskedQuestion Of(string question, StoryTagger? tagger, DateTimeOffset now)
    {
        var time = QuestionTime.Of(question, now);
        var named = ActorsIn(question, tagger);
        // Who is known is looked for as one, not by the words of a name.
        var words = named.Aggregate(time is { IsWritten: false } ? QuestionTime.Without(question, time) : question, (text, n) => text.Replace(n.Words, " ", StringComparison.Ordinal));
        var terms = named.Select(n => TermOf(n.Actor, n.Words)).OfType<SearchTerm>().ToList();
        return new AskedQuestion(question, [.. terms, .. terms.Count > 0 && !Question.TellingWordsOf(words).Any() ? [] : Question.TermsOf(words)], time)
        {
            People = [.. named.Where(n => n.Actor.Kind == ActorKind.Person).Select(n => n.Actor.Slug)],
        };
    }

    /// <summary>Who is named in a question, each with the words that do, in its order.</summary>
    public static IReadOnlyList<(Actor Actor, string Words)> ActorsIn(string question, StoryTagger? tagger)
    {
        if (tagger is null)
        {
            return [];
        }

        var tagged = tagger.Tag(new StoryText("", question, null));
        return [.. tagged.Mentions.Where(m => m.Slug is not null).Select(m => (Actor: tagged.Knowledge.FindActor(m.Slug!), m.Text)).Where(m => m.Actor is not null).Select(m => (m.Actor!, m.Text)).DistinctBy(m => m.Item1)];
    }

    // A capital may be the government or the place: it is looked for by its own name first.
    private static SearchTerm? TermOf(Actor actor, string words) => Question.Named([words, actor.Name, .. actor.Aliases, .. actor.Demonyms]) is { } term ? term with { Slug = actor.Slug } : null;
}
