using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord;

/// <content>What happens on the platform without the bot: guilds, channels and people come, change, write and go.</content>
public sealed partial class DiscordEmulator
{
    /// <summary>Adds a guild with no channel in it, and tells the gateway.</summary>
    public string AddGuild(string name = "Another newsroom", string? id = null, string locale = "en-US") => Change(() =>
    {
        var guild = _world.AddGuild(name, id, locale);
        _events.Arrived(guild);
        return guild.Id;
    });

    public void RemoveGuild(string guildId) => Change(() => _events.Remove(_world.Guilds[guildId]));

    /// <param name="type">0 text, 5 announcements, 10 to 12 threads (with a ParentId), 15 forum.</param>
    public string AddChannel(string guildId, int type = 0, DiscordChannelOptions? options = null) => Change(() =>
    {
        var channel = _world.AddChannel(_world.Guilds[guildId], type, options ?? new DiscordChannelOptions());
        _events.Added(channel);
        return channel.Id;
    });

    public void DeleteChannel(string channelId) => Change(() => _events.Remove(_world.Channels[channelId]));

    /// <summary>Changes what the bot may do in a channel.</summary>
    public void Permit(string channelId, DiscordPermissions permissions) => Change(() =>
    {
        var channel = _world.Channels[channelId];
        channel.Permissions = permissions;
        _events.Changed(channel);
    });

    public string AddRole(string guildId, string name, DiscordPermissions permissions = DiscordPermissions.None) => Change(() =>
    {
        var role = new DiscordRole(_world.Ids.Next(), name, permissions);
        _world.Guilds[guildId].Roles.Add(role);
        return role.Id;
    });

    /// <param name="refusesMessages">The bot cannot write to this person (50007).</param>
    public string AddUser(string name, bool refusesMessages = false, string? id = null) =>
        Change(() => _world.Add(new DiscordUser(id ?? _world.Ids.Next(), name) { RefusesMessages = refusesMessages }).Id);

    /// <summary>The conversation of the bot with a person, opened when it is not there.</summary>
    public string DirectChannel(string userId) => Change(() => _world.Direct(_world.UserOrNew(userId, null)).Id);

    public string ForumTag(string channelId, string name) => Locked(() => _world.Channels[channelId].Tags.Find(tag => tag.Name == name).Id);

    /// <summary>Archives or locks a thread, as a person with the right to it does.</summary>
    public void SetThread(string threadId, bool archived, bool locked) => Change(() =>
    {
        var thread = _world.Channels[threadId];
        (thread.Archived, thread.Locked, thread.ArchivedAt) = (archived, locked, _world.Now);
        _events.Changed(thread);
    });

    /// <summary>Deletes a message, as a moderator does.</summary>
    public void DeleteMessage(string channelId, string messageId) => Change(() =>
    {
        var channel = _world.Channels[channelId];
        var message = channel.Find(messageId)!;
        (_, message.Deleted) = (channel.Messages.Remove(message), true);
        _events.Deleted(channel, message);
    });

    /// <summary>A person writes.</summary>
    /// <returns>The id of the message.</returns>
    public string PostHumanMessage(string content, string? channelId = null, string? userId = null, (string Name, byte[] Bytes)? file = null) => Change(() =>
    {
        var channel = channelId is null ? _channel : _world.Channels[channelId];
        var message = _writer.New(channel, userId is null ? _world.Human : _world.UserOrNew(userId, null), new JsonObject { ["content"] = content }, file is { } attached ? [new UploadedFile(0, attached.Name, "application/octet-stream", attached.Bytes)] : []);
        MessageWriter.Keep(channel, message);
        _events.Posted(channel, message);
        return message.Id;
    });
}
