using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AlertBot.Platforms.Discord.Gateway;
using AlertBot.Platforms.Discord.Interactions;
using AlertBot.Platforms.Discord.Rest;
using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// The calls that the bot makes, each by its name. Whatever shows text to people takes a <see cref="DiscordMessage"/>, which
/// can mention nobody.
/// </summary>
internal sealed class DiscordApi(RestClient rest)
{
    // A sender that is told to come back later comes back later: nobody waits for it here, nor for what it looks up.
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;
    private static readonly TimeSpan WithinReach = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Whenever = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BeforeTheMessageIsThere = TimeSpan.FromMilliseconds(400);
    private const int TriesForOriginal = 5;

    private DiscordIdentity? _identity;

    public string? Trouble => rest.Trouble;

    /// <summary>For how long Discord is left alone; null if it is not.</summary>
    public TimeSpan? Rest => rest.Rest;

    /// <summary>Discord refused the token: nothing will come of anything.</summary>
    public bool IsShut => rest.IsShut;

    public bool IsOwner(string user) => _identity?.Owners.Contains(user) ?? false;

    /// <summary>Where the gateway is, and how often it may still be signed on to.</summary>
    /// <exception cref="HttpRequestException">Discord does not say; its status is 401 if the token is refused.</exception>
    public async Task<GatewayAddress> GatewayAsync(CancellationToken cancellationToken) => await rest.SendAsync(DiscordRoute.GatewayBot(), null, Whenever, cancellationToken) switch
    {
        RestAnswer.Ok { Body: { ValueKind: JsonValueKind.Object } body } when Uri.TryCreate(RestAnswer.Text(body, "url"), UriKind.Absolute, out var url) => new GatewayAddress(url, Number(body, "shards", 1), LimitOf(body)),
        RestAnswer.Ok => throw new HttpRequestException("the answer names no address"),
        RestAnswer.Refused(var status, _, var message, _) => throw new HttpRequestException(message, null, (HttpStatusCode)status),
        RestAnswer.Limited(_, var why) => throw new HttpRequestException(why),
        RestAnswer.Down(var why, _) => throw new HttpRequestException(why),
        var other => throw new InvalidOperationException($"Unknown answer {other}."),
    };

    public Task<RestAnswer> ApplicationAsync(CancellationToken cancellationToken) => rest.SendAsync(DiscordRoute.Application(), null, AtOnce, cancellationToken);

    /// <summary>Who the bot is; null while Discord does not say.</summary>
    public async Task<DiscordIdentity?> IdentityAsync(CancellationToken cancellationToken)
    {
        if (_identity is not null)
        {
            return _identity;
        }

        if (await rest.SendAsync(DiscordRoute.Self(), null, AtOnce, cancellationToken) is not RestAnswer.Ok self)
        {
            return null;
        }

        return await ApplicationAsync(cancellationToken) switch
        {
            RestAnswer.Ok application => _identity = new DiscordIdentity(application["id"], self["id"], OwnersOf(application.Body)),
            // Servers that only speak the protocol may not have this route; a bot and its application share an id there.
            RestAnswer.Refused { Status: 404 } => _identity = new DiscordIdentity(self["id"], self["id"], new HashSet<string>()),
            _ => null,
        };
    }

    /// <summary>Replaces all commands of the application by these.</summary>
    public Task<RestAnswer> OverwriteCommandsAsync(string application, byte[] commands, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.Commands(application), () => Json(commands), Whenever, cancellationToken);

    public Task<RestAnswer> OpenDirectChannelAsync(string user, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.DirectChannel(), () => Json(new Recipient(user), ApiJson.Default.Recipient), AtOnce, cancellationToken);

    public Task<RestAnswer> CreateMessageAsync(string channel, RenderedCard card, string nonce, int rank, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.CreateMessage(channel) with { Rank = rank }, () => Body(card.Message with { Nonce = nonce, EnforceNonce = true }, MessageJson.Default.DiscordMessage, card.Files), AtOnce, cancellationToken);

    public Task<RestAnswer> EditMessageAsync(string channel, string message, RenderedCard card, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.EditMessage(channel, message), () => Body(card.Message, MessageJson.Default.DiscordMessage, card.Files), AtOnce, cancellationToken);

    /// <summary>A post of its own in a forum.</summary>
    /// <param name="title">At most 100 characters.</param>
    /// <param name="tag">The id of one of the forum's tags, where it demands one.</param>
    public Task<RestAnswer> StartForumPostAsync(string forum, string title, RenderedCard card, string? tag, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.ForumPost(forum), () => Body(new ForumPost(title, card.Message, tag is null ? null : [tag]), ApiJson.Default.ForumPost, card.Files), AtOnce, cancellationToken);

    /// <summary>A thread under a message. Its id is the message's, also where there is one already.</summary>
    /// <param name="name">At most 100 characters.</param>
    public Task<RestAnswer> StartThreadAsync(string channel, string message, string name, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.ThreadFrom(channel, message), () => Json(new NewThread(name, AutoArchiveDuration: 1440), ApiJson.Default.NewThread), AtOnce, cancellationToken);

    public Task<RestAnswer> ChannelAsync(string channel, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.Channel(HttpMethod.Get, channel), null, AtOnce, cancellationToken);

    public Task<RestAnswer> ReopenThreadAsync(string thread, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.Channel(HttpMethod.Patch, thread), () => Json(new ThreadState(Archived: false), ApiJson.Default.ThreadState), AtOnce, cancellationToken);

    public Task<RestAnswer> MessagesAfterAsync(string channel, string snowflake, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.MessagesAfter(channel, snowflake), null, AtOnce, cancellationToken);

    public Task<RestAnswer> ActiveThreadsAsync(string guild, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.ActiveThreads(guild), null, AtOnce, cancellationToken);

    /// <summary>A channel with what the bot and, if asked for, somebody else may do there; null where that can't be found out.</summary>
    public async Task<ChannelRights?> RightsInAsync(string channel, InteractionMember? other, CancellationToken cancellationToken)
    {
        if (await IdentityAsync(cancellationToken) is not { } self || await ChannelAsync(channel, cancellationToken) is not RestAnswer.Ok found || found["guild_id"] is not { Length: > 0 } guild)
        {
            return null;
        }

        var type = TypeOf(found.Body);
        var place = ChannelType.IsThread(type) && await ChannelAsync(found["parent_id"], cancellationToken) is RestAnswer.Ok parent ? parent.Body : found.Body;
        if (await rest.SendAsync(DiscordRoute.Roles(guild), null, AtOnce, cancellationToken) is not RestAnswer.Ok roles
            || await rest.SendAsync(DiscordRoute.Member(guild, self.User), null, AtOnce, cancellationToken) is not RestAnswer.Ok member)
        {
            return null;
        }

        var own = member.Body.TryGetProperty("roles", out var held) ? held.EnumerateArray().Select(r => r.GetString() ?? "") : [];
        return new ChannelRights(
            guild, type, found["name"],
            PermissionFinder.Of(place, roles.Body, own, guild, self.User),
            other is { User: { } person } ? PermissionFinder.Of(place, roles.Body, other.Roles ?? [], guild, person.Id) : Permission.None);
    }

    public Task<RestAnswer> AnswerAsync(Interaction interaction, InteractionAnswer answer, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.Callback(interaction.Id, interaction.Token), () => Body(answer), WithinReach, cancellationToken);

    /// <summary>Puts a card in the place of the promise that was given first.</summary>
    public async Task<RestAnswer> EditOriginalAsync(string application, string token, RenderedCard card, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await rest.SendAsync(DiscordRoute.Original(application, token), () => Body(card.Message, MessageJson.Default.DiscordMessage, card.Files), Whenever, cancellationToken);
            // Over HTTP the promise is on its way for a moment while we may be done already.
            if (answer is not RestAnswer.Refused { Code: DiscordCode.UnknownWebhook or DiscordCode.UnknownMessage } || attempt == TriesForOriginal)
            {
                return answer;
            }

            await rest.PauseAsync(BeforeTheMessageIsThere * attempt, cancellationToken);
        }
    }

    /// <summary>One more answer, for the one who asked alone.</summary>
    public Task<RestAnswer> FollowUpAsync(string application, string token, RenderedCard card, CancellationToken cancellationToken) =>
        rest.SendAsync(DiscordRoute.FollowUp(application, token), () => Body(card.Message with { Flags = MessageFlags.Ephemeral }, MessageJson.Default.DiscordMessage, card.Files), Whenever, cancellationToken);

    /// <summary>The body of a first answer, the same over HTTP and as a callback.</summary>
    public static HttpContent Body(InteractionAnswer answer) => answer switch
    {
        InteractionAnswer.Pong => Json(new Callback(1, null), ApiJson.Default.Callback),
        InteractionAnswer.Message(var card, var isPrivate) => Body(new MessageCallback(4, card.Message with { Flags = isPrivate ? MessageFlags.Ephemeral : null }), ApiJson.Default.MessageCallback, card.Files),
        InteractionAnswer.Later(var isPrivate) => Json(new Callback(5, isPrivate ? new AnswerFlags(MessageFlags.Ephemeral) : null), ApiJson.Default.Callback),
        InteractionAnswer.UpdateLater => Json(new Callback(6, null), ApiJson.Default.Callback),
        InteractionAnswer.Update(var card) => Body(new MessageCallback(7, card.Message), ApiJson.Default.MessageCallback, card.Files),
        InteractionAnswer.Choices(var offered) => Json(new ChoicesCallback(8, new OfferedChoices([.. offered.Select(c => new OfferedChoice(DiscordText.Plain(c.Label).Cut(100), c.Value)).Where(c => c.Value.Length <= 100)])), ApiJson.Default.ChoicesCallback),
        InteractionAnswer.Form(var modal) => Json(new ModalCallback(9, modal), ApiJson.Default.ModalCallback),
        _ => throw new InvalidOperationException($"Unknown answer {answer}."),
    };

    /// <summary>A file that somebody attached, from where Discord says that it lies.</summary>
    public Task<FileContent> ReadFileAsync(string? address, CancellationToken cancellationToken) => rest.Files.GetAsync(address, null, cancellationToken);

    public static int TypeOf(JsonElement channel) => Number(channel, "type", ChannelType.Text);

    private static SessionStartLimit LimitOf(JsonElement gateway)
    {
        const int UsualTotal = 1000;
        if (!gateway.TryGetProperty("session_start_limit", out var limit) || limit.ValueKind != JsonValueKind.Object)
        {
            return new SessionStartLimit(UsualTotal, UsualTotal, TimeSpan.Zero, 1);
        }

        var total = Number(limit, "total", UsualTotal);
        return new SessionStartLimit(total, Number(limit, "remaining", total), TimeSpan.FromMilliseconds(Number(limit, "reset_after", 0)), Number(limit, "max_concurrency", 1));
    }

    private static int Number(JsonElement holder, string field, int otherwise) =>
        holder.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : otherwise;

    private static HashSet<string> OwnersOf(JsonElement application)
    {
        var owners = new HashSet<string>(StringComparer.Ordinal);
        if (application.TryGetProperty("owner", out var owner))
        {
            owners.Add(RestAnswer.Text(owner, "id"));
        }

        if (application.TryGetProperty("team", out var team) && team.ValueKind == JsonValueKind.Object && team.TryGetProperty("members", out var members))
        {
            owners.UnionWith(members.EnumerateArray().Where(m => m.TryGetProperty("user", out _)).Select(m => RestAnswer.Text(m.GetProperty("user"), "id")));
        }

        owners.Remove("");
        return owners;
    }

    private static HttpContent Body<T>(T body, JsonTypeInfo<T> type, IReadOnlyList<CardFile> files)
    {
        if (files.Count == 0)
        {
            return Json(body, type);
        }

        var form = new MultipartFormDataContent { { Json(body, type), "payload_json" } };
        foreach (var (number, file) in files.Index())
        {
            var content = new ByteArrayContent(file.Bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue(file.MediaType);
            form.Add(content, FormattableString.Invariant($"files[{number}]"), file.Name);
        }

        return form;
    }

    private static ByteArrayContent Json<T>(T body, JsonTypeInfo<T> type) => Json(JsonSerializer.SerializeToUtf8Bytes(body, type));

    private static ByteArrayContent Json(byte[] json)
    {
        var content = new ByteArrayContent(json);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }
}

/// <param name="Bot">What the bot may do there.</param>
/// <param name="Other">What the person may do there who was asked about.</param>
internal sealed record ChannelRights(string Guild, int Type, string Name, Permission Bot, Permission Other);

internal sealed record Recipient(string RecipientId);

internal sealed record ThreadState(bool Archived);

/// <param name="AutoArchiveDuration">Minutes without a message after which it is archived.</param>
internal sealed record NewThread(string Name, int AutoArchiveDuration);

/// <param name="Name">The title of the post.</param>
internal sealed record ForumPost(string Name, DiscordMessage Message, IReadOnlyList<string>? AppliedTags);

internal sealed record AnswerFlags(MessageFlags Flags);

internal sealed record Callback(int Type, AnswerFlags? Data);

internal sealed record MessageCallback(int Type, DiscordMessage Data);

internal sealed record ChoicesCallback(int Type, OfferedChoices Data);

internal sealed record OfferedChoices(IReadOnlyList<OfferedChoice> Choices);

internal sealed record ModalCallback(int Type, Modal Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Recipient))]
[JsonSerializable(typeof(ThreadState))]
[JsonSerializable(typeof(NewThread))]
[JsonSerializable(typeof(ForumPost))]
[JsonSerializable(typeof(Callback))]
[JsonSerializable(typeof(MessageCallback))]
[JsonSerializable(typeof(ChoicesCallback))]
[JsonSerializable(typeof(ModalCallback))]
internal sealed partial class ApiJson : JsonSerializerContext;
