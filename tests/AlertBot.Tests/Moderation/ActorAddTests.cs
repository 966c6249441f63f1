using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Tagging;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

/// <summary>Actors that moderators add and remove, and single aliases.</summary>
public sealed class ActorAddTests
{
    private const string Add = "/actor add \"Hong Gil-dong\" surname:Hong country:south-korea aliases:Hong Gil Dong; 홍길동";

    [Fact]
    public async Task An_actor_of_ones_own_is_shown_first_and_then_tags_the_next_story_without_a_restart_and_after_one()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(About(1)));
        await bot.TurnAsync();

        var asked = await bot.SayAsync(Add);
        Assert.Equal("This would change 1 story", asked.Title);
        Assert.Contains("Hong Gil-dong comes: “Hong Gil-dong” (", asked.Text(), StringComparison.Ordinal);
        Assert.Null(bot.Get<KnowledgeBase>().FindActor("hong-gil-dong"));

        Assert.Equal("Added Hong Gil-dong", (await bot.SayAsync(asked.Actions[0].Command)).Title);
        Assert.Equal("Following hong-gil-dong", (await bot.SayAsync("/follow 홍길동")).Title);
        bot.Site.Serve("/feed", Rss.Feed(About(2)));
        await bot.TurnAsync();
        Assert.Equal("Hong Gil-dong leaves the capital 2", Assert.Single(await bot.AlertsAsync()).Title);

        await bot.RestartAsync();
        Assert.Equal(["hong-gil-dong"], Tags(bot, "Hong Gil Dong spoke."));
        var actor = bot.Get<KnowledgeBase>().FindActor("hong-gil-dong")!;
        Assert.Equal(("Hong Gil-dong", ActorKind.Person, "Hong", "south-korea"), (actor.Name, actor.Kind, actor.Surname, Assert.Single(actor.Roles).Of));
        Assert.Contains("Belongs to: South Korea", (await bot.SayAsync("/who hong-gil-dong")).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/actor add \"Han River Fund\" kind:organisation country:\"South Korea\"", "han-river-fund", ActorKind.Organization, "body")]
    [InlineData("/actor add \"Hong Gil-dong\" kind:person country:south-korea office:\"river minister\"", "hong-gil-dong", ActorKind.Person, "river minister")]
    [InlineData("/actor add Joseon kind:country", "joseon", ActorKind.Country, null)]
    [InlineData("/actor add 홍길동 aliases:Hong Gil-dong", "hong-gil-dong", ActorKind.Person, null)]
    public async Task Each_kind_is_added_with_what_it_belongs_to(string line, string slug, object kind, string? office)
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.StartsWith("Added", (await bot.SayAsync(line)).Title, StringComparison.Ordinal);
        var actor = bot.Get<KnowledgeBase>().FindActor(slug)!;
        Assert.Equal((kind, office), (actor.Kind, actor.Roles is [var role] ? role.Title : null));
    }

    [Fact]
    public async Task Without_a_name_a_form_asks_and_what_it_takes_is_checked_like_a_line()
    {
        await using var bot = await BotHarness.StartAsync();
        var form = (await bot.SayAsync("/actor add")).Form!;
        Assert.Equal(("/actor add", "name kind surname country aliases"), (form.Command, string.Join(' ', form.Fields.Select(f => f.Option))));

        var filled = new Dictionary<string, string> { ["name"] = " Hong  Gil-dong ", ["kind"] = "person", ["surname"] = "", ["country"] = "", ["aliases"] = "Hong Gil Dong\r\n홍길동\n" };
        var card = await bot.Get<CommandRouter>().AnswerAsync(new CommandInvocation("actor add", filled, new ChannelAddress("local", "desk"), BotHarness.Moderator), bot.Token);
        var actor = bot.Get<KnowledgeBase>().FindActor("hong-gil-dong")!;
        Assert.Equal(("Added Hong Gil-dong", "Hong Gil-dong", null), (card.Title, actor.Name, actor.Surname));
        Assert.Equal(["Hong Gil Dong", "홍길동"], actor.Aliases);
    }

    [Theory]
    [InlineData("/actor add \"Kim Jong Un\"", "There is Kim Jong-un (kim-jong-un)")]
    [InlineData("/actor add 홍길동", "needs letters from a to z")]
    [InlineData("/actor add Hong kind:band", "“band” is no kind: write person, organisation or country.")]
    [InlineData("/actor add Hong country:\"Soth Korea\"", "did you mean", "south-korea")]
    [InlineData("/actor add Hong office:minister", "An office needs the country")]
    [InlineData("/actor add Joseon kind:country country:china", "A country belongs to no other")]
    [InlineData("/actor add Joseon kind:country surname:Lee", "only persons have a surname")]
    [InlineData("/actor add Hong aliases:Seoul; …", "“Seoul” already names South Korea", "can't be found in a text")]
    public async Task What_is_wrong_is_told_with_what_to_do_and_nothing_is_added(string line, params string[] reasons)
    {
        await using var bot = await BotHarness.StartAsync();
        var before = bot.Get<KnowledgeBase>().Current;
        var card = await bot.SayAsync(line);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.All(reasons, r => Assert.Contains(r, card.Text(), StringComparison.Ordinal));
        Assert.Same(before, bot.Get<KnowledgeBase>().Current);
    }

    [Theory]
    [InlineData("/actor add Change kind:organisation", "“Change” is an everyday word too")]
    [InlineData("/actor add \"Mun-Jaein\" kind:organisation aliases:Blue Hour", "names Moon Jae-in (moon-jae-in) as well")]
    [InlineData("/actor alias kim-yung-ho add:change", "“change” is an everyday word and is found wherever it stands")]
    public async Task Risky_names_are_warned_of_before_and_can_be_taken(string line, string warning)
    {
        await using var bot = await BotHarness.StartAsync();
        var asked = await bot.SayAsync(line);

        Assert.Equal("This would change no story", asked.Title);
        Assert.Contains(warning, asked.Text(), StringComparison.Ordinal);
        Assert.Contains(warning, (await bot.SayAsync(asked.Actions[0].Command)).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Single_aliases_come_and_go_and_the_others_stay()
    {
        await using var bot = await BotHarness.StartAsync();
        var before = bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!.Aliases;
        await bot.SayAsync("/actor alias kim-yung-ho add:The Iron Duke; Kim Young Ho remove:김영호");

        Assert.Equal([.. before.Where(a => a != "김영호"), "The Iron Duke", "Kim Young Ho"], bot.Get<KnowledgeBase>().FindActor("kim-yung-ho")!.Aliases);
        Assert.Contains("“The Steel Duke” is no alias of Kim Yung-ho: it has", (await bot.SayAsync("/actor alias kim-yung-ho remove:The Steel Duke")).Text(), StringComparison.Ordinal);
        Assert.Contains("Say which", (await bot.SayAsync("/actor alias kim-yung-ho")).Text(), StringComparison.Ordinal);
        Assert.Contains("is to be added and removed", (await bot.SayAsync("/actor alias kim-yung-ho add:A B remove:a b")).Text(), StringComparison.Ordinal);
        Assert.Contains("is like that already", (await bot.SayAsync("/actor alias kim-yung-ho add:The Iron Duke")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_removed_actor_is_gone_with_its_follows_asleep_until_it_is_brought_back()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync("/follow moon-jae-in");
        await bot.SayAsync("/follow moon-jae-in", channel: "other");
        await bot.SayAsync("/follow moon-jae-in and sanctions", channel: "other");
        await bot.TurnAsync();

        var asked = await bot.SayAsync("/actor remove moon-jae-in");
        Assert.Contains(asked.Blocks.OfType<CardBlock.Items>().SelectMany(b => b.Rows), i => i is { Text: "moon-jae-in", Detail: "this channel and 1 other channel" });
        Assert.Contains(asked.Blocks.OfType<CardBlock.Items>().SelectMany(b => b.Rows), i => i is { Text: "moon-jae-in and topic:sanctions", Detail: "1 other channel" });
        Assert.NotNull(bot.Get<KnowledgeBase>().FindActor("moon-jae-in"));

        Assert.Equal("Removed Moon Jae-in", (await bot.SayAsync(asked.Actions[0].Command)).Title);
        bot.Site.Serve("/feed", Rss.Feed(AboutMoon(1)));
        await bot.TurnAsync();
        await bot.RestartAsync();
        Assert.Empty(await bot.AlertsAsync());
        Assert.Contains("moon-jae-in was removed and brings nothing", (await bot.SayAsync("/following")).Text(), StringComparison.Ordinal);
        Assert.StartsWith("No longer following", (await bot.SayAsync("/unfollow moon-jae-in and topic:sanctions", channel: "other")).Title, StringComparison.Ordinal);

        Assert.StartsWith("Took back", (await bot.SayAsync((await bot.SayAsync("/actor undo Moon Jae-in")).Actions[0].Command)).Title, StringComparison.Ordinal);
        bot.Site.Serve("/feed", Rss.Feed(AboutMoon(2) with { Title = "Court hears Moon Jae-in on the Busan port deal", Text = "Judges in Busan heard Moon Jae-in about a port deal. Moon denied all of it." }));
        await bot.TurnAsync();
        Assert.Single(await bot.AlertsAsync());
        Assert.DoesNotContain("brings nothing", (await bot.SayAsync("/following")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_added_actor_is_removed_and_its_name_is_free_again()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync(Add);
        await bot.SayAsync("/actor remove hong-gil-dong apply:yes");
        Assert.Empty(Tags(bot, "Hong Gil-dong spoke."));
        Assert.Equal("Added Hong Gil-dong", (await bot.SayAsync("/actor add \"Hong Gil-dong\" kind:organisation")).Title);

        await bot.RestartAsync();
        Assert.Equal(ActorKind.Organization, bot.Get<KnowledgeBase>().FindActor("hong-gil-dong")!.Kind);
        Assert.Contains("A later change stands on it: 3: Added Hong Gil-dong", (await bot.SayAsync("/undo 1")).Text(), StringComparison.Ordinal);
    }

    private static RssItem About(int number) => new(
        $"Hong Gil-dong leaves the capital {number}", $"https://wire.example/hong/{number}", $"hong-{number}", $"Hong Gil-dong left the capital for the {number}. time on Monday. Hong said nothing to reporters who waited at the gate.");

    private static RssItem AboutMoon(int number) => new(
        $"Moon Jae-in walks his dogs {number}", $"https://wire.example/moon/{number}", $"moon-{number}", $"Moon Jae-in walked his dogs for the {number}. time on Monday. Moon smiled at all who came.");

    private static IEnumerable<string> Tags(BotHarness bot, string text) => bot.Get<StoryTagger>().Tag(new StoryText("", text, bot.Time.GetUtcNow())).Tags.Select(t => t.Name.Slug);
}
