using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using AlertBot.Platforms.Discord.Interactions;
using AlertBot.Platforms.Discord.Rest;
using AlertBot.Storage;
using Dapper;

namespace AlertBot.Platforms.Discord;

/// <summary>Greets a server once, when the bot has joined it: in the channel that the server names for such things, else where it may write.</summary>
internal sealed partial class GuildWelcome(DiscordPlatform platform, DiscordApi api, Greeting card, Database database, TimeProvider time, ILogger<GuildWelcome> logger) : BackgroundService
{
    private const int MostChannels = 3;

    // Servers are told anew at each connection: only one that was joined a short while ago is new.
    private static readonly TimeSpan JustNow = TimeSpan.FromHours(1);

    private readonly Channel<JoinedGuild> _joined = Channel.CreateUnbounded<JoinedGuild>();

    /// <summary>Returns at once. Nothing is kept of a server that was joined long ago.</summary>
    /// <param name="data">What GUILD_CREATE brought.</param>
    public void Add(ReadOnlyMemory<byte> data)
    {
        if (Read(data) is { Unavailable: not true, JoinedAt: { } joined } guild && time.GetUtcNow() - joined < JustNow)
        {
            _joined.Writer.TryWrite(guild);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var guild in _joined.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await GreetAsync(guild, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception, guild.Id);
            }
        }
    }

    private async Task GreetAsync(JoinedGuild guild, CancellationToken cancellationToken)
    {
        if (!await IsFirstAsync(guild.Id, cancellationToken))
        {
            return;
        }

        foreach (var channel in PlacesIn(guild, await api.IdentityAsync(cancellationToken)).Take(MostChannels))
        {
            var message = new OutgoingMessage(new ChannelAddress(DiscordPlatform.PlatformName, channel), card(), $"hi-{guild.Id}");
            var result = await platform.SendAsync(message, cancellationToken);
            Log.Greeted(logger, guild.Id, result);
            if (result is SendResult.Sent or SendResult.Unknown)
            {
                return;
            }
        }
    }

    /// <summary>The text channels where the bot may write, as far as that is known, best first.</summary>
    private static IEnumerable<string> PlacesIn(JoinedGuild guild, DiscordIdentity? self) => (guild.Channels ?? [])
        .Where(c => DiscordApi.TypeOf(c) == ChannelType.Text && MayWriteIn(c, guild, self))
        .OrderBy(c => RestAnswer.Text(c, "id") != guild.SystemChannelId).ThenBy(c => c.TryGetProperty("position", out var position) && position.TryGetInt32(out var number) ? number : 0)
        .Select(c => RestAnswer.Text(c, "id"));

    private static bool MayWriteIn(JsonElement channel, JoinedGuild guild, DiscordIdentity? self)
    {
        if (self is null || guild.Roles is not { } roles)
        {
            return true;
        }

        var held = guild.Members?.FirstOrDefault(m => m.User?.Id == self.User)?.Roles ?? [];
        return Permissions.Missing(PermissionFinder.Of(channel, roles, held, guild.Id, self.User), Permissions.NeededIn(ChannelType.Text)) == Permission.None;
    }

    private async Task<bool> IsFirstAsync(string guild, CancellationToken cancellationToken) => await database.InTransactionAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO discord_guilds (guild_id, greeted_at) VALUES (@guild, @Now) ON CONFLICT DO NOTHING",
            new { guild, Now = time.GetUtcNow().ToUnixTimeMilliseconds() },
            transaction),
        cancellationToken) > 0;

    private static JoinedGuild? Read(ReadOnlyMemory<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize(data.Span, GuildJson.Default.JoinedGuild);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Joined the server {Guild}; its greeting: {Result}")]
        public static partial void Greeted(ILogger logger, string guild, SendResult result);

        [LoggerMessage(2, LogLevel.Error, "Greeting the server {Guild} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string guild);
    }
}

/// <param name="Members">At least the bot itself.</param>
internal sealed record JoinedGuild(
    string Id, bool? Unavailable, DateTimeOffset? JoinedAt, string? SystemChannelId, IReadOnlyList<JsonElement>? Channels, JsonElement? Roles, IReadOnlyList<InteractionMember>? Members);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(JoinedGuild))]
internal sealed partial class GuildJson : JsonSerializerContext;
