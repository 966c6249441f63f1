using System.Data.Common;

namespace AlertBot.Storage;

/// <summary>Rows that a replica takes for itself, so that no other works on them. Each says whose it is.</summary>
internal interface ILeased
{
    /// <summary>Gives back what replicas hold that stop or are no more, in the caller's transaction.</summary>
    /// <param name="replicas">Their ids; null: whoever holds anything.</param>
    Task ReleaseAsync(DbTransaction transaction, IReadOnlyCollection<string>? replicas);

    /// <summary>Holds on to rows that are being worked on. Those whose lease lasts as long as their replica need nothing.</summary>
    /// <returns>Which of them are still held.</returns>
    Task<IReadOnlyCollection<long>> RenewAsync(DbTransaction transaction, IReadOnlyCollection<long> rows) => Task.FromResult(rows);
}
