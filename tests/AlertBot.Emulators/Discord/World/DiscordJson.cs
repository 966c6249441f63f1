using System.Globalization;
using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord.World;

/// <summary>Guilds, channels, roles and members in Discord's JSON.</summary>
internal static class DiscordJson
{
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture);

    public static string Bits(DiscordPermissions permissions) => ((long)permissions).ToString(CultureInfo.InvariantCulture);

    public static JsonObject Channel(DiscordWorld world, DiscordChannel channel) => channel switch
    {
        { Type: DiscordChannel.Direct } => Direct(channel),
        { IsThread: true } => Thread(channel),
        _ => InGuild(world, channel),
    };

    public static JsonObject Role(DiscordRole role, int position) => new()
    {
        ["id"] = role.Id,
        ["name"] = role.Name,
        ["permissions"] = Bits(role.Permissions),
        ["position"] = position,
        ["color"] = 0,
        ["colors"] = new JsonObject { ["primary_color"] = 0, ["secondary_color"] = null, ["tertiary_color"] = null },
        ["hoist"] = false,
        ["managed"] = false,
        ["mentionable"] = true,
        ["icon"] = null,
        ["unicode_emoji"] = null,
        ["flags"] = 0,
    };

    public static JsonObject Member(DiscordUser? user, DateTimeOffset joinedAt, IEnumerable<string> roles)
    {
        var member = new JsonObject
        {
            ["avatar"] = null,
            ["banner"] = null,
            ["communication_disabled_until"] = null,
            ["flags"] = 0,
            ["joined_at"] = Time(joinedAt),
            ["nick"] = null,
            ["pending"] = false,
            ["premium_since"] = null,
            ["roles"] = DiscordWorld.Array(roles.Select(role => JsonValue.Create(role))),
            ["deaf"] = false,
            ["mute"] = false,
        };
        if (user is not null)
        {
            member["user"] = user.Json();
        }

        return member;
    }

    public static JsonObject Guild(DiscordGuild guild) => new()
    {
        ["id"] = guild.Id,
        ["name"] = guild.Name,
        ["icon"] = null,
        ["description"] = null,
        ["home_header"] = null,
        ["splash"] = null,
        ["discovery_splash"] = null,
        ["features"] = new JsonArray(),
        ["banner"] = null,
        ["owner_id"] = guild.OwnerId,
        ["application_id"] = null,
        ["region"] = "deprecated",
        ["afk_channel_id"] = null,
        ["afk_timeout"] = 300,
        ["system_channel_id"] = SystemChannel(guild),
        ["system_channel_flags"] = 0,
        ["widget_enabled"] = false,
        ["widget_channel_id"] = null,
        ["verification_level"] = 0,
        ["roles"] = Roles(guild),
        ["default_message_notifications"] = 0,
        ["mfa_level"] = 0,
        ["explicit_content_filter"] = 0,
        ["max_presences"] = null,
        ["max_members"] = 500_000,
        ["max_stage_video_channel_users"] = 50,
        ["max_video_channel_users"] = 25,
        ["vanity_url_code"] = null,
        ["premium_tier"] = 0,
        ["premium_subscription_count"] = 0,
        ["preferred_locale"] = guild.Locale,
        ["rules_channel_id"] = null,
        ["safety_alerts_channel_id"] = null,
        ["public_updates_channel_id"] = null,
        ["premium_progress_bar_enabled"] = false,
        ["nsfw"] = false,
        ["nsfw_level"] = 0,
        ["emojis"] = new JsonArray(),
        ["stickers"] = new JsonArray(),
        ["incidents_data"] = null,
    };

    /// <summary>What GUILD_CREATE carries.</summary>
    public static JsonObject Arrived(DiscordWorld world, DiscordGuild guild)
    {
        var json = Guild(guild);
        json["joined_at"] = Time(guild.JoinedAt);
        json["large"] = false;
        json["unavailable"] = false;
        json["member_count"] = 2;
        json["members"] = new JsonArray(Member(world.Bot, guild.JoinedAt, []));
        json["channels"] = DiscordWorld.Array(guild.Channels.Where(channel => !channel.IsThread).Select(channel => Channel(world, channel)));
        json["threads"] = DiscordWorld.Array(guild.Channels.Where(channel => channel.IsThread && !channel.Archived).Select(channel => Channel(world, channel)));
        json["voice_states"] = new JsonArray();
        json["presences"] = new JsonArray();
        json["stage_instances"] = new JsonArray();
        json["guild_scheduled_events"] = new JsonArray();
        json["soundboard_sounds"] = new JsonArray();
        return json;
    }

    public static JsonArray Roles(DiscordGuild guild) => DiscordWorld.Array(guild.Roles.Select((role, position) => Role(role, position)));

    private static string? SystemChannel(DiscordGuild guild) => guild.Channels.Find(channel => channel.Type == DiscordChannel.Text)?.Id;

    private static JsonObject Direct(DiscordChannel channel) => new()
    {
        ["id"] = channel.Id,
        ["type"] = channel.Type,
        ["last_message_id"] = channel.Messages.LastOrDefault()?.Id,
        ["flags"] = 0,
        ["recipients"] = new JsonArray(channel.Recipient!.Json()),
    };

    private static JsonObject InGuild(DiscordWorld world, DiscordChannel channel)
    {
        var json = new JsonObject
        {
            ["id"] = channel.Id,
            ["type"] = channel.Type,
            ["last_message_id"] = channel.Messages.LastOrDefault()?.Id,
            ["flags"] = channel.Options.TagRequired ? 1 << 4 : 0,
            ["guild_id"] = channel.GuildId,
            ["name"] = channel.Name,
            ["parent_id"] = channel.ParentId,
            ["rate_limit_per_user"] = (int)channel.Options.SlowMode.TotalSeconds,
            ["topic"] = channel.Topic.Length == 0 ? null : channel.Topic,
            ["position"] = world.Guilds.TryGetValue(channel.GuildId!, out var guild) ? Math.Max(0, guild.Channels.IndexOf(channel)) : 0,
            ["permission_overwrites"] = Overwrites(world, channel),
            ["nsfw"] = false,
        };
        if (channel.Type == DiscordChannel.Forum)
        {
            json["available_tags"] = DiscordWorld.Array(channel.Tags.Select(tag => new JsonObject { ["id"] = tag.Id, ["name"] = tag.Name, ["moderated"] = false, ["emoji_id"] = null, ["emoji_name"] = null }));
            json["default_reaction_emoji"] = null;
            json["default_sort_order"] = null;
            json["default_forum_layout"] = 0;
        }

        return json;
    }

    private static JsonArray Overwrites(DiscordWorld world, DiscordChannel channel)
    {
        var denied = DiscordPermissions.Usual & ~channel.Permissions;
        var allowed = channel.Permissions & ~DiscordPermissions.Usual;
        return (denied | allowed) == 0 ? [] : [new JsonObject { ["id"] = world.Bot.Id, ["type"] = 1, ["allow"] = Bits(allowed), ["deny"] = Bits(denied) }];
    }

    private static JsonObject Thread(DiscordChannel thread) => new()
    {
        ["id"] = thread.Id,
        ["type"] = thread.Type,
        ["last_message_id"] = thread.Messages.LastOrDefault()?.Id,
        ["flags"] = 0,
        ["guild_id"] = thread.GuildId,
        ["name"] = thread.Name,
        ["parent_id"] = thread.ParentId,
        ["rate_limit_per_user"] = 0,
        ["owner_id"] = thread.OwnerId,
        ["thread_metadata"] = new JsonObject
        {
            ["archived"] = thread.Archived,
            ["archive_timestamp"] = Time(thread.ArchivedAt),
            ["auto_archive_duration"] = thread.AutoArchive,
            ["locked"] = thread.Locked,
            ["create_timestamp"] = Time(thread.ArchivedAt),
        },
        ["message_count"] = thread.Messages.Count,
        ["member_count"] = 1,
        ["total_message_sent"] = thread.TotalSent,
        ["applied_tags"] = DiscordWorld.Array(thread.AppliedTags.Select(tag => JsonValue.Create(tag))),
    };
}
