using System.Globalization;
using AlertBot.Lookups.Answers;
using AlertBot.Platforms;
using AlertBot.Stories.Events;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/ask: answers a question from the archive, each sentence with its sources; says so where the archive does not.</summary>
internal sealed class AskCommand(Answerer answerer, AskedBefore before, StoryTagger tagger, EventStore events, TimeProvider time, ModelWriter? writer = null) : IChatCommand
{
    private const string QuestionOption = "question";
    private const string Show = "show";
    private const string Sentences = "sentences";
    private const int LongestQuestion = 500;
    private const int LongestTitle = 200;
    private const int MostDifferences = 3;
    private const int MostNear = 3;

    public CommandDescription Description { get; } = new(
        "ask",
        "Answer a question from the archive, with the source behind each sentence",
        new CommandOption(QuestionOption, "What you want to know; \"and in 2022?\" goes on from your last question", OptionKind.Rest) { Required = true },
        new CommandOption(Show, "sentences: what the sources say, word for word") { Suggest = _ => [new Choice(Sentences, "what the sources say, word for word")] })
    {
        Example = "ask what did Kim Yung-ho say about talks with North Korea?",
        TakesQuestions = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = invocation[QuestionOption].Trim();
        if (typed.Length > LongestQuestion)
        {
            return Card.Problem("The question is too long", new CardBlock.Paragraph($"It has {typed.Length} characters; {LongestQuestion} are read. Ask for one thing at a time."));
        }

        var isWhole = invocation.Find(Show) is not null;
        if (isWhole && invocation[Show] != Sentences)
        {
            return Card.Problem($"There is nothing called '{invocation[Show]}' to show", new CardBlock.Paragraph($"{Show}:{Sentences} shows what the sources say, word for word."));
        }

        var now = time.GetUtcNow();
        var question = !isWhole && await before.FindAsync(invocation, cancellationToken) is { } last ? FollowUp.Resolve(last, typed, tagger, now) : typed;
        var asked = AskedQuestion.Of(question, tagger, now);
        if (!Question.TellingWordsOf(question).Any())
        {
            return Card.Problem("Nothing was asked", new CardBlock.Paragraph($"Name somebody or something: /{Description.Example}"));
        }

        await before.RememberAsync(invocation, question, cancellationToken);
        var answer = await answerer.AnswerAsync(asked, cancellationToken);
        return answer.IsAbstained ? Nothing(question, answer) : await TellAsync(asked, answer, isWhole, cancellationToken);
    }

    private async Task<Card> TellAsync(AskedQuestion asked, Answer answer, bool isWhole, CancellationToken cancellationToken)
    {
        var line = Pages.Line("/ask", (QuestionOption, asked.Text));
        var stories = answer.Sources.GroupBy(s => s.Story.Id).ToList();
        var outlets = stories.Select(s => s.First().Story.Source).Distinct().Count();
        return Card.Answer(
            Cut(asked.Text),
            [
                // Several sentences of one story have one number.
                .. answer.Sentences.Select(s => new CardBlock.Paragraph((s with { Sources = [.. s.Sources.Select(n => stories.FindIndex(g => g.Key == answer.Sources[n - 1].Story.Id) + 1).Distinct()] }).ToString())),
                new CardBlock.Items("Sources", [.. stories.Select((s, i) => Source([.. s], i + 1, isWhole))]),
                new CardBlock.Items("Sources differ", [.. await DifferencesAsync(asked, answer, cancellationToken)]),
            ]) with
        {
            Footer = $"{(answer.IsWritten ? $"Written by {writer?.Name} from these sources and checked against them" : "The outlets' own sentences, best first")} · {Pages.Count(outlets, "outlet")}",
            Actions = isWhole || !answer.IsWritten ? [new CardAction("Search", SearchLine(asked))] : [new CardAction("Show the sentences", $"{line} {Show}:{Sentences}") { Replaces = true }, new CardAction("Search", SearchLine(asked))],
        };
    }

    private static Card Nothing(string question, Answer answer) => Card.Answer(
        Cut(question),
        new CardBlock.Paragraph("The archive does not say."),
        new CardBlock.Items("Nearest to it", [.. answer.Ranked.Take(MostNear).Select(s => new CardItem(s.Title, s.Link, s.Source, s.SortedAt))])) with
    {
        Footer = "Only what the feeds brought is in the archive",
        Actions = [new CardAction("Search", $"/search {string.Join(" OR ", Question.TellingWordsOf(question).Distinct())}")],
    };

    private static CardItem Source(IReadOnlyList<Passage> passages, int number, bool isWhole) => new(
        $"[{number.ToString(CultureInfo.InvariantCulture)}] {passages[0].Story.Title}",
        passages[0].Story.Link,
        isWhole ? $"{passages[0].Story.Source}: {string.Join(" … ", passages.Select(p => $"“{p.Text}”"))}" : passages[0].Story.Source,
        passages[0].Story.SortedAt);

    /// <summary>Figures on which the outlets of the answer's events differ, where the answer or the question speaks of them.</summary>
    private async Task<IReadOnlyList<CardItem>> DifferencesAsync(AskedQuestion asked, Answer answer, CancellationToken cancellationToken)
    {
        var spoken = WeighedTerm.Read($"{asked.Text} {string.Join(' ', answer.Sources.Select(s => s.Text))}").ToHashSet();
        var differences = new List<CardItem>();
        var seen = new HashSet<long>();
        foreach (var story in answer.Sources.Select(s => s.Story).DistinctBy(s => s.Id))
        {
            if (await events.FindAsync(story.Id, cancellationToken) is { } happening && seen.Add(happening.Id.Value) && happening.Outlets.Count > 1)
            {
                var texts = await events.TextsAsync(happening.Id, cancellationToken);
                var figures = EventFigures.Of([.. happening.Tellings.Where(t => texts.ContainsKey(t.Story)).Select(t => (t, texts[t.Story].Text, texts[t.Story].Published))]);
                differences.AddRange(figures.Where(f => !f.IsAgreed && spoken.Overlaps(WeighedTerm.Read(f.What))).Select(EventCommand.Difference));
            }
        }

        return [.. differences.Take(MostDifferences)];
    }

    private static string SearchLine(AskedQuestion asked) => $"/search {string.Join(" OR ", Question.TellingWordsOf(asked.Text).Distinct())}";

    private static string Cut(string question) => question.Length <= LongestTitle ? question : question[..LongestTitle] + "…";
}
