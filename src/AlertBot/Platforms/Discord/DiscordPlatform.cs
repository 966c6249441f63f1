using System.Collections.Concurrent;
using System.Text.Json;
using AlertBot.Platforms.Discord.Gateway;
using AlertBot.Platforms.Discord.Rest;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// Posts to Discord. A message carries its key as a nonce that Discord enforces for some minutes; when an attempt of
/// unknown outcome is older than that, the channel is read first, so that nothing is shown twice.
/// </summary>
internal sealed class DiscordPlatform(DiscordApi api, GatewayState gateway, CommandKeys keys, TimeProvider time) : IChatPlatform
{
    public const string PlatformName = "discord";

    private const int TitleLimit = 100;

    private const Permission ForThreads = Permission.ViewChannel | Permission.EmbedLinks | Permission.CreatePublicThreads | Permission.SendMessagesInThreads;

    // "In the past few minutes" is all that Discord says of how long it remembers a nonce. The request that it is to catch has to get there yet.
    private static readonly TimeSpan NonceLasts = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, string> _communities = new(StringComparer.Ordinal);

    public string Name => PlatformName;

    public string? Trouble => api.Trouble ?? gateway.Fault ?? gateway.Notice;

    public TimeSpan? Rest => api.Rest;

    public bool IsRole(string text) => Wire.DiscordMessage.IsRole(text);

    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.To.Platform != Name || DiscordAddress.Parse(message.To.Channel) is not { } address)
        {
            return new SendResult.ChannelGone($"{message.To} is no channel of Discord.");
        }

        var card = DiscordCardRenderer.Render(message.Card, message.Pings);
        await keys.SaveAsync(card.LongCommands, cancellationToken);
        return (address.Is, message.Under) switch
        {
            (DiscordAddress.Kind.Forum, null) => await PostAsync(address.Id, message, card, cancellationToken),
            // A post's first message and the thread that it opens have the same id.
            (DiscordAddress.Kind.Forum, { } post) => await SendInThreadAsync(post, message, card, cancellationToken),
            (DiscordAddress.Kind.Person, _) => await WithPersonAsync(address.Id, channel => SendAsync(channel, message, card, cancellationToken), cancellationToken),
            (_, { } under) => await SendUnderAsync(address.Id, under, message, card, cancellationToken),
            _ => await SendAsync(address.Id, message, card, cancellationToken),
        };
    }

    public async Task<SendResult> EditAsync(ChannelAddress channel, string messageId, Card card, CancellationToken cancellationToken)
    {
        if (channel.Platform != Name || DiscordAddress.Parse(channel.Channel) is not { } address)
        {
            return new SendResult.ChannelGone($"{channel} is no channel of Discord.");
        }

        if (Snowflake.TimeOf(messageId) is null)
        {
            return new SendResult.Rejected($"{messageId} is no message of Discord.");
        }

        var rendered = DiscordCardRenderer.Render(card);
        await keys.SaveAsync(rendered.LongCommands, cancellationToken);
        return address.Is switch
        {
            DiscordAddress.Kind.Forum => await EditAsync(messageId, messageId, rendered, cancellationToken),
            DiscordAddress.Kind.Person => await WithPersonAsync(address.Id, direct => EditAsync(direct, messageId, rendered, cancellationToken), cancellationToken),
            _ => await EditAsync(address.Id, messageId, rendered, cancellationToken),
        };
    }

    public async ValueTask<string?> CommunityOfAsync(ChannelAddress channel, CancellationToken cancellationToken)
    {
        if (channel.Platform != Name || DiscordAddress.Parse(channel.Channel) is not { Is: not DiscordAddress.Kind.Person } address)
        {
            return "";
        }

        // A channel never changes its server.
        return _communities.TryGetValue(address.Id, out var known) ? known : await api.ChannelAsync(address.Id, cancellationToken) switch
        {
            RestAnswer.Ok found => _communities[address.Id] = found["guild_id"] is { Length: > 0 } guild ? $"{Name}:{guild}" : "",
            RestAnswer.Refused { Status: 403 or 404 } => "",
            _ => null,
        };
    }

    private async Task<SendResult> EditAsync(string channel, string message, RenderedCard card, CancellationToken cancellationToken) => await ResultOfAsync(
        await InOpenThreadAsync(channel, () => api.EditMessageAsync(channel, message, card, cancellationToken), cancellationToken), channel, cancellationToken);

    private async Task<SendResult> WithPersonAsync(string person, Func<string, Task<SendResult>> doAsync, CancellationToken cancellationToken) =>
        await api.OpenDirectChannelAsync(person, cancellationToken) switch
        {
            RestAnswer.Ok channel => await doAsync(channel["id"]),
            // Opening a channel shows nothing.
            RestAnswer.Down(var why, _) => new SendResult.RetryAfter(api.Rest, why),
            var refused => await ResultOfAsync(refused, null, cancellationToken),
        };

    private async Task<SendResult> SendAsync(string channel, OutgoingMessage message, RenderedCard card, CancellationToken cancellationToken)
    {
        if (message.MaybeShownSince is { } since && time.GetUtcNow() - since > NonceLasts)
        {
            var (shown, why) = await SentBefore.FindAsync(api, channel, since, card, cancellationToken);
            if (shown is not null || why is not null)
            {
                return why ?? new SendResult.Sent(shown!);
            }
        }

        var answer = await InOpenThreadAsync(channel, () => api.CreateMessageAsync(channel, card, message.IdempotencyKey, message.Rank, cancellationToken), cancellationToken);
        return await ResultOfAsync(answer, channel, cancellationToken);
    }

    /// <summary>Does it again in a thread that had to be opened for it.</summary>
    private async Task<RestAnswer> InOpenThreadAsync(string channel, Func<Task<RestAnswer>> doAsync, CancellationToken cancellationToken)
    {
        var answer = await doAsync();
        return answer is RestAnswer.Refused { Code: DiscordCode.ThreadArchived } && await api.ReopenThreadAsync(channel, cancellationToken) is RestAnswer.Ok ? await doAsync() : answer;
    }

    private async Task<SendResult> SendUnderAsync(string channel, string under, OutgoingMessage message, RenderedCard card, CancellationToken cancellationToken) =>
        await api.StartThreadAsync(channel, under, TitleOf(message), cancellationToken) switch
        {
            RestAnswer.Ok or RestAnswer.Refused { Code: DiscordCode.ThreadExists } => await SendInThreadAsync(under, message, card, cancellationToken),
            // A thread or a conversation has no threads in it.
            RestAnswer.Refused { Code: DiscordCode.WrongChannelType } => await SendAsync(channel, message, card, cancellationToken),
            RestAnswer.Refused { Code: DiscordCode.MissingAccess or DiscordCode.MissingPermissions } => new SendResult.NoAccess(await MissingAsync(channel, ForThreads, cancellationToken)),
            // Without a message in it a thread shows nothing, and asking again tells that it is there.
            RestAnswer.Down(var why, _) => new SendResult.RetryAfter(api.Rest, why),
            var other => await ResultOfAsync(other, channel, cancellationToken),
        };

    private async Task<SendResult> SendInThreadAsync(string thread, OutgoingMessage message, RenderedCard card, CancellationToken cancellationToken)
    {
        var result = await SendAsync(thread, message, card, cancellationToken);
        return result is SendResult.Sent sent ? sent with { Thread = new DiscordAddress(DiscordAddress.Kind.Channel, thread).ToChannel() } : result;
    }

    private static string TitleOf(OutgoingMessage message) => DiscordText.Plain(message.ThreadName ?? message.Card.Title).Cut(TitleLimit) is { Length: > 0 } title ? title : "(untitled)";

    private async Task<SendResult> PostAsync(string forum, OutgoingMessage message, RenderedCard card, CancellationToken cancellationToken)
    {
        var title = TitleOf(message);
        // A post has no nonce: whatever is unknown is looked up.
        if (message.MaybeShownSince is { } since)
        {
            var (shown, why) = await SentBefore.FindPostAsync(api, forum, title, since, cancellationToken);
            if (shown is not null || why is not null)
            {
                return why ?? new SendResult.Sent(shown!);
            }
        }

        var answer = await api.StartForumPostAsync(forum, title, card, null, cancellationToken);
        if (answer is RestAnswer.Refused { Code: DiscordCode.TagRequired } && await FirstTagAsync(forum, cancellationToken) is { } tag)
        {
            answer = await api.StartForumPostAsync(forum, title, card, tag, cancellationToken);
        }

        return await ResultOfAsync(answer, forum, cancellationToken);
    }

    /// <summary>A tag that anybody may give; null where there is none.</summary>
    private async Task<string?> FirstTagAsync(string forum, CancellationToken cancellationToken) =>
        await api.ChannelAsync(forum, cancellationToken) is RestAnswer.Ok channel && channel.Body.TryGetProperty("available_tags", out var tags)
            ? tags.EnumerateArray().Where(t => !(t.TryGetProperty("moderated", out var moderated) && moderated.ValueKind == JsonValueKind.True)).Select(t => RestAnswer.Text(t, "id")).FirstOrDefault()
            : null;

    /// <summary>What an answer means for a message. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json</summary>
    private async Task<SendResult> ResultOfAsync(RestAnswer answer, string? channel, CancellationToken cancellationToken) => answer switch
    {
        RestAnswer.Ok ok => new SendResult.Sent(ok["id"]),
        RestAnswer.Limited(var wait, var why) => new SendResult.RetryAfter(wait, why),
        RestAnswer.Down(var why, MaybeDone: true) => new SendResult.Unknown(why) { Delay = api.Rest },
        RestAnswer.Down(var why, _) => new SendResult.RetryAfter(api.Rest, why),
        RestAnswer.Refused refused => await ResultOfAsync(refused, channel, cancellationToken),
        _ => throw new InvalidOperationException($"Unknown answer {answer}."),
    };

    private async Task<SendResult> ResultOfAsync(RestAnswer.Refused refused, string? channel, CancellationToken cancellationToken) => refused switch
    {
        { Status: 401 } => new SendResult.RetryAfter(TimeSpan.FromMinutes(10), refused.Message),
        { Code: DiscordCode.UnknownChannel } => new SendResult.ChannelGone("The channel was deleted."),
        { Code: DiscordCode.UnknownMessage } => new SendResult.Rejected("The message was deleted."),
        { Code: DiscordCode.UnknownGuild } => new SendResult.ChannelGone("The server is gone, or the bot was removed from it."),
        { Code: DiscordCode.CannotMessageUser } => new SendResult.ChannelGone("This person takes no direct messages from the bot."),
        { Code: DiscordCode.MissingAccess or DiscordCode.MissingPermissions } => new SendResult.NoAccess(await MissingAsync(channel, null, cancellationToken)),
        { Code: DiscordCode.ThreadArchived or DiscordCode.ThreadLocked } =>
            new SendResult.NoAccess("The thread is closed or locked. Somebody with “Manage Threads” can open it: right-click the thread, Unlock Thread."),
        { Code: DiscordCode.TagRequired } => new SendResult.NoAccess("The forum demands a tag, and it has none that the bot may give. Make one in the forum's settings, or no longer demand it."),
        { Code: DiscordCode.TooManyThreads } => new SendResult.NoAccess("The server has as many active threads as it may have. Close some of them."),
        { Code: DiscordCode.NotATextChannel } => new SendResult.NoAccess("The channel takes no messages. Follow in a text channel, a thread or a forum."),
        { Code: DiscordCode.BlockedByAutoMod } => new SendResult.Rejected("The server's AutoMod blocked this message. Its rules are in Server Settings, AutoMod; allow AlertBot's role there."),
        { Code: DiscordCode.HarmfulLink } => new SendResult.Rejected("Discord holds a link in this message for harmful and did not take it."),
        { Code: DiscordCode.TooManyOldEdits } => new SendResult.RetryAfter(TimeSpan.FromMinutes(10), "Discord takes no more edits of older messages for now"),
        { Code: DiscordCode.SlowMode or DiscordCode.ChannelWriteLimit or DiscordCode.GuildWriteLimit } => new SendResult.RetryAfter(null, "the channel's own limit"),
        { Status: 404 } => new SendResult.ChannelGone($"Discord knows no such channel ({refused.Message})."),
        { Status: 403, Code: 0 } => new SendResult.RetryAfter(TimeSpan.FromMinutes(5), "Discord's edge refused the connection (403 without a reason)"),
        { Status: 403 } => new SendResult.NoAccess($"Discord refused it: {refused.Message} ({refused.Code})."),
        _ => new SendResult.Rejected($"Discord refused the message: {refused.Message} ({refused.Code}) {refused.Details}".TrimEnd()),
    };

    /// <param name="wanted">What was needed; null for a message.</param>
    private async Task<string> MissingAsync(string? channel, Permission? wanted, CancellationToken cancellationToken)
    {
        var rights = channel is null ? null : await api.RightsInAsync(channel, null, cancellationToken);
        var needed = wanted ?? Permissions.NeededIn(rights?.Type ?? ChannelType.Text);
        var missing = rights is null ? Permission.None : Permissions.Missing(rights.Bot, needed);
        return missing != Permission.None
            ? Permissions.HowToGive(missing)
            : $"The bot may not post here. {Permissions.HowToGive(needed)}";
    }
}
