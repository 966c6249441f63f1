using System.Globalization;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Faults;

namespace AlertBot.Tests.Emulators;

public sealed class DiscordLimitTests
{
    private const string Plain = """{"content":"hello"}""";

    [Fact]
    public async Task The_message_bucket_runs_out_and_fills_again()
    {
        await using var caller = await DiscordCaller.StartAsync(options => options with { MessagesPerWindow = 2 });

        var first = await caller.PostAsync(caller.Messages, Plain);
        await caller.PostAsync(caller.Messages, Plain);
        caller.Clock.Advance(TimeSpan.FromSeconds(1));
        var refused = await caller.PostAsync(caller.Messages, Plain);
        caller.Clock.Advance(TimeSpan.FromSeconds(4));
        var again = await caller.PostAsync(caller.Messages, Plain);

        Assert.Equal(("2", "1", "5.000"), (first.Header("X-RateLimit-Limit"), first.Header("X-RateLimit-Remaining"), first.Header("X-RateLimit-Reset-After")));
        Assert.Equal((429, "user", "4", 4.0, false), (refused.Status, refused.Header("X-RateLimit-Scope"), refused.Header("Retry-After"), refused.Json!["retry_after"]!.GetValue<double>(), refused.Json["global"]!.GetValue<bool>()));
        Assert.Equal(200, again.Status);
        Assert.Equal(1, caller.Discord.Stats.InvalidRequests);
    }

    [Fact]
    public async Task Channels_have_buckets_of_their_own_with_one_name()
    {
        await using var caller = await DiscordCaller.StartAsync(options => options with { MessagesPerWindow = 1 });
        var other = caller.Discord.AddChannel(caller.Discord.GuildId);

        var one = await caller.PostAsync(caller.Messages, Plain);
        var two = await caller.PostAsync($"channels/{other}/messages", Plain);

        Assert.Equal((200, 200), (one.Status, two.Status));
        Assert.Equal(one.Header("X-RateLimit-Bucket"), two.Header("X-RateLimit-Bucket"));
    }

    [Fact]
    public async Task The_global_limit_does_not_hold_interactions_back()
    {
        await using var caller = await DiscordCaller.StartAsync(options => options with { GlobalPerSecond = 2 });
        await caller.GetAsync("users/@me");
        await caller.GetAsync("users/@me");

        var refused = await caller.GetAsync("users/@me");
        var callback = await caller.SendAsync("POST", "interactions/1/x/callback", """{"type":5}""", token: null);

        Assert.Equal((429, "global", "true", true), (refused.Status, refused.Header("X-RateLimit-Scope"), refused.Header("X-RateLimit-Global"), refused.Json!["global"]!.GetValue<bool>()));
        callback.Is(404, 10062);
    }

    [Fact]
    public async Task Too_many_invalid_requests_ban_the_address_for_a_while()
    {
        await using var caller = await DiscordCaller.StartAsync(options => options with { InvalidRequestLimit = 3 });
        for (var at = 0; at < 3; at++)
        {
            Assert.Equal(401, (await caller.SendAsync("GET", "users/@me", null, "Bot wrong")).Status);
        }

        var banned = await caller.GetAsync("users/@me");
        caller.Clock.Advance(TimeSpan.FromMinutes(10));
        var free = await caller.GetAsync("users/@me");

        Assert.Equal((429, "text/html", false), (banned.Status, banned.Type, banned.Headers.Contains("Via")));
        Assert.Equal(200, free.Status);
    }

    [Fact]
    public async Task A_token_and_a_user_agent_are_demanded()
    {
        await using var caller = await DiscordCaller.StartAsync();

        var noToken = await caller.SendAsync("GET", "users/@me", null, token: null);
        var bearer = await caller.SendAsync("GET", "users/@me", null, token: "Bearer emulated.bot.token");
        var noAgent = await caller.SendAsync("GET", "users/@me", null, agent: null);
        var browser = await caller.SendAsync("GET", "users/@me", null, agent: "Mozilla/5.0");

        Assert.Equal((401, 401), (noToken.Status, bearer.Status));
        Assert.All([noAgent, browser], answer => Assert.Equal((403, "text/html"), (answer.Status, answer.Type)));
        Assert.Equal([false, true, true, true], caller.Discord.Requests.Select(request => request.Authorized));
    }

    [Fact]
    public async Task Shared_limits_do_not_count_as_invalid()
    {
        await using var caller = await DiscordCaller.StartAsync();
        caller.Discord.Fault(new RestFault { Status = 429, Scope = "shared", RetryAfter = 2.5 });

        var refused = await caller.GetAsync("users/@me");

        Assert.Equal((429, "shared", "3"), (refused.Status, refused.Header("X-RateLimit-Scope"), refused.Header("Retry-After")));
        Assert.Equal(0, caller.Discord.Stats.InvalidRequests);
    }

    [Fact]
    public async Task Cloudflare_answers_without_json()
    {
        await using var caller = await DiscordCaller.StartAsync();
        caller.Discord.Fault(new RestFault { Status = 429, Scope = "cloudflare", RetryAfter = 30 });

        var refused = await caller.GetAsync("users/@me");

        Assert.Equal((429, "text/html", "30", false), (refused.Status, refused.Type, refused.Header("Retry-After"), refused.Headers.Contains("Via")));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task A_lost_answer_may_hide_a_message(bool acceptFirst, int messages)
    {
        await using var caller = await DiscordCaller.StartAsync();
        caller.Discord.Fault(new RestFault { Method = "POST", Path = "/messages$", Drop = true, AcceptFirst = acceptFirst });

        await Assert.ThrowsAsync<HttpRequestException>(() => caller.PostAsync(caller.Messages, Plain));

        Assert.Equal(messages, caller.Discord.Messages(caller.Discord.ChannelId).Count);
        Assert.Null(caller.Discord.Requests[^1].Status);
    }

    [Fact]
    public async Task Bodies_may_be_spoiled()
    {
        await using var caller = await DiscordCaller.StartAsync();
        caller.Discord.Fault(new RestFault { Body = SpoiledBody.Html });
        caller.Discord.Fault(new RestFault { Body = SpoiledBody.WrongType });
        caller.Discord.Fault(new RestFault { Body = SpoiledBody.Half });

        Assert.Equal((200, "text/html"), await TypeAsync());
        Assert.Equal((200, "text/plain"), await TypeAsync());
        await Assert.ThrowsAsync<HttpRequestException>(TypeAsync);

        async Task<(int, string?)> TypeAsync() => await caller.GetAsync("users/@me") is var answer ? (answer.Status, answer.Type) : default;
    }

    [Fact]
    public async Task A_delay_waits_for_the_clock()
    {
        await using var caller = await DiscordCaller.StartAsync();
        caller.Discord.Fault(new RestFault { Delay = TimeSpan.FromMinutes(1) });

        var asking = caller.GetAsync("users/@me");
        await caller.Discord.WaitForAsync(discord => discord.Stats.Requests == 1, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.False(asking.IsCompleted);
        caller.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(200, (await asking).Status);
    }

    [Fact]
    public async Task Faults_by_chance_are_the_same_for_the_same_seed()
    {
        var one = await FailuresAsync();
        var two = await FailuresAsync();

        Assert.Equal(one, two);
        Assert.InRange(one.Count(failed => failed), 1, 30);

        static async Task<List<bool>> FailuresAsync()
        {
            await using var caller = await DiscordCaller.StartAsync();
            caller.Discord.Fault(new RestFault { Rate = 0.1, Seed = 7, Times = int.MaxValue, Status = 500 });
            var failures = new List<bool>();
            for (var at = 0; at < 100; at++)
            {
                failures.Add((await caller.GetAsync("users/@me")).Status == 500);
            }

            return failures;
        }
    }

    [Fact]
    public async Task An_outage_refuses_everything_until_it_ends()
    {
        await using var caller = await DiscordCaller.StartAsync();

        caller.Discord.Begin(Outage.Status503);
        var down = await caller.GetAsync("users/@me");
        caller.Discord.Begin(Outage.Drop);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.GetAsync("users/@me"));
        caller.Discord.ClearFaults();
        var up = await caller.GetAsync("users/@me");

        Assert.Equal((503, 200), (down.Status, up.Status));
    }

    [Fact]
    public async Task An_exhausted_bucket_is_told_in_a_good_answer()
    {
        await using var caller = await DiscordCaller.StartAsync();
        caller.Discord.Fault(new RestFault { ExhaustedFor = 1.5 });

        var answer = await caller.GetAsync("users/@me");

        Assert.Equal((200, "0", "1.500"), (answer.Status, answer.Header("X-RateLimit-Remaining"), answer.Header("X-RateLimit-Reset-After")));
        var reset = double.Parse(answer.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture);
        Assert.Equal(1.5, reset - (caller.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0), 3);
    }

    [Fact]
    public async Task An_old_version_is_refused_and_the_unversioned_path_is_served()
    {
        await using var caller = await DiscordCaller.StartAsync();

        (await caller.GetAsync("../v5/users/@me")).Is(400, 50041);
        Assert.Equal(200, (await caller.GetAsync("../v9/users/@me")).Status);
        Assert.Equal(200, (await caller.GetAsync("../users/@me")).Status);
    }

    [Fact]
    public async Task An_unknown_route_is_a_violation()
    {
        await using var caller = await DiscordCaller.StartAsync();
        Assert.SkipUnless(caller.Discord.ChecksSchema, "Discord's description (shared/specs) is not beside this repository");

        Assert.Equal(404, (await caller.GetAsync("users/@me/nothing")).Status);
        await caller.PostAsync(caller.Messages, """{"content":"x","embeds":[{"titel":"t","title":"t"}]}""");

        Assert.Equal(["GET /users/@me/nothing request: undocumented route", $"POST /{caller.Messages} request: /embeds/0/titel unknown property"], caller.Discord.Violations);
    }
}
