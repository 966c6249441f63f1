using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>Says what happened to every session that has the intent for it. The caller holds the world's gate.</summary>
internal sealed class GatewayEvents(DiscordWorld world, GatewayHub hub)
{
    public void Posted(DiscordChannel channel, DiscordMessage message) => OfMessage("MESSAGE_CREATE", channel, message);

    public void Edited(DiscordChannel channel, DiscordMessage message) => OfMessage("MESSAGE_UPDATE", channel, message);

    public void Deleted(DiscordChannel channel, DiscordMessage message)
    {
        var data = new JsonObject { ["id"] = message.Id, ["channel_id"] = channel.Id };
        AddGuild(data, channel);
        hub.Publish("MESSAGE_DELETE", data, channel.GuildId, MessageIntent(channel));
    }

    public void Added(DiscordChannel channel) => hub.Publish(Noun(channel) + "_CREATE", DiscordJson.Channel(world, channel), channel.GuildId, Intents.Guilds);

    public void Changed(DiscordChannel channel) => hub.Publish(Noun(channel) + "_UPDATE", DiscordJson.Channel(world, channel), channel.GuildId, Intents.Guilds);

    /// <summary>Takes a channel and its threads out of the world.</summary>
    public void Remove(DiscordChannel channel)
    {
        foreach (var thread in world.Channels.Values.Where(other => other.ParentId == channel.Id && other.IsThread).ToList())
        {
            Forget(thread);
        }

        var data = channel.IsThread
            ? new JsonObject { ["id"] = channel.Id, ["guild_id"] = channel.GuildId, ["parent_id"] = channel.ParentId, ["type"] = channel.Type }
            : DiscordJson.Channel(world, channel);
        Forget(channel);
        hub.Publish(Noun(channel) + "_DELETE", data, channel.GuildId, Intents.Guilds);
    }

    public void Arrived(DiscordGuild guild) => hub.Publish("GUILD_CREATE", DiscordJson.Arrived(world, guild), guild.Id, Intents.Guilds);

    /// <summary>The bot was removed from a guild.</summary>
    public void Remove(DiscordGuild guild)
    {
        world.Guilds.Remove(guild.Id);
        guild.Channels.ToList().ForEach(Forget);
        hub.Publish("GUILD_DELETE", new JsonObject { ["id"] = guild.Id }, guild.Id, Intents.Guilds);
    }

    private void Forget(DiscordChannel channel)
    {
        world.Channels.Remove(channel.Id);
        if (channel.GuildId is { } id && world.Guilds.TryGetValue(id, out var guild))
        {
            guild.Channels.Remove(channel);
        }
    }

    private void OfMessage(string name, DiscordChannel channel, DiscordMessage message)
    {
        var data = message.Json.Copy();
        AddGuild(data, channel);
        if (channel.GuildId is { } guildId && message.AuthorId != world.Bot.Id)
        {
            data["member"] = DiscordJson.Member(null, world.Guilds[guildId].JoinedAt, []);
        }

        hub.Publish(name, data, channel.GuildId, MessageIntent(channel), session => MayRead(session, channel, message) ? data : Veiled(data));
    }

    /// <summary>Without the privileged intent a bot reads its own messages, direct ones and those that mention it.</summary>
    private bool MayRead(GatewaySession session, DiscordChannel channel, DiscordMessage message) =>
        (session.Intents & Intents.MessageContent) != 0 || channel.Type == DiscordChannel.Direct || message.AuthorId == world.Bot.Id
        || message.Json.List("mentions")!.Any(user => user.Text("id") == world.Bot.Id);

    private static JsonObject Veiled(JsonObject data)
    {
        var veiled = data.Copy();
        veiled["content"] = "";
        foreach (var key in new[] { "embeds", "attachments", "components" })
        {
            veiled[key] = new JsonArray();
        }

        return veiled;
    }

    private static void AddGuild(JsonObject data, DiscordChannel channel)
    {
        if (channel.GuildId is not null)
        {
            data["guild_id"] = channel.GuildId;
        }
    }

    private static string Noun(DiscordChannel channel) => channel.IsThread ? "THREAD" : "CHANNEL";

    private static int MessageIntent(DiscordChannel channel) => channel.GuildId is null ? Intents.DirectMessages : Intents.GuildMessages;
}
