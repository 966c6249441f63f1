using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>
/// The page of one person: the follows that they made, channel by channel, and for moderators the feeds that are not well.
/// Every button names the channel or the feed that it acts on.
/// </summary>
internal sealed class HomeComposer(SubscriptionStore subscriptions, FeedStore feeds, ModeratorRoles moderators, TimeProvider time)
{
    private const int MostFollows = 15;
    private const int MostFeeds = 5;

    /// <summary>A <see cref="HomePage"/>.</summary>
    public async Task<IReadOnlyList<Card>> ComposeAsync(CommandInvocation visitor, CancellationToken cancellationToken)
    {
        var follows = await subscriptions.ListMadeByAsync(visitor.User.Inbox ?? visitor.Channel, cancellationToken);
        var unwell = moderators.Moderates(visitor) ? (await feeds.ListAsync(cancellationToken)).Where(f => f.Failures > 0 || f.PausedAt is not null).ToList() : [];
        return
        [
            follows.Count == 0 ? WelcomeCard.Compose() : Card.Answer($"You made {(follows.Count == 1 ? "1 follow" : $"{follows.Count} follows")}") with { Footer = follows.Count > MostFollows ? $"The newest {MostFollows} are shown. /following shows all of a channel." : null },
            .. follows.Reverse().Take(MostFollows).Select(Followed),
            .. unwell.Count == 0 ? Array.Empty<Card>() : [Unwell(unwell)],
        ];
    }

    private Card Followed(NamedFollow named)
    {
        var follow = named.Follow;
        var muted = follow.MutedUntil is { } until && until > time.GetUtcNow() ? $"Muted until {until:u}" : null;
        return Card.Answer($"{follow.Expression} in {named.ChannelName}") with
        {
            Footer = muted,
            Actions =
            [
                muted is null ? new CardAction("Pause for a day", Typed("mute hours:24")) : new CardAction("Go on", Typed("unmute")),
                new CardAction("Unfollow", Typed("unfollow")),
                new CardAction("All of the channel", $"/following {ChannelOption.Name}:{follow.Channel}"),
            ],
        };

        string Typed(string command) => $"/{command} {ChannelOption.Name}:{follow.Channel} {follow.Expression}";
    }

    private static Card Unwell(List<Feed> unwell) => Card.Answer(
        $"{(unwell.Count == 1 ? "1 feed is" : $"{unwell.Count} feeds are")} not well",
        new CardBlock.Items(null, [.. unwell.Take(MostFeeds).Select(f => new CardItem($"{f.Id}: {f.Name}", f.Address.AbsoluteUri, f.LastError ?? "paused by a moderator", f.SucceededAt))])) with
    {
        Actions =
        [
            .. unwell.Take(MostFeeds).Select(f => f.PausedAt is null ? new CardAction($"Edit {f.Id}", $"/feed edit {f.Id}") : new CardAction($"Resume {f.Id}", $"/feed resume {f.Id}")),
            new CardAction("All feeds", "/feed list"),
        ],
    };
}
