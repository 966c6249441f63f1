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

    private const int PostTitleLimit = 100;

    // "In the past few minutes" is all that Discord says of how long it remembers a nonce.
    private static readonly TimeSpan NonceLasts = TimeSpan.FromMinutes(2);

    public string Name => PlatformName;

    public string? Trouble => api.Trouble ?? gateway.Fault ?? gateway.Notice;

    public async Task<SendResult> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.To.Platform != Name || DiscordAddress.Parse(message.To.Channel) is not { } address)
        {
            return new SendResult.ChannelGone($"{message.To} is no channel of Discord.");
        }

        var card = DiscordCardRenderer.Render(message.Card);
        await keys.SaveAsync(card.LongCommands, cancellationToken);
        return address.Is switch
        {
            DiscordAddress.Kind.Forum => await PostAsync(address.Id, message, card, cancellationToken),
            DiscordAddress.Kind.Person => await WriteToAsync(address.Id, message, card, cancellationToken),
            _ => await SendAsync(address.Id, message, card, cancellationToken),
        };
    }

    private async Task<SendResult> WriteToAsync(string person, OutgoingMessage message, RenderedCard card, CancellationToken cancellationToken) =>
        await api.OpenDirectChannelAsync(person, cancellationToken) switch
        {
            RestAnswer.Ok channel => await SendAsync(channel["id"], message, card, cancellationToken),
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

        var answer = await api.CreateMessageAsync(channel, card, message.IdempotencyKey, cancellationToken);
        if (answer is RestAnswer.Refused { Code: DiscordCode.ThreadArchived } && await api.ReopenThreadAsync(channel, cancellationToken) is RestAnswer.Ok)
        {
            answer = await api.CreateMessageAsync(channel, card, message.IdempotencyKey, cancellationToken);
        }

        return await ResultOfAsync(answer, channel, cancellationToken);
    }

    private async Task<SendResult> PostAsync(string forum, OutgoingMessage message, RenderedCard card, CancellationToken cancellationToken)
    {
        var title = DiscordText.Plain(message.Card.Title).Cut(PostTitleLimit);
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
        { Code: DiscordCode.UnknownGuild } => new SendResult.ChannelGone("The server is gone, or the bot was removed from it."),
        { Code: DiscordCode.CannotMessageUser } => new SendResult.ChannelGone("This person takes no direct messages from the bot."),
        { Code: DiscordCode.MissingAccess or DiscordCode.MissingPermissions } => new SendResult.NoAccess(await MissingAsync(channel, cancellationToken)),
        { Code: DiscordCode.ThreadArchived or DiscordCode.ThreadLocked } =>
            new SendResult.NoAccess("The thread is closed or locked. Somebody with “Manage Threads” can open it: right-click the thread, Unlock Thread."),
        { Code: DiscordCode.TagRequired } => new SendResult.NoAccess("The forum demands a tag, and it has none that the bot may give. Make one in the forum's settings, or no longer demand it."),
        { Code: DiscordCode.TooManyThreads } => new SendResult.NoAccess("The server has as many active threads as it may have. Close some of them."),
        { Code: DiscordCode.NotATextChannel } => new SendResult.NoAccess("The channel takes no messages. Follow in a text channel, a thread or a forum."),
        { Code: DiscordCode.BlockedByAutoMod } => new SendResult.Rejected("The server's AutoMod blocked this message. Its rules are in Server Settings, AutoMod; allow AlertBot's role there."),
        { Code: DiscordCode.HarmfulLink } => new SendResult.Rejected("Discord holds a link in this message for harmful and did not take it."),
        { Code: DiscordCode.SlowMode or DiscordCode.ChannelWriteLimit or DiscordCode.GuildWriteLimit } => new SendResult.RetryAfter(null, "the channel's own limit"),
        { Status: 404 } => new SendResult.ChannelGone($"Discord knows no such channel ({refused.Message})."),
        { Status: 403, Code: 0 } => new SendResult.RetryAfter(TimeSpan.FromMinutes(5), "Discord's edge refused the connection (403 without a reason)"),
        { Status: 403 } => new SendResult.NoAccess($"Discord refused it: {refused.Message} ({refused.Code})."),
        _ => new SendResult.Rejected($"Discord refused the message: {refused.Message} ({refused.Code}) {refused.Details}".TrimEnd()),
    };

    private async Task<string> MissingAsync(string? channel, CancellationToken cancellationToken)
    {
        var rights = channel is null ? null : await api.RightsInAsync(channel, null, cancellationToken);
        var needed = Permissions.NeededIn(rights?.Type ?? ChannelType.Text);
        var missing = rights is null ? Permission.None : Permissions.Missing(rights.Bot, needed);
        return missing != Permission.None
            ? Permissions.HowToGive(missing)
            : $"The bot may not post here. {Permissions.HowToGive(needed)}";
    }
}
