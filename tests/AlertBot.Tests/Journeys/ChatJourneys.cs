using AlertBot.Feeds;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>What people do with the bot, the same on every platform.</summary>
public abstract class ChatJourneys
{
    private protected abstract Task<ChatBench> StartAsync();

    [Fact]
    public async Task A_follower_sees_each_new_story_once_with_its_reason_and_a_restart_brings_nothing_twice()
    {
        await using var chat = await StartAsync();
        await chat.TypeAsync("/follow north-korea");
        await chat.AddFeedAsync(Rss.AboutNorthKorea(0));
        Assert.Empty(await chat.AlertsAsync());
        await chat.NewsAsync(Rss.AboutNorthKorea(1), Rss.AboutNorthKorea(0));
        await chat.RestartAsync();
        await chat.NewsAsync(Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(1));
        await chat.RestartAsync();
        await chat.NewsAsync(Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(1));

        var alerts = await chat.AlertsAsync();
        Assert.Equal(Titles(1, 2), alerts.Select(a => a.Title));
        Assert.Contains("follows north-korea", alerts[0].Text, StringComparison.Ordinal);
        Assert.Contains("“North Korea”", alerts[0].Text, StringComparison.Ordinal);
        Assert.Contains("https://wire.example/story/1", alerts[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_follows_that_match_make_one_alert_that_names_both()
    {
        await using var chat = await WithFollowAsync();
        await chat.TypeAsync("/follow north-korea not sport");
        await chat.TypeAsync("/follow north-korea", channel: chat.OtherChannel);
        await chat.NewsAsync(Rss.AboutNorthKorea(1));

        Assert.Contains("north-korea; north-korea and not topic:sport", Assert.Single(await chat.AlertsAsync()).Text, StringComparison.Ordinal);
        Assert.Single(await chat.AlertsAsync(chat.OtherChannel));
    }

    [Fact]
    public async Task A_member_follows_for_another_channel_and_the_alerts_stand_there()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync();
        var answer = await chat.TypeAsync($"/follow north-korea channel:{chat.Written(chat.OtherChannel)}", isModerator: false);
        await chat.NewsAsync(Rss.AboutNorthKorea(1));

        Assert.StartsWith("Following north-korea in #", answer.Title, StringComparison.Ordinal);
        Assert.Equal(Titles(1), await chat.AlertTitlesAsync(chat.OtherChannel));
        Assert.Empty(await chat.AlertsAsync());
    }

    [Fact]
    public async Task Unfollowing_ends_the_alerts_and_a_button_brings_them_back()
    {
        await using var chat = await WithFollowAsync();
        var ended = await chat.TypeAsync("/unfollow north-korea");
        await chat.NewsAsync(Rss.AboutNorthKorea(1));
        Assert.Empty(await chat.AlertsAsync());

        await chat.PressAsync(ended, "Follow again");
        await chat.NewsAsync(Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(1));
        Assert.Equal(Titles(2), await chat.AlertTitlesAsync());
    }

    [Fact]
    public async Task A_muted_follow_is_silent_until_it_is_unmuted()
    {
        await using var chat = await WithFollowAsync();
        var muted = await chat.TypeAsync("/mute north-korea");
        await chat.NewsAsync(Rss.AboutNorthKorea(1));
        Assert.Empty(await chat.AlertsAsync());

        await chat.PressAsync(muted, "Unmute");
        await chat.NewsAsync(Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(1));
        Assert.Equal(Titles(2), await chat.AlertTitlesAsync());
    }

    [Fact]
    public async Task A_name_of_several_is_asked_back_and_chosen()
    {
        await using var chat = await StartAsync();
        var which = await chat.TypeAsync("/who kim", isModerator: false);
        var kim = await chat.PressAsync(which, "Kim Jong-un", isModerator: false);

        Assert.Equal("Which kim?", which.Title);
        Assert.Equal("Kim Jong-un", kim.Title);
    }

    [Theory]
    [InlineData("/follw north-korea", "help")]
    [InlineData("/follow", "what is missing")]
    [InlineData("/follow", "/follow <what> [channel]")]
    [InlineData("/latest page:0", "page must be 1 or more")]
    [InlineData("/follow north-korea and (", "A name is missing")]
    public async Task What_is_wrong_is_told_to_the_one_who_typed_it(string line, string why)
    {
        await using var chat = await StartAsync();
        var answer = await chat.TypeAsync(line, isModerator: false);

        Assert.Contains(why, answer.Text, StringComparison.Ordinal);
        Assert.Equal(chat.HidesAnswers, answer.IsPrivate);
        Assert.DoesNotContain("Following", answer.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_buttons_of_an_alert_tell_why_and_take_complaints_and_mute()
    {
        await using var chat = await WithFollowAsync();
        await chat.NewsAsync(Rss.AboutNorthKorea(1));
        var alert = (await chat.AlertsAsync())[0];
        await chat.RestartAsync();

        var why = await chat.PressAsync(alert, "Why?", isModerator: false);
        var which = await chat.PressAsync(alert, "Wrong tag", isModerator: false);
        var thanks = await chat.PressAsync(which, "North Korea", isModerator: false);
        var who = await chat.PressAsync(alert, "Who: North Korea", isModerator: false);
        await chat.PressAsync(alert, "Mute 24 h");
        await chat.NewsAsync(Rss.AboutNorthKorea(2), Rss.AboutNorthKorea(1));

        Assert.Contains("This channel follows north-korea", why.Text, StringComparison.Ordinal);
        Assert.Equal("Thank you: North Korea is noted as wrong", thanks.Title);
        Assert.Equal("North Korea", who.Title);
        Assert.All(new[] { why, which, thanks, who }, look => Assert.Equal(chat.HidesAnswers, look.IsPrivate));
        Assert.Single(await chat.AlertsAsync());
        Assert.Contains("North Korea", (await chat.TypeAsync("/wrong-tags")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Why_button_tells_the_sentence_the_rule_and_what_nearly_counted()
    {
        await using var chat = await WithFollowAsync();
        await chat.TypeAsync("/follow kim-yung-ho");
        await chat.NewsAsync(Rss.AboutNorthKorea(1) with { Text = "North Korea fired a missile, officials said. North Korean leader Kim Jong Un watched it. Kim was pleased, state media said." });
        var why = await chat.PressAsync(Assert.Single(await chat.AlertsAsync()), "Why?", isModerator: false);

        Assert.Contains("North Korea: “North Korea” (", why.Text, StringComparison.Ordinal);
        Assert.Contains("North Korea fired a missile, officials said.", why.Text, StringComparison.Ordinal);
        Assert.Contains("What nearly counted", why.Text, StringComparison.Ordinal);
        Assert.Contains("kim-yung-ho: “Kim” was read as Kim Jong-un (", why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_turned_in_its_place()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync();
        await chat.NewsAsync([.. Enumerable.Range(1, 23).Select(n => Rss.AboutNorthKorea(n) with { Date = $"Sat, {n:00} May 2024 01:00:00 GMT" })]);
        var first = await chat.TypeAsync("/latest north-korea");
        var second = await chat.PressAsync(first, "Older");
        var again = await chat.PressAsync(second, "Newer");

        Assert.Contains("Page 1 of 3", first.Text, StringComparison.Ordinal);
        Assert.Contains("Page 2 of 3", second.Text, StringComparison.Ordinal);
        Assert.Contains("Page 1 of 3", again.Text, StringComparison.Ordinal);
        Assert.Equal(chat.ReplacesMessages, second.Replaced);
        Assert.Equal(chat.ReplacesMessages ? 1 : 3, (await chat.ShownAsync()).Count);
    }

    [Fact]
    public async Task Stories_are_found_by_their_words_a_moment_after_they_came()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync();
        await chat.NewsAsync([.. Enumerable.Range(1, 8).Select(n => Rss.AboutNorthKorea(n) with { Date = $"Sat, {n:00} May 2024 01:00:00 GMT" })]);
        var first = await chat.TypeAsync("/search \"missile number\" -china actor:north-korea sort:newest");
        var second = await chat.PressAsync(first, "More");
        var none = await chat.TypeAsync("/search missile submarine");

        Assert.Equal("Search missile number china North Korea", string.Join(' ', first.Words));
        Assert.Contains("fired «missile» «number» 8 into the sea", first.Text.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Newest first · page 1", first.Text, StringComparison.Ordinal);
        Assert.Contains("North Korea fires missile number 2", second.Text, StringComparison.Ordinal);
        Assert.Equal(chat.ReplacesMessages, second.Replaced);
        Assert.Contains("no story with all of these words", none.Text, StringComparison.Ordinal);
        Assert.Contains("Any of the words", none.Labels);
    }

    [Fact]
    public async Task What_is_the_moderators_is_refused_to_a_member()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync();
        foreach (var line in new[] { "/feed remove 1", "/feed edit 1", "/setup", "/wrong-tags" })
        {
            Assert.StartsWith("Only moderators", (await chat.TypeAsync(line, isModerator: false)).Title, StringComparison.Ordinal);
        }

        Assert.Single(await chat.Bot.Get<FeedStore>().ListAsync(chat.Bot.Token));
        Assert.StartsWith("Removed", (await chat.TypeAsync("/feed remove 1")).Title, StringComparison.Ordinal);
        Assert.Empty(await chat.Bot.Get<FeedStore>().ListAsync(chat.Bot.Token));
    }

    [Fact]
    public async Task A_feed_is_added_renamed_in_a_form_paused_and_resumed()
    {
        await using var chat = await StartAsync();
        chat.Bot.Site.Serve("/new", Rss.Feed(Rss.AboutNorthKorea(1)));
        chat.Bot.Site.Serve("/page", "<html><body>Sorry</body></html>");
        var refused = await chat.TypeAsync($"/feed add {chat.Bot.Site.Address("/page")}");
        var added = await chat.TypeAsync($"/feed add {chat.Bot.Site.Address("/new")}");
        var form = await chat.TypeAsync("/feed edit 1");
        var changed = await chat.SubmitAsync(form, ("title", "The Wire"), ("minutes", "30"));
        var wrong = await chat.SubmitAsync(form, ("minutes", "often"));

        Assert.Equal("No feed was found", refused.Title);
        Assert.Equal("Added Test Wire", added.Title);
        Assert.True(form.HasForm, "There is nothing to fill in.");
        Assert.Equal("Changed The Wire", changed.Title);
        Assert.Contains("must be a whole number", wrong.Text, StringComparison.Ordinal);
        Assert.StartsWith("Paused", (await chat.TypeAsync("/feed pause The Wire")).Title, StringComparison.Ordinal);
        Assert.Contains("1 paused", (await chat.TypeAsync("/feed list")).Title, StringComparison.Ordinal);
        Assert.StartsWith("Resumed", (await chat.TypeAsync("/feed resume 1")).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_feed_is_told()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync();
        await chat.FailAsync();
        var list = await chat.TypeAsync("/feed list", isModerator: false);

        Assert.Contains("1 failing", list.Title, StringComparison.Ordinal);
        Assert.Contains("failed once", list.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_headline_is_only_letters()
    {
        const string Served = "North Korea @everyone &lt;@1100000000000000003> &lt;!channel> [a](https://evil.example) &lt;https://evil.example|b> **c** _d_ `e`";
        await using var chat = await WithFollowAsync();
        await chat.NewsAsync(Rss.AboutNorthKorea(1) with { Title = Served, Text = $"{Served}. North Korea fired a missile." });

        var headline = Assert.Single(await chat.Bot.StoriesAsync()).Title;
        Assert.Contains("<!channel>", headline, StringComparison.Ordinal);
        var alert = Assert.Single(await chat.AlertsAsync());
        Assert.Equal(ChatAnswer.WordsOf(headline), alert.Words);
        Assert.Empty(chat.LiveParts(alert));
    }

    [Fact]
    public async Task An_edited_headline_changes_the_alert_where_it_stands()
    {
        await using var chat = await WithFollowAsync();
        await chat.NewsAsync(Rss.AboutNorthKorea(1));
        await chat.NewsAsync(Rss.AboutNorthKorea(1) with { Title = "North Korea fires two missiles" });

        Assert.Equal(["North Korea fires two missiles"], await chat.AlertTitlesAsync());
    }

    [Fact]
    public async Task An_alert_is_discussed_under_it_and_once()
    {
        await using var chat = await WithFollowAsync();
        await chat.NewsAsync(Rss.AboutNorthKorea(1));
        var alert = Assert.Single(await chat.AlertsAsync());
        // A person reads first; Slack takes one message a second.
        chat.Bot.Time.Advance(TimeSpan.FromSeconds(2));
        var opened = await chat.PressAsync(alert, "Discuss", isModerator: false);
        var again = await chat.PressAsync(alert, "Discuss", isModerator: false);

        Assert.Equal("Alert 1 is open for discussion", opened.Title);
        Assert.Equal("Alert 1 is discussed already", again.Title);
        Assert.Single(await chat.UnderAsync(alert), m => m.Text.Contains("What led to the alert", StringComparison.Ordinal));
        Assert.Single(await chat.AlertsAsync());
    }

    [Fact]
    public async Task Setting_up_goes_step_by_step_from_nothing_to_a_test_alert()
    {
        await using var chat = await StartAsync();
        chat.Bot.Site.Serve("/pack", Rss.Feed());
        chat.Bot.Get<FeedPacks>().Fill([new CatalogFeed(chat.Bot.Site.Address("/pack"), "Packed", null)]);

        var overview = await chat.TypeAsync("/setup");
        var packs = await chat.PressAsync(overview, "Add starter feeds");
        var added = await chat.PressAsync(packs, "Curated feeds");
        var steps = await chat.PressAsync(added, "All steps");
        var followed = await chat.PressAsync(steps, "North Korea");
        var tested = await chat.PressAsync(await chat.TypeAsync("/setup"), "Post a test alert");

        Assert.Equal("Setting up AlertBot", overview.Title);
        Assert.Equal("Curated feeds: 1 of 1 feeds added", added.Title);
        Assert.Equal("Following north-korea", followed.Title);
        Assert.Equal("The test alert is posted", tested.Title);
        Assert.Single(await chat.ShownAsync(), m => m.Title.StartsWith("Test alert", StringComparison.Ordinal));
    }

    private async Task<ChatBench> WithFollowAsync()
    {
        var chat = await StartAsync();
        await chat.AddFeedAsync();
        Assert.StartsWith("Following north-korea", (await chat.TypeAsync("/follow north-korea")).Title, StringComparison.Ordinal);
        return chat;
    }

    private static IEnumerable<string> Titles(params int[] numbers) => numbers.Select(n => Rss.AboutNorthKorea(n).Title);
}

public sealed class LocalChatJourneys : ChatJourneys
{
    private protected override Task<ChatBench> StartAsync() => LocalBench.StartAsync();
}

public sealed class DiscordChatJourneys : ChatJourneys
{
    private protected override Task<ChatBench> StartAsync() => DiscordBench.StartAsync();
}

public sealed class SlackChatJourneys : ChatJourneys
{
    private protected override Task<ChatBench> StartAsync() => SlackBench.StartAsync("socket");
}

public sealed class SlackHttpChatJourneys : ChatJourneys
{
    private protected override Task<ChatBench> StartAsync() => SlackBench.StartAsync("http");
}
