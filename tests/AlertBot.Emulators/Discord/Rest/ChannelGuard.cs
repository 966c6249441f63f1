using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>What a channel demands of a message of the bot: its kind, permissions, locks, slow mode and filters.</summary>
internal sealed class ChannelGuard(DiscordWorld world, DiscordChannel channel)
{
    /// <exception cref="DiscordError">The channel does not take it.</exception>
    public void Admit(JsonObject form, int files)
    {
        if (!channel.TakesMessages)
        {
            throw new DiscordError(400, 50008, "Cannot send messages in a non-text channel");
        }

        if (channel.Recipient is { RefusesMessages: true })
        {
            throw new DiscordError(403, 50007, "Cannot send messages to this user");
        }

        RequirePermissions(form, files);
        if (channel is { Archived: true, Locked: true })
        {
            throw new DiscordError(400, 50083, "Tried to perform an operation on an archived thread, such as editing a message or adding a user to the thread");
        }

        if (channel.Locked && !world.PermissionsIn(channel).HasFlag(DiscordPermissions.ManageThreads))
        {
            throw new DiscordError(403, 160005, "Thread is locked");
        }

        RequirePatience();
        RequireGoodWords(form);
    }

    /// <exception cref="DiscordError">The channel or the message does not take the change.</exception>
    public void AdmitEdit(JsonObject form, DiscordMessage message)
    {
        if (channel.Archived)
        {
            throw new DiscordError(400, 50083, "Tried to perform an operation on an archived thread, such as editing a message or adding a user to the thread");
        }

        var hour = TimeSpan.FromHours(1);
        if (world.Now - message.CreatedAt > hour)
        {
            message.LateEdits.RemoveAll(at => world.Now - at > hour);
            if (message.LateEdits.Count >= world.Options.OldMessageEdits)
            {
                throw new DiscordError(429, 30046, "Maximum number of edits to messages older than 1 hour reached. Try again later")
                {
                    RetryAfter = (message.LateEdits[0] + hour - world.Now).TotalSeconds,
                };
            }

            message.LateEdits.Add(world.Now);
        }

        RequireGoodWords(form);
    }

    private void RequirePermissions(JsonObject form, int files)
    {
        world.Require(channel, channel.IsThread ? DiscordPermissions.SendMessagesInThreads : DiscordPermissions.SendMessages);
        if (form.List("embeds") is { Count: > 0 })
        {
            world.Require(channel, DiscordPermissions.EmbedLinks);
        }

        if (files > 0)
        {
            world.Require(channel, DiscordPermissions.AttachFiles);
        }

        if (form.Map("message_reference") is not { } reference)
        {
            return;
        }

        if (!world.PermissionsIn(channel).HasFlag(DiscordPermissions.ReadMessageHistory))
        {
            throw new DiscordError(400, 160002, "Cannot reply without permission to read message history");
        }

        if (channel.Find(reference.Text("message_id") ?? "") is null && reference.Flag("fail_if_not_exists") != false)
        {
            throw FormErrors.One("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message");
        }
    }

    private void RequirePatience()
    {
        if (channel.LastBotMessage is { } last && last + channel.Options.SlowMode > world.Now)
        {
            throw new DiscordError(429, 20016, "This action cannot be performed due to slowmode rate limit") { RetryAfter = (last + channel.Options.SlowMode - world.Now).TotalSeconds };
        }
    }

    private void RequireGoodWords(JsonObject form)
    {
        var text = $"{form.Text("content")} {form.List("embeds")?.ToJsonString()}";
        if (channel.Options.BlockedWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DiscordError(400, 200000, "Message was blocked by automatic moderation");
        }

        if (channel.Options.HarmfulLinks.Any(link => text.Contains(link, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DiscordError(400, 240000, "Message blocked by harmful links filter");
        }
    }
}
