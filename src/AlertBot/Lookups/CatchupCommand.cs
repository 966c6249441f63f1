using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Stories;

namespace AlertBot.Lookups;

/// <summary>/catchup: the events of a channel's follows that came since the one who asks was last here, the most important first. Only that person sees it.</summary>
internal sealed class CatchupCommand(Briefing briefing, StoryStore stories, Visits visits, TimeProvider time) : IChatCommand
{
    public const string Name = "catchup";

    private const string Title = "What you missed here";

    // What a publisher dates earlier than that was not news any more when it came.
    private static readonly TimeSpan Latest = TimeSpan.FromDays(1);
    private static readonly TimeSpan FirstTime = TimeSpan.FromHours(24);

    public CommandDescription Description { get; } = new(
        Name,
        "Show what this channel's follows brought since you were last here, most important first",
        new CommandOption(Period.Since, "Since when instead: 3d, yesterday, 2024-05-31; since you were last here if left out") { Suggest = _ => [new("24h", "the last 24 hours"), new("3d", "the last 3 days"), new("7d", "the last 7 days"), new("yesterday", "yesterday and today")] },
        Pages.PageOption)
    {
        Example = "catchup since:3d",
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (period, wrong) = Period.Of(invocation, now);
        if (wrong is not null)
        {
            return wrong;
        }

        var last = await visits.LastAsync(invocation, cancellationToken);
        var (since, why) = invocation.Find(Period.Since)?.Trim() is { Length: > 0 }
            ? (period.From, $"since {Ago(period.From, now)}")
            : last is { } at ? (at, $"since you were last here, {Ago(at, now)}") : (now - FirstTime, "in the last 24 hours, since this is your first visit here that I know of");
        if (await briefing.WantedAsync(invocation.Channel, await stories.IdsSeenAsync(since, since - Latest, Briefing.MostStories, cancellationToken), cancellationToken) is not { } wanted)
        {
            return Card.Answer("This channel follows nothing", new CardBlock.Paragraph("/follow north-korea changes that; /latest lists the newest stories of all feeds."));
        }

        // The buttons bear the moment, so that turning pages shows the same although it counts as seen from now on.
        var card = await briefing.TellAsync(
            Title, Pages.Line($"/{Name}", (Period.Since, Period.Exactly(since))), $"{char.ToUpperInvariant(why[0])}{why[1..]}, most important first", $"Nothing that this channel follows came {why}.", since, wanted, invocation, cancellationToken);
        if (!Pages.IsGiven(invocation))
        {
            await visits.MarkAsync(invocation, cancellationToken);
        }

        return card;
    }

    /// <summary><c>Tuesday 14:05 UTC, 2 days ago</c>; with the date where that is a week or more.</summary>
    private static string Ago(DateTimeOffset at, DateTimeOffset now)
    {
        var past = now - at;
        var ago = past switch
        {
            { TotalMinutes: < 1 } => "just now",
            { TotalHours: < 1 } => Count((int)past.TotalMinutes, "minute"),
            { TotalDays: < 2 } => Count((int)past.TotalHours, "hour"),
            _ => Count((int)past.TotalDays, "day"),
        };
        return past.TotalDays < 7 ? $"{at.UtcDateTime.ToString("dddd HH:mm", CultureInfo.InvariantCulture)} UTC, {ago}" : $"{Briefing.Moment(at)}, {ago}";

        static string Count(int number, string unit) => $"{Pages.Count(number, unit)} ago";
    }
}
