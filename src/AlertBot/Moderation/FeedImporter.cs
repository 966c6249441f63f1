using System.Data.Common;
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
internal sealed class FeedImporter(Database database, FeedBatch batch, ImportDrafts drafts, ChangeLog log)
{
    public const string Kind = "feeds";

    private const string Subject = "import";

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
        var by = ActorChange.By(invocation.User);
        var done = await database.InTransactionAsync(
            async transaction =>
            {
                if (!await drafts.TakeAsync(transaction, draft))
                {
                    return null;
                }

                var moves = await batch.ApplyAsync(transaction, plan.Moves, invocation.User.Name)
                    ?? throw new ImportOvertakenException();
                return new FeedImportDone(await AppendAsync(transaction, moves, by, invocation.Channel), moves);
            },
            cancellationToken);
        await batch.RefreshAsync(cancellationToken);
        return done;
    }

    /// <summary>Takes an import back.</summary>
    public async Task<FeedUndo> UndoAsync(long change, string by, CancellationToken cancellationToken)
    {
        if ((await log.StandingAsync(Kind, cancellationToken)).FirstOrDefault(c => c.Id == change) is not { } standing)
        {
            return FeedUndo.NothingToUndo;
        }

        var moves = Read(standing.Change.To!);
        var left = await database.InTransactionAsync(
            async transaction =>
            {
                await log.MarkUndoneAsync(transaction, change, by);
                return await batch.UndoAsync(transaction, moves, by);
            },
            cancellationToken);
        await batch.RefreshAsync(cancellationToken);
        return new FeedUndo(moves.Count - left.Count, left);
    }

    public static string Write(IReadOnlyList<FeedMove> moves) => JsonSerializer.Serialize(moves, JsonSerializerOptions.Web);

    public static IReadOnlyList<FeedMove> Read(string moves) => JsonSerializer.Deserialize<IReadOnlyList<FeedMove>>(moves, JsonSerializerOptions.Web)!;

    private Task<long> AppendAsync(DbTransaction transaction, IReadOnlyList<FeedMove> moves, string by, ChannelAddress channel) => log.AppendAsync(
        transaction,
        new Change(Kind, Subject, null, Write(moves), string.Create(CultureInfo.InvariantCulture, $"Imported {moves.Count} {(moves.Count == 1 ? "feed" : "feeds")}"), by, channel.ToString()));
}

/// <param name="Moves">What would be added or brought back.</param>
/// <param name="There">What is there already.</param>
internal sealed record FeedImportPlan(IReadOnlyList<FeedMove> Moves, IReadOnlyList<FeedSetting> There, FeedListing Listing)
{
    public string Digest => ImportDrafts.DigestOf(Moves.Select(m => $"{m.From?.Id} {m.To.Address} {m.To.Title} {m.To.Interval} {m.To.IsPaused} {m.To.FullText}"));
}

/// <param name="Change">Its number in the log, by which it can be taken back.</param>
internal sealed record FeedImportDone(long Change, IReadOnlyList<FeedMove> Moves);

/// <param name="Left">Feeds that were changed since and stay as they are.</param>
internal sealed record FeedUndo(int Undone, IReadOnlyList<FeedSetting> Left)
{
    public static FeedUndo NothingToUndo { get; } = new(-1, []);
}

/// <summary>Something was changed between the differences and the yes: nothing of it must be applied.</summary>
internal sealed class ImportOvertakenException : Exception;
