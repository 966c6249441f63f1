using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories.Events;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/together: what links two actors: how often they stood in one story over time, the events, the topics, and what each said of the other.</summary>
internal sealed class TogetherCommand(KnowledgeBase knowledge, TagStore tags, EventStore events, QuoteStore quotes, TimeProvider time) : IChatCommand
{
    private const string Names = "names";
    private const int MostStories = 1_000;
    private const int MostRead = 300;
    private const int MostEvents = 8;
    private const int MostTopics = 5;
    private const int Weeks = 52;
    private const int MostYears = 15;

    public CommandDescription Description { get; } = new(
        "together",
        "Show what links two actors: events, topics, words about each other, over time",
        new CommandOption(Names, "Two actors, with a comma or and between them", OptionKind.Rest) { Required = true, HoldsNames = true, Suggest = typed => SuggestLast(typed, knowledge) },
        Period.SinceOption)
    {
        Example = "together north-korea and russia",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var typed = NameList.Part(invocation[Names], knowledge);
        var (period, wrong) = Period.Of(invocation, now);
        if (wrong is not null || typed.Count != 2)
        {
            return wrong ?? Card.Problem("Two actors are needed", new CardBlock.Paragraph($"Give two, with a comma or and between them: /{Description.Example}"));
        }

        var named = new List<NamedTag>();
        foreach (var (i, name) in typed.Index())
        {
            var (found, problem) = NameOption.FindActor(name, knowledge, DateOnly.FromDateTime(now.UtcDateTime), n => Line(i == 0 ? n.Slug : typed[0], i == 1 ? n.Slug : typed[1], invocation));
            if (found is null)
            {
                return problem!;
            }

            named.Add(found);
        }

        return named[0].Tag == named[1].Tag
            ? Card.Problem($"That is {named[0].Name} twice", new CardBlock.Paragraph("Give two different actors."))
            : named[0].Tell(named[1].Tell(await TellAsync(named[0], named[1], period, now, cancellationToken)));
    }

    private async Task<Card> TellAsync(NamedTag one, NamedTag other, Period period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (ofOne, ofOther) = ((await tags.CountAsync(one.Tag, cancellationToken)).Stories, (await tags.CountAsync(other.Tag, cancellationToken)).Stories);
        var (fewer, more) = ofOne <= ofOther ? (one, other) : (other, one);
        var both = await tags.NewestWithBothAsync(fewer.Tag, more.Tag, period.From, period.To, MostStories, cancellationToken);
        var title = $"{one.Name} and {other.Name}";
        CardAction[] next = [new CardAction($"Who is {one.Name}?", $"/who {one.Tag.Slug}"), new CardAction($"Who is {other.Name}?", $"/who {other.Tag.Slug}"), new CardAction("Follow both", $"/follow {one.Tag.Slug} and {other.Tag.Slug}")];
        if (both.Count == 0)
        {
            return Card.Answer(title, new CardBlock.Paragraph($"The archive has no story {(period.IsAlways ? "" : "of that time ")}that has both.")) with { Actions = next };
        }

        // They lie far apart: to look into each takes longer than to count them.
        var stories = both.Take(MostRead).Select(b => b.Story).ToList();
        var places = await events.PlacesAsync(stories, cancellationToken);
        var told = await events.OfStoriesAsync([.. stories.DistinctBy(s => places[s]).Take(MostEvents)], cancellationToken);
        var company = await tags.CompanyAsync(stories, cancellationToken);
        var days = ByDay(both, now);
        return Card.Answer(
            title,
            new CardBlock.Facts(
            [
                new CardFact("Stories with both", $"{Pages.Count(both.Count, "story", both.Count < MostStories).Replace("storys", "stories", StringComparison.Ordinal)}, {(both.Count > MostRead ? $"the newest {MostRead} of " : "")}{Pages.Count(places.Values.Distinct().Count(), "event")}"),
                new CardFact("First and last", $"{Day(both[^1].At)} and {Day(both[0].At)}"),
                new CardFact($"Of all stories of {one.Name}", Share(both.Count, ofOne)),
                new CardFact($"Of all stories of {other.Name}", Share(both.Count, ofOther)),
                new CardFact("By year", string.Join(" · ", both.CountBy(b => b.At.Year).OrderBy(y => y.Key).TakeLast(MostYears).Select(y => $"{y.Key.ToString(CultureInfo.InvariantCulture)}: {y.Value.ToString(CultureInfo.InvariantCulture)}"))),
                new CardFact("The last 52 weeks", days.Summary),
            ]),
            new CardBlock.Items(both.Count > MostRead ? $"Topics of the newest {MostRead}" : "Topics", [.. company.Where(c => c.Name.Kind == TagKind.Topic).Take(MostTopics).Select(c => new CardItem(knowledge.NameOf(c.Name), Detail: StoryList.Count(c.Stories)))]),
            new CardBlock.Items("Events, newest first", [.. told.Select(EventLine.Of)]),
            new CardBlock.Items("Words about each other", [.. await WordsAsync(one, other, period, stories, cancellationToken), .. await WordsAsync(other, one, period, stories, cancellationToken)])) with
        {
            Image = days.Total > 0 && TrendChart.Draw([days], isWeekly: true) is { } png ? new CardImage(png, $"Stories a week with {title}: {days.Summary}.") : null,
            Topic = company.FirstOrDefault(c => c.Name.Kind == TagKind.Topic)?.Name.Slug,
            Actions = next,
        };
    }

    private async Task<IEnumerable<CardItem>> WordsAsync(NamedTag speaker, NamedTag about, Period period, IReadOnlyCollection<Stories.StoryId> stories, CancellationToken cancellationToken)
    {
        var found = await quotes.FindAsync(new QuoteQuery(speaker.Tag.Slug, period.From, period.To) { About = about.Tag.Slug, Stories = stories }, 50, cancellationToken);
        return FoldedQuote.Of(found).Take(2).Select(q => new CardItem($"{speaker.Name}: “{q.Words.Text}”", q.Words.Link, q.Words.Source, q.At));
    }

    private static Trend ByDay(IReadOnlyList<(Stories.StoryId Story, DateTimeOffset At)> both, DateTimeOffset now)
    {
        var from = DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - (Weeks * Trend.DaysInWeek));
        var counts = both.CountBy(b => DateOnly.FromDateTime(b.At.UtcDateTime)).ToDictionary();
        return new Trend(new NamedTag(default, "both"), ["stories with both"], from, [.. Enumerable.Range(0, Weeks * Trend.DaysInWeek).Select(d => (long)counts.GetValueOrDefault(from.AddDays(d)))]);
    }

    private static string Share(int both, long all) => all == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * both / all:0.#} %");

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Line(string one, string other, CommandInvocation invocation) => Pages.Line($"/together {one}, {other}", (Period.Since, invocation.Find(Period.Since)));

    // Only the last name is being typed; a choice keeps the one before it.
    private static IEnumerable<Choice> SuggestLast(string typed, KnowledgeBase knowledge)
    {
        var start = NameList.LastOf(typed);
        return knowledge.SuggestNames(typed[start..], 50).Where(s => s.Kind == TagKind.Actor).Select(s => new Choice(typed[..start] + s.Slug, s.Label));
    }
}
