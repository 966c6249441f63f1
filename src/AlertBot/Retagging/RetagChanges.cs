using System.Text.Json.Nodes;
using AlertBot.Platforms;
using AlertBot.Storage;

namespace AlertBot.Retagging;

/// <summary>What moderators do to tagging the archive anew, each with its line in the log. Holding it and letting it go can be taken back.</summary>
internal sealed class RetagChanges(RetagStore states, ChangeLog log, Database database) : IReversible
{
    private const string Subject = "archive";
    private const string Paused = "paused";

    public string Kind => "archive";

    public Task PauseAsync(CommandInvocation invocation, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            await states.PauseAsync(transaction, invocation.User.Name);
            await log.AppendAsync(transaction, Changed(invocation, Written(false), Written(true), "Paused tagging the archive anew"));
        },
        cancellationToken);

    public Task ResumeAsync(CommandInvocation invocation, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            await RetagStore.ResumeAsync(transaction);
            await log.AppendAsync(transaction, Changed(invocation, Written(true), Written(false), "Let tagging the archive anew go on"));
        },
        cancellationToken);

    /// <summary>Begins with the newest story, though all is tagged.</summary>
    public Task BeginAsync(CommandInvocation invocation, string knowledge, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            await states.BeginAsync(transaction, knowledge);
            await log.AppendAsync(transaction, Changed(invocation, "{}", "{}", "Began to tag the archive anew"));
        },
        cancellationToken);

    public Task<Reversal> ReverseAsync(StoredChange change, Author author, CancellationToken cancellationToken) => log.ReverseAsync(
        change,
        author,
        async (transaction, value) =>
        {
            if ((bool?)JsonNode.Parse(value!)![Paused] is not { } paused)
            {
                return ["It goes over all stories once more and leaves nothing to take back: /retag pause holds it."];
            }

            await (paused ? states.PauseAsync(transaction, author.By) : RetagStore.ResumeAsync(transaction));
            return [];
        },
        cancellationToken);

    private Change Changed(CommandInvocation invocation, string from, string to, string summary) => ((Author)invocation.Origin).Changed(Kind, Subject, from, to, summary);

    private static string Written(bool paused) => new JsonObject { [Paused] = paused }.ToJsonString();
}
