using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>
/// Compares a file with what there is. Merging adds and changes what the file names; replacing also takes away, of each part that the
/// file has, what it does not name. A function of values.
/// </summary>
internal sealed class ConfigPlanner(ConfigSet wanted, ConfigState state, ActorOverlay overlay, IReadOnlyList<Topic> topicFiles, IReadOnlyList<Topic> topics, bool replaces)
{
    private readonly List<KnowledgeFault> _faults = [];
    private readonly List<string> _left = [];

    public ConfigPlan Plan()
    {
        var plan = new ConfigPlan(_faults)
        {
            Feeds = wanted.Feeds is null ? [] : [.. Feeds(wanted.Feeds)],
            Followed = wanted.Follows is null ? [] : [.. wanted.Follows.ExceptBy(state.Set.Follows!.Select(f => f.Key), f => f.Key)],
            Unfollowed = wanted.Follows is null || !replaces ? [] : [.. state.Set.Follows!.ExceptBy(wanted.Follows.Select(f => f.Key), f => f.Key)],
            Retold = wanted.Follows is null ? [] : [.. Retold(wanted.Follows)],
            Channels = wanted.Channels is null ? [] : [.. Channels(wanted.Channels)],
            Actors = wanted.Actors is null ? [] : [.. Actors(wanted.Actors)],
            Topics = wanted.Topics is null ? [] : [.. Topics(wanted.Topics)],
            Moderators = wanted.Moderators is { } moderators && state.Set.Moderators is { } present ? Moderators(moderators, present) : null,
            Left = _left,
        };
        return plan with { Faults = [.. _faults.OrderBy(f => f.Line)] };
    }

    private IEnumerable<FeedMove> Feeds(IReadOnlyList<ListedFeed> listed)
    {
        var named = new HashSet<long>();
        foreach (var feed in listed)
        {
            var present = FeedBatch.Find(state.Known, feed.Address);
            if (present is not null && !named.Add(present.Id!.Value))
            {
                _faults.Add(new KnowledgeFault("", feed.Line, $"{feed.Address} is a feed that stands here under another address, too: keep one"));
                continue;
            }

            var to = new FeedSetting(present?.Id, present?.Address ?? feed.Address, feed.Title ?? present?.Title, feed.Interval, feed.IsPaused, feed.FullText);
            if (present != to)
            {
                yield return new FeedMove(present, to);
            }
        }

        foreach (var gone in replaces ? state.Known.Values.DistinctBy(f => f.Id).Where(f => !f.IsRemoved && !named.Contains(f.Id!.Value)) : [])
        {
            yield return new FeedMove(gone, gone with { IsRemoved = true });
        }
    }

    private IEnumerable<RetoldFollow> Retold(IReadOnlyList<ConfigFollow> listed) =>
        from follow in listed
        join present in state.Set.Follows! on follow.Key equals present.Key
        let to = wanted.IsOlder ? follow.Telling.Over(present.Telling) : follow.Telling
        where to != present.Telling
        select new RetoldFollow(follow with { ChannelName = present.ChannelName, Telling = to }, present.Telling);

    private IEnumerable<RetoldChannel> Channels(IReadOnlyList<ConfigChannel> listed)
    {
        var present = state.Set.Channels!.ToDictionary(c => c.Channel);
        var extra = replaces ? present.Values.ExceptBy(listed.Select(c => c.Channel), c => c.Channel).Select(c => c with { Settings = ChannelSettings.Usual }) : [];
        return from channel in listed.Concat(extra)
               let there = present.GetValueOrDefault(channel.Channel)
               let before = there?.Settings ?? ChannelSettings.Usual
               where channel.Settings != before
               select new RetoldChannel(channel with { ChannelName = there?.ChannelName ?? channel.ChannelName }, before);
    }

    private IEnumerable<ActorEdit> Actors(IReadOnlyList<ConfigActor> listed)
    {
        var now = overlay;
        foreach (var entry in listed)
        {
            if (Edit(entry.Slug, entry.Fields, entry.Line, ref now) is { } edit)
            {
                yield return edit;
            }
        }

        foreach (var extra in replaces ? state.Set.Actors!.ExceptBy(listed.Select(a => a.Slug), a => a.Slug) : [])
        {
            if (extra.Fields is null or { Into: not null })
            {
                _left.Add($"actor {extra.Slug} stays {(extra.Fields is null ? "removed" : $"merged into {extra.Fields.Into}")}: /audit takes that back");
            }
            else if (Edit(extra.Slug, extra.Fields.Kind is not null ? null : ActorFields.Between(ActorNow(now, extra.Slug)!, now.Files.FindActor(extra.Slug)!)?.To, 0, ref now) is { } edit)
            {
                yield return edit;
            }
        }
    }

    private ActorEdit? Edit(string slug, ActorFields? to, int line, ref ActorOverlay now)
    {
        var actor = ActorNow(now, slug);
        if ((to is null && actor is null && now.Files.FindActor(slug) is not null)
            || (to?.Into is { } into && now.Merged.TryGetValue(slug, out var other) && other == into)
            || (actor is not null && to is { Into: null } && ActorFields.Between(actor, to.On(actor)) is null))
        {
            return null;
        }

        var (with, faults) = now.With(slug, to);
        if (with is null)
        {
            _faults.AddRange(faults.Select(f => new KnowledgeFault("", line, $"actor '{slug}': {f}")));
            return null;
        }

        now = with;
        var (from, fields) = actor is null ? (null, to) : to is null or { Into: not null } ? (ActorFields.Of(actor), to) : ActorFields.Between(actor, to.On(actor))!.Value;
        return new ActorEdit(slug, from, fields);
    }

    private static Actor? ActorNow(ActorOverlay now, string slug) => now.Actors.FirstOrDefault(a => a.Slug == slug);

    private IEnumerable<TopicEdit> Topics(IReadOnlyList<ConfigTopic> listed)
    {
        var now = topics;
        var extra = replaces ? state.Set.Topics!.ExceptBy(listed.Select(t => t.Slug), t => t.Slug).Select(t => new ConfigTopic(t.Slug, topicFiles.FirstOrDefault(f => f.Slug == t.Slug), 0)) : [];
        foreach (var (slug, to, line) in listed.Concat(extra))
        {
            var from = now.FirstOrDefault(t => t.Slug == slug);
            if (TopicEdit.Write(from) == TopicEdit.Write(to))
            {
                continue;
            }

            if (to is not null && TopicRules.Faults(to, now, PhraseBook.Shipped.Grammar) is { Count: > 0 } faults)
            {
                _faults.AddRange(faults.Select(f => new KnowledgeFault("", line, $"topic '{slug}': {f}")));
                continue;
            }

            now = [.. now.Where(t => t.Slug != slug), .. to is null ? Array.Empty<Topic>() : [to]];
            yield return new TopicEdit(slug, from, to);
        }
    }

    private ConfigModerators? Moderators(ConfigModerators to, ConfigModerators present)
    {
        var next = new ConfigModerators(
            replaces ? to.Role : to.Role ?? present.Role,
            replaces ? to.Channel : to.Channel ?? present.Channel,
            (to.Channel is null && !replaces) || to.Channel == present.Channel ? present.ChannelName : to.ChannelName,
            to.Line);
        return next.Role == present.Role && next.Channel == present.Channel ? null : next;
    }
}
