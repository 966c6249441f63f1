using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.Gateway;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>The bot itself, its application, its guilds and where its gateway is.</summary>
internal sealed class InstallRoutes(DiscordWorld world, GatewayAddresses addresses, SessionStarts starts, string publicKey)
{
    public IEnumerable<RestRoute> All() =>
    [
        new("GET", "gateway", _ => RestAnswer.Ok(new JsonObject { ["url"] = addresses.First }), Open: true),
        new("GET", "gateway/bot", _ => RestAnswer.Ok(GatewayBot())),
        new("GET", "users/@me", _ => RestAnswer.Ok(Me())),
        new("GET", "users/{user_id}", call => RestAnswer.Ok((world.User(call["user_id"]) ?? throw new DiscordError(404, 10013, "Unknown User")).Json())),
        new("GET", "users/@me/guilds", _ => RestAnswer.Ok(DiscordWorld.Array(world.Guilds.Values.Select(MyGuild)))),
        new("GET", "applications/@me", _ => RestAnswer.Ok(Application())),
        new("GET", "oauth2/applications/@me", _ => RestAnswer.Ok(Application())),
        new("GET", "guilds/{guild_id}", call => RestAnswer.Ok(DiscordJson.Guild(world.GuildOrRefuse(call["guild_id"])))),
        new("GET", "guilds/{guild_id}/roles", call => RestAnswer.Ok(DiscordJson.Roles(world.GuildOrRefuse(call["guild_id"])))),
        new("GET", "guilds/{guild_id}/channels", call => RestAnswer.Ok(Channels(world.GuildOrRefuse(call["guild_id"]), threads: false))),
        new("GET", "guilds/{guild_id}/members/{user_id}", Member),
        new("GET", "guilds/{guild_id}/threads/active", call => RestAnswer.Ok(
            new JsonObject { ["threads"] = Channels(world.GuildOrRefuse(call["guild_id"]), threads: true), ["members"] = new JsonArray(), ["has_more"] = false })),
    ];

    public JsonObject GatewayBot() => new()
    {
        ["url"] = addresses.First,
        ["session_start_limit"] = new JsonObject
        {
            ["max_concurrency"] = world.Options.MaxConcurrency,
            ["remaining"] = starts.Left,
            ["reset_after"] = (int)starts.ResetAfter.TotalMilliseconds,
            ["total"] = world.Options.SessionStarts,
        },
        ["shards"] = world.Options.Shards,
    };

    private JsonObject Me()
    {
        var me = world.Bot.Json();
        me["mfa_enabled"] = true;
        me["locale"] = "en-US";
        me["premium_type"] = 0;
        me["email"] = null;
        me["verified"] = true;
        return me;
    }

    private static JsonObject MyGuild(DiscordGuild guild) => new()
    {
        ["id"] = guild.Id,
        ["name"] = guild.Name,
        ["icon"] = null,
        ["banner"] = null,
        ["owner"] = false,
        ["permissions"] = DiscordJson.Bits(DiscordPermissions.Usual),
        ["features"] = new JsonArray(),
    };

    private JsonObject Application() => new()
    {
        ["id"] = world.Options.ApplicationId,
        ["name"] = "alertbot",
        ["icon"] = null,
        ["description"] = "",
        ["type"] = null,
        ["bot"] = world.Bot.Json(),
        ["bot_public"] = true,
        ["bot_require_code_grant"] = false,
        ["verify_key"] = publicKey,
        ["flags"] = 0,
        ["flags_new"] = "0",
        ["redirect_uris"] = new JsonArray(),
        ["interactions_endpoint_url"] = null,
        ["role_connections_verification_url"] = null,
        ["owner"] = world.Human.Json(),
        ["approximate_guild_count"] = world.Guilds.Count,
        ["approximate_user_install_count"] = 0,
        ["approximate_user_authorization_count"] = 0,
        ["explicit_content_filter"] = 0,
        ["team"] = null,
        ["eligible_oauth2_scopes"] = new JsonArray(),
    };

    private JsonArray Channels(DiscordGuild guild, bool threads) => DiscordWorld.Array(guild.Channels
        .Where(channel => channel.IsThread == threads && !(threads && channel.Archived) && world.PermissionsIn(channel).HasFlag(DiscordPermissions.ViewChannel))
        .Select(channel => DiscordJson.Channel(world, channel)));

    private RestAnswer Member(RestCall call)
    {
        var guild = world.GuildOrRefuse(call["guild_id"]);
        var user = world.User(call["user_id"]) ?? throw new DiscordError(404, 10007, "Unknown Member");
        return RestAnswer.Ok(DiscordJson.Member(user, guild.JoinedAt, []));
    }
}
