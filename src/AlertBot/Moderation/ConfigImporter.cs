using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Storage;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>
/// Plans what a file would change, and does all of it or nothing: in one transaction, and as one change that can be taken back as one.
/// </summary>
internal sealed class ConfigImporter(
    ConfigStates states, Database database, FeedBatch batch, SubscriptionStore subscriptions, ChannelSettingsStore settings, ActorEdits actors, TopicEdits topics, KnowledgeBase knowledge,
    CommunityStore communities, ModeratorRoles roles, CallableRoles callable, ConfigRights rights, ImportDrafts drafts, ChangeLog log, TimeProvider time) : IReversible
{
    public const string KindOfChange = ChangeLog.OfImports;

    string IReversible.Kind => KindOfChange;

    /// <returns>The plan, with every fault of the file; and the number of the last change that it knows of.</returns>
    public async Task<(ConfigPlan Plan, long LastChange)> PlanAsync(string text, bool replaces, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var state = await states.ReadAsync(invocation, cancellationToken);
        var kept = state.Set.Follows!.Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        var (set, faults) = ConfigReader.Read(text, knowledge, kept, (channel, role) => callable.Has(channel, role, invocation.Community), time.GetUtcNow());
        if (set is null)
        {
            return (new ConfigPlan(faults), state.LastChange);
        }

        var plan = new ConfigPlanner(set, state, actors.Now, topics.Files, knowledge.Topics, replaces).Plan();
        return (plan with { Faults = [.. faults.Concat(plan.Faults).Concat(await rights.FaultsAsync(plan, invocation, cancellationToken)).OrderBy(f => f.Line)] }, state.LastChange);
    }

    /// <returns>The number of the change; null where somebody applied the draft already.</returns>
    /// <exception cref="ImportOvertakenException">Something was changed since the plan was made: nothing was done.</exception>
    public async Task<long?> ApplyAsync(ConfigPlan plan, long lastChange, ImportDraft draft, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var number = await database.InTransactionAsync(
            async transaction => await drafts.TakeAsync(transaction, draft) ? await ApplyAsync(transaction, plan, lastChange, draft.Id, invocation, cancellationToken) : (long?)null,
            cancellationToken);
        await PutInForceAsync(cancellationToken);
        return number;
    }

    public async Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken)
    {
        var done = JsonSerializer.Deserialize<ConfigDone>(change.Change.To!, JsonSerializerOptions.Web)!;
        var standing = new List<string>();
        foreach (var edit in done.Edits)
        {
            if (await log.FindAsync(edit.Change, author.Community, cancellationToken) is { } stored)
            {
                standing.AddRange(await log.FaultsAsync(stored, cancellationToken));
            }
        }

        if (standing.Count > 0)
        {
            return new Reversal.Refused(standing);
        }

        var reversal = await log.ReverseAsync(
            change,
            author,
            async (transaction, _) =>
            {
                await ReverseAsync(transaction, done, change.Stands, author.By);
                return [];
            },
            cancellationToken);
        await PutInForceAsync(cancellationToken);
        return reversal;
    }

    private async Task<long> ApplyAsync(DbTransaction transaction, ConfigPlan plan, long lastChange, long draft, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await log.LastAsync(transaction, cancellationToken) != lastChange)
        {
            throw new ImportOvertakenException();
        }

        Author author = invocation.Origin;
        var moves = await batch.ApplyAsync(transaction, plan.Feeds, invocation.User.Name) ?? throw new ImportOvertakenException();
        var done = new ConfigDone(
            moves,
            await FollowAsync(transaction, plan.Followed.Select(Done), follows: true),
            await FollowAsync(transaction, plan.Unfollowed.Select(Done), follows: false),
            [.. await EditActorsAsync(transaction, plan.Actors, author), .. await EditTopicsAsync(transaction, plan.Topics, author)],
            plan.Moderators is null ? null : await ModerateAsync(transaction, invocation.Community!, plan.Moderators, author.By))
        {
            Retold = [.. plan.Retold.Select(r => new RetoldDone(r.Follow.Channel.ToString(), r.Follow.What.ToString(), r.From, r.Follow.Telling))],
            Channels = [.. plan.Channels.Select(c => new ChannelDone(c.Channel.Channel.ToString(), c.Channel.ChannelName, invocation.Community, c.From, c.Channel.Settings))],
        };
        if (!await TellAsync(transaction, done, back: false, author.By))
        {
            throw new ImportOvertakenException();
        }

        var counts = string.Join(", ", plan.Differences.CountBy(d => d.Kind).OrderBy(c => c.Key).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Value} {c.Key.ToString().ToLowerInvariant()}")));
        return await log.AppendAsync(
            transaction,
            author.Changed(KindOfChange, string.Create(CultureInfo.InvariantCulture, $"import {draft}"), null, JsonSerializer.Serialize(done, JsonSerializerOptions.Web), $"Imported a configuration: {counts}"));

        FollowDone Done(ConfigFollow follow) => new(
            follow.Channel.ToString(), follow.ChannelName ?? $"#{follow.Channel.Channel}", follow.What.ToString(), invocation.User.Name, invocation.User.Inbox?.ToString(), invocation.Community, follow.Telling);
    }

    private async Task<IReadOnlyList<FollowDone>> FollowAsync(DbTransaction transaction, IEnumerable<FollowDone> all, bool follows)
    {
        var done = all.ToList();
        foreach (var follow in done)
        {
            if (!await SetAsync(transaction, follow, follows))
            {
                throw new ImportOvertakenException();
            }
        }

        return done;
    }

    private async Task<bool> SetAsync(DbTransaction transaction, FollowDone follow, bool follows)
    {
        var (channel, what) = (ChannelAddress.Parse(follow.Channel), FollowParser.ParseStored(follow.What, knowledge.Current));
        return follows
            ? await subscriptions.AddAsync(transaction, new FollowOrigin(channel, follow.ChannelName, follow.By, follow.Inbox is { } inbox ? ChannelAddress.Parse(inbox) : null, follow.Community), what)
                && await subscriptions.TellAsync(transaction, channel, what, new FollowTelling(), follow.Telling ?? new FollowTelling())
            : await subscriptions.RemoveAsync(transaction, channel, what);
    }

    /// <returns>False if somebody told something of it otherwise since: that stays.</returns>
    private async Task<bool> TellAsync(DbTransaction transaction, ConfigDone done, bool back, string by)
    {
        var isAsSeen = true;
        foreach (var follow in done.Retold)
        {
            var (from, to) = back ? (follow.To, follow.From) : (follow.From, follow.To);
            isAsSeen &= await subscriptions.TellAsync(transaction, ChannelAddress.Parse(follow.Channel), FollowParser.ParseStored(follow.What, knowledge.Current), from, to);
        }

        foreach (var channel in done.Channels)
        {
            var (from, to) = back ? (channel.To, channel.From) : (channel.From, channel.To);
            isAsSeen &= await settings.ChangeAsync(transaction, new NamedSettings(ChannelAddress.Parse(channel.Channel), channel.ChannelName, to), from, by, channel.Community);
        }

        return isAsSeen;
    }

    private async Task<List<EditDone>> EditActorsAsync(DbTransaction transaction, IReadOnlyList<ActorEdit> edits, Author author)
    {
        var done = new List<EditDone>();
        foreach (var edit in edits)
        {
            var summary = edit switch { { From: null } => "Added", { To: null } => "Removed", { To.Into: { } into } => $"Merged into {into}", _ => "Edited" };
            var number = await log.AppendAsync(transaction, author.Changed(ActorEdits.Kind, edit.Slug, edit.From?.ToJson(), edit.To?.ToJson(), $"{summary}: {edit.Slug}, by an imported configuration"));
            if (edit.To?.Into is { } merged)
            {
                await ArchiveMerge.MoveAsync(transaction, number, edit.Slug, merged);
            }

            done.Add(new EditDone(number, edit.Slug, edit.To?.Into));
        }

        return done;
    }

    private async Task<List<EditDone>> EditTopicsAsync(DbTransaction transaction, IReadOnlyList<TopicEdit> edits, Author author)
    {
        var done = new List<EditDone>();
        foreach (var edit in edits)
        {
            var summary = $"{(edit.From is null ? "Added" : edit.To is null ? "Removed" : "Edited")} the topic {(edit.To ?? edit.From)!.Name}, by an imported configuration";
            done.Add(new EditDone(await log.AppendAsync(transaction, author.Changed(TopicEdits.KindOfChange, edit.Slug, TopicEdit.Write(edit.From), TopicEdit.Write(edit.To), summary)), edit.Slug, null));
        }

        return done;
    }

    private async Task<ModeratorsDone> ModerateAsync(DbTransaction transaction, string community, ConfigModerators to, string by)
    {
        var channel = communities.FindChannel(community) is { IsChosen: true } chosen ? chosen : null;
        var done = new ModeratorsDone(
            community,
            new ModeratorsThen(roles.Find(community), channel?.Address.ToString(), channel?.Name),
            new ModeratorsThen(to.Role, to.Channel?.ToString(), to.ChannelName));
        await WriteAsync(transaction, community, done.To, by);
        return done;
    }

    // A channel that nobody chose stays where none is chosen.
    private Task WriteAsync(DbTransaction transaction, string community, ModeratorsThen then, string by) => communities.WriteAsync(
        transaction, community, then.Role, then.ToChannel() ?? (communities.FindChannel(community) is { IsChosen: false } unchosen ? unchosen : null), by);

    private async Task ReverseAsync(DbTransaction transaction, ConfigDone done, bool back, string by)
    {
        await batch.ReverseAsync(transaction, done.Feeds, back, by);
        foreach (var (follow, follows) in done.Followed.Select(f => (f, !back)).Concat(done.Unfollowed.Select(f => (f, back))))
        {
            await SetAsync(transaction, follow, follows);
        }

        await TellAsync(transaction, done, back, by);
        await log.SetStandingAsync(transaction, [.. done.Edits.Select(e => e.Change)], stands: !back, by);
        foreach (var merge in done.Edits.Where(e => e.Into is not null))
        {
            await (back ? ArchiveMerge.MoveBackAsync(transaction, merge.Change, merge.Slug, merge.Into!) : ArchiveMerge.MoveAsync(transaction, merge.Change, merge.Slug, merge.Into!));
        }

        if (done.Moderators is { } moderators)
        {
            await WriteAsync(transaction, moderators.Community, back ? moderators.From : moderators.To, by);
        }
    }

    private async Task PutInForceAsync(CancellationToken cancellationToken)
    {
        await batch.RefreshAsync(cancellationToken);
        await actors.LoadAsync(cancellationToken);
        await topics.LoadAsync(cancellationToken);
        await communities.LoadAsync(cancellationToken);
    }

    // What is needed to take it back.
    private sealed record ConfigDone(
        IReadOnlyList<FeedMove> Feeds, IReadOnlyList<FollowDone> Followed, IReadOnlyList<FollowDone> Unfollowed, IReadOnlyList<EditDone> Edits, ModeratorsDone? Moderators)
    {
        public IReadOnlyList<RetoldDone> Retold { get; init; } = [];

        public IReadOnlyList<ChannelDone> Channels { get; init; } = [];
    }

    private sealed record FollowDone(string Channel, string ChannelName, string What, string By, string? Inbox, string? Community, FollowTelling? Telling = null);

    private sealed record RetoldDone(string Channel, string What, FollowTelling From, FollowTelling To);

    private sealed record ChannelDone(string Channel, string? ChannelName, string? Community, ChannelSettings From, ChannelSettings To);

    private sealed record EditDone(long Change, string Slug, string? Into);

    private sealed record ModeratorsDone(string Community, ModeratorsThen From, ModeratorsThen To);

    private sealed record ModeratorsThen(string? Role, string? Channel, string? ChannelName)
    {
        public ModeratorsChannel? ToChannel() => Channel is null ? null : new ModeratorsChannel(ChannelAddress.Parse(Channel), ChannelName ?? Channel, IsChosen: true);
    }
}
