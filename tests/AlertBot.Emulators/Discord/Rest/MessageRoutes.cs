using System.Globalization;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Gateway;
using AlertBot.Emulators.Discord.Rules;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>Messages of a channel: list, get, create, edit, delete.</summary>
internal sealed class MessageRoutes(DiscordWorld world, MessageWriter writer, GatewayEvents events)
{
    public IEnumerable<RestRoute> All() =>
    [
        new("GET", "channels/{channel_id}/messages", List),
        new("POST", "channels/{channel_id}/messages", Create),
        new("GET", "channels/{channel_id}/messages/{message_id}", Get),
        new("PATCH", "channels/{channel_id}/messages/{message_id}", Edit),
        new("DELETE", "channels/{channel_id}/messages/{message_id}", Delete),
        new("POST", "channels/{channel_id}/typing", Typing),
    ];

    private RestAnswer List(RestCall call)
    {
        var channel = world.ChannelOrRefuse(call["channel_id"]);
        var limit = call.Query.TryGetValue("limit", out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 50;
        if (limit is < 1 or > 100)
        {
            throw FormErrors.One("limit", "NUMBER_TYPE_MAX", "int value should be from 1 to 100.");
        }

        // Without READ_MESSAGE_HISTORY the answer is an empty list, by the document of this route.
        var visible = world.PermissionsIn(channel).HasFlag(DiscordPermissions.ReadMessageHistory) ? channel.Messages.Where(message => !message.IsEphemeral).ToList() : [];
        return RestAnswer.Ok(DiscordWorld.Array(Page(visible, call.Query, limit).Select(message => message.Json.DeepClone())));
    }

    private static IEnumerable<DiscordMessage> Page(List<DiscordMessage> messages, IReadOnlyDictionary<string, string> query, int limit)
    {
        var newestFirst = messages.AsEnumerable().Reverse();
        if (query.TryGetValue("around", out var around))
        {
            var half = limit / 2;
            var at = Snowflakes.Number(around);
            return newestFirst.Where(message => Snowflakes.Number(message.Id) > at).TakeLast(half)
                .Concat(newestFirst.Where(message => Snowflakes.Number(message.Id) <= at).Take(limit - half));
        }

        if (query.TryGetValue("after", out var after))
        {
            return messages.Where(message => Snowflakes.Number(message.Id) > Snowflakes.Number(after)).Take(limit).Reverse();
        }

        return query.TryGetValue("before", out var before)
            ? newestFirst.Where(message => Snowflakes.Number(message.Id) < Snowflakes.Number(before)).Take(limit)
            : newestFirst.Take(limit);
    }

    private RestAnswer Get(RestCall call)
    {
        var channel = world.ChannelOrRefuse(call["channel_id"]);
        world.Require(channel, DiscordPermissions.ReadMessageHistory);
        return RestAnswer.Ok(Visible(channel, call["message_id"]).Json.DeepClone());
    }

    private RestAnswer Create(RestCall call)
    {
        var channel = world.ChannelOrRefuse(call["channel_id"]);
        var form = call.Form();
        MessageRules.Check(form, call.Files.Count);
        if (Repeated(channel, form) is { } first)
        {
            return first.Deleted ? throw DiscordError.UnknownMessage() : RestAnswer.Ok(first.Json.DeepClone());
        }

        var message = Post(channel, form, call.Files);
        if (form.Flag("enforce_nonce") == true)
        {
            channel.Nonces[form["nonce"]!.ToJsonString()] = (message, world.Now);
        }

        return RestAnswer.Ok(message.Json.DeepClone());
    }

    /// <summary>Posts as the bot, after all that the channel demands.</summary>
    /// <param name="id">Null for one of its own.</param>
    public DiscordMessage Post(DiscordChannel channel, JsonObject form, IReadOnlyList<UploadedFile> files, string? id = null)
    {
        new ChannelGuard(world, channel).Admit(form, files.Count);
        if (channel.Archived)
        {
            channel.Archived = false;
            events.Changed(channel);
        }

        var message = writer.New(channel, world.Bot, form, files, id);
        MessageWriter.Keep(channel, message);
        channel.LastBotMessage = world.Now;
        events.Posted(channel, message);
        return message;
    }

    private RestAnswer Edit(RestCall call)
    {
        var channel = world.ChannelOrRefuse(call["channel_id"]);
        var message = Visible(channel, call["message_id"]);
        if (message.AuthorId != world.Bot.Id)
        {
            throw new DiscordError(403, 50005, "Cannot edit a message authored by another user");
        }

        MessageRules.CheckEdit(call.Form());
        new ChannelGuard(world, channel).AdmitEdit(call.Form(), message);
        writer.Edit(channel, message, call.Form(), call.Files);
        events.Edited(channel, message);
        return RestAnswer.Ok(message.Json.DeepClone());
    }

    private RestAnswer Delete(RestCall call)
    {
        var channel = world.ChannelOrRefuse(call["channel_id"]);
        var message = Visible(channel, call["message_id"]);
        if (message.AuthorId != world.Bot.Id)
        {
            world.Require(channel, DiscordPermissions.ManageMessages);
        }

        channel.Messages.Remove(message);
        message.Deleted = true;
        events.Deleted(channel, message);
        return RestAnswer.None();
    }

    private RestAnswer Typing(RestCall call)
    {
        world.Require(world.ChannelOrRefuse(call["channel_id"]), DiscordPermissions.SendMessages);
        return RestAnswer.None();
    }

    private static DiscordMessage Visible(DiscordChannel channel, string id) =>
        DiscordWorld.MessageOrRefuse(channel, id) is { IsEphemeral: false } message ? message : throw DiscordError.UnknownMessage();

    private DiscordMessage? Repeated(DiscordChannel channel, JsonObject form) =>
        form.Flag("enforce_nonce") == true && channel.Nonces.TryGetValue(form["nonce"]!.ToJsonString(), out var known) && world.Now - known.At <= world.Options.NonceWindow
            ? known.Message
            : null;
}
