using AlertBot.Platforms;
using AlertBot.Retagging;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Alerts;

/// <summary>What people can do with an alert: ask why, say that it is wrong, go on from its card.</summary>
public sealed class AlertCommandTests
{
    private const string Channel = BotHarness.Channel;

    private static readonly RssItem Story = new("North Korea fires missile amid sanctions", "https://wire.example/1", "g1",
        """
        <p>North Korea fired a missile into the sea despite United Nations sanctions, officials said.</p>
        <p>North Korea has not commented on the sanctions.</p><p>Fishermen saw the splash.</p><p>It was the third this year.</p><p>Russia said nothing.</p>
        """);

    [Fact]
    public async Task A_card_leads_on_to_the_commands_about_it()
    {
        await using var bot = await WithAlertAsync("/follow north-korea and sanctions");
        var alert = Assert.Single(await bot.AlertsAsync());

        Assert.Equal("sanctions", alert.Topic);
        Assert.Equal(["Why?", "Discuss", "More", "Mute 24 h", "Wrong tag", "Who: North Korea"], alert.Actions.Select(a => a.Label));
        Assert.Equal(["/why 1", "/discuss 1", "/latest north-korea", "/mute hours:24 north-korea and topic:sanctions", "/wrong-tag 1", "/who north-korea"], alert.Actions.Select(a => a.Command));
        foreach (var action in alert.Actions)
        {
            Assert.NotEqual(CardTone.Problem, (await bot.SayAsync(action.Command)).Tone);
        }
    }

    [Theory]
    [InlineData("/why")]
    [InlineData("/why 1")]
    public async Task Why_shows_each_follow_with_its_words_and_what_nearly_counted(string typed)
    {
        await using var bot = await WithAlertAsync("/follow north-korea", "/follow sanctions", "/follow russia", "/follow japan");
        var card = await bot.SayAsync(typed);

        Assert.Equal((Story.Title, Story.Link), (card.Title, card.Link));
        var items = card.Blocks.OfType<CardBlock.Items>().ToDictionary(i => i.Heading!, i => i.Rows);
        Assert.Equal(["This channel follows north-korea", "This channel follows topic:sanctions", "What nearly counted"], items.Keys);
        var words = Assert.Single(items["This channel follows north-korea"]);
        Assert.StartsWith("North Korea: “North Korea” (", words.Text, StringComparison.Ordinal);
        Assert.Contains("fired a missile", words.Detail, StringComparison.Ordinal);
        var near = Assert.Single(items["What nearly counted"]);
        Assert.StartsWith("russia: only in passing, Russia: “Russia”", near.Text, StringComparison.Ordinal);
        Assert.Equal("Russia said nothing.", near.Detail);
    }

    [Fact]
    public async Task Why_tells_what_was_read_as_somebody_else_or_nobody_and_what_keeps_a_follow_back()
    {
        var story = new RssItem("Kim Jong Un inspects a missile", "https://wire.example/2", "g2",
            "SEOUL, May 1 (Wire) -- North Korean leader Kim Jong Un inspected a missile. Kim was pleased with it, state media said. Kim Jong Un also visited a farm. Russia said nothing.", "Wed, 01 May 2024 00:00:00 GMT");
        await using var bot = await WithAlertAsync(story, "/follow kim-jong-un", "/follow kim-yung-ho", "/follow south-korea", "/follow kim-jong-un not russia", "/follow kim-yung-ho and sanctions");
        var card = await bot.SayAsync("/why");
        var near = card.Blocks.OfType<CardBlock.Items>().Single(i => i.Heading == "What nearly counted").Rows;

        Assert.Contains(near, i => i.Text.StartsWith("kim-yung-ho: “Kim” was read as Kim Jong-un (", StringComparison.Ordinal) && i.Detail!.Contains("Kim was pleased with it", StringComparison.Ordinal));
        Assert.Contains(near, i => i.Text.StartsWith("south-korea: “SEOUL” names nobody (", StringComparison.Ordinal));
        Assert.Contains(near, i => i.Text.StartsWith("kim-jong-un and not russia: kept back by Russia: “Russia” (", StringComparison.Ordinal));
        Assert.Contains(near, i => i.Text.StartsWith("kim-yung-ho and topic:sanctions: and it asks for more than that; “Kim” was read as", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Why_tells_who_else_could_have_been_meant_and_what_spoke_for_each()
    {
        var story = new RssItem("Kim Jong Un inspects a missile", "https://wire.example/2", "g2",
            "Kim Yung-ho was in Seoul when the news came.\n\nNorth Korean leader Kim Jong Un inspected a missile. Kim was pleased with it, state media said.", "Wed, 01 Nov 2023 00:00:00 GMT");
        await using var bot = await WithAlertAsync(story, "/follow kim-jong-un", "/follow kim-yung-ho");
        var items = (await bot.SayAsync("/why")).Blocks.OfType<CardBlock.Items>().ToList();

        var weighed = Assert.Single(items.Single(i => i.Heading == "Who else could have been meant").Rows);
        Assert.Matches(@"^“Kim”: Kim Jong-un \d(\.\d)? \(.+\), Kim Yung-ho -?\d(\.\d)? \(.+\)$", weighed.Text);
        Assert.Equal("Kim was pleased with it, state media said.", weighed.Detail);
    }

    [Fact]
    public async Task Why_tells_how_far_a_topic_fell_short()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/topics add \"Rare earths\" threshold:4 phrases:neodymium = 3");
        await bot.SayAsync("/follow north-korea");
        await bot.SayAsync("/follow rare-earths");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1) with { Text = "North Korea fired a missile into the sea, officials said. North Korea also mines neodymium, one of them added." }));
        await bot.TurnAsync();
        var near = (await bot.SayAsync("/why")).Blocks.OfType<CardBlock.Items>().Single(i => i.Heading == "What nearly counted").Rows;

        var row = Assert.Single(near);
        Assert.Matches(@"^topic:rare-earths: \d(\.\d)? of the 4 that it needs, Rare earths: “neodymium” \(", row.Text);
        Assert.Contains("mines neodymium", row.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_tells_of_a_tag_that_was_taken_away_since()
    {
        await using var bot = await WithAlertAsync("/follow north-korea");
        Assert.DoesNotContain("taken away since", (await bot.SayAsync("/why 1")).Text(), StringComparison.Ordinal);
        await bot.SayAsync("/actor set north-korea name:Nordland aliases:Nordland apply:yes");
        await bot.Get<Retagger>().WorkAsync(TimeSpan.FromMinutes(1), bot.Token);

        Assert.Contains("“North Korea” (", (await bot.SayAsync("/why 1")).Text(), StringComparison.Ordinal);
        Assert.Contains("; taken away since", (await bot.SayAsync("/why 1")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/why 1")]
    [InlineData("/why")]
    [InlineData("/wrong-tag 1")]
    [InlineData("/wrong-tag 1 north-korea")]
    [InlineData("/why 2147483647")]
    public async Task An_alert_of_another_channel_is_not_found(string typed)
    {
        await using var bot = await WithAlertAsync("/follow north-korea");
        var card = await bot.SayAsync(typed, channel: "other");

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.DoesNotContain("missile", card.ToString() + string.Concat(card.Blocks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_tag_is_chosen_and_counted_once_for_each_person_until_it_is_settled()
    {
        await using var bot = await WithAlertAsync("/follow north-korea and sanctions");
        var choice = await bot.SayAsync("/wrong-tag");
        Assert.Equal(["/wrong-tag 1 north-korea", "/wrong-tag 1 topic:sanctions"], choice.Menu!.Choices.Select(c => c.Command));
        Assert.StartsWith("Thank you", (await bot.SayAsync(choice.Menu.Choices[1].Command, BotHarness.Member)).Title, StringComparison.Ordinal);
        Assert.StartsWith("You have said so before", (await bot.SayAsync("/wrong-tag 1 Sanctions", BotHarness.Member)).Title, StringComparison.Ordinal);
        await bot.SayAsync("/wrong-tag 1 topic:sanctions");

        var listed = await bot.SayAsync("/wrong-tags");
        var row = Assert.Single(Assert.Single(listed.Blocks.OfType<CardBlock.Items>()).Rows);
        Assert.Contains($"topic:sanctions on “{Story.Title}”", row.Text, StringComparison.Ordinal);
        Assert.StartsWith("2 people · “sanctions” (", row.Detail, StringComparison.Ordinal);
        Assert.Equal(Story.Link, row.Link);
        Assert.Equal(CardTone.Problem, (await bot.SayAsync("/wrong-tags", BotHarness.Member)).Tone);

        Assert.Equal("Nobody says that a tag is wrong", (await bot.SayAsync(Assert.Single(listed.Menu!.Choices).Command)).Title);
    }

    [Theory]
    [InlineData("/wrong-tag 1 japan", "Alert 1 has no tag 'japan'")]
    [InlineData("/wrong-tag 1 '); DROP TABLE tag_reports; --", "Alert 1 has no tag ''); DROP TABLE tag_reports; --'")]
    [InlineData("/wrong-tags settled:99", "There is no open report 99")]
    public async Task What_is_not_there_is_told(string typed, string title)
    {
        await using var bot = await WithAlertAsync("/follow north-korea");
        var card = await bot.SayAsync(typed);

        Assert.Equal((CardTone.Problem, title), (card.Tone, card.Title));
        Assert.Equal("Nobody says that a tag is wrong", (await bot.SayAsync("/wrong-tags")).Title);
    }

    [Fact]
    public async Task Many_reports_are_turned_page_by_page()
    {
        await using var bot = await WithAlertAsync("/follow north-korea");
        // One of them is of the first alert's event.
        bot.Site.Serve("/feed", Rss.Feed([.. Enumerable.Range(2, 12).Select(Rss.AboutNorthKorea)]));
        await bot.TurnAsync();
        for (var alert = 1; alert <= 12; alert++)
        {
            await bot.SayAsync($"/wrong-tag {alert} north-korea");
        }

        var first = await bot.SayAsync("/wrong-tags");
        var older = Assert.Single(first.Actions, a => a.Label == "Older");
        var second = await bot.SayAsync(older.Command);
        Assert.True(older.Replaces);
        Assert.Equal((10, "Page 1 of 2"), (RowsOf(first), first.Footer));
        Assert.Equal(["Newer", "Edit North Korea"], second.Actions.Select(a => a.Label));
        Assert.Equal(2, RowsOf(second));

        static int RowsOf(Card card) => Assert.Single(card.Blocks.OfType<CardBlock.Items>()).Rows.Count;
    }

    private static Task<BotHarness> WithAlertAsync(params string[] follows) => WithAlertAsync(Story, follows);

    private static async Task<BotHarness> WithAlertAsync(RssItem story, params string[] follows)
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        foreach (var follow in follows)
        {
            await bot.SayAsync(follow, channel: Channel);
        }

        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(story));
        await bot.TurnAsync();
        return bot;
    }
}
