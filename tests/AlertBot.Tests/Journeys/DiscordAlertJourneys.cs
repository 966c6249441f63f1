using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AlertBot.Alerts;
using AlertBot.Emulators.Discord;
using AlertBot.Emulators.Discord.Interactions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>From /follow to the alert on Discord, and what becomes of channels that change.</summary>
public sealed partial class DiscordAlertJourneys
{
    [Fact]
    public async Task A_follow_brings_each_story_once_with_buttons_that_outlive_a_restart()
    {
        await using var bot = await StartAsync();
        await NewsAsync(bot, 1);
        await NewsAsync(bot, 1);
        var alert = Assert.Single(bot.Alerts());
        Assert.Equal("https://wire.example/story/1", alert.GetProperty("embeds")[0].GetProperty("url").GetString());

        await bot.RestartAsync();
        await NewsAsync(bot, 1);
        Assert.Single(bot.Alerts());
        var why = await bot.PressAsync(alert, DiscordBot.Button(alert, "Why?"));
        var wrong = await bot.PressAsync(alert, DiscordBot.Button(alert, "Wrong tag"));
        var who = await bot.PressAsync(alert, DiscordBot.Button(alert, "Who: North Korea"));
        var mute = await bot.PressAsync(alert, DiscordBot.Button(alert, "Mute"));
        await NewsAsync(bot, 2, 1);

        Assert.Contains("This channel follows north-korea", DiscordBot.AllText(why.Original), StringComparison.Ordinal);
        Assert.Equal("North Korea", DiscordBot.TitleOf(who.Original!.Value));
        Assert.All(new[] { why, who, wrong }, look => Assert.True(DiscordBot.IsPrivate(look.Original!.Value), $"{look.Spec.CustomId} is for all to see."));
        Assert.StartsWith("Muted north-korea", DiscordBot.TitleOf(mute.Original!.Value), StringComparison.Ordinal);
        Assert.False(DiscordBot.IsPrivate(mute.Original!.Value));
        Assert.Single(bot.Alerts());
    }

    [Fact]
    public async Task A_bot_that_was_killed_answers_again_at_once()
    {
        await using var bot = await StartAsync();
        await NewsAsync(bot, 1);
        await bot.RestartAfterKillAsync();
        var why = await bot.PressAsync(bot.Alerts()[0], DiscordBot.Button(bot.Alerts()[0], "Why?"));
        await NewsAsync(bot, 2, 1);

        Assert.Equal(4, why.CallbackType);
        Assert.Equal(Titles(1, 2), bot.AlertTitles());
    }

    [Fact]
    public async Task What_changes_the_channel_is_for_all_to_see_and_problems_are_not()
    {
        await using var bot = await StartAsync();

        var follow = await bot.CallAsync("follow", new JsonObject { ["what"] = "sanctions" });
        var problem = await bot.CallAsync("follow", new JsonObject { ["what"] = "nobody-knows-this and (" });

        Assert.False(DiscordBot.IsPrivate(follow.Original!.Value));
        Assert.True(DiscordBot.IsPrivate(problem.Original!.Value));
    }

    [Fact]
    public async Task A_channel_that_is_closed_for_a_while_gets_its_alerts_afterwards_in_order_and_its_follower_is_told_once_each_way()
    {
        await using var bot = await StartAsync();
        bot.Discord.Permit(bot.Channel, DiscordPermissions.Usual & ~DiscordPermissions.SendMessages);
        await NewsAsync(bot, 1);
        await NewsAsync(bot, 2, 1);
        await NewsAsync(bot, 3, 2, 1);
        Assert.Empty(bot.Alerts());
        Assert.Contains("“Send Messages”", DiscordBot.AllText(Assert.Single(Letters(bot))), StringComparison.Ordinal);

        bot.Discord.Permit(bot.Channel, DiscordPermissions.Usual);
        bot.Time.Advance(TimeSpan.FromHours(1));
        await bot.Bot.DeliverAsync();

        Assert.Equal(Titles(1, 2, 3), bot.AlertTitles());
        Assert.Collection(Letters(bot), _ => { }, well => Assert.Contains("again", DiscordBot.TitleOf(well), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deleted_channel_is_given_up_and_its_follower_is_told_once()
    {
        await using var bot = await StartAsync();
        bot.Discord.DeleteChannel(bot.Channel);
        await NewsAsync(bot, 1);
        await NewsAsync(bot, 2, 1);
        var requests = bot.Discord.Stats.Requests;
        await NewsAsync(bot, 3, 2, 1);

        Assert.Equal(requests, bot.Discord.Stats.Requests);
        Assert.Contains("gone", DiscordBot.TitleOf(Assert.Single(Letters(bot))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follower_who_takes_no_letters_is_not_written_to_again_and_again()
    {
        await using var bot = await StartAsync(s => s with { UserId = "1100000000000000555" }, d => d.AddUser("hermit", refusesMessages: true, id: "1100000000000000555"));
        bot.Discord.Permit(bot.Channel, DiscordPermissions.None);
        await NewsAsync(bot, 1);
        for (var turn = 0; turn < 10; turn++)
        {
            await bot.Bot.TurnAsync();
        }

        Assert.Single(bot.Discord.Requests, r => r is { Method: "POST", Status: 403, Answer: { } answer } && answer.GetProperty("code").GetInt32() == 50007);
        Assert.InRange(bot.Discord.Requests.Count(r => r.Status == 403), 1, 20);
    }

    [Fact]
    public async Task An_alert_that_AutoMod_stops_is_told_of_and_the_others_go_on()
    {
        await using var bot = await StartAsync();
        var strict = bot.Discord.AddChannel(bot.Discord.GuildId, 0, new DiscordChannelOptions { BlockedWords = ["number 2"] });
        await bot.CallAsync("follow", new JsonObject { ["what"] = "north-korea", ["channel"] = strict });
        await NewsAsync(bot, 1);
        await NewsAsync(bot, 2, 1);
        await NewsAsync(bot, 3, 2, 1);

        Assert.Equal(Titles(1, 3), bot.AlertTitles(strict));
        Assert.Contains("AutoMod", DiscordBot.AllText(Assert.Single(Letters(bot))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archived_thread_is_opened_and_a_locked_one_waits_until_it_is_unlocked()
    {
        await using var bot = await StartAsync();
        var thread = bot.Discord.AddChannel(bot.Discord.GuildId, 11, new DiscordChannelOptions { ParentId = bot.Channel });
        await bot.CallAsync("follow", new JsonObject { ["what"] = "north-korea" }, s => s with { ChannelId = thread });
        bot.Discord.SetThread(thread, archived: true, locked: false);
        await NewsAsync(bot, 1);
        Assert.Equal(Titles(1), bot.AlertTitles(thread));

        bot.Discord.SetThread(thread, archived: true, locked: true);
        await NewsAsync(bot, 2, 1);
        await NewsAsync(bot, 3, 2, 1);
        Assert.Equal(Titles(1), bot.AlertTitles(thread));
        Assert.Contains("Unlock Thread", DiscordBot.AllText(Assert.Single(Letters(bot))), StringComparison.Ordinal);

        bot.Discord.SetThread(thread, archived: false, locked: false);
        await bot.CallAsync("follow", new JsonObject { ["what"] = "north-korea" }, s => s with { ChannelId = thread });
        await bot.Bot.DeliverAsync();
        Assert.Equal(Titles(1, 2, 3), bot.AlertTitles(thread));
    }

    [Fact]
    public async Task A_forum_gets_a_post_of_its_own_for_each_story()
    {
        await using var bot = await StartAsync();
        var forum = bot.Discord.AddChannel(bot.Discord.GuildId, 15, new DiscordChannelOptions { Tags = ["news"], TagRequired = true });
        await bot.CallAsync("follow", new JsonObject { ["what"] = "north-korea", ["channel"] = forum });
        await NewsAsync(bot, 1);
        await NewsAsync(bot, 2, 1);

        var posts = bot.Discord.Requests.Where(r => r.Path == $"/channels/{forum}/threads" && r.Status == 201).ToList();
        Assert.Equal(2, posts.Count);
        var opening = bot.Discord.Messages(posts[0].Answer!.Value.GetProperty("id").GetString()!)[0];
        var why = await bot.PressAsync(opening, DiscordBot.Button(opening, "Why?"));
        Assert.Contains("This channel follows north-korea", DiscordBot.AllText(why.Original), StringComparison.Ordinal);
        Assert.Equal(2, (await bot.Get<OutboxStatus>().StateAsync(bot.Token)).Sent - bot.Alerts().Count);
    }

    /// <summary>The usual channel follows North Korea, and the feed's first reading is over.</summary>
    private static async Task<DiscordBot> StartAsync(Func<InteractionSpec, InteractionSpec>? as_ = null, Func<DiscordEmulator, string>? prepare = null)
    {
        var bot = await DiscordBot.StartAsync();
        prepare?.Invoke(bot.Discord);
        await bot.Bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.CallAsync("follow", new JsonObject { ["what"] = "north-korea" }, as_);
        await bot.Bot.TurnAsync();
        return bot;
    }

    private static async Task NewsAsync(DiscordBot bot, params int[] numbers)
    {
        bot.Bot.Site.Serve("/feed", Rss.Feed([.. numbers.Select(Rss.AboutNorthKorea)]));
        await bot.Bot.TurnAsync();
    }

    [GeneratedRegex(@"\\.")]
    private static partial Regex EscapedPattern();

    private static List<string> Titles(params int[] numbers) => [.. numbers.Select(n => Rss.AboutNorthKorea(n).Title)];

    private static IReadOnlyList<JsonElement> Letters(DiscordBot bot) => bot.Discord.Messages(bot.Discord.DirectChannel(bot.Discord.UserId));
}
