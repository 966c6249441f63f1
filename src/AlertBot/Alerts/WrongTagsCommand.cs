using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Alerts;

/// <summary>/wrong-tags: the tags that people say are wrong, newest first, until a moderator has seen to them.</summary>
internal sealed class WrongTagsCommand(TagReports reports, KnowledgeBase knowledge) : IChatCommand
{
    private const string Page = "page";
    private const string Settled = "settled";
    private const int PageSize = 10;

    public CommandDescription Description { get; } = new(
        "wrong-tags",
        "List the tags that people say are wrong",
        new CommandOption(Page, "Which page; the newest is 1", OptionKind.Integer) { Min = 1, Max = 10_000 },
        new CommandOption(Settled, "The number of one that needs no more attention", OptionKind.Integer) { Min = 1 })
    {
        Example = "wrong-tags",
        ModeratorsOnly = true,
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (Number(invocation, Settled) is { } settled && !await reports.SettleAsync(settled, invocation.Origin, cancellationToken))
        {
            return Card.Problem($"There is no open report {settled}", new CardBlock.Paragraph("/wrong-tags lists the open ones with their numbers."));
        }

        var count = await reports.CountAsync(cancellationToken);
        if (count == 0)
        {
            return Card.Answer("Nobody says that a tag is wrong", new CardBlock.Paragraph("People report one with /wrong-tag or the button under an alert."));
        }

        var pages = (count + PageSize - 1) / PageSize;
        var page = Math.Min(Number(invocation, Page) ?? 1, pages);
        var open = await reports.OpenAsync((page - 1) * PageSize, PageSize, cancellationToken);
        return Card.Answer(
            $"{count} {(count == 1 ? "tag is" : "tags are")} said to be wrong",
            new CardBlock.Items(null, [.. open.Select(Item)]),
            new CardBlock.Paragraph("Edit an actor to mend its names: you see first which stories that would change. For a topic's phrases /topics try shows it.")) with
        {
            Footer = pages > 1 ? $"Page {page} of {pages}" : null,
            Actions = [.. Turn("Newer", page - 1, pages), .. Turn("Older", page + 1, pages), .. Edits(open)],
            Menu = new CardMenu("Settle one", [.. open.Select(r => Settle(r, page))]),
        };
    }

    private static int? Number(CommandInvocation invocation, string option) =>
        invocation.Find(option) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : null;

    private static IEnumerable<CardAction> Turn(string label, int page, int pages)
    {
        if (page >= 1 && page <= pages)
        {
            yield return new CardAction(label, $"/wrong-tags {page}") { Replaces = true };
        }
    }

    private IEnumerable<CardAction> Edits(IEnumerable<ReportedTag> open) =>
        open.Where(r => !r.IsGone).Select(r => TagName.Parse(r.Tag.Name)).Distinct()
            .Where(n => n.Kind == TagKind.Topic ? knowledge.FindTopic(n.Slug) is not null : knowledge.FindActor(n.Slug) is not null)
            .Select(n => new CardAction($"Edit {knowledge.NameOf(n)}", n.Kind == TagKind.Topic ? $"/topics edit {n.Slug}" : $"/actor edit {n.Slug}"));

    private CardItem Item(ReportedTag reported) => new(
        $"{reported.Id}: {reported.Tag.Name} on “{reported.Title ?? "a story whose text is no longer kept"}”",
        reported.Link,
        $"{(reported.IsGone ? "gone since · " : "")}{People(reported.Reports)} · “{reported.Tag.Matched}” ({reported.Tag.Rule}) in: {reported.Tag.Sentence}",
        reported.ReportedAt);

    private CardAction Settle(ReportedTag reported, int page) =>
        new($"{reported.Id}: {knowledge.NameOf(TagName.Parse(reported.Tag.Name))}", $"/wrong-tags {page} settled:{reported.Id}") { Detail = reported.Title, Replaces = true };

    private static string People(int count) => count == 1 ? "1 person" : $"{count} people";
}
