using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>The step of /setup that adds packs of starter feeds.</summary>
internal sealed class SetupFeeds(FeedPacks packs)
{
    public async Task<Card> ListAsync(CancellationToken cancellationToken)
    {
        if (packs.All.Count == 0)
        {
            return Card.Problem("This installation has no starter feeds", new CardBlock.Paragraph("Add feeds of your own with /feed add and an address.")) with { Actions = [SetupCommand.Back] };
        }

        var state = await packs.StateAsync(cancellationToken);
        var rows = packs.All.Select(p => (p.Name, State: $"{Count(p.Feeds.Count(f => state.GetValueOrDefault(f.Address)?.State == PackedState.Polled))} of {Count(p.Feeds.Count)} polled")).ToList();
        return Card.Answer("Starter feeds", new CardBlock.Items("Packs", [.. rows.Select(r => new CardItem(r.Name.Title, Detail: r.State))])) with
        {
            Menu = new CardMenu("Add a pack", [.. rows.Select(r => new CardAction(r.Name.Title, CommandOf(r.Name)) { Detail = r.State, Replaces = true })]),
            Actions = [SetupCommand.Back],
        };

        static string CommandOf(PackName name) => $"/setup {SetupCommand.Step}:feeds {SetupCommand.Pack}:{name.Slug}";
    }

    public async Task<Card> AddAsync(CommandInvocation invocation, string wanted, CancellationToken cancellationToken)
    {
        if (packs.Find(wanted) is not { } pack)
        {
            return Card.Problem(
                $"There is no pack “{wanted}”",
                new CardBlock.Items("The packs are", [.. packs.All.Select(p => new CardItem($"/setup feeds {p.Name.Slug}", Detail: p.Name.Title))])) with
            {
                Actions = [SetupCommand.To("feeds", "Starter feeds"), SetupCommand.Back],
            };
        }

        var feeds = await packs.AddAsync(pack, invocation.User.Name, invocation.Origin, cancellationToken);
        var changed = feeds.Count(f => f.Was != PackedState.Polled);
        return Card.Answer(
            changed == 0 ? $"All {Count(feeds.Count)} feeds of {pack.Name.Title} are polled already" : $"{pack.Name.Title}: {Count(changed)} of {Count(feeds.Count)} feeds added",
            [
                .. Block("Added", feeds, PackedState.Missing),
                .. Block("Brought back", feeds, PackedState.Removed),
                .. Block("Resumed", feeds, PackedState.Paused),
                new CardBlock.Paragraph(changed == 0
                    ? "Nothing was changed."
                    : $"{(changed < feeds.Count ? "The others were polled already. " : "")}What new feeds have now goes to the archive without alerts; new stories alert from then on."),
            ]) with
        {
            Actions = [SetupCommand.To("feeds", "Starter feeds"), SetupCommand.Back],
        };
    }

    private static IEnumerable<CardBlock> Block(string heading, IReadOnlyList<(CatalogFeed Feed, PackedState Was)> feeds, PackedState was)
    {
        var rows = feeds.Where(f => f.Was == was).Select(f => new CardItem(f.Feed.Title ?? f.Feed.Address.Host, f.Feed.Address.AbsoluteUri)).ToList();
        return rows.Count > 0 ? [new CardBlock.Items(heading, rows)] : [];
    }

    private static string Count(int number) => number.ToString(CultureInfo.InvariantCulture);
}
