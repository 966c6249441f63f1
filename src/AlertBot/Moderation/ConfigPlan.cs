using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>What a file would change. Nothing of it is done yet.</summary>
/// <param name="Faults">Why it can't be done, by line; then none of it is.</param>
internal sealed record ConfigPlan(IReadOnlyList<KnowledgeFault> Faults)
{
    public IReadOnlyList<FeedMove> Feeds { get; init; } = [];

    public IReadOnlyList<ConfigFollow> Followed { get; init; } = [];

    public IReadOnlyList<ConfigFollow> Unfollowed { get; init; } = [];

    /// <summary>Those that stay, told in another way.</summary>
    public IReadOnlyList<RetoldFollow> Retold { get; init; } = [];

    public IReadOnlyList<RetoldChannel> Channels { get; init; } = [];

    public IReadOnlyList<ActorEdit> Actors { get; init; } = [];

    public IReadOnlyList<TopicEdit> Topics { get; init; } = [];

    /// <summary>Null: they stay.</summary>
    public ConfigModerators? Moderators { get; init; }

    /// <summary>What is there, is not in the file, and stays all the same.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];

    public bool IsEmpty => Differences.Count == 0;

    /// <summary>One line for each thing, as people read them.</summary>
    public IReadOnlyList<ConfigDifference> Differences =>
    [
        .. Feeds.Select(Of),
        .. Followed.Select(f => new ConfigDifference(DifferenceKind.Added, string.Join("; ", [$"{NameOf(f)} follows {f.What}", .. TellingWords.Of(new FollowTelling(), f.Telling)]))),
        .. Unfollowed.Select(f => new ConfigDifference(DifferenceKind.Removed, $"{NameOf(f)} follows {f.What}")),
        .. Retold.Select(r => new ConfigDifference(DifferenceKind.Changed, $"{NameOf(r.Follow)} follows {r.Follow.What}: {string.Join("; ", TellingWords.Of(r.From, r.Follow.Telling))}")),
        .. Channels.Select(c => new ConfigDifference(DifferenceKind.Changed, $"how {c.Channel.ChannelName ?? c.Channel.Channel.ToString()} is told: {string.Join("; ", TellingWords.Of(c.From, c.Channel.Settings))}")),
        .. Actors.Select(a => new ConfigDifference(KindOf(a.From, a.To), $"actor {a.Slug}{Details(a)}")),
        .. Topics.Select(t => new ConfigDifference(KindOf(t.From, t.To), $"topic {t.Slug}{(t.From is not null && t.To is not null ? $": {string.Join(", ", Details(t.From, t.To))}" : "")}")),
        .. Moderators is { } m ? [new ConfigDifference(DifferenceKind.Changed, $"moderators: role {m.Role ?? "none"}, channel {m.ChannelName ?? m.Channel?.ToString() ?? "none"}")] : Array.Empty<ConfigDifference>(),
    ];

    public string Digest => ImportDrafts.DigestOf(Differences.Select(d => $"{d.Kind} {d.What}"));

    private static string NameOf(ConfigFollow follow) => follow.ChannelName ?? follow.Channel.ToString();

    private static DifferenceKind KindOf(object? from, object? to) => from is null ? DifferenceKind.Added : to is null ? DifferenceKind.Removed : DifferenceKind.Changed;

    private static ConfigDifference Of(FeedMove move)
    {
        var (from, to) = move;
        var name = $"feed {to.Title ?? to.Address.Host} ({to.Address})";
        return from is null or { IsRemoved: true } ? new ConfigDifference(DifferenceKind.Added, name)
            : to.IsRemoved ? new ConfigDifference(DifferenceKind.Removed, name)
            : new ConfigDifference(DifferenceKind.Changed, $"{name}: {string.Join(", ", Details(from, to))}");
    }

    private static IEnumerable<string> Details(FeedSetting from, FeedSetting to)
    {
        if (from.Title != to.Title)
        {
            yield return $"title “{from.Title}” → “{to.Title}”";
        }

        if (from.Interval != to.Interval)
        {
            yield return $"interval {Words(from.Interval)} → {Words(to.Interval)}";
        }

        if (from.IsPaused != to.IsPaused)
        {
            yield return to.IsPaused ? "paused" : "resumed";
        }

        if (from.FullText != to.FullText)
        {
            yield return to.FullText ? "full text of its articles" : "no full text of its articles";
        }

        static string Words(TimeSpan? interval) => interval is { } given ? given.ToString("c", System.Globalization.CultureInfo.InvariantCulture) : "its own";
    }

    private static string Details(ActorEdit edit) => edit switch
    {
        { To.Into: { } into } => $": merged into {into}",
        { From: not null, To: { } to } => $": {string.Join(", ", new[] { to.Name is null ? null : $"name “{to.Name}”", to.Surname is null ? null : $"surname “{to.Surname}”", to.Aliases is null ? null : $"aliases {string.Join("; ", to.Aliases)}" }.OfType<string>())}",
        { To: { } added } => $" ({added.Name})",
        _ => "",
    };

    private static IEnumerable<string> Details(Topic before, Topic after)
    {
        if (before.Name != after.Name)
        {
            yield return $"name “{after.Name}”";
        }

        if (before.Definition != after.Definition)
        {
            yield return "definition";
        }

        if (before.Threshold != after.Threshold)
        {
            yield return "threshold";
        }

        if (TopicEdit.Write(before with { Name = "", Definition = "", Threshold = null }) != TopicEdit.Write(after with { Name = "", Definition = "", Threshold = null }))
        {
            yield return "phrases";
        }
    }
}

/// <param name="Follow">As it shall be.</param>
internal sealed record RetoldFollow(ConfigFollow Follow, FollowTelling From);

/// <param name="Channel">As it shall be.</param>
internal sealed record RetoldChannel(ConfigChannel Channel, ChannelSettings From);

/// <param name="What">One line for people.</param>
internal sealed record ConfigDifference(DifferenceKind Kind, string What);

internal enum DifferenceKind
{
    Added,
    Changed,
    Removed,
}
