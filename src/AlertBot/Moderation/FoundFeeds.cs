using AlertBot.Feeds;
using AlertBot.Feeds.Finding;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>The cards about feeds that were found behind an address.</summary>
internal static class FoundFeeds
{
    /// <summary>The one that is meant without asking: the only one, or the only one that is alive. Null: somebody has to choose.</summary>
    public static FoundFeed? OnlyGood(IReadOnlyList<FoundFeed> found, FeedPreview preview) =>
        found is [var only] ? only : found.Where(preview.IsAlive).ToList() is [var alive] ? alive : null;

    /// <param name="command">What is run with the address of the chosen one.</param>
    /// <param name="title">What the chosen one is to be called, if that was said.</param>
    public static Card Choose(IReadOnlyList<FoundFeed> found, FeedPreview preview, string command, string? title) => Card.Answer(
        $"{found.Count} feeds were found",
        new CardBlock.Items(null, [.. found.Select(f => new CardItem(f.Name, f.Address.AbsoluteUri, preview.Line(f)))]),
        new CardBlock.Paragraph("Choose one. Nothing was added yet.")) with
    {
        Menu = Menu("Which feed?", found, preview, command, title),
    };

    public static CardMenu Menu(string prompt, IReadOnlyList<FoundFeed> found, FeedPreview preview, string command, string? title) =>
        new(prompt, [.. found.Select(f => new CardAction(f.Name, $"{command} {f.Address.AbsoluteUri}{(title is null ? "" : $" title:{title}")}") { Detail = preview.Line(f) })]);

    /// <summary>Where a feed of ours that is no longer at the given address may have gone; null if it is none of ours, or still there.</summary>
    public static async Task<Card?> MovedAsync(FeedStore feeds, string typed, IReadOnlyList<FoundFeed> found, CancellationToken cancellationToken)
    {
        var meant = TypedAddress.Read(typed, out _);
        if ((await feeds.ListAsync(cancellationToken)).FirstOrDefault(f => meant.Contains(f.Address)) is not { } ours || found.Any(f => meant.Contains(f.Asked)))
        {
            return null;
        }

        return Card.Answer(
            $"{ours.Name} may have moved",
            new CardBlock.Paragraph($"Feed {ours.Id} can't be read at {ours.Address} any more. This was found on its site:"),
            new CardBlock.Items(null, [.. found.Select(f => new CardItem(f.Name, f.Address.AbsoluteUri))]),
            new CardBlock.Paragraph("Nothing was changed. At a new address it stays the same feed with all that it brought.")) with
        {
            Actions = [.. found.Take(3).Select(f => new CardAction(found.Count == 1 ? "Move it there" : $"Move to {f.Name}", $"/feed set {ours.Id} address:{f.Address.AbsoluteUri}"))],
        };
    }
}
