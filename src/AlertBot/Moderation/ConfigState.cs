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
/// <param name="Untold">Channels whose community can't be told now: they are left out.</param>
internal sealed record ConfigState(ConfigSet Set, IReadOnlyDictionary<Uri, FeedSetting> Known, long LastChange, int Untold);

/// <summary>Reads the <see cref="ConfigState"/>.</summary>
internal sealed class ConfigStates(
    FeedStore feeds, FeedBatch batch, SubscriptionStore subscriptions, ChannelSettingsStore settings, ActorEdits actors, TopicEdits topics, KnowledgeBase knowledge,
    CommunityStore communities, ModeratorRoles roles, IEnumerable<IChatPlatform> platforms, ChangeLog log, TimeProvider time)
{
    public async Task<ConfigState> ReadAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var last = await log.LastAsync(null, cancellationToken);
        var follows = await subscriptions.ListOnAsync(invocation.Channel.Platform, cancellationToken);
        var channels = await settings.ListOnAsync(invocation.Channel.Platform, cancellationToken);
        var (ours, untold) = await OursAsync(invocation, follows.Select(f => f.Follow.Channel).Concat(channels.Select(c => c.Channel)), cancellationToken);
        return new ConfigState(
            new ConfigSet
            {
                Moderators = invocation.Community is { } community ? ModeratorsOf(community) : null,
                Feeds = [.. (await feeds.ListAsync(cancellationToken)).OrderBy(f => f.Address.AbsoluteUri, StringComparer.Ordinal).Select(ConfigYaml.Of)],
                Follows =
                [
                    .. follows.Where(f => ours.Contains(f.Follow.Channel))
                        .Select(f => new ConfigFollow(f.Follow.Channel, f.ChannelName, f.Follow.Expression, 0) { Telling = f.Follow.ToldAt(time.GetUtcNow()) })
                        .DistinctBy(f => f.Key).OrderBy(f => f.Key, StringComparer.Ordinal),
                ],
                Channels =
                [
                    .. channels.Where(c => ours.Contains(c.Channel)).Select(c => new ConfigChannel(c.Channel, c.Name, c.Settings, 0)).OrderBy(c => c.Channel.ToString(), StringComparer.Ordinal),
                ],
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

    private async Task<(HashSet<ChannelAddress> Ours, int Untold)> OursAsync(CommandInvocation invocation, IEnumerable<ChannelAddress> channels, CancellationToken cancellationToken)
    {
        var (ours, untold) = (new HashSet<ChannelAddress> { invocation.Channel }, 0);
        if (platforms.FirstOrDefault(p => p.Name == invocation.Channel.Platform) is not { } platform)
        {
            return (ours, untold);
        }

        var here = await platform.CommunityOfAsync(invocation.Channel, cancellationToken);
        foreach (var channel in channels.Distinct().Where(c => c != invocation.Channel))
        {
            var community = await platform.CommunityOfAsync(channel, cancellationToken);
            untold += community is null ? 1 : 0;
            if (community is { Length: > 0 } && community == here)
            {
                ours.Add(channel);
            }
        }

        return (ours, untold);
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
