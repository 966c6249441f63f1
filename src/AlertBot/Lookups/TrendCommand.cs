using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/trend: how many stories there were about each of some actors or topics, as a picture and in words.</summary>
internal sealed class TrendCommand(KnowledgeBase knowledge, TagStore tags, TimeProvider time) : IChatCommand
{
    private const string Names = "names";
    private const string WeeksOption = "weeks";
    private const int MostNames = 5;
    private const int UsualWeeks = 8;
    private const int MostWeeks = 52;
    private const int LongestDescription = 1000;

    public CommandDescription Description { get; } = new(
        "trend",
        "Draw how many stories there were about some actors or topics",
        new CommandOption(Names, "Up to 5 actors or topics, with commas or vs between them", OptionKind.Rest) { Required = true, HoldsNames = true, Suggest = typed => SuggestLast(typed, knowledge) },
        new CommandOption(WeeksOption, "How many weeks back, 1 to 52; 8 if left out", OptionKind.Integer) { Min = 1, Max = MostWeeks })
    {
        Example = "trend north-korea vs china weeks:12",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var typed = NameList.Part(invocation[Names], knowledge);
        if (typed.Count is 0 or > MostNames)
        {
            return Card.Problem(
                typed.Count == 0 ? "No name is given" : $"{typed.Count} names are too many for one picture",
                new CardBlock.Paragraph($"Give one to {MostNames} actors or topics, with commas or vs between them: /{Description.Example}"));
        }

        var weeks = invocation.Find(WeeksOption) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : UsualWeeks;
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var named = new List<NamedTag>();
        foreach (var (i, name) in typed.Index())
        {
            var (found, problem) = NameOption.Find(name, knowledge, today, meant => $"/trend {string.Join(", ", typed.Select((other, j) => i == j ? meant.ToString() : other))} weeks:{weeks}");
            if (found is null)
            {
                return problem!;
            }

            named.Add(found);
        }

        return named.Aggregate(await DrawAsync([.. named.DistinctBy(n => n.Tag)], weeks, today, cancellationToken), (card, of) => of.Tell(card));
    }

    private async Task<Card> DrawAsync(IReadOnlyList<NamedTag> named, int weeks, DateOnly today, CancellationToken cancellationToken)
    {
        var trends = new List<Trend>();
        foreach (var of in named)
        {
            trends.Add(await Trend.ReadAsync(of, weeks, today, knowledge, tags, cancellationToken));
        }

        var from = trends[0].From;
        var title = $"{string.Join(" vs ", named.Select(n => n.Name))}: stories in {(weeks == 1 ? "1 week" : $"{weeks} weeks")}";
        if (trends.All(t => t.Total == 0))
        {
            return Card.Answer(title, new CardBlock.Paragraph($"The archive has no story about {(named.Count == 1 ? "it" : "any of them")} since {Day(from)}. More weeks may show some: weeks:{MostWeeks} at most."));
        }

        return Card.Answer(title, new CardBlock.Items($"From {Day(from)} to {Day(today)}", [.. trends.Select(t => new CardItem(t.Of.Name, Detail: t.Summary))])) with
        {
            Image = Image(trends, from, today),
            Topic = named is [{ Tag: { Kind: TagKind.Topic } topic }] ? topic.Slug : null,
            Actions = [.. named.Select(n => new CardAction($"Latest: {n.Name}", $"/latest {n.Tag}"))],
        };
    }

    private static CardImage? Image(IReadOnlyList<Trend> trends, DateOnly from, DateOnly today)
    {
        var isWeekly = trends[0].Weeks.Count > UsualWeeks;
        if (TrendChart.Draw(trends, isWeekly) is not { } png)
        {
            return null;
        }

        var description = $"Stories per {(isWeekly ? "week" : "day")} from {Day(from)} to {Day(today)}. {string.Join(". ", trends.Select(t => $"{t.Of.Name}: {t.Summary}"))}.";
        return new CardImage(png, description.Length <= LongestDescription ? description : description[..(LongestDescription - 1)] + "…");
    }

    // Only the last name is being typed; a choice keeps those before it.
    private static IEnumerable<Choice> SuggestLast(string typed, KnowledgeBase knowledge)
    {
        var start = NameList.LastOf(typed);
        return knowledge.SuggestNames(typed[start..], 25).Select(s => new Choice(typed[..start] + new TagName(s.Kind, s.Slug), s.Label));
    }

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
