using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/brief: the events of a day, a week or any time, the most important first, a line each: those that the channel's follows want, or those of one actor or topic.</summary>
internal sealed class BriefCommand(KnowledgeBase knowledge, TagStore tags, StoryStore stories, Briefing briefing, TimeProvider time) : IChatCommand
{
    private const string PeriodOption = "period";
    private const string Follows = "follows";

    public CommandDescription Description { get; } = new(
        "brief",
        "Sum up a day or week: the events of this channel's follows, most important first",
        NameOption.Any(knowledge) with { Summary = "An actor or topic; left out or follows: what this channel follows" },
        new CommandOption(PeriodOption, "day, week, month or a time such as 3d or yesterday; a day if left out") { Suggest = _ => [new("day", "the last 24 hours"), new("week", "the last 7 days"), new("month", "the last 30 days"), new("yesterday", "yesterday")], IsEnding = IsPeriod },
        Pages.PageOption)
    {
        Example = "brief north-korea week",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (name, typed, now) = (Given(invocation, NameOption.Name), Given(invocation, PeriodOption), time.GetUtcNow());
        name = Follows.Equals(name, StringComparison.OrdinalIgnoreCase) ? null : name;
        // What comes just now belongs to it.
        if (Read(typed ?? "day", now.AddMilliseconds(1)) is not { } period)
        {
            return Card.Problem($"“{typed}” is no time", new CardBlock.Paragraph("Write day, week, month, or how far back: 12h, 3d, 2w, yesterday, last week, 2024-05."));
        }

        if (name is null)
        {
            var came = await stories.IdsBetweenAsync(period.From, period.To, Briefing.MostStories, cancellationToken);
            return await briefing.WantedAsync(invocation.Channel, came, cancellationToken) is { } wanted
                ? await TellAsync("Brief: what this channel follows", "/brief", typed, period, wanted, invocation, cancellationToken)
                : Card.Answer("This channel follows nothing", new CardBlock.Paragraph("/follow north-korea changes that; /brief north-korea sums up one actor or topic without it."));
        }

        var (found, problem) = NameOption.Find(name, knowledge, DateOnly.FromDateTime(now.UtcDateTime), n => Pages.Line($"/brief {n}", (PeriodOption, typed)));
        if (found is null)
        {
            return problem!;
        }

        var told = await tags.NewestAsync(found.Tag, period.From, period.To, isMain: false, Briefing.MostStories, cancellationToken);
        return found.Tell(await TellAsync($"Brief: {found.Name}", $"/brief {found.Tag}", typed, period, await briefing.AboutAsync(found.Tag, told, cancellationToken), invocation, cancellationToken));
    }

    private Task<Card> TellAsync(string title, string line, string? typed, Period period, TaggedStories told, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var (from, to) = (Briefing.Moment(period.From), Briefing.Moment(period.To));
        return briefing.TellAsync(title, Pages.Line(line, (PeriodOption, typed ?? "day")), $"{from} to {to}, most important first", $"Nothing came between {from} and {to}.", period.From, told, invocation, cancellationToken);
    }

    private static bool IsPeriod(string typed) => typed.ToLowerInvariant() is "day" or "week" or "month" or "year" or "today" || Period.IsEnding(typed);

    private static Period? Read(string typed, DateTimeOffset now) => Period.Read(typed.ToLowerInvariant() switch { "day" => "24h", "week" => "7d", "month" => "30d", "year" => "12m", _ => typed }, now);

    private static string? Given(CommandInvocation invocation, string option) => invocation.Find(option)?.Trim() is { Length: > 0 } value ? value : null;
}
