using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Platforms.Local;

/// <summary>
/// The channels and messages of the local chat. Alone among the platforms this one uses the database, because here the
/// bot itself is the chat server. Ids and changes are committed in order, so a reader that asks for what comes after the
/// last one it saw misses nothing; <see cref="Changed"/> only tells it when to ask.
/// </summary>
internal sealed partial class LocalMessages(Database database, TimeProvider time)
{
    public const string ChannelNameRule = "Use lower-case letters, digits and dashes, at most 32.";

    private const string Columns = "id AS Id, channel AS Channel, author AS Author, text AS Text, card AS Card, posted_at AS PostedAt, change_number AS Change, under_id AS Under, calls AS Calls";

    private const string NextChange = "(SELECT COALESCE(MAX(change_number), 0) + 1 FROM local_messages)";

    private TaskCompletionSource _changed = NewSignal();

    /// <summary>Ends after the next commit. Take it before reading, then wait for it.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>How messages and cards are written, in the table as on the wire.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    public static bool IsChannelName(string name) => ChannelName().IsMatch(name);

    /// <returns>False if there was one of that name.</returns>
    public async Task<bool> AddChannelAsync(string name, CancellationToken cancellationToken)
    {
        var added = await database.InTransactionAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "INSERT INTO local_channels (name, created_at) VALUES (@name, @at) ON CONFLICT DO NOTHING",
                new { name, at = Now() },
                transaction),
            cancellationToken);
        return added > 0;
    }

    /// <summary>All channels, oldest first.</summary>
    public async Task<IReadOnlyList<LocalChannel>> ChannelsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<LocalChannel>(
            """
            SELECT name AS Name,
                   COALESCE((SELECT MAX(id) FROM local_messages WHERE channel = name), 0) AS NewestId,
                   COALESCE((SELECT MAX(change_number) FROM local_messages WHERE channel = name), 0) AS NewestChange
            FROM local_channels ORDER BY created_at, name
            """);
        return rows.AsList();
    }

    public async Task<bool> HasChannelAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM local_channels WHERE name = @name)", new { name });
    }

    /// <summary>The id of the message that was posted under the key, if any was.</summary>
    public async Task<long?> FindAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long?>("SELECT id FROM local_messages WHERE idempotency_key = @idempotencyKey", new { idempotencyKey });
    }

    public Task<LocalMessage> AddTextAsync(string channel, string author, string text, CancellationToken cancellationToken) =>
        AddAsync(new Row(0, channel, author, text, null, Now(), 0, null, null), null, cancellationToken);

    /// <summary>Adds a card of the bot. Under a key that was used before it adds nothing and gives the first message.</summary>
    /// <param name="under">The message of the channel that it answers, if any.</param>
    /// <param name="calls">The roles that it calls.</param>
    public Task<LocalMessage> AddCardAsync(string channel, Card card, string? idempotencyKey, CancellationToken cancellationToken, long? under = null, IReadOnlyList<string>? calls = null) =>
        AddAsync(
            new Row(0, channel, LocalMessage.Bot, null, JsonSerializer.Serialize(card, Json), Now(), 0, under, calls is { Count: > 0 } ? JsonSerializer.Serialize(calls, Json) : null), idempotencyKey, cancellationToken);

    public async Task<bool> HasMessageAsync(string channel, long id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM local_messages WHERE id = @id AND channel = @channel)", new { id, channel });
    }

    /// <summary>Puts a card in the place of the one that a message of the bot shows. One that shows it already is left as it is.</summary>
    /// <returns>False if the channel has no such message.</returns>
    public async Task<bool> EditCardAsync(string channel, long id, Card card, CancellationToken cancellationToken)
    {
        var edited = new { channel, id, card = JsonSerializer.Serialize(card, Json) };
        var found = await database.InTransactionAsync(
            async transaction =>
            {
                await transaction.Connection!.ExecuteAsync(
                    $"UPDATE local_messages SET card = @card, change_number = {NextChange} WHERE id = @id AND channel = @channel AND card <> @card", edited, transaction);
                return await transaction.Connection!.ExecuteScalarAsync<bool>(
                    "SELECT EXISTS (SELECT 1 FROM local_messages WHERE id = @id AND channel = @channel AND card IS NOT NULL)", edited, transaction);
            },
            cancellationToken);
        Signal();
        return found;
    }

    /// <summary>The newest messages of a channel in front of an id, oldest of them first.</summary>
    public async Task<IReadOnlyList<LocalMessage>> PageAsync(string channel, long before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            $"SELECT {Columns} FROM local_messages WHERE channel = @channel AND id < @before ORDER BY id DESC LIMIT @limit",
            new { channel, before, limit });
        return [.. rows.Select(r => r.ToMessage()).Reverse()];
    }

    /// <summary>The oldest messages of all channels after an id, in order.</summary>
    public async Task<IReadOnlyList<LocalMessage>> AfterAsync(long id, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>($"SELECT {Columns} FROM local_messages WHERE id > @id ORDER BY id LIMIT @limit", new { id, limit });
        return [.. rows.Select(r => r.ToMessage())];
    }

    /// <summary>The messages of all channels that were posted or edited after a change, in the order of it; each as it is now.</summary>
    public async Task<IReadOnlyList<LocalMessage>> ChangedAfterAsync(long change, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>($"SELECT {Columns} FROM local_messages WHERE change_number > @change ORDER BY change_number LIMIT @limit", new { change, limit });
        return [.. rows.Select(r => r.ToMessage())];
    }

    /// <summary>The newest change of all channels; 0 while there is none.</summary>
    public async Task<long> NewestChangeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(change_number), 0) FROM local_messages");
    }

    /// <summary>The newest id of all channels; 0 while there is none.</summary>
    public async Task<long> NewestIdAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT COALESCE(MAX(id), 0) FROM local_messages");
    }

    private async Task<LocalMessage> AddAsync(Row row, string? key, CancellationToken cancellationToken)
    {
        var stored = await database.InTransactionAsync(transaction => InsertAsync(row, key, transaction), cancellationToken);
        Signal();
        return stored.ToMessage();
    }

    private void Signal() => Interlocked.Exchange(ref _changed, NewSignal()).SetResult();

    private static async Task<Row> InsertAsync(Row row, string? key, DbTransaction transaction)
    {
        var connection = transaction.Connection!;
        return await connection.QuerySingleOrDefaultAsync<Row>(
                $"""
                INSERT INTO local_messages (channel, author, text, card, posted_at, change_number, idempotency_key, under_id, calls)
                VALUES (@Channel, @Author, @Text, @Card, @PostedAt, {NextChange}, @key, @Under, @Calls) ON CONFLICT DO NOTHING RETURNING {Columns}
                """,
                new { row.Channel, row.Author, row.Text, row.Card, row.PostedAt, key, row.Under, row.Calls },
                transaction)
            ?? await connection.QuerySingleAsync<Row>($"SELECT {Columns} FROM local_messages WHERE idempotency_key = @key", new { key }, transaction);
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,31}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelName();

    private sealed record Row(long Id, string Channel, string Author, string? Text, string? Card, long PostedAt, long Change, long? Under, string? Calls)
    {
        public LocalMessage ToMessage() => new(
            Id,
            Channel,
            Author,
            Text,
            Card is null ? null : JsonSerializer.Deserialize<Card>(Card, Json),
            DateTimeOffset.FromUnixTimeMilliseconds(PostedAt),
            Change)
        {
            Under = Under,
            Calls = Calls is null ? [] : JsonSerializer.Deserialize<List<string>>(Calls, Json)!,
        };
    }
}
