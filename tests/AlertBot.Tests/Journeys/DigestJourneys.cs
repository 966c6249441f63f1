using System.Globalization;
using System.Text.Json.Nodes;
using AlertBot.Alerts;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Journeys;

/// <summary>Stories that are told together, on each platform and over everything that can come between. The clock begins on Monday, 3 June 2024, 09:00 UTC.</summary>
public sealed class DigestJourneys
{
    private static readonly RssItem Urgent = Rss.AboutNorthKorea(7);

    // Stories with other numbers are of other events.
    private static readonly RssItem Notable = new(
        "North Korea faces sanctions number 50", "https://wire.example/story/50", "sanctions-50", "North Korea faces sanctions number 50 for sanctions evasion, officials said. North Korea has not commented.");

    [Fact]
    public async Task A_daily_digest_tells_what_came_on_one_card_at_the_local_time()
    {
        await using var bot = await StartAsync("/channel time-zone Asia/Seoul", "/channel digest daily 08:00");
        await NewsAsync(bot, Routine(1), Routine(2), Notable);
        Assert.Empty(await bot.AlertsAsync());
        Assert.Contains("held for the daily digest at Tue 08:00 Asia/Seoul", (await bot.SayAsync("/where school number 1")).Text(), StringComparison.Ordinal);
        Assert.Contains("next Tue 08:00 Asia/Seoul", (await bot.SayAsync("/channel show")).Text(), StringComparison.Ordinal);

        await MoveAsync(bot, "2024-06-03 22:59");
        Assert.Empty(await bot.AlertsAsync());
        await MoveAsync(bot, "2024-06-03 23:00");
        var digest = Assert.Single(await bot.AlertsAsync());
        Assert.StartsWith("Daily digest: 3 stories about North Korea", digest.Title, StringComparison.Ordinal);
        // The most urgent first, then as they came.
        Assert.Equal([Notable.Title, Routine(1).Title, Routine(2).Title], Rows(digest));
        Assert.Contains("Asia/Seoul", digest.Text(), StringComparison.Ordinal);

        await MoveAsync(bot, "2024-06-04 23:00");
        Assert.Single(await bot.AlertsAsync());
        Assert.Contains("sent as", (await bot.SayAsync("/where school number 1")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_urgent_story_overtakes_the_digest_unless_the_channel_has_it_wait()
    {
        await using var bot = await StartAsync("/channel digest daily 08:00");
        await NewsAsync(bot, Notable, Urgent);
        Assert.Equal([Urgent.Title], Titles(await bot.AlertsAsync()));

        await bot.SayAsync("/channel digest daily 08:00 urgent:wait");
        await NewsAsync(bot, Rss.AboutNorthKorea(8));
        Assert.Single(await bot.AlertsAsync());
    }

    [Fact]
    public async Task An_urgent_alert_goes_before_a_digest_that_waits_for_its_channel()
    {
        await using var bot = await StartAsync();
        await bot.SayAsync("/follow north-korea", platform: "scripted");
        await bot.SayAsync("/channel digest hourly", platform: "scripted");
        await NewsAsync(bot, Notable);
        bot.Scripted.Next(_ => new SendResult.RetryAfter(TimeSpan.FromMinutes(20), "too many messages"));
        bot.Time.SetUtcNow(At("2024-06-03 10:00"));
        await bot.Get<DigestDesk>().CloseDueAsync(bot.Token);
        await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        bot.Scripted.Handed.Clear();
        bot.Site.Serve("/feed", Rss.Feed(Urgent));
        await bot.TurnAsync();
        await MoveAsync(bot, "2024-06-03 10:30");

        Assert.Equal([0, 2], bot.Scripted.Handed.Select(m => m.Rank));
        Assert.Equal(Urgent.Title, bot.Scripted.Shown[0].Title);
    }

    [Fact]
    public async Task Quiet_hours_keep_back_what_is_below_the_floor_and_tell_it_when_they_end()
    {
        await using var bot = await StartAsync("/channel quiet 9:10-12:00 floor:notable");
        await NewsAsync(bot, Routine(1), Routine(2), Notable);
        Assert.Equal([Notable.Title], Titles(await bot.AlertsAsync()));
        Assert.Contains("held for the end of the quiet hours at Mon 12:00 UTC", (await bot.SayAsync("/where school number 1")).Text(), StringComparison.Ordinal);

        await MoveAsync(bot, "2024-06-03 12:00");
        var card = (await bot.AlertsAsync())[^1];
        Assert.StartsWith("While it was quiet: 2 stories", card.Title, StringComparison.Ordinal);

        // A single one is an alert like any other.
        await MoveAsync(bot, "2024-06-04 11:00");
        await NewsAsync(bot, Routine(3));
        Assert.Equal(2, (await bot.AlertsAsync()).Count);
        await MoveAsync(bot, "2024-06-04 12:00");
        Assert.Equal(Routine(3).Title, (await bot.AlertsAsync())[^1].Title);
    }

    [Fact]
    public async Task After_two_days_off_there_is_one_digest_and_the_next_lies_ahead()
    {
        await using var bot = await StartAsync("/channel digest daily 12:00");
        await NewsAsync(bot, Routine(1));
        await bot.RestartAsync();
        bot.Time.SetUtcNow(At("2024-06-05 15:00"));
        await bot.RestartAsync();
        await bot.DeliverAsync();
        Assert.Equal([Routine(1).Title], Rows(Assert.Single(await bot.AlertsAsync())));

        await NewsAsync(bot, Routine(2));
        Assert.Single(await bot.AlertsAsync());
        await MoveAsync(bot, "2024-06-06 12:00");
        Assert.Equal([Routine(2).Title], Rows((await bot.AlertsAsync())[1]));
    }

    [Theory]
    [InlineData("edit")]
    [InlineData("thread")]
    [InlineData("anew")]
    public async Task What_goes_on_after_a_digest_told_of_it_comes_with_the_next_one(string growth)
    {
        await using var bot = await StartAsync("/channel digest daily 12:00", $"/channel growth {growth}", "/follow mentions:north-korea");
        await NewsAsync(bot, FerryNews.First);
        await MoveAsync(bot, "2024-06-03 12:00");
        await NewsAsync(bot, FerryNews.Copy, FerryNews.Arrest, FerryNews.First);
        Assert.Equal([FerryNews.First.Title], Rows(Assert.Single(await bot.AlertsAsync())));
        Assert.Equal([FerryNews.Arrest.Title], Rows(await bot.SayAsync("/digest preview")));

        await MoveAsync(bot, "2024-06-04 12:00");
        var next = (await bot.AlertsAsync())[1];
        Assert.Equal([FerryNews.Arrest.Title], Rows(next));
        Assert.Contains("goes on from an earlier story", next.Text(), StringComparison.Ordinal);

        await bot.SayAsync("/channel digest at once");
        await NewsAsync(bot, FerryNews.Wreck, FerryNews.Arrest);
        Assert.Equal(FerryNews.Wreck.Title, (await bot.AlertsAsync())[2].Title);
        Assert.Equal(3, (await bot.AlertsAsync()).Count);
    }

    [Fact]
    public async Task A_change_of_rhythm_holds_for_what_waits_and_its_end_tells_it()
    {
        await using var bot = await StartAsync("/channel digest weekly fri 08:00");
        await NewsAsync(bot, Routine(1), Routine(2));
        await bot.SayAsync("/channel digest hourly");
        await bot.DeliverAsync();
        Assert.Empty(await bot.AlertsAsync());
        Assert.Contains("held for the hourly digest at Mon 10:00 UTC", (await bot.SayAsync("/where school number 1")).Text(), StringComparison.Ordinal);
        await MoveAsync(bot, "2024-06-03 10:00");
        Assert.StartsWith("Hourly digest: 2 stories", Assert.Single(await bot.AlertsAsync()).Title, StringComparison.Ordinal);

        await NewsAsync(bot, Routine(3), Routine(4));
        await bot.SayAsync("/channel digest at once");
        await bot.DeliverAsync();
        Assert.Equal([Routine(3).Title, Routine(4).Title], Rows((await bot.AlertsAsync())[1]));
        await NewsAsync(bot, Routine(5));
        Assert.Equal(Routine(5).Title, (await bot.AlertsAsync())[2].Title);
    }

    [Theory]
    [InlineData("/unfollow north-korea")]
    [InlineData("/mute hours:48 north-korea")]
    [InlineData("/refollow north-korea to:japan")]
    public async Task What_no_follow_wants_any_more_is_not_told(string line)
    {
        await using var bot = await StartAsync("/channel digest daily 12:00");
        await NewsAsync(bot, Routine(1));
        await bot.SayAsync(line);
        await MoveAsync(bot, "2024-06-03 12:00");

        Assert.Empty(await bot.AlertsAsync());
        Assert.Contains("let go", (await bot.SayAsync("/where school number 1")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_story_whose_tags_were_corrected_is_not_told()
    {
        await using var bot = await StartAsync("/channel digest daily 12:00");
        await NewsAsync(bot, Routine(1), Notable);
        await bot.Get<Database>().InTransactionAsync(
            t => Dapper.SqlMapper.ExecuteAsync(t.Connection!, "DELETE FROM tags WHERE slug = 'north-korea' AND story_id = (SELECT MIN(story_id) FROM outbox)", transaction: t), bot.Token);
        await MoveAsync(bot, "2024-06-03 12:00");

        Assert.Equal([Notable.Title], Rows(Assert.Single(await bot.AlertsAsync())));
    }

    [Fact]
    public async Task A_follow_has_times_of_its_own()
    {
        await using var bot = await StartAsync("/channel digest daily 12:00");
        Assert.Contains("told each at once", (await bot.SayAsync("/follow sanctions digest:at once")).Text(), StringComparison.Ordinal);
        await NewsAsync(bot, Routine(1), Notable);
        Assert.Equal([Notable.Title], Titles(await bot.AlertsAsync()));
        Assert.Contains("by mod · told each at once", (await bot.SayAsync("/following")).Text(), StringComparison.Ordinal);
        Assert.Equal(CardTone.Problem, (await bot.SayAsync("/follow japan digest:each moon")).Tone);

        await bot.SayAsync("/follow north-korea digest:hourly");
        await bot.DeliverAsync();
        await MoveAsync(bot, "2024-06-03 10:00");
        Assert.StartsWith("Hourly digest: 1 story", (await bot.AlertsAsync())[1].Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_more_urgent_story_of_an_event_has_its_alert_go_at_once()
    {
        await using var bot = await StartAsync("/channel digest daily 12:00");
        await NewsAsync(bot, Routine(1), Notable);
        var (held, later) = ((await bot.QueryAsync<long>("SELECT event_id FROM outbox ORDER BY id LIMIT 1"))[0], (await bot.QueryAsync<long>("SELECT MAX(id) FROM stories"))[0]);
        await bot.Get<Database>().InTransactionAsync(
            t => bot.Get<Outbox>().EnqueueAsync(t, new HappeningId(held), [new Alert(new StoryId(later), new ChannelAddress("local", BotHarness.Channel), []) { Tags = [TagName.Parse("topic:ballistic-missiles")] }]), bot.Token);
        await bot.DeliverAsync();

        Assert.Equal([Routine(1).Title], Titles(await bot.AlertsAsync()));
        Assert.Contains("a more urgent story of its event came", (await bot.SayAsync("/where school number 1")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_that_was_closed_for_days_gets_one_digest()
    {
        await using var bot = await StartAsync();
        await bot.SayAsync("/follow north-korea", platform: "scripted");
        await bot.SayAsync("/channel digest daily 12:00", platform: "scripted");
        bot.Scripted.Next(Enumerable.Repeat<Func<OutgoingMessage, SendResult?>>(_ => new SendResult.NoAccess("may not post"), 3));
        await NewsAsync(bot, Routine(1));
        bot.Time.SetUtcNow(At("2024-06-03 12:00"));
        await bot.Get<DigestDesk>().CloseDueAsync(bot.Token);
        await bot.DeliverUntilTurnedAwayAsync();
        bot.Site.Serve("/feed", Rss.Feed(Routine(2)));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        bot.Time.SetUtcNow(At("2024-06-04 12:00"));
        await bot.DeliverAsync();

        var digest = Assert.Single(bot.Scripted.Messages.Values, m => m.Card.Title.Contains("digest", StringComparison.Ordinal));
        Assert.Equal([Routine(1).Title, Routine(2).Title], Rows(digest.Card));
    }

    [Fact]
    public async Task What_waits_can_be_seen_and_told_at_any_time()
    {
        await using var bot = await StartAsync("/channel digest weekly fri 08:00");
        Assert.Equal("Nothing waits", (await bot.SayAsync("/digest preview")).Title);
        Assert.Equal("Nothing waits", (await bot.SayAsync("/digest now")).Title);
        await NewsAsync(bot, Routine(1), Routine(2));
        Assert.StartsWith("Not told yet: 2 stories about North Korea", (await bot.SayAsync("/digest preview", BotHarness.Member)).Title, StringComparison.Ordinal);
        Assert.Equal(CardTone.Problem, (await bot.SayAsync("/digest now", BotHarness.Member)).Tone);
        Assert.Equal("2 stories are posted now, together", (await bot.SayAsync("/digest now")).Title);
        await bot.DeliverAsync();
        Assert.StartsWith("Weekly digest: 2 stories", Assert.Single(await bot.AlertsAsync()).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Moderators_decide_and_can_take_it_back()
    {
        await using var bot = await StartAsync();
        foreach (var line in new[] { "/channel digest daily", "/channel quiet 22-7", "/channel time-zone Asia/Seoul" })
        {
            Assert.EndsWith("is for moderators", (await bot.SayAsync(line, BotHarness.Member)).Title, StringComparison.Ordinal);
        }

        Assert.Equal("Did you mean …", (await bot.SayAsync("/channel time-zone Soeul")).Title);
        Assert.Equal(CardTone.Problem, (await bot.SayAsync("/channel quiet 00:00-24:00")).Tone);
        await bot.SayAsync("/channel quiet 22:00-07:00 mon-fri floor:notable");
        await bot.SayAsync("/channel digest weekly fri 17:00 urgent:wait");
        var shown = (await bot.SayAsync("/channel show")).Text();
        Assert.Contains("22:00-07:00 mon,tue,wed,thu,fri, but for what is notable", shown, StringComparison.Ordinal);
        Assert.Contains("together, weekly fri 17:00, next Fri 17:00 UTC; urgent ones wait, too", shown, StringComparison.Ordinal);
        Assert.Contains("Stories are told together, weekly fri 17:00", (await bot.SayAsync("/audit kind:channel")).Text(), StringComparison.Ordinal);

        await NewsAsync(bot, Routine(1));
        Assert.Empty(await bot.AlertsAsync());
        await bot.SayAsync("/undo 2");
        await bot.DeliverAsync();
        Assert.Single(await bot.AlertsAsync());
    }

    [Fact]
    public async Task Two_replicas_that_close_at_once_make_one_digest()
    {
        await using var bot = await StartAsync("/channel digest daily 12:00");
        await NewsAsync(bot, Routine(1), Routine(2));
        await using var replica = await bot.ReplicaAsync();
        bot.Time.SetUtcNow(At("2024-06-03 12:00"));
        await Task.WhenAll(bot.Get<DigestDesk>().CloseDueAsync(bot.Token), replica.GetRequiredService<DigestDesk>().CloseDueAsync(bot.Token));
        await bot.DeliverAsync();

        Assert.Equal(2, Rows(Assert.Single(await bot.AlertsAsync())).Count);
        Assert.Equal(1, (await bot.QueryAsync<long>("SELECT COUNT(*) FROM outbox WHERE kind = 'digest'"))[0]);
    }

    [Fact]
    public async Task A_large_digest_fits_and_says_how_many_more_there_are()
    {
        await using var bot = await DiscordBot.StartAsync();
        await BeginAsync(bot.Bot, () => bot.CallAsync("follow", new JsonObject { ["what"] = "north-korea" }));
        await bot.CallAsync("channel digest", new JsonObject { ["rhythm"] = "daily 12:00" });
        var hostile = Routine(99) with { Title = "@everyone <@&1> **North Korea** [click](https://evil.example) " + new string('x', 300) };
        await NewsAsync(bot.Bot, [hostile, .. Enumerable.Range(1, 40).Select(n => Routine(n) with { Link = $"https://wire.example/story/{n}/{new string('a', 120)}" })]);
        await MoveAsync(bot.Bot, "2024-06-04 12:00");

        var digest = Assert.Single(bot.Alerts());
        Assert.StartsWith("Daily digest: 41 stories about North Korea", DiscordBot.TitleOf(digest), StringComparison.Ordinal);
        Assert.Matches("and [0-9]+ more", DiscordBot.AllText(digest));
    }

    [Fact]
    public async Task A_digest_comes_on_Slack_too()
    {
        await using var bot = await SlackBot.StartAsync();
        await BeginAsync(bot.Bot, () => bot.DoAsync(s => s.SendCommand("/alertbot", "follow north-korea", user: s.AdminId)));
        await bot.DoAsync(s => s.SendCommand("/alertbot", "channel digest daily 12:00", user: s.AdminId));
        await NewsAsync(bot.Bot, [.. Enumerable.Range(1, 60).Select(Routine)]);
        await MoveAsync(bot.Bot, "2024-06-03 12:00");

        Assert.Single(bot.Slack.Messages(bot.Slack.ChannelId), m => m.GetRawText().Contains("Daily digest: 60 stories about North Korea", StringComparison.Ordinal));
        Assert.Single(bot.Slack.Messages(bot.Slack.ChannelId), m => m.GetRawText().Contains("because this channel follows", StringComparison.Ordinal));
    }

    private static RssItem Routine(int number) => new(
        $"North Korea opens school number {number}", $"https://wire.example/story/{number}", $"school-{number}", $"North Korea opened school number {number} in the capital, officials said. North Korea has not commented.");

    private static async Task<BotHarness> StartAsync(params string[] lines)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow north-korea");
        foreach (var line in lines)
        {
            Assert.Equal(CardTone.Answer, (await bot.SayAsync(line)).Tone);
        }

        await bot.TurnAsync();
        return bot;
    }

    private static async Task BeginAsync(BotHarness bot, Func<Task> follow)
    {
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await follow();
        await bot.TurnAsync();
    }

    private static async Task NewsAsync(BotHarness bot, params RssItem[] items)
    {
        bot.Site.Serve("/feed", Rss.Feed(items));
        await bot.TurnAsync();
    }

    private static async Task MoveAsync(BotHarness bot, string to)
    {
        bot.Time.SetUtcNow(At(to));
        await bot.DeliverAsync();
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static IEnumerable<string> Titles(IEnumerable<Card> cards) => cards.Select(c => c.Title);

    private static IReadOnlyList<string> Rows(Card card) => [.. card.Blocks.OfType<CardBlock.Items>().SelectMany(i => i.Rows).Select(r => r.Text)];
}
