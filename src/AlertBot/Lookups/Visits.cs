using System.Collections.Concurrent;
using System.Data.Common;
using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Lookups;

/// <summary>
/// When somebody was in a channel last: when they used a command of the bot there. Commands with less than half an hour between them are
/// one visit, which counts as the last one only when it is over: who comes back and looks something up first has missed the same as before.
/// A visit is kept in memory until it is over; if the process dies meanwhile, the one before counts.
/// </summary>
internal sealed class Visits(Database database, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<Key, Visit> _visits = [];

    /// <summary>Somebody uses a command. Asks nothing of the database.</summary>
    public void Note(CommandInvocation invocation)
    {
        // What shows the pages of what was missed may take a while, and must not count as having seen the rest.
        if (invocation.Command == CatchupCommand.Name)
        {
            return;
        }

        var now = time.GetUtcNow();
        _visits.AddOrUpdate(KeyOf(invocation), _ => new Visit(now, null), (_, visit) => visit.IsOver(now) ? new Visit(now, visit.Last) : visit with { Last = now });
    }

    /// <summary>When somebody was here last before this visit, or read then what was missed; null if that is not known.</summary>
    public async Task<DateTimeOffset?> LastAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var key = KeyOf(invocation);
        var noted = _visits.TryGetValue(key, out var visit) ? visit.OverAt(time.GetUtcNow()) : null;
        await using var connection = await database.OpenAsync(cancellationToken);
        var stored = await connection.ExecuteScalarAsync<long?>("SELECT at FROM visits WHERE channel = @Channel AND user_id = @User", key) is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : (DateTimeOffset?)null;
        return noted > stored || stored is null ? noted : stored;
    }

    /// <summary>From now on somebody has missed nothing here.</summary>
    public Task MarkAsync(CommandInvocation invocation, CancellationToken cancellationToken) =>
        database.InTransactionAsync(transaction => StoreAsync(transaction, KeyOf(invocation), time.GetUtcNow()), cancellationToken);

    /// <summary>Stores the visits that are over.</summary>
    /// <param name="isEnd">The process ends: those that are not over are stored, too.</param>
    public async Task StoreAsync(bool isEnd, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = _visits.Select(v => (v.Key, Visit: v.Value, At: isEnd ? v.Value.Last : v.Value.OverAt(now))).Where(v => v.At is not null).ToList();
        if (due.Count == 0)
        {
            return;
        }

        await database.InTransactionAsync(
            async transaction =>
            {
                foreach (var (key, _, at) in due)
                {
                    await StoreAsync(transaction, key, at!.Value);
                }
            },
            cancellationToken);
        foreach (var (key, visit, _) in due)
        {
            // Whoever used a command meanwhile stays.
            _ = visit.IsOver(now) ? _visits.TryRemove(new(key, visit)) : _visits.TryUpdate(key, visit with { Before = null }, visit);
        }
    }

    private static Task StoreAsync(DbTransaction transaction, Key key, DateTimeOffset at) => transaction.Connection!.ExecuteAsync(
        "INSERT INTO visits (channel, user_id, at) VALUES (@Channel, @User, @At) ON CONFLICT (channel, user_id) DO UPDATE SET at = excluded.at WHERE excluded.at > visits.at",
        new { key.Channel, key.User, At = at.ToUnixTimeMilliseconds() },
        transaction);

    private static Key KeyOf(CommandInvocation invocation) => new(invocation.Channel.ToString(), invocation.User.Id);

    private sealed record Key(string Channel, string User);

    /// <param name="Last">When it saw its last command.</param>
    /// <param name="Before">When the visit before it was over; null once that is stored.</param>
    private sealed record Visit(DateTimeOffset Last, DateTimeOffset? Before)
    {
        public bool IsOver(DateTimeOffset now) => now - Last >= Pause;

        public DateTimeOffset? OverAt(DateTimeOffset now) => IsOver(now) ? Last : Before;
    }
}
