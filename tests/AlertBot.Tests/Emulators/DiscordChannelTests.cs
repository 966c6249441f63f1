using AlertBot.Emulators.Discord;

namespace AlertBot.Tests.Emulators;

public sealed class DiscordChannelTests
{
    private const string Plain = """{"content":"hello"}""";
    private const string Embed = """{"embeds":[{"title":"t"}]}""";

    [Theory]
    [InlineData(DiscordPermissions.ViewChannel, Plain, 50001)]
    [InlineData(DiscordPermissions.SendMessages, Plain, 50013)]
    [InlineData(DiscordPermissions.EmbedLinks, Embed, 50013)]
    public async Task A_missing_permission_refuses_the_message(DiscordPermissions missing, string body, int code)
    {
        await using var caller = await DiscordCaller.StartAsync();
        caller.Discord.Permit(caller.Discord.ChannelId, DiscordPermissions.Usual & ~missing);

        (await caller.PostAsync(caller.Messages, body)).Is(403, code);
    }

    [Fact]
    public async Task Without_the_history_nothing_is_read()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var id = (await caller.SayAsync("x"))["id"]!.GetValue<string>();
        caller.Discord.Permit(caller.Discord.ChannelId, DiscordPermissions.Usual & ~DiscordPermissions.ReadMessageHistory);

        (await caller.GetAsync($"{caller.Messages}/{id}")).Is(403, 50013);
        Assert.Equal("[]", (await caller.GetAsync(caller.Messages)).Text);
        (await caller.PostAsync(caller.Messages, $$"""{"content":"x","message_reference":{"message_id":"{{id}}"} }""")).Is(400, 160002);
    }

    [Fact]
    public async Task Filters_and_slow_mode_refuse_the_message()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var channel = caller.Discord.AddChannel(caller.Discord.GuildId, 0, new DiscordChannelOptions { BlockedWords = ["casino"], HarmfulLinks = ["evil.example"], SlowMode = TimeSpan.FromSeconds(10) });
        var path = $"channels/{channel}/messages";

        (await caller.PostAsync(path, """{"content":"Casino tonight"}""")).Is(400, 200000);
        (await caller.PostAsync(path, """{"embeds":[{"title":"t","url":"https://evil.example/x"}]}""")).Is(400, 240000);
        Assert.Equal(200, (await caller.PostAsync(path, Plain)).Status);
        var slow = await caller.PostAsync(path, Plain);
        slow.Is(429, 20016);
        Assert.Equal(10, slow.Json!["retry_after"]!.GetValue<double>());
        caller.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await caller.PostAsync(path, Plain)).Status);
    }

    [Fact]
    public async Task A_message_gets_one_thread_and_a_post_reopens_an_archived_one()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var id = (await caller.SayAsync("story"))["id"]!.GetValue<string>();

        var thread = await caller.PostAsync($"{caller.Messages}/{id}/threads", """{"name":"updates","auto_archive_duration":60}""");
        Assert.Equal((201, id, 11), (thread.Status, thread.Id, thread.Json!["type"]!.GetValue<int>()));
        (await caller.PostAsync($"{caller.Messages}/{id}/threads", """{"name":"again"}""")).Is(400, 160004);
        (await caller.PostAsync($"{caller.Messages}/{id}/threads", """{"name":""}""")).Is(400, 50035);

        caller.Discord.SetThread(id, archived: true, locked: false);
        await caller.SayAsync("more", id);
        Assert.False(caller.Discord.Channel(id)!.Value.GetProperty("thread_metadata").GetProperty("archived").GetBoolean());
    }

    [Fact]
    public async Task A_locked_thread_takes_nothing()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var id = (await caller.SayAsync("story"))["id"]!.GetValue<string>();
        await caller.PostAsync($"{caller.Messages}/{id}/threads", """{"name":"updates"}""");

        caller.Discord.SetThread(id, archived: false, locked: true);
        (await caller.PostAsync($"channels/{id}/messages", Plain)).Is(403, 160005);
        caller.Discord.SetThread(id, archived: true, locked: true);
        (await caller.PostAsync($"channels/{id}/messages", Plain)).Is(400, 50083);
    }

    [Fact]
    public async Task Threads_have_permissions_and_limits_of_their_own()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var channel = caller.Discord.AddChannel(caller.Discord.GuildId, 0, new DiscordChannelOptions { ActiveThreads = 1 });
        var first = (await caller.SayAsync("a", channel))["id"]!.GetValue<string>();
        var second = (await caller.SayAsync("b", channel))["id"]!.GetValue<string>();

        Assert.Equal(201, (await caller.PostAsync($"channels/{channel}/messages/{first}/threads", """{"name":"one"}""")).Status);
        (await caller.PostAsync($"channels/{channel}/messages/{second}/threads", """{"name":"two"}""")).Is(400, 160006);
        caller.Discord.Permit(channel, DiscordPermissions.Usual & ~(DiscordPermissions.SendMessagesInThreads | DiscordPermissions.CreatePublicThreads));
        (await caller.PostAsync($"channels/{first}/messages", Plain)).Is(403, 50013);
        (await caller.PostAsync($"channels/{channel}/messages/{second}/threads", """{"name":"two"}""")).Is(403, 50013);
    }

    [Fact]
    public async Task The_bot_archives_and_unarchives_its_own_thread()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var id = (await caller.SayAsync("story"))["id"]!.GetValue<string>();
        await caller.PostAsync($"{caller.Messages}/{id}/threads", """{"name":"updates"}""");

        var archived = await caller.SendAsync("PATCH", $"channels/{id}", """{"archived":true}""");
        (await caller.SendAsync("PATCH", $"channels/{id}", """{"name":"x"}""")).Is(400, 50083);
        var opened = await caller.SendAsync("PATCH", $"channels/{id}", """{"archived":false}""");

        Assert.True(archived.Json!["thread_metadata"]!["archived"]!.GetValue<bool>());
        Assert.False(opened.Json!["thread_metadata"]!["archived"]!.GetValue<bool>());
        (await caller.SendAsync("PATCH", $"channels/{id}", """{"locked":true}""")).Is(403, 50013);
    }

    [Fact]
    public async Task A_forum_takes_posts_with_their_tags_only()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var forum = caller.Discord.AddChannel(caller.Discord.GuildId, 15, new DiscordChannelOptions { Tags = ["alerts"], TagRequired = true });
        var tag = caller.Discord.ForumTag(forum, "alerts");

        (await caller.PostAsync($"channels/{forum}/messages", Plain)).Is(400, 50008);
        (await caller.PostAsync($"channels/{forum}/threads", """{"name":"n","message":{"content":"c"}}""")).Is(400, 40067);
        (await caller.PostAsync($"channels/{forum}/threads", """{"name":"n","message":{"content":"c"},"applied_tags":["5"]}""")).Is(400, 50035);
        (await caller.PostAsync($"channels/{forum}/threads", $$"""{"name":"n","message":{"content":""},"applied_tags":["{{tag}}"]}""")).Is(400, 50006);
        var post = await caller.PostAsync($"channels/{forum}/threads", $$"""{"name":"n","message":{"content":"c"},"applied_tags":["{{tag}}"]}""");

        Assert.Equal((201, forum, tag), (post.Status, post.Json!["parent_id"]!.GetValue<string>(), post.Json["applied_tags"]![0]!.GetValue<string>()));
        Assert.Equal("c", caller.Discord.Messages(post.Id)[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_direct_conversation_is_opened_once_and_may_be_refused()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var shy = caller.Discord.AddUser("shy", refusesMessages: true);

        var one = await caller.PostAsync("users/@me/channels", $$"""{"recipient_id":"{{caller.Discord.UserId}}"}""");
        var two = await caller.PostAsync("users/@me/channels", $$"""{"recipient_id":"{{caller.Discord.UserId}}"}""");
        var refused = await caller.PostAsync("users/@me/channels", $$"""{"recipient_id":"{{shy}}"}""");

        Assert.Equal(one.Id, two.Id);
        Assert.Equal(200, (await caller.PostAsync($"channels/{one.Id}/messages", Plain)).Status);
        (await caller.PostAsync($"channels/{refused.Id}/messages", Plain)).Is(403, 50007);
    }

    [Fact]
    public async Task What_is_gone_is_unknown()
    {
        await using var caller = await DiscordCaller.StartAsync();
        var channel = caller.Discord.AddChannel(caller.Discord.GuildId);
        var guild = caller.Discord.AddGuild();
        var inside = caller.Discord.AddChannel(guild);

        caller.Discord.DeleteChannel(channel);
        caller.Discord.RemoveGuild(guild);

        (await caller.PostAsync($"channels/{channel}/messages", Plain)).Is(404, 10003);
        (await caller.PostAsync($"channels/{inside}/messages", Plain)).Is(404, 10003);
        (await caller.GetAsync($"guilds/{guild}")).Is(404, 10004);
    }

    [Theory]
    [InlineData("users/@me")]
    [InlineData("users/@me/guilds")]
    [InlineData("users/1100000000000000003")]
    [InlineData("applications/@me")]
    [InlineData("oauth2/applications/@me")]
    [InlineData("gateway")]
    [InlineData("gateway/bot")]
    [InlineData("guilds/1100000000000000010")]
    [InlineData("guilds/1100000000000000010/roles")]
    [InlineData("guilds/1100000000000000010/channels")]
    [InlineData("guilds/1100000000000000010/threads/active")]
    [InlineData("guilds/1100000000000000010/members/1100000000000000002")]
    [InlineData("channels/1100000000000000020")]
    public async Task Every_plain_route_answers_by_the_description(string path)
    {
        await using var caller = await DiscordCaller.StartAsync();
        caller.Discord.AddChannel(caller.Discord.GuildId, 15, new DiscordChannelOptions { Tags = ["a"], Permissions = DiscordPermissions.ViewChannel });

        Assert.Equal(200, (await caller.GetAsync(path)).Status);
        Assert.Empty(caller.Discord.Violations);
    }
}
