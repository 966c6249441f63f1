using AlertBot.Feeds;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

public sealed class SetupTests
{
    private const string Community = "scripted:guild";

    [Fact]
    public async Task The_card_shows_what_is_left_and_then_what_is_done()
    {
        await using var bot = await BotHarness.StartAsync();
        var fresh = await SetupAsync(bot, "");
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await SetupAsync(bot, "role:77");
        await bot.SayAsync("/follow north-korea", platform: "scripted");
        var done = await SetupAsync(bot, "");

        Assert.Equal(["○", "○", "○", "○", "✓"], Facts(fresh).Select(f => f[..1]));
        Assert.Equal(["✓ 1 is polled", "✓ bearers of the role 77 moderate the bot", "✓ #desk, where a moderator changed something first: sick feeds are told there", "✓ this channel follows north-korea", "✓ the bot may post here: see how an alert looks"], Facts(done));
    }

    [Fact]
    public async Task Every_choice_of_every_step_runs()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/a", Rss.Feed());
        bot.Get<FeedPacks>().Fill([new CatalogFeed(bot.Site.Address("/a"), "A", null)]);
        var open = new Queue<string>(["/setup"]);
        var run = new HashSet<string>();
        while (open.TryDequeue(out var line))
        {
            if (run.Add(line))
            {
                var card = await SayAsync(bot, line, BotHarness.Moderator, null);
                Assert.True(card.Tone == CardTone.Answer, $"{line}: {card.Text()}");
                (card.Actions.Concat(card.Menu?.Choices ?? [])).Select(a => a.Command).Where(c => c.StartsWith("/setup", StringComparison.Ordinal) || c.StartsWith("/follow ", StringComparison.Ordinal)).ToList().ForEach(open.Enqueue);
            }
        }

        Assert.Superset(new HashSet<string> { "/setup step:feeds", "/setup step:role", "/setup step:channel", "/setup channel:scripted:desk", "/setup step:test", "/setup step:feeds pack:curated", "/follow north-korea", "/follow topic:sanctions" }, run);
        Assert.Contains("Test alert", Assert.Single(bot.Scripted.Shown).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_follows_are_five_that_are_known_and_not_followed_yet()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea", platform: "scripted");

        var menu = (await SetupAsync(bot, "step:follow")).Menu!;

        Assert.Equal(["/follow south-korea", "/follow kim-jong-un", "/follow topic:sanctions", "/follow topic:ballistic-missiles", "/follow topic:nuclear-weapons"], menu.Choices.Select(c => c.Command));
        Assert.All(menu.Choices, c => Assert.NotEqual(c.Command, $"/follow {c.Label}"));
    }

    [Fact]
    public async Task A_pack_adds_what_is_missing_brings_back_what_was_removed_and_resumes_what_is_paused()
    {
        await using var bot = await BotHarness.StartAsync();
        var (polled, paused, removed) = (await bot.AddFeedAsync("/polled", Rss.Feed()), await bot.AddFeedAsync("/paused", Rss.Feed()), await bot.AddFeedAsync("/removed", Rss.Feed()));
        var moved = await bot.AddFeedAsync("/before", Rss.Feed());
        bot.Site.Serve("/after", Rss.Feed());
        await bot.SayAsync($"/feed set {moved.Id} address:{bot.Site.Address("/after")}");
        await bot.SayAsync($"/feed pause {paused.Id}");
        await bot.SayAsync($"/feed remove {removed.Id}");
        bot.Get<FeedPacks>().Fill([Packed("/polled"), Packed("/paused"), Packed("/removed"), Packed("/missing"), Packed("/before"), new CatalogFeed(new Uri("https://other.example/"), null, null)]);

        var list = await SetupAsync(bot, "step:feeds");
        var added = await SetupAsync(bot, "feeds korea");
        var again = await SetupAsync(bot, "feeds Korea");

        Assert.Equal(["Korea: 2 of 5 polled", "Curated feeds: 0 of 1 polled"], list.Menu!.Choices.Select(c => $"{c.Label}: {c.Detail}"));
        Assert.Equal("Korea: 3 of 5 feeds added", added.Title);
        Assert.Equal(
            [("Added", "/missing"), ("Brought back", "/removed"), ("Resumed", "/paused")],
            added.Blocks.OfType<CardBlock.Items>().Select(b => (b.Heading!, new Uri(Assert.Single(b.Rows).Link!).AbsolutePath)));
        Assert.Equal("All 5 feeds of Korea are polled already", again.Title);
        var all = await bot.Get<FeedStore>().ListAsync(bot.Token);
        Assert.Equal(5, all.Count);
        Assert.All(all, f => Assert.Null(f.PausedAt));
        Assert.Contains(all, f => f.Id == removed.Id);
        Assert.Equal(polled, await bot.FeedAsync(polled));

        CatalogFeed Packed(string path) => new(bot.Site.Address(path), path, null) { Pack = new PackName("korea", "Korea") };
    }

    [Fact]
    public async Task A_moderator_role_is_in_force_at_once_and_after_a_restart_until_it_is_taken_away()
    {
        await using var bot = await BotHarness.StartAsync();
        var bearer = BotHarness.Member with { Roles = ["77"] };
        Assert.Equal(CardTone.Problem, (await SetupAsync(bot, "", bearer)).Tone);

        await SetupAsync(bot, "role:77");
        Assert.Equal(CardTone.Answer, (await SetupAsync(bot, "", bearer)).Tone);
        await bot.RestartAsync();
        Assert.Equal(CardTone.Answer, (await SetupAsync(bot, "", bearer)).Tone);
        Assert.Equal(CardTone.Problem, (await SayAsync(bot, "/setup", bearer, null, "scripted:elsewhere")).Tone);

        await SetupAsync(bot, "no-role");
        Assert.Equal(CardTone.Problem, (await SetupAsync(bot, "", bearer)).Tone);
        await bot.RestartAsync();
        Assert.Equal(CardTone.Problem, (await SetupAsync(bot, "", bearer)).Tone);
    }

    [Fact]
    public async Task A_bearer_of_the_role_can_not_hand_it_on()
    {
        await using var bot = await BotHarness.StartAsync();
        await SetupAsync(bot, "role:77");

        var card = await SetupAsync(bot, "role:78", BotHarness.Member with { Roles = ["77"] });

        Assert.Contains("Only those who manage the server", card.Title, StringComparison.Ordinal);
        Assert.Equal("77", bot.Get<ModeratorRoles>().Find(Community));
    }

    [Fact]
    public async Task Where_there_is_no_server_there_are_no_roles()
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.Contains("no roles here", (await bot.SayAsync("/setup role:77")).Title, StringComparison.Ordinal);
        Assert.Contains("no roles here", (await bot.SayAsync("/setup step:role")).Title, StringComparison.Ordinal);
        Assert.DoesNotContain("step:role", (await bot.SayAsync("/setup")).Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_alert_stands_in_the_channel_each_time()
    {
        await using var bot = await BotHarness.StartAsync();

        var first = await bot.SayAsync("/setup test");
        await bot.SayAsync("/setup test");

        Assert.Equal("The test alert is posted", first.Title);
        var alerts = await bot.AlertsAsync();
        Assert.Equal(2, alerts.Count);
        Assert.All(alerts, a => Assert.Contains("This is a test", a.Text(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_outcome_of_a_test_alert_is_told()
    {
        await using var bot = await BotHarness.StartAsync();
        SendResult[] results =
        [
            new SendResult.RetryAfter(TimeSpan.FromSeconds(1.2), "the reason"), new SendResult.RetryAfter(null, "the reason"), new SendResult.Unknown("the reason"),
            new SendResult.ChannelGone("the reason"), new SendResult.NoAccess("the reason"), new SendResult.Rejected("the reason"),
        ];
        var titles = new HashSet<string>();
        foreach (var result in results)
        {
            bot.Scripted.Next(_ => result);
            var card = await SetupAsync(bot, "test");

            Assert.Equal(CardTone.Problem, card.Tone);
            Assert.Contains("the reason", card.Text(), StringComparison.Ordinal);
            titles.Add(card.Title);
        }

        Assert.Equal(results.Length, titles.Count);
    }

    [Fact]
    public async Task Where_the_bot_may_not_post_nothing_is_tried()
    {
        await using var bot = await BotHarness.StartAsync();

        var overview = await SayAsync(bot, "/setup", BotHarness.Moderator, "It lacks Send Messages here.");
        var test = await SayAsync(bot, "/setup test", BotHarness.Moderator, "It lacks Send Messages here.");

        Assert.Equal("○ It lacks Send Messages here.", Facts(overview)[4]);
        Assert.Contains("It lacks Send Messages here.", test.Text(), StringComparison.Ordinal);
        Assert.Equal(0, bot.Scripted.Attempts);
    }

    [Theory]
    [InlineData("step:coffee", "There is no step “coffee”")]
    [InlineData("feeds mars", "There is no pack “mars”")]
    [InlineData("test korea", "That is more than one step")]
    [InlineData("feeds korea role:77", "That is more than one step")]
    public async Task What_can_not_be_done_is_told(string typed, string why)
    {
        await using var bot = await BotHarness.StartAsync();

        var card = await SetupAsync(bot, typed);

        Assert.Equal((CardTone.Problem, why), (card.Tone, card.Title));
    }

    [Fact]
    public async Task Steps_and_packs_are_suggested()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Get<FeedPacks>().Fill([new CatalogFeed(new Uri("https://one.example/"), null, null) { Pack = new PackName("korea", "Korea") }]);

        Assert.Equal(["feeds", "role", "no-role", "channel", "follow", "test"], Suggested("/setup "));
        Assert.Equal(["korea"], Suggested("/setup feeds k"));

        IEnumerable<string> Suggested(string line) => bot.Get<CommandRouter>().Complete(line).Select(c => c.Line.Trim().Split(' ')[^1]);
    }

    [Fact]
    public async Task The_card_for_a_new_server_leads_to_what_works()
    {
        await using var bot = await BotHarness.StartAsync();
        var card = WelcomeCard.Compose();

        Assert.Equal(["Set up", "Follow something", "Help"], card.Actions.Select(a => a.Label));
        foreach (var action in card.Actions)
        {
            Assert.Equal(CardTone.Answer, (await SayAsync(bot, action.Command, BotHarness.Moderator, null)).Tone);
        }
    }

    private static Task<Card> SetupAsync(BotHarness bot, string typed, ChatUser? user = null) => SayAsync(bot, $"/setup {typed}", user ?? BotHarness.Moderator, null);

    private static Task<Card> SayAsync(BotHarness bot, string line, ChatUser user, string? fault, string community = Community)
    {
        var blank = new CommandInvocation("", new Dictionary<string, string>(), new ChannelAddress("scripted", BotHarness.Channel), user)
        {
            Community = community,
            PostingFaultAsync = (_, _) => ValueTask.FromResult(fault),
        };
        return bot.Get<CommandRouter>().AnswerTextAsync(line, blank, bot.Token);
    }

    private static IReadOnlyList<string> Facts(Card card) => [.. card.Blocks.OfType<CardBlock.Facts>().Single().Rows.Select(f => f.Value)];
}
