using AlertBot.Alerts;
using AlertBot.Checkups;
using AlertBot.Feeds;
using AlertBot.Feeds.Health;
using AlertBot.Platforms;
using AlertBot.Polling;
using AlertBot.Retagging;
using AlertBot.Storage;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Checkups;

/// <summary>/doctor with each fault planted.</summary>
public sealed class DoctorTests
{
    private const string Community = "scripted:guild";

    [Fact]
    public async Task A_bot_that_is_well_gets_a_line_for_every_check()
    {
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Discord:Token"] = "secret", ["Discord:Mode"] = "http", ["Discord:PublicKey"] = new string('a', 64) });
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await DoctorAsync(bot, "/setup channel:#mods");
        await bot.TurnAsync();
        bot.Get<Retagger>();

        var card = await DoctorAsync(bot);

        Assert.Equal(("All is well", CardTone.Answer), (card.Title, card.Tone));
        Assert.All(bot.Get<IEnumerable<ICheck>>(), c => Assert.Contains($"✓ {c.Subject}: ", card.Text(), StringComparison.Ordinal));
        Assert.DoesNotContain("→", card.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_moderators_may_ask()
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.Contains("Only moderators", (await bot.SayAsync("/doctor", BotHarness.Member)).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_check_that_is_written_is_listed_once()
    {
        await using var bot = await BotHarness.StartAsync();
        var written = typeof(ICheck).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(ICheck)) && !t.IsInterface).Select(t => t.Name);

        Assert.Equal(written.Order(), bot.Get<IEnumerable<ICheck>>().Select(c => c.GetType().Name).Order());
    }

    [Fact]
    public async Task Polling_that_never_began_or_stopped_is_a_fault()
    {
        await using var bot = await BotHarness.StartAsync();
        var never = await FindAsync<PulseCheck>(bot);
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        var moving = await FindAsync<PulseCheck>(bot);
        bot.Time.Advance(TimeSpan.FromHours(3));
        var stopped = await FindAsync<PulseCheck>(bot);

        Assert.Equal([Grade.Fault, Grade.Ok, Grade.Fault], new[] { never, moving, stopped }.Select(f => f.Single().Grade));
        Assert.Contains("last looked for 3 hours ago", stopped.Single().What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_platform_in_trouble_is_a_fault_in_its_own_words()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Scripted.Trouble = "the token was reset";

        var card = await DoctorAsync(bot);

        Assert.Contains("✗ Platforms: scripted: the token was reset", card.Text(), StringComparison.Ordinal);
        Assert.Contains("✓ Platforms: local works", card.Text(), StringComparison.Ordinal);
        Assert.Equal(CardTone.Problem, card.Tone);
    }

    [Fact]
    public async Task Missing_secrets_are_named()
    {
        await using var bot = await BotHarness.StartAsync();

        var found = Assert.Single(await FindAsync<SecretsCheck>(bot));

        Assert.Equal(Grade.Warning, found.Grade);
        Assert.Contains("Discord:Token for Discord; Slack:BotToken or Slack:ClientId for Slack", found.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_where_the_bot_may_not_post_is_a_fault_here_and_where_something_is_followed()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/follow north-korea", "here");
        await SayAsync(bot, "/follow china", "there");
        await SayAsync(bot, "/setup channel:#mods", "here");
        var faults = new Dictionary<string, string> { ["here"] = "It lacks Send Messages.", ["there"] = "It lacks View Channel.", ["mods"] = "It lacks Embed Links." };

        var found = await FindAsync<PermissionsCheck>(bot, Asked("here", c => faults.GetValueOrDefault(c.Channel)));

        Assert.Equal(["this channel: It lacks Send Messages.", "#mods: It lacks Embed Links.", "#there: It lacks View Channel."], found.Select(f => f.What));
        Assert.All(found, f => Assert.Equal(Grade.Fault, f.Grade));
        Assert.Equal(Grade.Ok, Assert.Single(await FindAsync<PermissionsCheck>(bot, Asked("here", _ => null))).Grade);
    }

    [Fact]
    public async Task Channels_of_other_communities_are_not_told_of()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.Get<CommandRouter>().AnswerTextAsync("/follow north-korea", Asked("secret", _ => null) with { Community = "scripted:other" }, bot.Token);

        var found = await FindAsync<PermissionsCheck>(bot, Asked("here", c => c.Channel == "secret" ? "It lacks Send Messages." : null));

        Assert.Contains("in 1 channel", Assert.Single(found).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_whose_alerts_wait_is_a_fault_with_the_platforms_words()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/follow north-korea", "here");
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Scripted.Next(Enumerable.Repeat<Func<OutgoingMessage, SendResult?>>(_ => new SendResult.NoAccess("Give it “Send Messages”."), 3));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        await bot.DeliverUntilTurnedAwayAsync();

        Assert.Contains("Give it “Send Messages”.", Assert.Single(await FindAsync<PermissionsCheck>(bot, Asked("here", _ => null))).What, StringComparison.Ordinal);
        Assert.Contains(await FindAsync<QueueCheck>(bot), f => f is { Grade: Grade.Warning, What: "1 channel gets no alerts for now" });
    }

    [Fact]
    public async Task A_moderators_channel_that_is_missing_or_took_no_notice_is_told()
    {
        await using var bot = await BotHarness.StartAsync();
        var none = await FindAsync<ModeratorsCheck>(bot, Asked("here", _ => null));
        await SayAsync(bot, "/setup channel:#mods", "here");
        var chosen = await FindAsync<ModeratorsCheck>(bot, Asked("here", _ => null));
        await bot.Get<Database>().InTransactionAsync(t => bot.Get<Notices>().EnqueueAsync(t, new ChannelAddress("scripted", "mods"), FeedNotice.Offline, Card.Answer("x")), bot.Token);
        bot.Scripted.Next(_ => new SendResult.ChannelGone("It was deleted."));
        await bot.Get<DeliveryDispatcher>().DeliverDueAsync(bot.Token);
        var refused = await FindAsync<ModeratorsCheck>(bot, Asked("here", _ => null));

        Assert.Equal([Grade.Warning, Grade.Ok, Grade.Fault], new[] { none, chosen, refused }.Select(f => f.Single().Grade));
        Assert.Contains("It was deleted.", refused.Single().What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_that_are_none_sick_or_out_of_reach_are_told()
    {
        await using var bot = await BotHarness.StartAsync();
        var none = await FindAsync<FeedsCheck>(bot);
        for (var number = 0; number < 3; number++)
        {
            await bot.AddFeedAsync($"/{number}", Rss.Feed());
        }

        var well = await FindAsync<FeedsCheck>(bot);
        await ExecuteAsync(bot, "UPDATE feeds SET fault = 'Missing', failures = 9, failing_since = next_poll_at - 86400000 WHERE id = 1");
        var oneSick = await FindAsync<FeedsCheck>(bot);
        await ExecuteAsync(bot, "UPDATE feeds SET fault = 'Missing', failures = 9, failing_since = next_poll_at - 86400000 WHERE id = 2");
        var mostSick = await FindAsync<FeedsCheck>(bot);
        await bot.Get<FeedReports>().BeginOutageAsync(new Outage(bot.Time.GetUtcNow(), null), bot.Token);
        var offline = await FindAsync<FeedsCheck>(bot);

        Assert.Equal([Grade.Warning, Grade.Ok, Grade.Warning, Grade.Fault, Grade.Fault], new[] { none, well, oneSick, mostSick, offline }.Select(f => f.Single().Grade));
        Assert.Equal("3 feeds: 2 well, 1 sick, 0 failing, 0 paused", oneSick.Single().What);
        Assert.Contains("/feed health", oneSick.Single().Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, Grade.Ok)]
    [InlineData(5, 1, Grade.Ok)]
    [InlineData(5, 3, Grade.Warning)]
    [InlineData(5, 16, Grade.Fault)]
    public async Task Alerts_that_wait_for_long_are_told(int pending, int minutes, object grade)
    {
        await using var bot = await BotHarness.StartAsync();
        var now = bot.Time.GetUtcNow();

        var found = Check<QueueCheck>(bot).Judge(new OutboxTraffic(pending, 0, pending > 0 ? now.AddMinutes(-minutes) : null, 0, null), 0, now);

        Assert.Equal(grade, Assert.Single(found).Grade);
    }

    [Fact]
    public async Task Alerts_for_a_platform_that_is_switched_off_wait_and_are_told_apart_from_those_that_are_late()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea", platform: "another");
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Time.Advance(TimeSpan.FromMinutes(15));
        await bot.Get<FeedPoller>().PollDueAsync(bot.Token);
        bot.Time.Advance(TimeSpan.FromDays(1));

        var found = await FindAsync<QueueCheck>(bot);

        Assert.Equal([(Grade.Ok, "no alert waits"), (Grade.Warning, "1 alert waits for a platform that is switched off")], found.Select(f => (f.Grade, f.What)));
    }

    [Fact]
    public async Task Refused_alerts_are_told_with_the_last_reason()
    {
        await using var bot = await BotHarness.StartAsync();
        await SayAsync(bot, "/follow north-korea", "here");
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        bot.Site.Serve("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Scripted.Next(_ => new SendResult.Rejected("AutoMod blocked it."));
        await bot.TurnAsync();

        Assert.Contains(await FindAsync<QueueCheck>(bot), f => f is { Grade: Grade.Warning, What: "1 alert was refused or given up since yesterday, the last for this: AutoMod blocked it." });
    }

    [Theory]
    [InlineData(30, 0, 0, Grade.Ok)]
    [InlineData(90, 0, 0, Grade.Warning)]
    [InlineData(-90, 0, 0, Grade.Warning)]
    [InlineData(-900, 0, 0, Grade.Fault)]
    [InlineData(0, 90, 0, Grade.Warning)]
    [InlineData(0, -90, 0, Grade.Warning)]
    [InlineData(0, 0, 90, Grade.Fault)]
    [InlineData(0, 0, -90, Grade.Ok)]
    public async Task A_clock_that_is_wrong_is_told_and_by_what_it_is_known(int aheadSeconds, int jumpSeconds, int storedSeconds, object grade)
    {
        await using var bot = await BotHarness.StartAsync();

        var found = Check<ClockCheck>(bot).Judge((TimeSpan.FromSeconds(aheadSeconds), 7), TimeSpan.FromSeconds(jumpSeconds), TimeSpan.FromSeconds(storedSeconds));

        Assert.Equal(grade, Assert.Single(found).Grade);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_is_seen_by_the_times_in_the_database()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.TurnAsync();
        Assert.Equal(Grade.Ok, Assert.Single(await FindAsync<ClockCheck>(bot)).Grade);

        bot.Time.AdjustTime(bot.Time.GetUtcNow().AddHours(-5));

        Assert.Equal("the database has times that are 5 hours ahead of it: it was set back", Assert.Single(await FindAsync<ClockCheck>(bot)).What);
    }

    [Fact]
    public async Task Sites_tell_the_time_and_one_that_is_wrong_is_outvoted()
    {
        await using var bot = await BotHarness.StartAsync();
        var (clocks, now) = (bot.Get<SiteClocks>(), bot.Time.GetUtcNow());
        Note("one", 3600, 0);
        Note("two", 3540, 60);
        Assert.Null(clocks.Ahead(now));
        Note("three", -999_999, 0);

        Assert.Equal((TimeSpan.FromHours(1), 3), clocks.Ahead(now));
        Assert.Null(clocks.Ahead(now.AddDays(2)));

        void Note(string host, int aheadSeconds, int age)
        {
            using var response = new HttpResponseMessage();
            response.Headers.Date = now.AddSeconds(aheadSeconds);
            response.Headers.Age = TimeSpan.FromSeconds(age);
            clocks.Note(host, response.Headers);
        }
    }

    [Theory]
    [InlineData(10, 0, 5000, 3, null, Grade.Ok)]
    [InlineData(10, 0, 900, 3, null, Grade.Warning)]
    [InlineData(10, 0, 99, 3, null, Grade.Fault)]
    [InlineData(20_000, 0, 15_000, 3, null, Grade.Warning)]
    [InlineData(20_000, 0, 1_500, 3, null, Grade.Fault)]
    [InlineData(10, 300, 5000, 3, null, Grade.Warning)]
    [InlineData(10, 0, 5000, 2, null, Grade.Fault)]
    [InlineData(10, 0, 5000, 4, null, Grade.Fault)]
    [InlineData(10, 0, 5000, 3, "database is locked", Grade.Fault)]
    public async Task A_database_without_room_with_a_long_log_with_another_schema_or_that_takes_no_writes_is_told(int size, int log, int free, int schema, string? fault, object grade)
    {
        await using var bot = await BotHarness.StartAsync();
        const long Megabyte = 1024 * 1024;

        var found = Check<DatabaseCheck>(bot).Judge(new DatabaseFacts(size * Megabyte, log * Megabyte, free * Megabyte, schema, 3, fault)).ToList();

        Assert.Equal(grade, found.Min(f => f.Grade));
        Assert.All(found, f => Assert.Equal(f.Grade == Grade.Ok, f.Fix is null));
    }

    [Fact]
    public async Task The_database_is_looked_at_as_it_is()
    {
        await using var bot = await BotHarness.StartAsync(storage: StorageProvider.Sqlite);
        var facts = await bot.Get<Database>().LookAsync(bot.Token);

        Assert.Null(facts.WriteFault);
        Assert.Equal(facts.NewestSchema, facts.Schema);
        Assert.True(facts is { Size: > 0, Free: > 0 });
    }

    [Fact]
    public async Task A_database_that_another_program_holds_takes_no_writes()
    {
        await using var bot = await BotHarness.StartAsync(storage: StorageProvider.Sqlite);
        var finding = await bot.Get<Database>().InTransactionAsync(async _ => await FindAsync<DatabaseCheck>(bot), bot.Token);

        Assert.Contains("locked", Assert.Single(finding).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_found_out()
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-test-").FullName;
        var database = new SqliteDatabase(Path.Combine(folder, "damaged.db"));
        await database.InTransactionAsync(
            t => t.Connection!.ExecuteAsync("CREATE TABLE numbers (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX by_text ON numbers (text)", transaction: t), TestContext.Current.CancellationToken);
        await database.InTransactionAsync(
            t => t.Connection!.ExecuteAsync("INSERT INTO numbers (text) VALUES (@Text)", Enumerable.Range(0, 2000).Select(n => new { Text = $"number {n}" }), t), TestContext.Current.CancellationToken);
        var probe = database;
        Assert.Null((await probe.CheckIntegrityAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).Fault);

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await using (var file = File.OpenWrite(database.Path))
        {
            file.Position = 4096 * 3;
            file.Write(Enumerable.Repeat((byte)0xAA, 4096 * 4).ToArray());
        }

        var found = await new IntegrityCheck(probe).RunAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal(Grade.Fault, Assert.Single(found).Grade);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_edit_that_no_longer_fits_is_told()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.Get<ChangeLog>().AppendAsync(new Change("actor", "nobody-known", """{"aliases":[]}""", """{"aliases":["Nobody"]}""", "Edited Nobody", "mod"), bot.Token);
        Assert.Equal(Grade.Ok, Assert.Single(await FindAsync<KnowledgeEditsCheck>(bot)).Grade);
        await bot.RestartAsync();

        var found = Assert.Single(await FindAsync<KnowledgeEditsCheck>(bot));

        Assert.Equal(Grade.Warning, found.Grade);
        Assert.Contains("nobody-known by mod", found.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_knowledge_file_that_the_next_start_could_not_read_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("alertbot-test-").FullName;
        var file = Path.Combine(folder, "mine.yaml");
        await File.WriteAllTextAsync(file, "actors:\n  - slug: korea\n    kind: country\n    name: Korea\n", TestContext.Current.CancellationToken);
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Knowledge:Path"] = file });
        var before = await FindAsync<KnowledgeFilesCheck>(bot);
        await File.AppendAllTextAsync(file, "  - slug: korea\n    kind: planet\n", bot.Token);
        var after = await FindAsync<KnowledgeFilesCheck>(bot);

        Assert.Equal(Grade.Ok, Assert.Single(before).Grade);
        Assert.NotEmpty(after);
        Assert.All(after, f => Assert.Equal(Grade.Fault, f.Grade));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Tagging_that_somebody_paused_is_told()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.Get<RetagStore>().BeginAsync("older", bot.Token);
        var under = await FindAsync<RetagCheck>(bot);
        await bot.Get<Database>().InTransactionAsync(t => bot.Get<RetagStore>().PauseAsync(t, "mod"), bot.Token);
        var paused = await FindAsync<RetagCheck>(bot);

        Assert.Equal(Grade.Ok, Assert.Single(under).Grade);
        Assert.Equal(Grade.Warning, Assert.Single(paused).Grade);
        Assert.Contains("paused by mod", paused[0].What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_fails_is_a_finding_and_holds_up_no_other()
    {
        await using var bot = await BotHarness.StartAsync(configure: s => s.AddSingleton<ICheck>(new PlantedCheck(_ => throw new InvalidOperationException("the password is x"))));

        var card = await DoctorAsync(bot);

        Assert.Contains("✗ Planted: the check itself failed (InvalidOperationException)", card.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("password", card.Text(), StringComparison.Ordinal);
        Assert.Contains("✓ Integrity", card.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_takes_too_long_is_given_up()
    {
        await using var bot = await BotHarness.StartAsync(configure: s => s.AddSingleton<ICheck>(new PlantedCheck(async token =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return [];
        })));
        var limit = TimeSpan.FromSeconds(20);
        var asking = DoctorAsync(bot);
        for (var checks = bot.Get<IEnumerable<ICheck>>().Count(); checks > 0; checks--)
        {
            await bot.Time.BeginsAsync(limit, checks - 1);
        }

        bot.Time.Advance(limit);

        Assert.Contains("! Planted: nothing was found out within 20 seconds", (await asking).Text(), StringComparison.Ordinal);
    }

    private static T Check<T>(BotHarness bot) => bot.Get<IEnumerable<ICheck>>().OfType<T>().Single();

    private static Task<IReadOnlyList<Finding>> FindAsync<T>(BotHarness bot, CommandInvocation? asked = null)
        where T : ICheck => Check<T>(bot).RunAsync(asked, bot.Token);

    private static CommandInvocation Asked(string channel, Func<ChannelAddress, string?> fault) => new("doctor", new Dictionary<string, string>(), new ChannelAddress("scripted", channel), BotHarness.Moderator)
    {
        Community = Community,
        PostingFaultAsync = (target, _) => ValueTask.FromResult(fault(target)),
    };

    private static Task<Card> SayAsync(BotHarness bot, string line, string channel) => bot.Get<CommandRouter>().AnswerTextAsync(line, Asked(channel, _ => null), bot.Token);

    private static Task<Card> DoctorAsync(BotHarness bot, string line = "/doctor") => SayAsync(bot, line, "here");

    private static Task ExecuteAsync(BotHarness bot, string sql) => bot.Get<Database>().InTransactionAsync(t => t.Connection!.ExecuteAsync(sql, transaction: t), bot.Token);

    private sealed class PlantedCheck(Func<CancellationToken, Task<IReadOnlyList<Finding>>> run) : ICheck
    {
        public string Subject => "Planted";

        public CheckReach Reach => CheckReach.Process;

        public Task<IReadOnlyList<Finding>> RunAsync(CommandInvocation? asked, CancellationToken cancellationToken) => run(cancellationToken);
    }
}
