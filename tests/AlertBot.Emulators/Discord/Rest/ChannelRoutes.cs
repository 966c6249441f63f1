using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Gateway;
using AlertBot.Emulators.Discord.Rules;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>Channels and threads, and the conversations that the bot opens.</summary>
internal sealed class ChannelRoutes(DiscordWorld world, MessageRoutes messages, GatewayEvents events)
{
    public IEnumerable<RestRoute> All() =>
    [
        new("GET", "channels/{channel_id}", call => RestAnswer.Ok(DiscordJson.Channel(world, world.ChannelOrRefuse(call["channel_id"])))),
        new("PATCH", "channels/{channel_id}", Change),
        new("DELETE", "channels/{channel_id}", Delete),
        new("POST", "channels/{channel_id}/messages/{message_id}/threads", StartFromMessage),
        new("POST", "channels/{channel_id}/threads", Start),
        new("POST", "users/@me/channels", OpenDirect),
    ];

    private RestAnswer Change(RestCall call)
    {
        var channel = world.ChannelOrRefuse(call["channel_id"]);
        var form = call.Form();
        RequireRight(channel, form);
        CheckName(form, required: false);
        if (channel.Archived && form.Flag("archived") != false)
        {
            throw new DiscordError(400, 50083, "Tried to perform an operation on an archived thread, such as editing a message or adding a user to the thread");
        }

        channel.Name = form.Text("name") ?? channel.Name;
        channel.Topic = form.Text("topic") ?? channel.Topic;
        channel.Locked = form.Flag("locked") ?? channel.Locked;
        channel.AutoArchive = form.Integer("auto_archive_duration") ?? channel.AutoArchive;
        if (form.Flag("archived") is { } archived && archived != channel.Archived)
        {
            channel.Archived = archived;
            channel.ArchivedAt = world.Now;
        }

        events.Changed(channel);
        return RestAnswer.Ok(DiscordJson.Channel(world, channel));
    }

    private void RequireRight(DiscordChannel channel, JsonObject form)
    {
        var own = channel.IsThread && channel.OwnerId == world.Bot.Id;
        if (channel.IsThread && (!own || form.Has("locked") || channel.Locked))
        {
            world.Require(channel, DiscordPermissions.ManageThreads);
        }
        else if (!channel.IsThread)
        {
            world.Require(channel, DiscordPermissions.ManageChannels);
        }
    }

    private RestAnswer Delete(RestCall call)
    {
        var channel = world.ChannelOrRefuse(call["channel_id"]);
        if (channel.Type != DiscordChannel.Direct)
        {
            world.Require(channel, channel.IsThread ? DiscordPermissions.ManageThreads : DiscordPermissions.ManageChannels);
            events.Remove(channel);
        }

        return RestAnswer.Ok(DiscordJson.Channel(world, channel));
    }

    private RestAnswer StartFromMessage(RestCall call)
    {
        var channel = world.ChannelOrRefuse(call["channel_id"]);
        var message = DiscordWorld.MessageOrRefuse(channel, call["message_id"]);
        RequireThreads(channel, call.Form());
        if (message.ThreadId is not null)
        {
            throw new DiscordError(400, 160004, "A thread has already been created for this message");
        }

        message.ThreadId = message.Id;
        var thread = Open(channel, call.Form(), message.Id);
        message.Flags |= 1 << 5;
        message.Json["thread"] = DiscordJson.Channel(world, thread);
        return RestAnswer.Created(DiscordJson.Channel(world, thread));
    }

    private RestAnswer Start(RestCall call)
    {
        var channel = world.ChannelOrRefuse(call["channel_id"]);
        var form = call.Form();
        if (channel.Type != DiscordChannel.Forum)
        {
            RequireThreads(channel, form);
            return RestAnswer.Created(DiscordJson.Channel(world, Open(channel, form, null)));
        }

        var first = FirstPost(channel, form);
        MessageRules.Check(first, call.Files.Count, at: "message.");
        world.Require(channel, DiscordPermissions.SendMessages);
        var thread = Open(channel, form, null);
        thread.AppliedTags.AddRange((form.List("applied_tags") ?? []).Select(tag => tag.AsText()!));

        // The first message of a forum post has the id of its thread. Its nonce is not looked at.
        var answer = DiscordJson.Channel(world, thread);
        answer["message"] = messages.Post(thread, first, call.Files, thread.Id).Json.DeepClone();
        return RestAnswer.Created(answer);
    }

    private static JsonObject FirstPost(DiscordChannel forum, JsonObject form)
    {
        CheckName(form, required: true);
        if (form.Map("message") is not { } message)
        {
            throw FormErrors.One("message", "BASE_TYPE_REQUIRED", "This field is required");
        }

        var tags = (form.List("applied_tags") ?? []).Select(tag => tag.AsText()).ToList();
        if (tags.Count == 0 && forum.Options.TagRequired)
        {
            throw new DiscordError(400, 40067, "A tag is required to create a forum post in this channel");
        }

        return tags.All(tag => forum.Tags.Exists(known => known.Id == tag)) ? message : throw FormErrors.One("applied_tags", "INVALID_FORUM_TAG", "Unknown tag");
    }

    private void RequireThreads(DiscordChannel channel, JsonObject form)
    {
        CheckName(form, required: true);
        if (channel.Type is not (DiscordChannel.Text or DiscordChannel.Announcements))
        {
            throw new DiscordError(400, 50024, "Cannot execute action on this channel type");
        }

        world.Require(channel, DiscordPermissions.CreatePublicThreads);
    }

    private DiscordChannel Open(DiscordChannel parent, JsonObject form, string? id)
    {
        if (world.Channels.Values.Count(channel => channel.ParentId == parent.Id && channel is { IsThread: true, Archived: false }) >= parent.Options.ActiveThreads)
        {
            throw new DiscordError(400, 160006, "Maximum number of active threads reached");
        }

        var type = parent.Type == DiscordChannel.Announcements ? DiscordChannel.AnnouncementThread : DiscordChannel.PublicThread;
        var options = new DiscordChannelOptions
        {
            Id = id, Name = form.Text("name")!, ParentId = parent.Id, BlockedWords = parent.Options.BlockedWords, HarmfulLinks = parent.Options.HarmfulLinks, Permissions = (DiscordPermissions)(-1),
        };
        var thread = world.AddChannel(world.Guilds[parent.GuildId!], type, options);
        thread.AutoArchive = form.Integer("auto_archive_duration") ?? 1440;
        events.Added(thread);
        return thread;
    }

    private RestAnswer OpenDirect(RestCall call)
    {
        var id = call.Form().Text("recipient_id") ?? "";
        var user = world.User(id) ?? throw FormErrors.One("recipient_id", "INVALID_USER", "Unknown user");
        return user.Id == world.Bot.Id ? throw new DiscordError(400, 50007, "Cannot send messages to this user") : RestAnswer.Ok(DiscordJson.Channel(world, world.Direct(user)));
    }

    private static void CheckName(JsonObject form, bool required)
    {
        var errors = new FormErrors();
        if (form.Text("name") is { } name)
        {
            if (MessageRules.Length(name) is < 1 or > 100)
            {
                errors.BadLength("name", 1, 100);
            }
        }
        else if (required)
        {
            errors.Required("name");
        }

        if (form.Number("auto_archive_duration") is { } minutes && minutes is not (60 or 1440 or 4320 or 10080))
        {
            errors.BadChoice("auto_archive_duration", "60, 1440, 4320, 10080");
        }

        errors.Throw();
    }
}
