using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Discord.Interactions;

namespace AlertBot.Tests.Emulators;

public sealed class DiscordGatewayTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("?v=10&encoding=json")]
    [InlineData("?v=10&encoding=json&compress=zlib-stream")]
    public async Task Identify_brings_ready_and_the_guilds(string query)
    {
        await using var caller = await DiscordCaller.StartAsync();
        await using var socket = await GatewaySocket.OpenAsync(caller, query: query);

        var hello = await socket.FrameAsync();
        await socket.IdentifyAsync();
        var ready = await socket.EventAsync("READY");
        var guild = await socket.EventAsync("GUILD_CREATE");

        Assert.Equal((10, 41250), (hello.GetProperty("op").GetInt32(), hello.GetProperty("d").GetProperty("heartbeat_interval").GetInt32()));
        Assert.Equal(caller.Discord.ApplicationId, ready.GetProperty("application").GetProperty("id").GetString());
        Assert.Equal(caller.Discord.ChannelId, guild.GetProperty("channels")[0].GetProperty("id").GetString());
        Assert.Equal(999, caller.Discord.Stats.SessionStartsLeft);
    }

    [Theory]
    [InlineData("""{"op":2,"d":{"token":"wrong","intents":0,"properties":{}}}""", 4004)]
    [InlineData("""{"op":2,"d":{"token":"emulated.bot.token","intents":0}}""", 4002)]
    [InlineData("""{"op":2,"d":{"token":"emulated.bot.token","intents":1073741824,"properties":{}}}""", 4013)]
    [InlineData("""{"op":2,"d":{"token":"emulated.bot.token","intents":32768,"properties":{}}}""", 4014)]
    [InlineData("""{"op":2,"d":{"token":"emulated.bot.token","intents":0,"properties":{},"shard":[2,2]}}""", 4010)]
    [InlineData("""{"op":6,"d":{"token":"wrong","session_id":"x","seq":1}}""", 4004)]
    [InlineData("""{"op":4,"d":{}}""", 4003)]
    [InlineData("""{"op":99,"d":{}}""", 4001)]
    [InlineData("nothing", 4002)]
    [InlineData("""{"d":{}}""", 4002)]
    public async Task A_misdeed_closes_the_socket(string frame, int code)
    {
        await using var caller = await DiscordCaller.StartAsync();
        await using var socket = await GatewaySocket.OpenAsync(caller);
        await socket.FrameAsync();

        await socket.SendTextAsync(frame);

        Assert.Equal(code, await socket.CloseCodeAsync());
    }

    [Theory]
    [InlineData("?v=5&encoding=json")]
    [InlineData("?v=10&encoding=etf")]
    public async Task A_wrong_address_closes_with_4012(string query)
    {
        await using var caller = await DiscordCaller.StartAsync();
        await using var socket = await GatewaySocket.OpenAsync(caller, query: query);

        Assert.Equal(4012, await socket.CloseCodeAsync());
    }

    [Fact]
    public async Task A_second_identify_closes_with_4005_and_a_missing_user_agent_with_4002()
    {
        await using var caller = await DiscordCaller.StartAsync(options => options with { CheckSocketUserAgent = true });
        await using var nameless = await GatewaySocket.OpenAsync(caller);
        Assert.Equal(4002, await nameless.CloseCodeAsync());

        await using var other = await DiscordCaller.StartAsync();
        var (socket, _) = await GatewaySocket.IdentifiedAsync(other);
        await socket.IdentifyAsync();
        Assert.Equal(4005, await socket.CloseCodeAsync());
    }

    [Fact]
    public async Task Too_many_frames_in_a_minute_close_with_4008()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, _) = await GatewaySocket.IdentifiedAsync(caller);
        for (var at = 0; at < 119; at++)
        {
            await socket.SendAsync(1, at);
        }

        await caller.Discord.WaitForAsync(discord => discord.Stats.Heartbeats == 119, Soon, TestContext.Current.CancellationToken);
        caller.Clock.Advance(TimeSpan.FromSeconds(59));
        await socket.SendAsync(1, 1);

        Assert.Equal(4008, await socket.CloseCodeAsync());
    }

    [Fact]
    public async Task Missed_heartbeats_close_with_4009_and_the_session_can_be_resumed()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, ready) = await GatewaySocket.IdentifiedAsync(caller);
        caller.Clock.Advance(TimeSpan.FromSeconds(80));
        await socket.SendAsync(1, 1);
        await caller.Discord.WaitForAsync(discord => discord.Stats.Heartbeats == 1, Soon, TestContext.Current.CancellationToken);
        caller.Clock.Advance(TimeSpan.FromSeconds(80));
        Assert.Equal(1, caller.Discord.Stats.Open);
        caller.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(4009, await socket.CloseCodeAsync());
        Assert.NotEmpty(ready.GetProperty("session_id").GetString()!);
    }

    [Fact]
    public async Task Two_identifies_in_five_seconds_are_one_too_many()
    {
        await using var caller = await DiscordCaller.StartAsync();
        await GatewaySocket.IdentifiedAsync(caller);
        await using var second = await GatewaySocket.OpenAsync(caller);
        await second.FrameAsync();

        await second.IdentifyAsync();
        var refused = await second.FrameAsync();
        caller.Clock.Advance(TimeSpan.FromSeconds(5));
        await second.IdentifyAsync();
        await second.EventAsync("READY");

        Assert.Equal((9, false), (refused.GetProperty("op").GetInt32(), refused.GetProperty("d").GetBoolean()));
        Assert.Equal(2, caller.Discord.Stats.Identifies);
    }

    [Fact]
    public async Task When_session_starts_run_out_the_token_is_reset()
    {
        await using var caller = await DiscordCaller.StartAsync(options => options with { SessionStartsLeft = 1 });
        var (first, _) = await GatewaySocket.IdentifiedAsync(caller);
        caller.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, (await caller.GetAsync("gateway/bot")).Json!["session_start_limit"]!["remaining"]!.GetValue<int>());
        await using var second = await GatewaySocket.OpenAsync(caller);
        await second.FrameAsync();

        await second.IdentifyAsync();

        Assert.Equal((4004, 4004), (await first.CloseCodeAsync(), await second.CloseCodeAsync()));
        Assert.Equal(401, (await caller.GetAsync("users/@me")).Status);
    }

    [Fact]
    public async Task Missed_events_are_replayed_on_resume()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, ready) = await GatewaySocket.IdentifiedAsync(caller);
        await socket.EventAsync("GUILD_CREATE");
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.Drop));
        Assert.Null(await socket.CloseCodeAsync());
        caller.Discord.PostHumanMessage("while away");

        await using var back = await GatewaySocket.OpenAsync(caller, ready.GetProperty("resume_gateway_url").GetString());
        await back.FrameAsync();
        await back.ResumeAsync(ready.GetProperty("session_id").GetString()!, 2);
        var missed = await back.FrameAsync();
        var resumed = await back.FrameAsync();

        Assert.Equal(("MESSAGE_CREATE", 3), (missed.GetProperty("t").GetString(), missed.GetProperty("s").GetInt32()));
        Assert.Equal(("RESUMED", 4), (resumed.GetProperty("t").GetString(), resumed.GetProperty("s").GetInt32()));
        var stats = caller.Discord.Stats;
        Assert.Equal((2, 1, 1, 1, 0), (stats.Connections, stats.ConnectionsToResumeUrl, stats.Identifies, stats.Resumes, stats.MisplacedResumes));
    }

    [Fact]
    public async Task A_resume_on_the_first_address_is_told_apart()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, ready) = await GatewaySocket.IdentifiedAsync(caller);
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.Close) { Code = 4000 });
        Assert.Equal(4000, await socket.CloseCodeAsync());

        await using var back = await GatewaySocket.OpenAsync(caller);
        await back.FrameAsync();
        await back.ResumeAsync(ready.GetProperty("session_id").GetString()!, 1);
        await back.EventAsync("RESUMED");

        Assert.Equal(1, caller.Discord.Stats.MisplacedResumes);
    }

    [Theory]
    [InlineData(99, 4007)]
    [InlineData(-1, 4007)]
    public async Task A_sequence_that_never_was_closes_with_4007(int sequence, int code)
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (_, ready) = await GatewaySocket.IdentifiedAsync(caller);
        await using var back = await GatewaySocket.OpenAsync(caller);
        await back.FrameAsync();

        await back.ResumeAsync(ready.GetProperty("session_id").GetString()!, sequence);

        Assert.Equal(code, await back.CloseCodeAsync());
    }

    [Fact]
    public async Task A_client_that_closes_with_1000_has_ended_its_session()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, ready) = await GatewaySocket.IdentifiedAsync(caller);
        await socket.CloseAsync(1000);
        await caller.Discord.WaitForAsync(discord => discord.Stats.Open == 0, Soon, TestContext.Current.CancellationToken);
        await using var back = await GatewaySocket.OpenAsync(caller);
        await back.FrameAsync();

        await back.ResumeAsync(ready.GetProperty("session_id").GetString()!, 1);
        var answer = await back.FrameAsync();

        Assert.Equal((9, false), (answer.GetProperty("op").GetInt32(), answer.GetProperty("d").GetBoolean()));
        Assert.Equal([1000], caller.Discord.SocketCloses);
    }

    [Fact]
    public async Task Events_come_by_intent_but_interactions_always()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, _) = await GatewaySocket.IdentifiedAsync(caller, intents: 0);

        caller.Discord.PostHumanMessage("unseen");
        caller.Discord.AddChannel(caller.Discord.GuildId);
        var interaction = caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Command) { Name = "brief" });
        var frame = await socket.FrameAsync();

        Assert.True(interaction.Delivered);
        Assert.Equal(("INTERACTION_CREATE", 2), (frame.GetProperty("t").GetString(), frame.GetProperty("s").GetInt32()));
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.Close) { Forget = true });
        Assert.False(caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Command) { Name = "brief" }).Delivered);
    }

    [Fact]
    public async Task Shards_see_their_own_guilds()
    {
        await using var caller = await DiscordCaller.StartAsync(options => options with { Shards = 2, MaxConcurrency = 2 });
        var even = caller.Discord.AddGuild("even", id: $"{10UL << 22}");
        var odd = caller.Discord.AddGuild("odd", id: $"{11UL << 22}");
        var (zero, _) = await GatewaySocket.IdentifiedAsync(caller, shard: [0, 2]);
        var (one, readyOne) = await GatewaySocket.IdentifiedAsync(caller, shard: [1, 2]);

        Assert.DoesNotContain(readyOne.GetProperty("guilds").EnumerateArray(), guild => guild.GetProperty("id").GetString() == even);
        var channel = caller.Discord.AddChannel(odd);
        Assert.Equal(channel, (await one.EventAsync("CHANNEL_CREATE")).GetProperty("id").GetString());
        var direct = caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Command) { Name = "brief", Direct = true });
        Assert.Equal(direct.Id, (await zero.EventAsync("INTERACTION_CREATE")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Content_is_veiled_without_the_privileged_intent()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, _) = await GatewaySocket.IdentifiedAsync(caller);

        caller.Discord.PostHumanMessage("secret");
        caller.Discord.PostHumanMessage($"<@{caller.Discord.BotUserId}> hello");

        Assert.Equal("", (await socket.EventAsync("MESSAGE_CREATE")).GetProperty("content").GetString());
        Assert.EndsWith("hello", (await socket.EventAsync("MESSAGE_CREATE")).GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interaction_carries_all_that_the_person_and_the_place_are()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, _) = await GatewaySocket.IdentifiedAsync(caller);
        var role = caller.Discord.AddRole(caller.Discord.GuildId, "editors");
        await caller.SendAsync("PUT", $"applications/{caller.Discord.ApplicationId}/commands", """[{"name":"alerts","description":"d","options":[{"type":2,"name":"send","description":"d","options":[{"type":1,"name":"to","description":"d","options":[{"type":7,"name":"channel","description":"d"},{"type":6,"name":"user","description":"d"},{"type":8,"name":"role","description":"d"},{"type":4,"name":"hours","description":"d"}]}]}]}]""");

        caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Command)
        {
            Name = "alerts", Group = "send", Subcommand = "to", Locale = "de", Permissions = DiscordPermissions.ManageGuild, Roles = [role], UserId = "42", UserName = "grace",
            Options = new JsonObject { ["channel"] = caller.Discord.ChannelId, ["user"] = caller.Discord.UserId, ["role"] = role, ["hours"] = 6 },
        });
        var payload = await socket.EventAsync("INTERACTION_CREATE");

        var leaf = payload.GetProperty("data").GetProperty("options")[0].GetProperty("options")[0];
        Assert.Equal(("to", "7 6 8 4"), (leaf.GetProperty("name").GetString(), string.Join(' ', leaf.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("type").GetInt32()))));
        var resolved = payload.GetProperty("data").GetProperty("resolved");
        Assert.All([("channels", caller.Discord.ChannelId), ("users", caller.Discord.UserId), ("members", caller.Discord.UserId), ("roles", role)], entry => Assert.True(resolved.GetProperty(entry.Item1).TryGetProperty(entry.Item2, out _)));
        var member = payload.GetProperty("member");
        Assert.Equal(("42", "grace", "32", "de", "en-US", 0), (
            member.GetProperty("user").GetProperty("id").GetString(), member.GetProperty("user").GetProperty("username").GetString(), member.GetProperty("permissions").GetString(),
            payload.GetProperty("locale").GetString(), payload.GetProperty("guild_locale").GetString(), payload.GetProperty("context").GetInt32()));
        Assert.Equal(caller.Discord.GuildId, payload.GetProperty("authorizing_integration_owners").GetProperty("0").GetString());
    }

    [Fact]
    public async Task In_a_direct_conversation_there_is_a_user_and_no_member()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, _) = await GatewaySocket.IdentifiedAsync(caller);

        caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Autocomplete) { Name = "follow", Focused = "hours", Options = new JsonObject { ["hours"] = 6 }, Direct = true });
        var payload = await socket.EventAsync("INTERACTION_CREATE");

        Assert.Equal((caller.Discord.UserId, false, false, 1), (
            payload.GetProperty("user").GetProperty("id").GetString(), payload.TryGetProperty("member", out _), payload.TryGetProperty("guild_id", out _), payload.GetProperty("context").GetInt32()));
        Assert.Equal(("6", true), (payload.GetProperty("data").GetProperty("options")[0].GetProperty("value").GetString(), payload.GetProperty("data").GetProperty("options")[0].GetProperty("focused").GetBoolean()));
    }

    [Fact]
    public async Task A_menu_command_carries_its_message()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, _) = await GatewaySocket.IdentifiedAsync(caller, intents: 0);
        var id = caller.Discord.PostHumanMessage("tag me");

        caller.Discord.SendInteraction(new InteractionSpec(InteractionKind.Message) { Name = "Why this tag?", MessageId = id });
        var data = (await socket.EventAsync("INTERACTION_CREATE")).GetProperty("data");

        Assert.Equal((3, id, "tag me"), (data.GetProperty("type").GetInt32(), data.GetProperty("target_id").GetString(), data.GetProperty("resolved").GetProperty("messages").GetProperty(id).GetProperty("content").GetString()));
    }

    [Fact]
    public async Task Gateway_faults_happen()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var (socket, ready) = await GatewaySocket.IdentifiedAsync(caller, intents: 0);

        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.Heartbeat));
        Assert.Equal(1, Op(await socket.FrameAsync()));
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.Reconnect));
        Assert.Equal(7, Op(await socket.FrameAsync()));
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.Repeat));
        Assert.Equal(1, (await socket.FrameAsync()).GetProperty("s").GetInt32());
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.MuteAcks));
        await socket.SendAsync(1, 1);
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.InvalidSession) { Resumable = true });
        Assert.Equal(9, Op(await socket.FrameAsync()));
        await socket.ResumeAsync(ready.GetProperty("session_id").GetString()!, 1);
        Assert.Equal("RESUMED", (await socket.FrameAsync()).GetProperty("t").GetString());
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.Close) { Code = 4009, Forget = true });
        Assert.Equal(4009, await socket.CloseCodeAsync());

        static int Op(JsonElement frame) => frame.GetProperty("op").GetInt32();
    }

    [Fact]
    public async Task Faults_wait_for_the_next_connection()
    {
        await using var caller = await DiscordCaller.StartAsync();
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.Refuse));
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => GatewaySocket.OpenAsync(caller));

        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.SlowHello) { Delay = TimeSpan.FromSeconds(20) });
        await using var slow = await GatewaySocket.OpenAsync(caller);
        await caller.Discord.WaitForAsync(discord => discord.Stats.Open == 1, Soon, TestContext.Current.CancellationToken);
        var hello = slow.FrameAsync();
        Assert.False(hello.IsCompleted);
        caller.Clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(10, (await hello).GetProperty("op").GetInt32());
        caller.Discord.Fault(new GatewayFault(GatewayFaultKind.IgnoreResume));
        await slow.ResumeAsync("unknown", 1);
        await slow.SendAsync(1, null);
        Assert.Equal(11, (await slow.FrameAsync()).GetProperty("op").GetInt32());
    }
}
