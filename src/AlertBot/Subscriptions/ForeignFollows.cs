using System.Data.Common;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Subscriptions;

/// <summary>
/// Follows that somebody makes, changes or ends for another channel than the one where it is said, and those that call a role: they
/// are in the log of changes, since those whom it concerns did not see it, and can be taken back.
/// </summary>
internal sealed class ForeignFollows(SubscriptionStore subscriptions, ChangeLog log) : IReversible
{
    public string Kind => "follow";

    /// <summary>Writes a follow's change into the log; null where it is the channel's own and calls nobody.</summary>
    /// <param name="before">Null where it is made.</param>
    /// <param name="after">Null where it is ended.</param>
    /// <param name="called">The role that it called before.</param>
    /// <param name="calls">The role that it calls from now on.</param>
    public Func<DbTransaction, Task>? Noting(CommandInvocation invocation, FollowExpression? before, FollowExpression? after, string? called = null, string? calls = null)
    {
        var (target, author) = (ChannelOption.TargetOf(invocation), (Author)invocation.Origin);
        if (target == invocation.Channel && called is null && calls is null)
        {
            return null;
        }

        var where = invocation.NameOf(target);
        var summary = (before, after) switch
        {
            (null, _) => $"Followed {after} in {where}{(calls is null ? "" : $", calling {calls}")}",
            (_, null) => $"Ended the follow {before} in {where}",
            _ when before.ToString() == after.ToString() => $"Let the follow {after} in {where} call {calls ?? "nobody"}",
            _ => $"Changed the follow {before} to {after} in {where}",
        };
        return transaction => log.AppendAsync(transaction, author.Changed(Kind, $"{target} {before ?? after}", Written(before, called), Written(after, calls), summary));

        string? Written(FollowExpression? follow, string? ping) => follow is null ? null
            : JsonSerializer.Serialize(new Noted(target.ToString(), follow.ToString()!, where, invocation.User.Name, invocation.User.Inbox?.ToString(), invocation.Community, ping), JsonSerializerOptions.Web);
    }

    public Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken) =>
        log.ReverseAsync(change, author, (transaction, value) => RestoreAsync(transaction, value, change.Stands ? change.Change.To : change.Change.From), cancellationToken);

    private async Task<IReadOnlyList<string>> RestoreAsync(DbTransaction transaction, string? shall, string? present) => (Read(shall), Read(present)) switch
    {
        (null, { } there) => await subscriptions.RemoveAsync(transaction, there.Address, Expression(there)) ? [] : [$"{there.ChannelName} does not follow {there.Follow} any more."],
        ({ } gone, null) => await subscriptions.AddAsync(transaction, new FollowOrigin(gone.Address, gone.ChannelName, gone.CreatedBy, gone.Inbox is null ? null : ChannelAddress.Parse(gone.Inbox), gone.Community) { Ping = gone.Ping }, Expression(gone))
            ? [] : [$"{gone.ChannelName} follows {gone.Follow} already."],
        ({ } before, { } after) when before.Follow == after.Follow => await subscriptions.CallAsync(transaction, before.Address, Expression(before), before.Ping)
            ? [] : [$"{after.ChannelName} does not follow {after.Follow} any more, or it calls nobody else than it shall."],
        ({ } before, { } after) => await subscriptions.ReplaceAsync(transaction, before.Address, Expression(after), Expression(before))
            ? [] : [$"{after.ChannelName} does not follow {after.Follow} any more, or follows {before.Follow} already."],
        _ => throw new InvalidOperationException("A change of a follow is from something or to something."),
    };

    private static FollowExpression Expression(Noted noted) => FollowParser.ParseStored(noted.Follow);

    private static Noted? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<Noted>(json, JsonSerializerOptions.Web);

    private sealed record Noted(string Channel, string Follow, string ChannelName, string CreatedBy, string? Inbox, string? Community, string? Ping = null)
    {
        public ChannelAddress Address => ChannelAddress.Parse(Channel);
    }
}
