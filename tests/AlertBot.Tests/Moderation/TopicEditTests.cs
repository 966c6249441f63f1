using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Dapper;

namespace AlertBot.Tests.Moderation;

/// <summary>From a moderator's topic to the tags of the next story.</summary>
public sealed class TopicEditTests
{
    private const string Add = "/topics add \"Whaling\" phrases:whaling; harpoon~ near: whale not: film";

    [Fact]
    public async Task A_topic_of_ones_own_tags_the_next_story_without_a_restart_and_after_one()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(About(1)));
        await bot.TurnAsync();

        var card = await bot.SayAsync(Add);
        Assert.Equal("Added Whaling", card.Title);
        Assert.Contains(Facts(card), f => f is { Label: "Phrases added", Value: "whaling; harpoon~ near: whale not: film" });
        Assert.Contains("Matches among the newest stories: 1 of 1.", Texts(card));
        Assert.Equal(("Ships leave for whaling 1", "“whaling”"), (Items(card)[0].Text, Items(card)[0].Detail));

        await bot.SayAsync("/follow topic:whaling");
        bot.Site.Serve("/feed", Rss.Feed(About(2)));
        await bot.TurnAsync();
        Assert.Equal("Ships leave for whaling 2", Assert.Single(await bot.AlertsAsync()).Title);

        await bot.RestartAsync();
        // Another happening: one that grows is told by the alert that stands.
        bot.Site.Serve("/feed", Rss.Feed(About(3) with { Title = "Court in Oslo forbids whaling from next year", Text = "Judges in Oslo ruled that whaling ends next year. Farmers on the coast had gone to court over it." }));
        await bot.TurnAsync();
        Assert.Equal(2, (await bot.AlertsAsync()).Count);
    }

    [Fact]
    public async Task A_try_tells_what_would_match_and_changes_nothing()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(About(1), About(2)));
        await bot.TurnAsync();
        var before = bot.Get<KnowledgeBase>().Current;

        var tried = Texts(await bot.SayAsync("/topics try Whaling phrases:whaling"));
        Assert.Contains("Matches among the newest stories: 2 of 2.", tried);
        Assert.Contains("2 of all 2 stories change; nothing is posted for them. No past alert loses its reason. Nothing was changed.", tried);
        Assert.Contains("Matches among the newest stories: 0 of 2.", Texts(await bot.SayAsync("/topics try Whaling phrases:whale-free diet")));
        Assert.Same(before, bot.Get<KnowledgeBase>().Current);

        await bot.SayAsync(Add);
        Assert.Contains("Matches among the newest stories: 0 of 2, 0 of them new and 2 no more.", Texts(await bot.SayAsync("/topics try whaling threshold:50")));
    }

    [Fact]
    public async Task Edits_are_taken_back_one_by_one_and_the_history_tells_by_whom()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync(Add);
        await bot.SayAsync("/topics set whaling name:\"Whale hunt\" threshold:3 phrases:whaling");
        await bot.SayAsync("/topics remove whaling");
        Assert.Null(bot.Get<KnowledgeBase>().FindTopic("whaling"));

        await bot.SayAsync("/topics undo whaling");
        Assert.Equal(("Whale hunt", 3), (Whaling(bot)!.Name, Whaling(bot)!.Threshold));
        await bot.SayAsync("/topics undo whaling");
        Assert.Equal(("Whaling", null), (Whaling(bot)!.Name, Whaling(bot)!.Threshold));

        var history = Items(await bot.SayAsync("/topics edit whaling"));
        Assert.Equal(["Removed: Whale hunt", "Name: Whaling → Whale hunt; Threshold: the usual → 3; Phrases removed: harpoon~ near: whale not: film"], history.Take(2).Select(i => i.Text));
        Assert.Equal(["by mod (test:mod), taken back by mod (test:mod)", "by mod (test:mod), taken back by mod (test:mod)", "by mod (test:mod)"], history.Select(i => i.Detail));

        await bot.SayAsync("/topics undo whaling");
        await bot.RestartAsync();
        Assert.Null(Whaling(bot));
        Assert.Equal(CardTone.Problem, (await bot.SayAsync("/topics undo whaling")).Tone);
    }

    [Fact]
    public async Task A_topic_of_the_files_is_changed_and_undone_back_to_the_files()
    {
        await using var bot = await BotHarness.StartAsync();
        var filed = bot.Get<KnowledgeBase>().FindTopic("sanctions")!;

        await bot.SayAsync("/topics set sanctions phrases:embargo");
        Assert.Equal(["embargo"], bot.Get<KnowledgeBase>().FindTopic("sanctions")!.Keywords);
        await bot.SayAsync("/actor set kim-yung-ho name:\"Kim Young-ho\"");
        Assert.Equal(["embargo"], bot.Get<KnowledgeBase>().FindTopic("sanctions")!.Keywords);

        await bot.SayAsync("/topics undo sanctions");
        Assert.Same(filed, bot.Get<KnowledgeBase>().FindTopic("sanctions"));
    }

    [Fact]
    public async Task The_form_holds_what_is_and_its_command_takes_what_shall_be()
    {
        await using var bot = await BotHarness.StartAsync();
        Assert.Equal("/topics add", (await bot.SayAsync("/topics add")).Form!.Command);
        await bot.SayAsync(Add);

        var form = (await bot.SayAsync("/topics edit whaling")).Form!;
        Assert.Equal(("Edit Whaling", "/topics set whaling"), (form.Title, form.Command));
        Assert.Equal(["Whaling", "", "", "whaling\nharpoon~ near: whale not: film"], form.Fields.Select(f => f.Value));

        var filled = new Dictionary<string, string> { ["topic"] = "whaling", ["name"] = "Whaling", ["definition"] = "", ["threshold"] = "", ["phrases"] = "whaling\r\nfleet = 0.5 near: whale, harpoon within: story\r\n" };
        await bot.Get<CommandRouter>().AnswerAsync(new CommandInvocation("topics set", filled, new ChannelAddress("local", "desk"), BotHarness.Moderator), bot.Token);

        var fleet = Assert.Single(Whaling(bot)!.Phrases);
        Assert.Equal((0.5, PhraseScope.Story, "fleet", "whale harpoon"), (fleet.Weight, fleet.Within, string.Join(' ', fleet.Texts), string.Join(' ', fleet.Near)));
    }

    [Fact]
    public async Task Wrong_topics_are_told_all_at_once_and_change_nothing()
    {
        await using var bot = await BotHarness.StartAsync();
        var before = bot.Get<KnowledgeBase>().Current;

        await AssertRefusedAsync(bot, "/topics add Sanctions phrases:x", "There is a topic sanctions");
        await AssertRefusedAsync(bot, "/topics add 고래 phrases:고래", "needs letters from a to z");
        await AssertRefusedAsync(bot, "/topics add Whaling phrases:whale = much; boat within: page", "has no number behind the =", "“within: page” can't be read");
        await AssertRefusedAsync(bot, "/topics add Whaling phrases:<rulers> meet; …; whale = 200", "There is no list <rulers>", "holds no word", "The weight 200 is no weight");
        await AssertRefusedAsync(bot, "/topics set sanctions threshold:high", "“high” is no threshold");
        await AssertRefusedAsync(bot, "/topics set sanctions", "is like that already");
        await AssertRefusedAsync(bot, "/topics set sanctions name:Elections", "“Elections” already names elections");
        Assert.Equal("Did you mean sanctions?", Assert.Single(Texts(await bot.SayAsync("/topics edit sanctoins"))));
        Assert.Same(before, bot.Get<KnowledgeBase>().Current);
    }

    [Fact]
    public async Task An_edit_that_no_longer_fits_the_files_is_kept_and_does_nothing()
    {
        await using var bot = await BotHarness.StartAsync();
        await using (var connection = await bot.Get<Database>().OpenAsync(bot.Token))
        {
            await connection.ExecuteAsync("""
                INSERT INTO changes (kind, subject, new_value, summary, changed_by, changed_at)
                VALUES ('topic', 'x', '{"slug":"x","name":"Sanctions","definition":"","keywords":["x"]}', '', 'mod', 0), ('topic', 'y', '{"slug":"y","name":"Y","definition":"","keywords":["y"]}', '', 'mod', 0)
                """);
        }

        await bot.RestartAsync();

        Assert.Null(bot.Get<KnowledgeBase>().FindTopic("x"));
        Assert.NotNull(bot.Get<KnowledgeBase>().FindTopic("y"));
    }

    [Theory]
    [InlineData(Add)]
    [InlineData("/topics edit sanctions")]
    [InlineData("/topics set sanctions phrases:x")]
    [InlineData("/topics try sanctions")]
    [InlineData("/topics remove sanctions")]
    [InlineData("/topics undo sanctions")]
    public async Task Only_moderators_edit(string typed)
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.StartsWith("Only moderators", (await bot.SayAsync(typed, BotHarness.Member)).Title, StringComparison.Ordinal);
    }

    private static Topic? Whaling(BotHarness bot) => bot.Get<KnowledgeBase>().FindTopic("whaling");

    private static RssItem About(int number) => new(
        $"Ships leave for whaling {number}", $"https://wire.example/ships/{number}", $"ships-{number}", $"The ships left for the {number}. time on Monday while many people looked on from the quay and waved.");

    private static async Task AssertRefusedAsync(BotHarness bot, string typed, params string[] reasons)
    {
        var card = await bot.SayAsync(typed);
        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.All(reasons, r => Assert.Contains(Items(card), i => i.Text.Contains(r, StringComparison.Ordinal)));
    }

    private static IEnumerable<CardFact> Facts(Card card) => card.Blocks.OfType<CardBlock.Facts>().SelectMany(b => b.Rows);

    private static IEnumerable<string> Texts(Card card) => card.Blocks.OfType<CardBlock.Paragraph>().Select(b => b.Text);

    private static List<CardItem> Items(Card card) => [.. card.Blocks.OfType<CardBlock.Items>().SelectMany(b => b.Rows)];
}
