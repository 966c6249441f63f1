using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;
using static AlertBot.Tests.Moderation.ConfigTests;

namespace AlertBot.Tests.Moderation;

/// <summary>How follows and channels are told, in the file of the configuration.</summary>
public sealed class ConfigTellingTests
{
    private const string Follow = "version: 2\nfollows:\n  - channel: local:desk\n    what: north-korea\n";

    private static readonly ChannelAddress Desk = new("local", "desk");
    private static readonly ChannelAddress Other = new("local", "other");

    [Fact]
    public async Task What_commands_set_goes_out_and_into_an_empty_bot_and_comes_out_the_same()
    {
        await using var bot = await BotHarness.StartAsync();
        string[] lines =
        [
            "/follow north-korea digest:daily 08:00 ping:night-desk", "/follow russia digest:at once", "/follow china channel:other ping:desk", "/follow sanctions", "/mute sanctions hours:48",
            "/channel growth thread", "/channel digest weekly mon 18:30 urgent:wait", "/channel time-zone Asia/Seoul", "/channel quiet 22:00-07:00 mon-fri floor:notable", "/channel pings 4",
            "/channel growth anew channel:other", "/setup role:editors", "/actor set kim-jong-un aliases:\"The Marshal of All\" apply:yes", "/topics add name:Gallium phrases:gallium",
        ];
        foreach (var line in lines)
        {
            await SayAsync(bot, line);
        }

        await bot.Get<FeedStore>().AddAsync(new Uri("https://a.example/feed"), "A", TimeSpan.FromMinutes(30), "test", bot.Token);
        var text = await ExportAsync(bot);
        Assert.All(["role: \"editors\"", "https://a.example/feed", "The Marshal of All", "slug: \"gallium\""], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Contains("""
              - channel: "local:desk"
                name: "#desk"
                growth: thread
                digest: "weekly mon 18:30"
                urgentWaits: true
                timeZone: "Asia/Seoul"
                quiet: "22:00-07:00 mon,tue,wed,thu,fri"
                quietFloor: "notable"
                pingsPerHour: 4
              - channel: "local:other"
                name: "#other"
                growth: anew

            """, text, StringComparison.Ordinal);
        Assert.Contains("    what: \"north-korea\"\n    digest: \"daily 08:00\"\n    ping: \"night-desk\"\n", text, StringComparison.Ordinal);
        Assert.Contains($"    what: \"topic:sanctions\"\n    mutedUntil: \"{bot.Time.GetUtcNow().AddHours(48):u}\"\n", text, StringComparison.Ordinal);
        var facts = (await SayAsync(bot, "/config export")).Blocks.OfType<CardBlock.Facts>().Single().Rows;
        Assert.Equal("2", facts.Single(f => f.Label.StartsWith("Channels", StringComparison.Ordinal)).Value);

        await using var fresh = await BotHarness.StartAsync(time: bot.Time);
        Assert.Equal("The configuration is applied", (await YesAsync(fresh, await GiveAsync(fresh, text))).Title);
        Assert.Equal(text, await ExportAsync(fresh));
        Assert.Equal("Everything is as in the file already", (await GiveAsync(fresh, text, "replace")).Title);
    }

    [Fact]
    public async Task Every_value_that_can_not_be_is_told_with_its_line_and_what_to_write()
    {
        await using var bot = await BotHarness.StartAsync();

        var card = await GiveAsync(bot, """
            version: 2
            follows:
              - channel: local:desk
                what: north-korea
                digest: often
                ping: "@everyone"
                mutedUntil: tomorrow
              - channel: local:desk
                what: russia
                ping: house
                mutedUntil: "2100-01-01 00:00:00Z"
            channels:
              - channel: local:desk
                growth: 1
                digest: channel
                urgentWaits: perhaps
                timeZone: Asia/Seul
                quiet: 08:00-08:00
                quietFloor: routine
                pingsPerHour: 61
            """);

        var rows = Rows(card);
        Assert.Equal(["5", "6", "7", "10", "11", "14", "15", "16", "17", "18", "19", "20"], rows.Select(r => r.Split(' ', ':')[1]));
        string[] told =
        [
            "'digest' is 'often'. Write at once, hourly, daily or weekly;", "'ping' is '@everyone'. Name a role", "'mutedUntil' is 'tomorrow'. Write a time of the next 720 hours in UTC: 20",
            "'ping' is 'house'. Name a role", "'mutedUntil' is '2100-01-01 00:00:00Z'.", "'growth' is '1'. Write edit, thread or anew.", "'digest' is 'channel'.", "'urgentWaits' is 'perhaps': write true or false",
            "'timeZone' is 'Asia/Seul'. Did you mean Asia/Seoul", "'quiet' is '08:00-08:00'. Write from when to when", "'quietFloor' is 'routine'. Write urgent or notable.", "'pingsPerHour' is '61'. Write a whole number from 0 to 60.",
        ];
        Assert.All(told.Zip(rows), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));

        var rest = Rows(await GiveAsync(bot, "version: 2\nchannels:\n  - channel: local:other\n    quietFloor: notable\n    pings: 4\n  - channel: local:other\n  - local:third\nfollows:\n  - {channel: local:desk, what: russia}\n  - {channel: local:desk, what: russia}\n  - {channel: local:desk, what: russia, ping: desk}\n"));
        Assert.Equal(
            ["Line 4: 'quietFloor' is of the quiet hours: write 'quiet', too, or leave it out", "Line 5: unknown key 'pings'", "Line 6: channel 'local:other' stands here twice: keep one",
                "Line 7: a channel must be a mapping with channel and how it is told", "Line 11: follow 'local:desk russia' stands here twice: keep one"],
            rest.Select(r => r.Split(": known")[0]));
        Assert.Empty(await bot.Get<SubscriptionStore>().ListAsync(bot.Token));
        Assert.Equal(0, (await bot.QueryAsync<long>("SELECT COUNT(*) FROM channel_settings"))[0]);
    }

    [Fact]
    public async Task It_is_told_in_plain_words_before_it_is_done()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/follow north-korea ping:desk");
        await SayAsync(bot, "/channel quiet 22:00-07:00");

        var shown = await GiveAsync(bot, """
            version: 2
            follows:
              - {channel: local:desk, what: north-korea, digest: daily 8, mutedUntil: 2023-01-01 00:00:00Z}
              - {channel: local:other, name: "#other", what: russia, ping: night-desk}
            channels:
              - {channel: local:desk, timeZone: asia/seoul, growth: Thread, pingsPerHour: 0}
            """);

        Assert.Equal(
            [
                "#other follows russia; calls night-desk",
                "#desk follows north-korea: told together, daily 08:00; no longer calls desk",
                "how #desk is told: no quiet hours; time zone Asia/Seoul; when an event goes on, its alert is edited, and what is new goes into the thread under it; alerts call roles never",
            ],
            Rows(shown));
        Assert.Equal("desk", Assert.Single(await FollowsAsync(bot)).Ping);
        await YesAsync(bot, shown);
        Assert.Equal([("north-korea", new FollowTelling("daily 08:00")), ("russia", new FollowTelling(Ping: "night-desk"))], await TellingsAsync(bot));
        Assert.Equal(new ChannelSettings { TimeZone = "Asia/Seoul", Growth = Growth.Thread, PingsPerHour = 0 }, await SettingsAsync(bot, Desk));
    }

    [Fact]
    public async Task An_older_file_leaves_how_a_follow_is_told_and_a_newer_one_that_names_no_role_says_that_it_ends()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/follow north-korea digest:hourly ping:desk");
        await SayAsync(bot, "/mute north-korea");
        await SayAsync(bot, "/channel growth thread");
        var older = Follow.Replace("version: 2", "version: 1", StringComparison.Ordinal);

        Assert.Equal("Everything is as in the file already", (await GiveAsync(bot, older)).Title);
        Assert.Equal("Everything is as in the file already", (await GiveAsync(bot, older, "replace")).Title);
        Assert.Equal(["#desk follows north-korea: calls night-desk instead of desk"], Rows(await GiveAsync(bot, older + "    ping: night-desk\n")));

        var shown = await GiveAsync(bot, Follow);
        Assert.Equal(["#desk follows north-korea: told when the channel is told; no longer calls desk; no longer muted"], Rows(shown));
        await YesAsync(bot, shown);
        Assert.Equal([("north-korea", new FollowTelling())], await TellingsAsync(bot));
        Assert.Equal(new ChannelSettings { Growth = Growth.Thread }, await SettingsAsync(bot, Desk));
    }

    [Fact]
    public async Task Replacing_brings_the_channels_to_the_defaults_that_the_part_does_not_name_and_merging_leaves_them()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/channel pings 2 channel:other");
        const string File = "version: 2\nchannels:\n  - channel: local:desk\n    digest: hourly\n";

        await YesAsync(bot, await GiveAsync(bot, File));
        Assert.Equal(new ChannelSettings { PingsPerHour = 2 }, await SettingsAsync(bot, Other));
        var replacing = await GiveAsync(bot, File, "replace");
        Assert.Equal(["how #other is told: alerts call roles as often as the bot's settings say"], Rows(replacing));
        await YesAsync(bot, replacing);
        Assert.Equal(new ChannelSettings(), await SettingsAsync(bot, Other));
        Assert.Equal(new ChannelSettings { Digest = "hourly" }, await SettingsAsync(bot, Desk));
        Assert.DoesNotContain("local:other", await ExportAsync(bot), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_imports_nothing_and_nobody_changes_how_a_channel_is_told_where_he_may_not_post_nor_of_another_platform()
    {
        await using var bot = await BotHarness.StartAsync();
        const string Calling = Follow + "    ping: desk\n";
        Assert.StartsWith("Only moderators may run", (await GiveAsync(bot, Calling, user: BotHarness.Member)).Title, StringComparison.Ordinal);
        var asked = await GiveAsync(bot, Calling);
        Assert.StartsWith("Only moderators may run", (await YesAsync(bot, asked, BotHarness.Member)).Title, StringComparison.Ordinal);
        Assert.Empty(await FollowsAsync(bot));

        await bot.SayAsync("/follow north-korea", channel: "closed");
        await bot.Get<LocalMessages>().AddChannelAsync("closed", bot.Token);
        var card = await GiveAsync(bot, """
            version: 2
            follows:
              - {channel: local:closed, what: north-korea, ping: desk}
            channels:
              - channel: local:closed
                growth: thread
              - channel: discord:123
                growth: thread
            """);
        Assert.Equal(["Line 3: the channel local:closed can't be used from here: closed", "Line 7: the channel discord:123 can't be used from here: it belongs to another platform"], Rows(card));

        await bot.SayAsync("/channel pings 2", channel: "closed");
        Assert.Equal(["the channel local:closed can't be used from here: closed"], Rows(await GiveAsync(bot, "version: 2\nchannels: []\n", "replace")));
    }

    [Fact]
    public async Task It_is_one_change_that_is_taken_back_whole_and_put_in_force_again()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/follow north-korea digest:hourly");
        await SayAsync(bot, "/follow russia digest:daily ping:desk");
        await SayAsync(bot, "/mute russia");
        await SayAsync(bot, "/channel digest hourly");
        var before = await ExportAsync(bot);
        var changes = await ChangesAsync(bot);

        var done = await YesAsync(bot, await GiveAsync(bot, Follow + """
                digest: weekly
                ping: night-desk
              - {channel: local:other, what: china, ping: desk, digest: at once}
            channels:
              - {channel: local:desk, quiet: 22-7}
              - {channel: local:other, growth: anew}

            """, "replace"));
        var after = await ExportAsync(bot);
        Assert.Equal(changes + 1, await ChangesAsync(bot));
        Assert.Contains("Imported a configuration: 1 added, 3 changed, 1 removed", (await SayAsync(bot, "/audit kind:config")).Text(), StringComparison.Ordinal);

        var undone = await SayAsync(bot, done.Actions[0].Command);
        Assert.StartsWith("Took back", undone.Title, StringComparison.Ordinal);
        Assert.Equal(before, await ExportAsync(bot));
        await SayAsync(bot, undone.Actions[0].Command);
        Assert.Equal(after, await ExportAsync(bot));
    }

    [Fact]
    public async Task Taking_it_back_leaves_what_somebody_told_otherwise_since_and_an_earlier_change_waits_for_it()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/follow north-korea");
        await SayAsync(bot, "/channel digest daily 08:00");
        var done = await YesAsync(bot, await GiveAsync(bot, Follow + "    digest: hourly\n    ping: desk\nchannels:\n  - {channel: local:desk, digest: hourly, growth: thread}\n"));
        Assert.Contains("A configuration was imported since", (await SayAsync(bot, "/undo 1")).Text(), StringComparison.Ordinal);
        Assert.Equal("hourly", (await SettingsAsync(bot, Desk)).Digest);

        await SayAsync(bot, "/channel growth anew");
        await SayAsync(bot, "/follow north-korea digest:weekly");
        await SayAsync(bot, done.Actions[0].Command);

        Assert.Equal(new ChannelSettings { Digest = "daily 08:00", Growth = Growth.Anew }, await SettingsAsync(bot, Desk));
        Assert.Equal([("north-korea", new FollowTelling("weekly mon 08:00"))], await TellingsAsync(bot));
        Assert.StartsWith("Took back", (await SayAsync(bot, "/undo 1")).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_told_otherwise_before_the_yes_is_shown_anew()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/follow north-korea");
        var shown = await GiveAsync(bot, Follow + "    digest: hourly\n");
        await SayAsync(bot, "/mute north-korea");

        var again = await YesAsync(bot, shown);

        Assert.Equal("Something was changed meanwhile. Apply this now?", again.Title);
        Assert.Equal(["#desk follows north-korea: told together, hourly; no longer muted"], Rows(again));
    }

    private static async Task<IReadOnlyList<Subscription>> FollowsAsync(BotHarness bot) => await bot.Get<SubscriptionStore>().ListAsync(bot.Token);

    private static async Task<IReadOnlyList<(string, FollowTelling)>> TellingsAsync(BotHarness bot) =>
        [.. (await FollowsAsync(bot)).Select(f => (f.Expression.ToString()!, f.ToldAt(bot.Time.GetUtcNow())))];

    private static Task<ChannelSettings> SettingsAsync(BotHarness bot, ChannelAddress channel) => bot.Get<ChannelSettingsStore>().FindAsync(channel, bot.Token);

    private static async Task<long> ChangesAsync(BotHarness bot) => (await bot.QueryAsync<long>("SELECT COUNT(*) FROM changes"))[0];
}
