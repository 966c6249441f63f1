using System.Text.Json.Nodes;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;
using CsCheck;

namespace AlertBot.Tests.Journeys;

/// <summary>What people may not do, and what nobody could have done with the bot's own buttons.</summary>
public sealed class DiscordTrustJourneys
{
    private const DiscordPermissions OfMembers = DiscordPermissions.Usual;

    [Fact]
    public async Task A_forged_id_is_answered_in_private_and_does_nothing()
    {
        await using var bot = await DiscordBot.StartAsync();
        var message = (await FollowAsync(bot)).Original!.Value;
        string[] forged = ["x:/help", "C:0123456789abcdefghijkl", "U:0123456789abcdefghijkl", "F:0123456789abcdefghijkl", "c:", "c:/", "u: /help", "menu:0", "c:" + new string('/', 98), new string('\u202e', 100), "c:/feed add", "c:@everyone"];
        foreach (var id in forged)
        {
            await RefusedAsync(id);
        }

        await Gen.String[1, 100].SampleAsync(RefusedAsync, iter: 60, threads: 1);

        Assert.Single(await FollowsAsync(bot));

        async Task RefusedAsync(string id)
        {
            var answer = await bot.DoAsync(new InteractionSpec(InteractionKind.Select) { CustomId = DiscordBot.Button(message, "Unfollow"), MessageId = message.GetProperty("id").GetString(), Values = [id] });
            Assert.Equal(4, answer.CallbackType);
            Assert.True(DiscordBot.IsPrivate(answer.Original!.Value), $"'{id}' was answered for all to see.");
        }
    }

    [Fact]
    public async Task A_forged_button_and_a_forged_form_are_answered_too()
    {
        await using var bot = await DiscordBot.StartAsync();
        var button = JsonNode.Parse($$$"""
            {"id":"1247157839462409999","application_id":"{{{bot.Discord.ApplicationId}}}","type":3,"token":"forged","version":1,"guild_id":"{{{bot.Discord.GuildId}}}","channel_id":"{{{bot.Channel}}}",
             "data":{"component_type":2,"custom_id":"Z:anything"},"member":{"user":{"id":"5","username":"eve"},"roles":[],"permissions":"0"}}
            """)!.AsObject();
        bot.Discord.Dispatch("INTERACTION_CREATE", button);
        await bot.Discord.WaitForAsync(d => d.Requests.Any(r => r.Path.Contains("/forged/", StringComparison.Ordinal)), DiscordBot.Limit, bot.Token);
        var form = await bot.DoAsync(new InteractionSpec(InteractionKind.Modal) { CustomId = "f:/no such command", Fields = new Dictionary<string, string> { ["what"] = "x" } });

        var request = bot.Discord.Requests.Single(r => r.Path.Contains("/forged/", StringComparison.Ordinal));
        Assert.Equal(64, request.Body!.Value.GetProperty("data").GetProperty("flags").GetInt32());
        Assert.True(DiscordBot.IsPrivate(form.Original!.Value));
    }

    [Fact]
    public async Task An_unknown_command_and_unknown_options_are_no_trouble()
    {
        await using var bot = await DiscordBot.StartAsync();

        var unknown = await bot.CallAsync("nonsense");
        var group = await bot.CallAsync("feed nonsense");
        var option = await bot.CallAsync("follow", new JsonObject { ["what"] = "north-korea", ["nonsense"] = "x", ["number"] = 3 });

        Assert.Contains("no such command", DiscordBot.TitleOf(unknown.Original!.Value), StringComparison.Ordinal);
        Assert.True(DiscordBot.IsPrivate(unknown.Original!.Value) && DiscordBot.IsPrivate(group.Original!.Value));
        Assert.StartsWith("Following", DiscordBot.TitleOf(option.Original!.Value), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_does_not_moderate_can_not_use_what_is_the_moderators()
    {
        await using var bot = await DiscordBot.StartAsync();
        var feed = await bot.Bot.AddFeedAsync("/feed", Rss.Feed());
        var message = (await FollowAsync(bot)).Original!.Value;
        InteractionSpec[] tries =
        [
            DiscordBot.Spec(InteractionKind.Command, "feed remove") with { Options = new JsonObject { ["feed"] = feed.Id.ToString() } },
            new(InteractionKind.Select) { CustomId = DiscordBot.Button(message, "Unfollow"), MessageId = message.GetProperty("id").GetString(), Values = [$"c:/feed remove {feed.Id}"] },
            new(InteractionKind.Select) { CustomId = DiscordBot.Button(message, "Unfollow"), MessageId = message.GetProperty("id").GetString(), Values = [$"u:/feed remove {feed.Id}"] },
            new(InteractionKind.Modal) { CustomId = "f:/feed remove", Fields = new Dictionary<string, string> { ["feed"] = feed.Id.ToString() } },
        ];
        foreach (var spec in tries)
        {
            var answer = await bot.DoAsync(spec with { UserId = "1100000000000000777", UserName = "eve", Permissions = OfMembers });

            Assert.StartsWith("Only moderators", DiscordBot.TitleOf(answer.Original!.Value), StringComparison.Ordinal);
            Assert.True(DiscordBot.IsPrivate(answer.Original!.Value));
        }

        Assert.Single(await bot.Get<FeedStore>().ListAsync(bot.Token));
    }

    [Fact]
    public async Task A_button_that_names_a_channel_of_another_server_or_one_that_is_not_there_is_refused()
    {
        await using var bot = await DiscordBot.StartAsync();
        var message = (await FollowAsync(bot)).Original!.Value;
        var elsewhere = bot.Discord.AddChannel(bot.Discord.AddGuild(), 0);
        foreach (var channel in new[] { elsewhere, "1100000000000099999", "@1100000000000000003", "forum/../x", "forum/" + elsewhere })
        {
            var answer = await bot.DoAsync(new InteractionSpec(InteractionKind.Select)
            {
                CustomId = DiscordBot.Button(message, "Unfollow"),
                MessageId = message.GetProperty("id").GetString(),
                Values = [$"c:/follow channel:{channel} sanctions"],
            });

            Assert.Contains("can't be used for", DiscordBot.TitleOf(answer.Original!.Value), StringComparison.Ordinal);
            Assert.True(DiscordBot.IsPrivate(answer.Original!.Value));
        }

        Assert.Empty(await FollowsAsync(bot, elsewhere));
    }

    [Fact]
    public async Task Who_can_not_write_in_a_channel_can_not_have_the_bot_write_there()
    {
        await using var bot = await DiscordBot.StartAsync();
        var closed = bot.Discord.AddChannel(bot.Discord.GuildId, 0, new DiscordChannelOptions { Name = "board" });

        var answer = await FollowAsync(bot, s => s with { Options = new JsonObject { ["what"] = "north-korea", ["channel"] = closed }, Permissions = DiscordPermissions.ViewChannel });

        Assert.Contains("You can't write in that channel yourself", DiscordBot.AllText(answer.Original), StringComparison.Ordinal);
        Assert.Empty(await FollowsAsync(bot, closed));
    }

    [Theory]
    [InlineData(DiscordPermissions.SendMessages, "“Send Messages”")]
    [InlineData(DiscordPermissions.EmbedLinks, "“Embed Links”")]
    [InlineData(DiscordPermissions.ViewChannel | DiscordPermissions.EmbedLinks, "“View Channel”, “Embed Links”")]
    public async Task A_follow_where_the_bot_may_not_post_names_what_is_missing_and_promises_nothing(DiscordPermissions missing, string names)
    {
        await using var bot = await DiscordBot.StartAsync();
        var other = bot.Discord.AddChannel(bot.Discord.GuildId, 0, new DiscordChannelOptions { Permissions = DiscordPermissions.Usual & ~missing });
        bot.Discord.Permit(bot.Channel, DiscordPermissions.Usual & ~missing);

        var here = await FollowAsync(bot);
        var there = await FollowAsync(bot, s => s with { Options = new JsonObject { ["what"] = "north-korea", ["channel"] = other } });

        Assert.All(new[] { here, there }, answer =>
        {
            Assert.Contains($"missing {names}", DiscordBot.AllText(answer.Original), StringComparison.Ordinal);
            Assert.True(DiscordBot.IsPrivate(answer.Original!.Value));
        });
        Assert.Empty(await FollowsAsync(bot));
        Assert.Empty(await FollowsAsync(bot, other));
    }

    [Fact]
    public async Task Where_somebody_only_brought_the_bot_along_a_follow_is_refused_with_the_reason()
    {
        await using var bot = await DiscordBot.StartAsync();

        var follow = await FollowAsync(bot, s => s with { UserInstalled = true });
        var look = await bot.CallAsync("who", new JsonObject { ["name"] = "north-korea" }, s => s with { UserInstalled = true });

        Assert.Contains("not a member of this server", DiscordBot.AllText(follow.Original), StringComparison.Ordinal);
        Assert.Equal("North Korea", DiscordBot.TitleOf(look.Original!.Value));
        Assert.Empty(await FollowsAsync(bot));
    }

    [Fact]
    public async Task In_a_conversation_of_several_a_follow_is_refused_and_in_a_direct_one_it_works()
    {
        await using var bot = await DiscordBot.StartAsync();
        await bot.Bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.Bot.TurnAsync();
        var direct = bot.Discord.DirectChannel(bot.Discord.UserId);

        var several = await FollowAsync(bot, s => s with { Direct = true, AmongSeveral = true, UserInstalled = true });
        Assert.Contains("can't write in this conversation", DiscordBot.AllText(several.Original), StringComparison.Ordinal);
        Assert.Empty(await FollowsAsync(bot, direct));

        await FollowAsync(bot, s => s with { Direct = true });
        bot.Bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.Bot.TurnAsync();

        Assert.Equal("North Korea fires missile number 1", Assert.Single(bot.AlertTitles(direct)));
    }

    private static Task<DiscordInteraction> FollowAsync(DiscordBot bot, Func<InteractionSpec, InteractionSpec>? as_ = null) =>
        bot.CallAsync("follow", new JsonObject { ["what"] = "north-korea" }, as_);

    private static Task<IReadOnlyList<Subscription>> FollowsAsync(DiscordBot bot, string? channel = null) =>
        bot.Get<SubscriptionStore>().ListAsync(new ChannelAddress("discord", channel ?? bot.Channel), bot.Token);
}
