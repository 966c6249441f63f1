using System.Globalization;
using System.Text.Json;
using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Moderation;

/// <summary>
/// Adds the feeds of a file: says first what would come of it, then does all of it or nothing, in one transaction and as one change that
/// can be taken back. Feeds that are there already stay as they are.
/// </summary>
internal sealed class FeedImporter(Database database, FeedBatch batch, ImportDrafts drafts, ChangeLog log) : IReversible
{
    public const string KindOfChange = "feeds";

    string IReversible.Kind => KindOfChange;

    public async Task<FeedImportPlan> PlanAsync(FeedListing listing, CancellationToken cancellationToken)
    {
        var known = await batch.KnownAsync(cancellationToken);
        var (moves, there, taken) = (new List<FeedMove>(), new List<FeedSetting>(), new HashSet<long>());
        foreach (var feed in listing.Feeds)
        {
            var present = FeedBatch.Find(known, feed.Address);
            if (present is { IsRemoved: false })
            {
                there.Add(present);
            }
            else if (present is null || taken.Add(present.Id!.Value))
            {
                var wanted = new FeedSetting(present?.Id, present?.Address ?? feed.Address, feed.Title ?? present?.Title, feed.Interval, feed.IsPaused, feed.FullText);
                moves.Add(new FeedMove(present, wanted));
            }
        }

        return new FeedImportPlan(moves, there, listing);
    }

    /// <returns>What was done; null where somebody applied the draft already.</returns>
    /// <exception cref="ImportOvertakenException">A feed was changed since the plan was made: nothing was done.</exception>
    public async Task<FeedImportDone?> ApplyAsync(FeedImportPlan plan, ImportDraft draft, CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var done = await database.InTransactionAsync(
            async transaction =>
            {
                if (!await drafts.TakeAsync(transaction, draft))
                {
                    return null;
                }

                var moves = await batch.ApplyAsync(transaction, plan.Moves, invocation.User.Name) ?? throw new ImportOvertakenException();
                Author author = invocation.Origin;
                var summary = string.Create(CultureInfo.InvariantCulture, $"Imported {moves.Count} {(moves.Count == 1 ? "feed" : "feeds")}");
                var subject = string.Create(CultureInfo.InvariantCulture, $"import {draft.Id}");
                return new FeedImportDone(await log.AppendAsync(transaction, author.Changed(KindOfChange, subject, null, Write(moves), summary)), moves);
            },
            cancellationToken);
        await batch.RefreshAsync(cancellationToken);
        return done;
    }

    public async Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken)
    {
        var reversal = await log.ReverseAsync(
            change,
            author,
            async (transaction, _) =>
            {
                await batch.ReverseAsync(transaction, Read(change.Change.To!), change.Stands, author.By);
                return [];
            },
            cancellationToken);
        await batch.RefreshAsync(cancellationToken);
        return reversal;
    }

    private static string Write(IReadOnlyList<FeedMove> moves) => JsonSerializer.Serialize(new Moved(moves), JsonSerializerOptions.Web);

    private static IReadOnlyList<FeedMove> Read(string moved) => JsonSerializer.Deserialize<Moved>(moved, JsonSerializerOptions.Web)!.Moves;

    private sealed record Moved(IReadOnlyList<FeedMove> Moves);
}

/// <param name="Moves">What would be added or brought back.</param>
/// <param name="There">What is there already.</param>
internal sealed record FeedImportPlan(IReadOnlyList<FeedMove> Moves, IReadOnlyList<FeedSetting> There, FeedListing Listing)
{
    public string Digest => ImportDrafts.DigestOf(Moves.Select(m => $"{m.From?.Id} {m.To.Address} {m.To.Title} {m.To.Interval} {m.To.IsPaused} {m.To.FullText}"));
}

/// <param name="Change">Its number in the log, by which it can be taken back.</param>
internal sealed record FeedImportDone(long Change, IReadOnlyList<FeedMove> Moves);

/// <summary>Something was changed between the differences and the yes: nothing of it must be applied.</summary>
internal sealed class ImportOvertakenException : Exception;
