using System.Text;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;
using CsCheck;

namespace AlertBot.Tests.Moderation;

/// <summary>The configuration as a file, out and in.</summary>
public sealed class ConfigTests
{
    private const string Community = "local:house";

    private static readonly string[] Wanted = ["north-korea", "not topic:sport and russia", "(china or russia) and topic:sanctions", "mentions:north-korea"];

    private static readonly ChatUser Lent = new("test:lent", "lent", IsModerator: false) { Roles = ["editors"] };

    [Fact]
    public async Task Every_fault_of_a_file_is_told_with_its_line_and_nothing_of_it_is_done()
    {
        await using var bot = await BotHarness.StartAsync();

        var card = await GiveAsync(bot, """
            version: 1
            feeds:
              - url: https://good.example/feed
              - url: nowhere
              - url: https://a.example/feed
                interval: often
              - title: none
            follows:
              - channel: local:desk
                what: no-such-thing
              - channel: desk
                what: north-korea
            actors:
              - slug: nobody-at-all
                name: X
            topics:
              - slug: sanctions
                name: Sanctions
                keywords: ["!!!"]
            surprises: yes
            """);

        Assert.Equal("8 things in the file can't be used", card.Title);
        var lines = Rows(card).Select(r => r.Split(':')[0]).ToList();
        Assert.Equal(["Line 4", "Line 6", "Line 7", "Line 10", "Line 11", "Line 14", "Line 17", "Line 20"], lines);
        Assert.Empty(await FeedsAsync(bot));
    }

    [Fact]
    public async Task Merging_only_adds_and_changes_and_replacing_takes_away_what_a_part_does_not_name()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        await bot.Get<FeedStore>().AddAsync(new Uri("https://old.example/feed"), "Old", null, "test", bot.Token);
        const string File = "version: 1\nfeeds:\n  - url: https://new.example/feed\n    title: New\n";

        var merged = await GiveAsync(bot, File);
        Assert.DoesNotContain("Removed", merged.Text(), StringComparison.Ordinal);
        await YesAsync(bot, merged);
        Assert.Equal(["New", "Old"], (await FeedsAsync(bot)).Select(f => f.Name).Order());

        var replacing = await GiveAsync(bot, File, "replace");
        Assert.Contains("feed Old (https://old.example/feed)", replacing.Text(), StringComparison.Ordinal);
        await YesAsync(bot, replacing);
        Assert.Equal("New", Assert.Single(await FeedsAsync(bot)).Name);
        Assert.Contains("north-korea", (await bot.SayAsync("/following")).Text(), StringComparison.Ordinal);

        await YesAsync(bot, await GiveAsync(bot, "version: 1\nfollows: []\n", "replace"));
        Assert.DoesNotContain("north-korea", Rows(await bot.SayAsync("/following")));
    }

    [Fact]
    public async Task Who_moderates_by_a_lent_role_hands_it_to_nobody()
    {
        await using var bot = await BotHarness.StartAsync();
        const string Before = "version: 1\nmoderators:\n  role: \"editors\"\n";
        const string After = "version: 1\nmoderators:\n  role: \"friends\"\n";
        await YesAsync(bot, await GiveAsync(bot, Before));
        Assert.Equal("editors", bot.Get<ModeratorRoles>().Find(Community));

        var refused = await GiveAsync(bot, After, user: Lent);
        Assert.Contains("Line 2: only those who manage the server choose the moderator role", refused.Text(), StringComparison.Ordinal);
        var asked = await GiveAsync(bot, After);
        Assert.Contains("only those who manage the server", (await YesAsync(bot, asked, Lent)).Text(), StringComparison.Ordinal);
        Assert.Equal("editors", bot.Get<ModeratorRoles>().Find(Community));

        var done = await YesAsync(bot, asked);
        Assert.Equal("friends", bot.Get<ModeratorRoles>().Find(Community));
        await SayAsync(bot, done.Actions[0].Command);
        Assert.Equal("editors", bot.Get<ModeratorRoles>().Find(Community));
    }

    [Fact]
    public async Task A_follow_goes_into_no_channel_where_the_person_may_not_post_nor_onto_another_platform()
    {
        await using var bot = await BotHarness.StartAsync();

        var card = await GiveAsync(bot, "version: 1\nfollows:\n  - channel: local:closed\n    what: north-korea\n  - channel: discord:123\n    what: north-korea\n");

        Assert.Equal(["Line 3: the channel local:closed can't be used from here: closed", "Line 5: the channel discord:123 can't be used from here: it belongs to another platform"], Rows(card));
        Assert.Empty(await bot.Get<SubscriptionStore>().ListAsync(bot.Token));
    }

    [Fact]
    public async Task What_was_shown_is_what_is_done_or_it_is_shown_anew()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.Get<FeedStore>().AddAsync(new Uri("https://old.example/feed"), "Old", null, "test", bot.Token);
        var shown = await GiveAsync(bot, "version: 1\nfeeds:\n  - url: https://new.example/feed\n", "replace");
        await bot.Get<FeedStore>().AddAsync(new Uri("https://other.example/feed"), "Other", null, "test", bot.Token);

        var again = await YesAsync(bot, shown);

        Assert.Equal("Something was changed meanwhile. Apply this now?", again.Title);
        Assert.Contains("https://other.example/feed", again.Text(), StringComparison.Ordinal);
        Assert.Equal(2, (await FeedsAsync(bot)).Count);
        await YesAsync(bot, again);
        Assert.Equal("new.example", Assert.Single(await FeedsAsync(bot)).Name);
        Assert.Equal("It is done already", (await YesAsync(bot, again)).Title);
    }

    [Fact]
    public async Task A_yes_counts_where_the_question_was_asked_and_for_a_day_also_over_a_restart()
    {
        await using var bot = await BotHarness.StartAsync();
        const string File = "version: 1\nfeeds:\n  - url: https://new.example/feed\n";
        var shown = await GiveAsync(bot, File);

        Assert.Equal("There is no such import", (await SayAsync(bot, shown.Actions[0].Command, community: "local:elsewhere")).Title);
        await bot.RestartAsync();
        Assert.Equal("The configuration is applied", (await YesAsync(bot, shown)).Title);

        await SayAsync(bot, "/feed remove new.example");
        var late = await GiveAsync(bot, File);
        bot.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal("There is no such import", (await YesAsync(bot, late)).Title);
    }

    [Fact]
    public async Task Taking_an_import_back_brings_everything_back_unless_a_later_change_stands_on_it()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.Get<FeedStore>().AddAsync(new Uri("https://old.example/feed"), "Old", TimeSpan.FromMinutes(30), "test", bot.Token);
        await SayAsync(bot, "/follow russia");
        var before = await ExportAsync(bot);

        var done = await YesAsync(bot, await GiveAsync(bot, """
            version: 1
            moderators: { role: "editors", channel: "local:desk", name: "#desk" }
            feeds:
              - url: https://old.example/feed
                title: Renamed
                paused: true
              - url: https://new.example/feed
            follows:
              - channel: local:desk
                what: topic:gallium and north-korea
            actors:
              - slug: kim-jong-un
                aliases: ["The Marshal of All"]
              - slug: bureau-of-tests
                name: Bureau of Tests
                kind: organization
                aliases: ["BoT Office"]
            topics:
              - slug: gallium
                name: Gallium
                keywords: ["gallium"]
                phrases:
                  - {text: ["germanium"], weight: 0.7, near: ["export"], within: story}
              - slug: sanctions
                removed: true
            """, "replace"));
        Assert.Equal("The configuration is applied", done.Title);
        var knowledge = bot.Get<KnowledgeBase>();
        Assert.NotNull(knowledge.FindTopic("gallium"));
        Assert.Null(knowledge.FindTopic("sanctions"));
        Assert.Equal(["The Marshal of All"], knowledge.FindActor("kim-jong-un")!.Aliases);
        Assert.NotNull(knowledge.FindActor("bureau-of-tests"));
        Assert.Equal("Everything is as in the file already", (await GiveAsync(bot, await ExportAsync(bot), "replace")).Title);

        var edited = await SayAsync(bot, "/topics set gallium name:\"Rare gallium\" apply:yes");
        Assert.Contains("A later change stands on it", (await SayAsync(bot, done.Actions[0].Command)).Text(), StringComparison.Ordinal);
        await SayAsync(bot, edited.Actions.First(a => a.Command.StartsWith("/undo", StringComparison.Ordinal)).Command);
        Assert.StartsWith("Took back", (await SayAsync(bot, done.Actions[0].Command)).Title, StringComparison.Ordinal);

        Assert.Equal(before, await ExportAsync(bot));
        await bot.RestartAsync();
        Assert.Equal(before, await ExportAsync(bot));
    }

    [Fact]
    public async Task Whatever_is_imported_an_export_of_it_changes_nothing()
    {
        await using var bot = await BotHarness.StartAsync();
        var words = Gen.String.Select(s => string.Join(' ', new string([.. s.Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c < '\uFFF0' && c != '\uFEFF')]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        var feed =
            from path in Gen.Int[0, 50]
            from title in words
            from minutes in Gen.Int[0, 2000]
            from paused in Gen.Bool
            from full in Gen.Bool
            select new ListedFeed(new Uri($"https://a.example/{path}?q='\"{path}"), title.Length is > 0 and < 100 ? title : null, minutes == 0 ? null : TimeSpan.FromMinutes(minutes), paused, full, 0);
        var topic =
            from name in Gen.Char['a', 'z'].Array[3, 8].Select(c => new string(c))
            from definition in words
            from weight in Gen.Int[1, 30]
            select new ConfigTopic(
                $"t-{name}",
                new Topic($"t-{name}", $"Topic {name}", definition.Length < 200 ? definition : "", [$"{name} word"]) { Threshold = weight / 10.0, Phrases = [new TopicPhrase([$"{name} phrase"], weight / 10.0) { Near = ["export"] }] },
                0);
        var telling =
            from digest in Gen.OneOfConst(null, "at once", "hourly", "daily 08:00", "weekly fri 17:30")
            from ping in Gen.OneOfConst(null, "desk", "night-desk")
            from hours in Gen.Int[0, 720]
            select new FollowTelling(digest, ping, hours < 300 ? null : bot.Time.GetUtcNow().AddHours(hours).AddMilliseconds(hours));
        var settings =
            from growth in Gen.OneOfConst(Enum.GetValues<Growth>())
            from digest in Gen.OneOfConst(null, "hourly", "daily 08:00", "weekly mon 18:30")
            from waits in Gen.Bool
            from zone in Gen.OneOfConst(null, "Asia/Seoul", "America/New_York")
            from quiet in Gen.OneOfConst(null, "22:00-07:00", "00:00-24:00 sat,sun")
            from floor in Gen.OneOfConst(null, "notable")
            from pings in Gen.Int[-10, 60]
            select new ChannelSettings { Growth = growth, Digest = digest, UrgentWaits = waits, TimeZone = zone, Quiet = quiet, QuietFloor = quiet is null ? null : floor, PingsPerHour = pings < 0 ? null : pings };
        var follows = Wanted.Select(w => new ConfigFollow(new ChannelAddress("local", "desk"), "#desk", ((FollowResult.Understood)FollowParser.Parse(w, bot.Get<KnowledgeBase>())).Expression, 0)).ToList();

        await Gen.Select(feed.Array[0, 4], topic.Array[0, 3], Gen.Shuffle(follows.ToArray(), 2), telling.Array[2], settings).SampleAsync(
            async (feeds, topics, followed, tellings, wanted) =>
            {
                var set = new ConfigSet
                {
                    Feeds = [.. feeds.DistinctBy(f => f.Address)],
                    Topics = [.. topics.DistinctBy(t => t.Slug)],
                    Follows = [.. followed.Zip(tellings, (f, t) => f with { Telling = t })],
                    Channels = [new ConfigChannel(new ChannelAddress("local", "desk"), "#desk", wanted, 0)],
                };
                await YesAsync(bot, await GiveAsync(bot, ConfigYaml.Write(set), "replace"));

                var text = await ExportAsync(bot);
                Assert.Equal("Everything is as in the file already", (await GiveAsync(bot, text, "replace")).Title);
                Assert.Equal("Everything is as in the file already", (await GiveAsync(bot, text, "merge")).Title);
                Assert.Equal(set.Feeds!.Count, (await FeedsAsync(bot)).Count);
                var stored = await bot.Get<SubscriptionStore>().ListAsync(bot.Token);
                Assert.Equal(set.Follows.ToDictionary(f => f.What.ToString()!, f => f.Telling), stored.ToDictionary(f => f.Expression.ToString()!, f => f.ToldAt(bot.Time.GetUtcNow())));
                Assert.Equal(wanted, await bot.Get<ChannelSettingsStore>().FindAsync(new ChannelAddress("local", "desk"), bot.Token));
            },
            iter: 20,
            threads: 1);
    }

    [Fact]
    public async Task An_export_holds_no_follows_of_other_places()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        await bot.SayAsync("/follow russia", channel: "elsewhere", platform: "scripted");

        var text = await ExportAsync(bot);

        Assert.Contains("north-korea", text, StringComparison.Ordinal);
        Assert.DoesNotContain("russia", text, StringComparison.Ordinal);
    }

    internal static Task<Card> GiveAsync(BotHarness bot, string yaml, string mode = "merge", ChatUser? user = null) => bot.Get<CommandRouter>().AnswerAsync(
        Blank(user) with
        {
            Command = "config import",
            Options = new Dictionary<string, string> { ["file"] = "a.yaml", ["mode"] = mode },
            Files = new Dictionary<string, GivenFile> { ["file"] = GivenFile.Of("a.yaml", Encoding.UTF8.GetBytes(yaml)) },
        },
        bot.Token);

    internal static async Task<Card> YesAsync(BotHarness bot, Card shown, ChatUser? user = null) =>
        shown.Actions is [{ Label: var label, Command: var command }, ..] && label.StartsWith("Apply", StringComparison.Ordinal) ? await SayAsync(bot, command, user) : shown;

    internal static Task<Card> SayAsync(BotHarness bot, string line, ChatUser? user = null, string community = Community) =>
        bot.Get<CommandRouter>().AnswerTextAsync(line, Blank(user) with { Community = community }, bot.Token);

    private static CommandInvocation Blank(ChatUser? user) => new("", new Dictionary<string, string>(), new ChannelAddress("local", "desk"), user ?? BotHarness.Moderator)
    {
        Community = Community,
        PostingFaultAsync = (channel, _) => ValueTask.FromResult(channel.Channel == "closed" ? "closed" : null),
    };

    internal static async Task<string> ExportAsync(BotHarness bot)
    {
        var text = Encoding.UTF8.GetString((await SayAsync(bot, "/config export")).File!.Bytes);
        return text[text.IndexOf("version:", StringComparison.Ordinal)..];
    }

    private static Task<IReadOnlyList<Feed>> FeedsAsync(BotHarness bot) => bot.Get<FeedStore>().ListAsync(bot.Token);

    internal static IReadOnlyList<string> Rows(Card card) => [.. card.Blocks.OfType<CardBlock.Items>().SelectMany(i => i.Rows).Select(r => r.Text)];
}
