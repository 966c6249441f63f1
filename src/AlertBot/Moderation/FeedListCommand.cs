using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/feed list: every feed with how it is doing, the sick ones first.</summary>
internal sealed class FeedListCommand(FeedStore feeds) : IChatCommand
{
    public CommandDescription Description { get; } = new("feed list", "List the feeds with how each is doing") { Example = "feed list", Private = true };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var all = await feeds.ListAsync(cancellationToken);
        var failing = all.Where(f => f.Failures > 0 && f.PausedAt is null).ToList();
        var paused = all.Where(f => f.PausedAt is not null).ToList();
        var well = all.Except(failing).Except(paused).ToList();
        return Card.Answer(
            $"{all.Count.ToString(CultureInfo.InvariantCulture)} feeds: {well.Count} well, {failing.Count} failing, {paused.Count} paused",
            [
                .. Block("Failing", failing, f => $"{f.LastError}; failed {(f.Failures == 1 ? "once" : $"{f.Failures} times in a row")}; next try {f.NextPollAt:u}"),
                .. Block("Paused", paused, f => f.LastError is { } error ? $"paused: {error}" : "paused by a moderator"),
                .. Block("Well", well, f => f.SucceededAt is null ? "not polled yet" : "polled"),
            ]);
    }

    private static IEnumerable<CardBlock> Block(string heading, IReadOnlyList<Feed> feeds, Func<Feed, string> state)
    {
        if (feeds.Count > 0)
        {
            yield return new CardBlock.Items(heading, [.. feeds.Select(f => new CardItem($"{f.Id}: {f.Name}", f.Address.AbsoluteUri, state(f), f.SucceededAt))]);
        }
    }
}
