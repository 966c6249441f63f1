using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Tagging;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Moderation;

/// <summary>From a moderator's edit of an actor to the tags of the next story.</summary>
public sealed class ActorEditTests
{
    private const string Nickname = "The Iron Duke";

    [Fact]
    public async Task A_new_alias_is_found_in_the_next_story_without_a_restart_and_after_one()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(About(1)));
        await bot.SayAsync("/follow kim-yung-ho");
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(About(2)));
        await bot.TurnAsync();
        Assert.Empty(await bot.AlertsAsync());

        var card = await bot.SayAsync($"/actor set kim-yung-ho aliases:Kim Yung-ho; 김영호; {Nickname} apply:yes");
        bot.Site.Serve("/feed", Rss.Feed(About(3)));
        await bot.TurnAsync();

        Assert.Equal("Edited Kim Yung-ho", card.Title);
        Assert.Contains(Facts(card), f => f.Label == "Aliases added" && f.Value == Nickname);
        Assert.Equal("Sanctions: The Iron Duke speaks 3", Assert.Single(await bot.AlertsAsync()).Title);

        await bot.RestartAsync();
        bot.Site.Serve("/feed", Rss.Feed(About(4)));
        await bot.TurnAsync();

        Assert.Equal(2, (await bot.AlertsAsync()).Count);
    }

    [Fact]
    public async Task Taking_an_edit_back_ends_it_and_the_history_keeps_both()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync($"/actor set kim-yung-ho aliases:Kim Yung-ho; {Nickname}");
        await bot.SayAsync("/actor set kim-yung-ho name:\"Kim Young-ho\"");
        Assert.Equal("Kim Young-ho", (await bot.SayAsync("/who kim-yung-ho")).Title);

        var undone = await bot.SayAsync("/actor undo kim-yung-ho");
        Assert.Contains(Facts(undone), f => f is { Label: "Name", Value: "Kim Young-ho → Kim Yung-ho" });
        Assert.Equal(["kim-yung-ho"], Tags(bot, Nickname));

        await bot.SayAsync("/actor undo kim-yung-ho");
        await bot.RestartAsync();
        Assert.Empty(Tags(bot, Nickname));

        var nothingLeft = await bot.SayAsync("/actor undo kim-yung-ho");
        Assert.Equal(CardTone.Problem, nothingLeft.Tone);
        var history = Items(await bot.SayAsync("/actor edit kim-yung-ho"));
        Assert.Equal(2, history.Count);
        Assert.All(history, i => Assert.Equal("by mod (test:mod), taken back by mod (test:mod)", i.Detail));
        Assert.Contains("Name: Kim Yung-ho → Kim Young-ho", history[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_holds_what_is_and_its_command_takes_what_shall_be()
    {
        await using var bot = await BotHarness.StartAsync();
        var form = (await bot.SayAsync("/actor edit Kim Yung-ho")).Form!;

        Assert.Equal(("Edit Kim Yung-ho", "/actor set kim-yung-ho"), (form.Title, form.Command));
        Assert.Equal(["name", "surname", "aliases"], form.Fields.Select(f => f.Option));
        Assert.Equal(["Kim Yung-ho", "Kim"], form.Fields.Take(2).Select(f => f.Value));
        Assert.Contains("김영호", form.Fields[2].Value.Split('\n'));

        var filled = new Dictionary<string, string>
        {
            ["actor"] = "kim-yung-ho", ["name"] = " Kim  Yung-ho ", ["surname"] = "", ["aliases"] = $"Kim Yung-ho\r\n\r\n {Nickname} \nKim Yung-ho",
        };
        await bot.Get<CommandRouter>().AnswerAsync(new CommandInvocation("actor set", filled, new ChannelAddress("local", "desk"), BotHarness.Moderator), bot.Token);
        var actor = bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!;

        Assert.Equal("Kim Yung-ho", actor.Name);
        Assert.Null(actor.Surname);
        Assert.Equal(["Kim Yung-ho", Nickname], actor.Aliases);
    }

    [Fact]
    public async Task A_country_has_no_surname_to_fill_in()
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.Equal(["name", "aliases"], (await bot.SayAsync("/actor edit north-korea")).Form!.Fields.Select(f => f.Option));
        await AssertRefusedAsync(bot, "/actor set north-korea surname:Kim", "only persons have a surname");
    }

    [Fact]
    public async Task Wrong_edits_are_told_all_at_once_and_change_nothing()
    {
        await using var bot = await BotHarness.StartAsync();
        var before = bot.Get<KnowledgeBase>().Current;
        var tooLong = new string('x', 101);

        await AssertRefusedAsync(bot, $"/actor set kim-yung-ho name:… aliases:{tooLong}; Kim Jong Un; Seoul", "can't be found in a text", "has 101 characters", "“Kim Jong Un” already names Kim Jong-un (kim-jong-un)", "“Seoul” already names South Korea");
        await AssertRefusedAsync(bot, $"/actor set kim-yung-ho aliases:{string.Join(';', Enumerable.Range(1, 51).Select(n => $"Alias {n}"))}", "51 aliases are too many");
        await AssertRefusedAsync(bot, "/actor set kim-yung-ho name:\"Kim Yung-ho\"", "is like that already");
        await AssertRefusedAsync(bot, "/actor set kim-yung-ho", "is like that already");
        var empty = new Dictionary<string, string> { ["actor"] = "kim-yung-ho", ["name"] = " " };
        var card = await bot.Get<CommandRouter>().AnswerAsync(new CommandInvocation("actor set", empty, new ChannelAddress("local", "desk"), BotHarness.Moderator), bot.Token);
        Assert.Contains(Items(card), i => i.Text.StartsWith("The name is empty", StringComparison.Ordinal));
        Assert.Same(before, bot.Get<KnowledgeBase>().Current);
    }

    [Fact]
    public async Task An_edit_is_not_taken_back_where_another_actor_bears_the_name_since()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/actor set kim-yung-ho aliases:Kim Yung-ho");
        await bot.SayAsync("/actor set moon-jae-in aliases:Moon Jae-in; 김영호");

        await AssertRefusedAsync(bot, "/actor undo kim-yung-ho", "Edited Moon Jae-in (by mod (test:mod)) could not hold then: “김영호” already names Kim Yung-ho");
        await bot.SayAsync("/actor undo moon-jae-in");
        Assert.Equal(CardTone.Answer, (await bot.SayAsync("/actor undo kim-yung-ho")).Tone);
    }

    [Fact]
    public async Task Edits_that_no_longer_fit_the_files_are_kept_and_do_nothing()
    {
        await using var bot = await BotHarness.StartAsync();
        await StoreAsync(bot, "nobody-any-more", new ActorFields(Aliases: ["Nobody"]));
        await StoreAsync(bot, "moon-jae-in", new ActorFields(Aliases: ["Kim Jong Un"]));
        await StoreAsync(bot, "kim-yung-ho", new ActorFields(Aliases: [Nickname]));
        await bot.RestartAsync();

        Assert.Equal(["kim-yung-ho"], Tags(bot, Nickname));
        Assert.Equal(["kim-jong-un"], Tags(bot, "Kim Jong Un"));
        await using var connection = await bot.Get<Database>().OpenAsync(bot.Token);
        Assert.Equal(3, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM changes WHERE kind = 'actor' AND undone_at IS NULL"));
    }

    [Theory]
    [InlineData("/actor edit kim", "Which kim?", "/actor edit kim-jong-un")]
    [InlineData("/actor set kim aliases:X", "Which kim?", "/actor edit kim-jong-un")]
    [InlineData("/actor undo kim", "Which kim?", "/actor undo kim-jong-un")]
    [InlineData("/actor edit kim yung hoo", "No actor is called 'kim yung hoo'", "/actor edit kim-yung-ho")]
    public async Task A_name_that_is_not_one_actor_is_asked_about(string typed, string title, string offered)
    {
        await using var bot = await BotHarness.StartAsync();
        var card = await bot.SayAsync(typed);

        Assert.Equal((CardTone.Problem, title), (card.Tone, card.Title));
        Assert.Contains(offered, (card.Menu?.Choices ?? card.Actions).Select(a => a.Command));
    }

    [Theory]
    [InlineData("/actor edit kim-yung-ho")]
    [InlineData("/actor set kim-yung-ho name:X")]
    [InlineData("/actor undo kim-yung-ho")]
    public async Task Only_moderators_edit(string typed)
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.StartsWith("Only moderators", (await bot.SayAsync(typed, BotHarness.Member)).Title, StringComparison.Ordinal);
    }

    private static RssItem About(int number) => new(
        $"Sanctions: {Nickname} speaks {number}", $"https://wire.example/duke/{number}", $"duke-{number}", $"{Nickname} spoke on Monday about many things that matter to all of us here. It was speech number {number}.");

    private static async Task AssertRefusedAsync(BotHarness bot, string typed, params string[] reasons)
    {
        var card = await bot.SayAsync(typed);
        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Equal(reasons.Length, Items(card).Count);
        Assert.All(reasons, r => Assert.Contains(Items(card), i => i.Text.Contains(r, StringComparison.Ordinal)));
    }

    private static async Task StoreAsync(BotHarness bot, string slug, ActorFields fields)
    {
        await using var connection = await bot.Get<Database>().OpenAsync(bot.Token);
        await connection.ExecuteAsync(
            "INSERT INTO changes (kind, subject, old_value, new_value, summary, changed_by, changed_at) VALUES ('actor', @Slug, '{}', @Fields, '', 'mod', 0)", new { Slug = slug, Fields = fields.ToJson() });
    }

    private static IEnumerable<string> Tags(BotHarness bot, string name) =>
        bot.Get<StoryTagger>().Tag(new StoryText(name, "", bot.Time.GetUtcNow())).Tags.Select(t => t.Name.Slug);

    private static IEnumerable<CardFact> Facts(Card card) => card.Blocks.OfType<CardBlock.Facts>().SelectMany(b => b.Rows);

    private static List<CardItem> Items(Card card) => [.. card.Blocks.OfType<CardBlock.Items>().SelectMany(b => b.Rows)];
}
