using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>What moderators decided so far, as seen from one community.</summary>
/// <param name="Set">All of it, in the order in which a file has it.</param>
/// <param name="Known">Every feed that there is or was, by address.</param>
/// <param name="LastChange">The number of the last change then: another one means that this is no longer so.</param>
/// <param name="Untold">Channels with follows whose community can't be told now; their follows are left out.</param>
internal sealed record ConfigState(ConfigSet Set, IReadOnlyDictionary<Uri, FeedSetting> Known, long LastChange, int Untold);

/// <summary>Reads the <see cref="ConfigState"/>.</summary>
internal sealed class ConfigStates(
    FeedStore feeds, FeedBatch batch, SubscriptionStore subscriptions, ActorEdits actors, TopicEdits topics, KnowledgeBase knowledge,
    CommunityStore communities, ModeratorRoles roles, IEnumerable<IChatPlatform> platforms, ChangeLog log)
{
    public async Task<ConfigState> ReadAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var last = await log.LastAsync(null, cancellationToken);
        var (follows, untold) = await FollowsAsync(invocation, cancellationToken);
        return new ConfigState(
            new ConfigSet
            {
                Moderators = invocation.Community is { } community ? ModeratorsOf(community) : null,
                Feeds = [.. (await feeds.ListAsync(cancellationToken)).OrderBy(f => f.Address.AbsoluteUri, StringComparer.Ordinal).Select(ConfigYaml.Of)],
                Follows = follows,
                Actors = [.. ActorsOf(actors.Now)],
                Topics = [.. TopicsOf(topics.Files, knowledge.Topics)],
            },
            await batch.KnownAsync(cancellationToken),
            last,
            untold);
    }

    private ConfigModerators ModeratorsOf(string community)
    {
        // One that nobody chose is where the last change was made: nobody decided that.
        var channel = communities.FindChannel(community) is { IsChosen: true } chosen ? chosen : null;
        return new ConfigModerators(roles.Find(community), channel?.Address, channel?.Name, 0);
    }

    private async Task<(IReadOnlyList<ConfigFollow> Follows, int Untold)> FollowsAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var platform = platforms.FirstOrDefault(p => p.Name == invocation.Channel.Platform);
        var ours = platform is null ? "" : await platform.CommunityOfAsync(invocation.Channel, cancellationToken);
        var (found, untold) = (new List<ConfigFollow>(), 0);
        foreach (var channel in (await subscriptions.ListOnAsync(invocation.Channel.Platform, cancellationToken)).GroupBy(f => f.Follow.Channel))
        {
            var community = channel.Key == invocation.Channel || platform is null ? ours : await platform.CommunityOfAsync(channel.Key, cancellationToken);
            untold += community is null ? 1 : 0;
            if (channel.Key == invocation.Channel || (community is { Length: > 0 } && community == ours))
            {
                found.AddRange(channel.Select(f => new ConfigFollow(f.Follow.Channel, f.ChannelName, f.Follow.Expression, 0)));
            }
        }

        return ([.. found.DistinctBy(f => f.Key).OrderBy(f => f.Key, StringComparer.Ordinal)], untold);
    }

    /// <summary>What differs from the files: added first, since others may be merged into those.</summary>
    private static IEnumerable<ConfigActor> ActorsOf(ActorOverlay now)
    {
        var present = now.Actors.ToDictionary(a => a.Slug);
        var added = now.Actors.Where(a => now.Files.FindActor(a.Slug) is null).Select(a => new ConfigActor(a.Slug, ActorFields.Of(a), 0));
        var rest = now.Files.Actors.Select(file =>
            now.Merged.TryGetValue(file.Slug, out var into) ? new ConfigActor(file.Slug, new ActorFields { Into = into }, 0)
            : !present.TryGetValue(file.Slug, out var actor) ? new ConfigActor(file.Slug, null, 0)
            : ActorFields.Between(file, actor) is var (_, to) ? new ConfigActor(file.Slug, to, 0)
            : null).OfType<ConfigActor>();
        return added.Concat(rest.OrderBy(a => a.Fields?.Into is null).ThenBy(a => a.Slug, StringComparer.Ordinal));
    }

    private static IEnumerable<ConfigTopic> TopicsOf(IReadOnlyList<Topic> files, IReadOnlyList<Topic> now) =>
        from slug in files.Concat(now).Select(t => t.Slug).Distinct().Order(StringComparer.Ordinal)
        let topic = now.FirstOrDefault(t => t.Slug == slug)
        where TopicEdit.Write(topic) != TopicEdit.Write(files.FirstOrDefault(t => t.Slug == slug))
        select new ConfigTopic(slug, topic, 0);
}
