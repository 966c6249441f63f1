using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Moderation;

/// <summary>/audit: who changed what and when, newest first, each with a button that takes it back.</summary>
internal sealed class AuditCommand(ChangeLog log, TimeProvider time) : IChatCommand
{
    private const string Kind = "kind";
    private const string Subject = "subject";
    private const string By = "by";
    private const string Since = "since";
    private const string Page = "page";
    private const int PageSize = 10;

    private static readonly Choice[] Kinds =
    [
        new("actor", "Actors"), new("topic", "Topics"), new("feed", "Feeds"), new("feed-login", "Logins of feeds"), new("feeds", "Imports of feeds"), new("config", "Imports of a configuration"),
        new("community", "The moderator role and channel"),
        new("follow", "Follows made for other channels"), new("channel", "How channels are told"), new("archive", "Tagging the archive anew"), new("report", "Settled reports of wrong tags"),
    ];

    public CommandDescription Description { get; } = new(
        "audit",
        "Show who changed what and when, newest first, and take a change back",
        new CommandOption(Kind, "Only of one kind: actor, topic, feed, community, follow …") { Suggest = typed => Kinds.Where(k => k.Value.StartsWith(typed.Trim(), StringComparison.OrdinalIgnoreCase)) },
        new CommandOption(Subject, "Only of this: a part of its name, slug or number"),
        new CommandOption(By, "Only by this person: a part of the name"),
        new CommandOption(Since, "Only since then: 24h, 7d, or a day such as 2026-01-31"),
        new CommandOption(Page, "Which page; the newest is 1", OptionKind.Integer) { Min = 1, Max = 10_000 })
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "audit kind:feed since:7d",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var kind = Given(invocation, Kind)?.ToLowerInvariant();
        if (kind is not null && Kinds.All(k => k.Value != kind))
        {
            return Card.Problem($"There is no kind “{kind}”", new CardBlock.Items("The kinds are", [.. Kinds.Select(k => new CardItem(k.Value, Detail: k.Label))]));
        }

        DateTimeOffset? since = null;
        if (Given(invocation, Since) is { } typed && (since = SinceOf(typed)) is null)
        {
            return Card.Problem($"“{typed}” is no time", new CardBlock.Paragraph("Write how long ago, such as 24h or 7d, or a day such as 2026-01-31."));
        }

        var query = new ChangeQuery(invocation.Community) { Kind = kind, Subject = Given(invocation, Subject), By = Given(invocation, By), Since = since };
        var count = await log.CountAsync(query, cancellationToken);
        if (count == 0)
        {
            return Card.Answer("Nothing was changed", new CardBlock.Paragraph("No change by a moderator fits. What they change from now on is kept here."));
        }

        var pages = (count + PageSize - 1) / PageSize;
        var page = Math.Min(Given(invocation, Page) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : 1, pages);
        var shown = await log.SearchAsync(query, (page - 1) * PageSize, PageSize, cancellationToken);
        return Card.Answer($"{count} {(count == 1 ? "change" : "changes")}", new CardBlock.Items(null, [.. shown.Select(c => Item(c, invocation))])) with
        {
            Footer = pages > 1 ? $"Page {page} of {pages}" : null,
            Actions = [.. Turn("Newer", page - 1), .. Turn("Older", page + 1)],
            Menu = shown.Any(c => c.Stands) ? new CardMenu("Undo one", [.. shown.Where(c => c.Stands).Select(c => UndoCommand.Of(c.Id, $"Undo {c.Id}") with { Detail = c.Summary })]) : null,
        };

        IEnumerable<CardAction> Turn(string label, int to)
        {
            if (to >= 1 && to <= pages)
            {
                var options = Description.Options.Where(o => o.Name != Page && Given(invocation, o.Name) is not null).ToDictionary(o => o.Name, o => invocation[o.Name]);
                options.Add(Page, to.ToString(CultureInfo.InvariantCulture));
                yield return new CardAction(label, CommandText.Append($"/{Description.Name}", Description, options)) { Replaces = true };
            }
        }
    }

    // What channels of another community are called is theirs.
    private static CardItem Item(StoredChange change, CommandInvocation invocation)
    {
        var place = change.Change switch
        {
            { Community: var community } when community != invocation.Community => " elsewhere",
            { ChannelName: { } name } => $" in {name}",
            _ => "",
        };
        return new CardItem($"{change.Id}: {change.Summary}", Detail: $"by {change.Change.By}{place}{(change.Stands ? "" : $" · taken back by {change.UndoneBy}")}", At: change.At);
    }

    private DateTimeOffset? SinceOf(string typed)
    {
        if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        }

        return int.TryParse(typed.AsSpan(0, typed.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 10_000
            ? char.ToLowerInvariant(typed[^1]) switch
            {
                'h' => time.GetUtcNow().AddHours(-number),
                'd' => time.GetUtcNow().AddDays(-number),
                _ => null,
            }
            : null;
    }

    private static string? Given(CommandInvocation invocation, string option) => invocation.Find(option)?.Trim() is { Length: > 0 } value ? value : null;
}
