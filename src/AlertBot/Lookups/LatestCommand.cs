using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Tagging;

namespace AlertBot.Lookups;

/// <summary>/latest: the stories of the archive, or of one actor or topic, newest first, page by page.</summary>
internal sealed class LatestCommand(KnowledgeBase knowledge, StoryStore stories, TimeProvider time) : IChatCommand
{
    private const int PageSize = 10;

    // Counting all of an archive takes longer than anybody turns pages.
    private const int MostCounted = 1000;
    private const string PageOption = "page";

    public CommandDescription Description { get; } = new(
        "latest",
        "List the newest stories, of everything or of one actor or topic",
        NameOption.Any(knowledge),
        Period.SinceOption,
        new CommandOption(PageOption, "Which page; 1 has the newest", OptionKind.Integer) { Min = 1 })
    {
        Example = "latest north-korea page:2",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var page = invocation.Find(PageOption) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : 1;
        var (period, wrong) = Period.Of(invocation, time.GetUtcNow());
        if (wrong is not null)
        {
            return wrong;
        }

        var since = invocation.Find(Period.Since)?.Trim() is { Length: > 0 } given ? $" {Period.Since}:{CommandText.Quote(given)}" : "";
        if (invocation.Find(NameOption.Name)?.Trim() is not { Length: > 0 } typed)
        {
            return await ListAsync(
                "Latest stories",
                $"/latest{since}",
                page,
                token => stories.CountAsync(period.From, MostCounted + 1, token),
                (skip, count, token) => stories.NewestAsync(period.From, skip, count, token),
                cancellationToken);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var (found, problem) = NameOption.Find(typed, knowledge, today, n => $"/latest {n}{since}");
        return found is null ? problem! : found.Tell(await OfAsync(found, period.From, since, page, cancellationToken));
    }

    private async Task<Card> OfAsync(NamedTag named, DateTimeOffset from, string since, int page, CancellationToken cancellationToken)
    {
        var (kind, slug) = (TagStore.KindOf(named.Tag.Kind), named.Tag.Slug);
        var card = await ListAsync(
            $"Latest stories: {named.Name}",
            $"/latest {named.Tag}{since}",
            page,
            token => stories.CountTaggedAsync(kind, slug, from, MostCounted + 1, token),
            (skip, count, token) => stories.NewestTaggedAsync(kind, slug, from, skip, count, token),
            cancellationToken);
        return card with
        {
            Actions = card.Tone == CardTone.Problem ? card.Actions : [.. card.Actions, new CardAction($"Follow {named.Name}", $"/follow {named.Tag}")],
            Topic = named.Tag.Kind == TagKind.Topic ? slug : null,
        };
    }

    private static async Task<Card> ListAsync(
        string title, string command, int page, Func<CancellationToken, Task<long>> count, Func<int, int, CancellationToken, Task<IReadOnlyList<Story>>> list, CancellationToken cancellationToken)
    {
        var total = await count(cancellationToken);
        if (total == 0)
        {
            return Card.Answer(title, new CardBlock.Paragraph($"The archive has none {(command.Contains($" {Period.Since}:", StringComparison.Ordinal) ? "from then on" : "yet")}. New stories come in as the feeds are polled; /feed list shows them."));
        }

        var isAll = total <= MostCounted;
        var pages = (Math.Min(total, MostCounted) + PageSize - 1) / PageSize;
        var counted = isAll ? StoryList.Count(total) : $"more than {StoryList.Count(MostCounted)}";
        var shown = await list((page - 1) * PageSize, PageSize + 1, cancellationToken);
        if (shown.Count == 0)
        {
            return Card.Problem($"There is no page {page}", new CardBlock.Paragraph($"{title}: {counted}{(isAll ? $" on {(pages == 1 ? "1 page" : $"{pages} pages")}" : "")}.")) with
            {
                Actions = [isAll ? new CardAction("Last page", $"{command} page:{pages}") : new CardAction("First page", command)],
            };
        }

        return Card.Answer(title, StoryList.Of("Newest first", [.. shown.Take(PageSize)])) with
        {
            Footer = !isAll ? $"Page {page} · {counted}" : pages == 1 ? counted : $"Page {page} of {pages} · {counted}",
            Actions = [.. Turns(command, page, shown.Count > PageSize)],
        };
    }

    private static IEnumerable<CardAction> Turns(string command, int page, bool hasMore)
    {
        if (page > 1)
        {
            yield return new CardAction("Newer", $"{command} page:{page - 1}") { Replaces = true };
        }

        if (hasMore)
        {
            yield return new CardAction("Older", $"{command} page:{page + 1}") { Replaces = true };
        }
    }
}
