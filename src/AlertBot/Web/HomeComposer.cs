using AlertBot.Alerts;
using AlertBot.Feeds;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Web;

/// <summary>
/// The page of one person: the follows that they made, channel by channel, the latest alerts under them, and for moderators the
/// feeds and how they are. Every button names the channel or the feed that it acts on.
/// </summary>
internal sealed class HomeComposer(SubscriptionStore subscriptions, AlertHistory alerts, FeedStore feeds, CommandRouter router, ModeratorRoles moderators, TimeProvider time)
{
    private const int MostFollows = 15;
    private const int MostAlerts = 5;
    private const int MostFeeds = 5;

    /// <summary>A <see cref="HomePage"/>.</summary>
    public async Task<IReadOnlyList<Card>> ComposeAsync(CommandInvocation visitor, CancellationToken cancellationToken)
    {
        var follows = await subscriptions.ListMadeByAsync(visitor.User.Inbox ?? visitor.Channel, cancellationToken);
        var latest = await alerts.LatestAsync(follows, MostAlerts, cancellationToken);
        return
        [
            follows.Count == 0 ? WelcomeCard.Compose() : Card.Answer($"You made {(follows.Count == 1 ? "1 follow" : $"{follows.Count} follows")}") with { Footer = follows.Count > MostFollows ? $"The newest {MostFollows} are shown. /following shows all of a channel." : null },
            .. follows.Reverse().Take(MostFollows).Select(Followed),
            .. latest.Count == 0 ? Array.Empty<Card>() : [Card.Answer("Latest alerts", new CardBlock.Items(null, latest))],
            .. moderators.Moderates(visitor) ? [await FeedsAsync(visitor, cancellationToken)] : Array.Empty<Card>(),
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
                new CardAction("Edit", Typed("refollow")),
                new CardAction("Unfollow", Typed("unfollow")),
                new CardAction("All of the channel", $"/following {ChannelOption.Name}:{follow.Channel}"),
            ],
        };

        string Typed(string command) => $"/{command} {ChannelOption.Name}:{follow.Channel} {follow.Expression}";
    }

    // What /feed list answers, with what can be done at once about those that are not well.
    private async Task<Card> FeedsAsync(CommandInvocation visitor, CancellationToken cancellationToken)
    {
        var list = await router.AnswerTextAsync("/feed list", visitor, cancellationToken);
        var unwell = (await feeds.ListAsync(cancellationToken)).Where(f => f.Failures > 0 || f.PausedAt is not null).Take(MostFeeds);
        return list with
        {
            Actions = [.. unwell.Select(f => f.PausedAt is null ? new CardAction($"Edit {f.Id}", $"/feed edit {f.Id}") : new CardAction($"Resume {f.Id}", $"/feed resume {f.Id}")), .. list.Actions],
        };
    }
}
