using System.Globalization;
using System.Text;
using AlertBot.Feeds;
using AlertBot.Feeds.Opml;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed export: all feeds, or one, as a file that other readers and /feed import take.</summary>
internal sealed class FeedExportCommand(FeedStore feeds, FeedPacks packs, FeedFigureReader figures, TimeProvider time) : IChatCommand
{
    private const string Format = "format";
    private static readonly string[] Formats = ["opml", "yaml"];

    public CommandDescription Description { get; } = new(
        "feed export",
        "Give the feeds as an OPML or YAML file",
        new CommandOption(Format, "opml for other readers, yaml with every setting; opml if left out") { Suggest = typed => Formats.Where(f => f.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(f => new Choice(f, f)) },
        FeedOption.Of(feeds) with { Required = false, Summary = "One feed: its number, address or title; all if left out" })
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "feed export opml",
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var format = invocation.Find(Format) is { Length: > 0 } typed ? typed.ToLowerInvariant() : Formats[0];
        if (!Formats.Contains(format))
        {
            return Card.Problem($"There is no format “{format}”", new CardBlock.Paragraph("Type opml, which every reader takes, or yaml, which has every setting."));
        }

        return string.IsNullOrWhiteSpace(invocation.Find(FeedOption.Name))
            ? await AnswerAsync(await feeds.ListAsync(cancellationToken), "All feeds", format, cancellationToken)
            : await FeedOption.WithFeedAsync(feeds, invocation, feed => AnswerAsync([feed], feed.Name, format, cancellationToken), cancellationToken);
    }

    private async Task<Card> AnswerAsync(IReadOnlyList<Feed> all, string title, string format, CancellationToken cancellationToken)
    {
        if (all.Count == 0)
        {
            return Card.Answer("There are no feeds to export", new CardBlock.Paragraph("/feed add adds one, /feed import many."));
        }

        var now = time.GetUtcNow();
        var bytes = format == "opml"
            ? OpmlWriter.Write($"AlertBot: {title}", await OutlinesAsync(all, cancellationToken), now)
            : Encoding.UTF8.GetBytes($"{ConfigYaml.Comment($"AlertBot: {title}, {now:u}. /feed import reads it. It holds no passwords.")}{ConfigYaml.Feeds(all.Select(ConfigYaml.Of))}");
        return Card.Answer(
            $"{title}: {all.Count.ToString(CultureInfo.InvariantCulture)} {(all.Count == 1 ? "feed" : "feeds")} in a file",
            new CardBlock.Paragraph("It holds addresses, titles and settings, never a password. /feed import reads it again.")) with
        {
            File = new CardFile($"feeds-{now:yyyy-MM-dd}.{format}", format == "opml" ? "text/x-opml" : "application/yaml", bytes),
        };
    }

    private async Task<IEnumerable<OpmlFeed>> OutlinesAsync(IReadOnlyList<Feed> all, CancellationToken cancellationToken)
    {
        var sites = await figures.SitesAsync(cancellationToken);
        var packed = packs.All.SelectMany(p => p.Feeds.Select(f => (f.Address, p.Name.Title))).DistinctBy(f => f.Address).ToDictionary(f => f.Address, f => f.Title);
        return all.Select(f => new OpmlFeed(f.Address, f.Title, packed.TryGetValue(f.Address, out var pack) ? [pack] : [], 0) { Site = sites.GetValueOrDefault(f.Id) });
    }
}
