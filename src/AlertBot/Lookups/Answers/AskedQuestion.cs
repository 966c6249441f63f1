using AlertBot.Knowledge;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Lookups.Answers;

/// <summary>A question as it is looked for.</summary>
/// <param name="Text">In words.</param>
/// <param name="Terms">Its telling words, and whom it names under all their names.</param>
/// <param name="Time">What time it asks about; null: any.</param>
internal sealed record AskedQuestion(string Text, IReadOnlyList<SearchTerm> Terms, QuestionTime? Time)
{
    /// <summary>Words of a time that stories write, too: who is in that time needs not to write them.</summary>
    public IReadOnlySet<string> TimeWords { get; } = Time is null ? new HashSet<string>() : FoldedText.WordsOf(Time.Words).ToHashSet();

    /// <param name="tagger">Null: nobody is known.</param>
    public static AskedQuestion Of(string question, StoryTagger? tagger, DateTimeOffset now)
    {
        var time = QuestionTime.Of(question, now);
        var words = time is { IsWritten: false } ? QuestionTime.Without(question, time) : question;
        return new AskedQuestion(question, [.. Question.TermsOf(words), .. ActorsIn(question, tagger).Select(a => Question.Named([a.Actor.Name, .. a.Actor.Aliases])).OfType<SearchTerm>()], time);
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
}
