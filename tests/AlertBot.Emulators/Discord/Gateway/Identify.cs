using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord.World;

namespace AlertBot.Emulators.Discord.Gateway;

/// <summary>What op 2 demands and begins.</summary>
internal sealed class Identify(DiscordWorld world, GatewayHub hub, GatewayAddresses addresses, SessionStarts starts)
{
    public void Obey(GatewayConnection connection, JsonNode? data)
    {
        if (connection.Session is not null)
        {
            connection.Close(4005, "Already authenticated.");
            return;
        }

        if (Refusal(data) is var (code, reason) && code != 0)
        {
            connection.Close(code, reason);
            return;
        }

        var (shard, shards) = Shard(data) ?? (0, 1);
        if (starts.IsTooSoon(shard))
        {
            connection.Send(GatewayServer.InvalidSession(resumable: false));
            return;
        }

        if (starts.TryTake(shard))
        {
            Begin(connection, GatewayHub.NewSession(world, data.Integer("intents") ?? 0, shard, shards), data.Has("shard"));
            return;
        }

        starts.ResetToken();
        hub.ForgetAll();
        hub.Connections.ToList().ForEach(open => open.Close(4004, "Authentication failed."));
    }

    private (int Code, string Reason) Refusal(JsonNode? data)
    {
        if (data.Text("token") is not { } token || data.Map("properties") is null || data.Has("shard") && Shard(data) is null && data.List("shard") is null)
        {
            return (4002, "Error while decoding payload.");
        }

        if (token != world.Token)
        {
            return (4004, "Authentication failed.");
        }

        var shard = Shard(data);
        if (data.Has("shard") && shard is not (>= 0, >= 1) || shard is { } given && given.Shard >= given.Shards)
        {
            return (4010, "Invalid shard.");
        }

        if (world.Guilds.Count / (shard?.Shards ?? 1) > 2500)
        {
            return (4011, "Sharding required.");
        }

        return data.Integer("intents") is not { } intents || (intents & ~Intents.Known) != 0 ? (4013, "Invalid intent(s).")
            : (intents & Intents.Privileged & ~world.Options.AllowedPrivilegedIntents) != 0 ? (4014, "Disallowed intent(s).")
            : default;
    }

    private static (int Shard, int Shards)? Shard(JsonNode? data) =>
        data.List("shard") is [{ } shard, { } shards] && shard.AsNumber() is { } index && shards.AsNumber() is { } count ? ((int)index, (int)count) : null;

    private void Begin(GatewayConnection connection, GatewaySession session, bool sharded)
    {
        hub.Identifies++;
        hub.Attach(connection, session);
        var guilds = world.Guilds.Values.Where(guild => session.Serves(guild.Id)).ToList();
        session.Dispatch("READY", Ready(session, guilds, sharded));
        if ((session.Intents & Intents.Guilds) != 0)
        {
            guilds.ForEach(guild => session.Dispatch("GUILD_CREATE", DiscordJson.Arrived(world, guild)));
        }
    }

    private JsonObject Ready(GatewaySession session, IEnumerable<DiscordGuild> guilds, bool sharded)
    {
        var user = world.Bot.Json();
        user["verified"] = true;
        user["mfa_enabled"] = true;
        user["email"] = null;
        var ready = new JsonObject
        {
            ["v"] = 10,
            ["user"] = user,
            ["guilds"] = DiscordWorld.Array(guilds.Select(guild => new JsonObject { ["id"] = guild.Id, ["unavailable"] = true })),
            ["session_id"] = session.Id,
            ["resume_gateway_url"] = addresses.Resume,
            ["application"] = new JsonObject { ["id"] = world.Options.ApplicationId, ["flags"] = 0 },
            ["session_type"] = "normal",
            ["user_settings"] = new JsonObject(),
            ["relationships"] = new JsonArray(),
            ["private_channels"] = new JsonArray(),
            ["presences"] = new JsonArray(),
            ["guild_join_requests"] = new JsonArray(),
            ["geo_ordered_rtc_regions"] = new JsonArray(),
            ["_trace"] = new JsonArray(),
        };
        if (sharded)
        {
            ready["shard"] = new JsonArray(session.Shard, session.Shards);
        }

        return ready;
    }
}
