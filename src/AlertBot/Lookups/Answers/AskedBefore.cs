using AlertBot.Platforms;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Lookups.Answers;

/// <summary>The last question of each talk: of a thread, or of a person in a channel. It is forgotten after a day.</summary>
internal sealed class AskedBefore(Database database, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    public async Task<string?> FindAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<string?>("SELECT question FROM asked_questions WHERE place = @Place AND asked_at >= @Since", new { Place = PlaceOf(invocation), Since = Now - (long)Kept.TotalMilliseconds });
    }

    public Task RememberAsync(CommandInvocation invocation, string question, CancellationToken cancellationToken) => database.InTransactionAsync(
        async transaction =>
        {
            await transaction.Connection!.ExecuteAsync("DELETE FROM asked_questions WHERE asked_at < @Since", new { Since = Now - (long)Kept.TotalMilliseconds }, transaction);
            await transaction.Connection!.ExecuteAsync(
                "INSERT INTO asked_questions (place, question, asked_at) VALUES (@Place, @question, @Now) ON CONFLICT (place) DO UPDATE SET question = excluded.question, asked_at = excluded.asked_at",
                new { Place = PlaceOf(invocation), question, Now },
                transaction);
        },
        cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string PlaceOf(CommandInvocation invocation) => invocation.Thread is { } thread ? $"{invocation.Channel} {thread}" : $"{invocation.Channel} {invocation.User.Id}";
}
