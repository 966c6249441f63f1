using System.Globalization;
using AlertBot.Lookups;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Lookups;

/// <summary>/catchup: what came to a channel since somebody was last there.</summary>
public sealed class CatchupTests
{
    [Fact]
    public async Task Who_was_here_before_is_told_what_came_since_and_since_when()
    {
        await using var bot = await FollowingAsync();
        await NewsAsync(bot, Event(1));
        Assert.Equal("North Korea", (await bot.SayAsync("/who north-korea", BotHarness.Member)).Title);
        var here = bot.Time.GetUtcNow();
        bot.Time.Advance(TimeSpan.FromDays(2));
        await NewsAsync(bot, Event(1), Event(3), Event(4));

        // Who looks something up first has missed the same.
        await bot.SayAsync("/latest", BotHarness.Member);
        var card = await bot.SayAsync("/catchup", BotHarness.Member);
        Assert.Equal($"Since you were last here, {here.UtcDateTime:dddd HH:mm} UTC, 2 days ago, most important first", List(card).Heading);
        Assert.Equal([Event(4).Title, Event(3).Title], List(card).Rows.Select(r => r.Text).Order());
        Assert.All(List(card).Rows, r => Assert.DoesNotContain("goes on", r.Detail, StringComparison.Ordinal));

        // Somebody else was never here.
        var other = await bot.SayAsync("/catchup");
        Assert.StartsWith("In the last 24 hours, since this is your first visit here that I know of", List(other).Heading, StringComparison.Ordinal);
        Assert.Equal(2, List(other).Rows.Count);
    }

    [Fact]
    public async Task What_was_read_is_not_told_again_and_no_page_of_it_is_lost()
    {
        await using var bot = await FollowingAsync();
        await NewsAsync(bot, [.. Enumerable.Range(1, 13).Select(Event)]);
        var first = await bot.SayAsync("/catchup");
        var turn = first.Actions.Single(a => a.Replaces).Command;
        bot.Time.Advance(TimeSpan.FromHours(3));
        var read = await bot.SayAsync("/catchup");
        var second = await bot.SayAsync(turn);
        await bot.SayAsync(turn);

        var count = int.Parse(first.Footer!["Page 1 of 2 · ".Length..^" events".Length], CultureInfo.InvariantCulture);
        Assert.InRange(count, 11, 13);
        Assert.Matches(@"^/catchup since:2024-06-\d\dT\d\d:\d\d:\d\d\.\d{3}Z page:2$", turn);
        Assert.Equal((CardTone.Answer, $"Page 2 of 2 · {count} events"), (second.Tone, second.Footer));
        Assert.Equal(count, List(first).Rows.Concat(List(second).Rows).Select(r => r.Text).Distinct().Count());
        Assert.Matches(@"^Nothing that this channel follows came since you were last here, \w+day \d\d:\d\d UTC, 3 hours ago\.$", Assert.Single(read.Blocks.OfType<CardBlock.Paragraph>()).Text);

        bot.Time.Advance(TimeSpan.FromMinutes(1));
        await NewsAsync(bot, Event(14));
        Assert.Equal([Event(14).Title], List(await bot.SayAsync("/catchup")).Rows.Select(r => r.Text));
        Assert.Equal($"Page 2 of 2 · {count + 1} events", (await bot.SayAsync("/catchup since:3d page:2")).Footer);
    }

    [Fact]
    public async Task What_came_late_was_missed_and_what_was_old_by_then_was_not()
    {
        await using var bot = await FollowingAsync();
        await bot.SayAsync("/catchup");
        var here = bot.Time.GetUtcNow();
        bot.Time.Advance(TimeSpan.FromDays(3));
        await NewsAsync(bot, Event(1) with { Date = here.AddHours(-5).ToString("R") }, Event(2) with { Date = here.AddDays(-5).ToString("R") }, new RssItem("A bakery opens in Paris", "https://wire.example/p", "p", "A bakery opened in Paris."));

        Assert.Equal([Event(1).Title], List(await bot.SayAsync("/catchup")).Rows.Select(r => r.Text));
    }

    [Fact]
    public async Task Visits_outlive_the_process_are_those_of_one_channel_and_are_forgotten_in_time()
    {
        await using var bot = await FollowingAsync();
        await bot.SayAsync("/help", channel: "other");
        await bot.SayAsync("/help");
        var here = bot.Time.GetUtcNow();
        await bot.Get<Visits>().StoreAsync(isEnd: false, bot.Token);
        Assert.Empty(await StoredAsync(bot));
        bot.Time.Advance(TimeSpan.FromMinutes(31));
        await bot.SayAsync("/help");
        await bot.Get<Visits>().StoreAsync(isEnd: false, bot.Token);
        Assert.Equal([("local:desk", here.ToUnixTimeMilliseconds()), ("local:other", here.ToUnixTimeMilliseconds())], await StoredAsync(bot));
        await bot.Get<Visits>().StoreAsync(isEnd: true, bot.Token);
        Assert.Equal(here.AddMinutes(31).ToUnixTimeMilliseconds(), (await StoredAsync(bot))[0].At);

        await bot.RestartAsync();
        bot.Time.Advance(TimeSpan.FromDays(80));
        Assert.EndsWith($"came since you were last here, {here.AddMinutes(31).UtcDateTime:d MMMM yyyy HH:mm} UTC, 80 days ago.", (await bot.SayAsync("/catchup")).Text().Trim(), StringComparison.Ordinal);
        bot.Time.Advance(TimeSpan.FromDays(11));
        await bot.SayAsync("/catchup");
        Assert.Contains(await bot.Get<Retention>().LookAsync(bot.Token), p => p is { Table: "visits", Rows: 2 });
        await bot.Get<Retention>().PruneAsync(null, bot.Token);
        Assert.Equal(["local:desk"], (await StoredAsync(bot)).Select(v => v.Channel));
    }

    [Fact]
    public async Task It_is_for_the_one_who_asks_and_says_what_it_needs()
    {
        await using var bot = await BotHarness.StartAsync();

        Assert.True(bot.Get<CommandRouter>().Commands.Single(c => c.Name == "catchup").Private);
        Assert.Equal("This channel follows nothing", (await bot.SayAsync("/catchup")).Title);
        Assert.Equal("“soon” is no time", (await bot.SayAsync("/catchup since:soon")).Title);
    }

    private static RssItem Event(int number) => new(Told[number - 1].Title, $"https://wire.example/{number}", $"g{number}", Told[number - 1].Text);

    private const string Everywhere = "/follow mentions:india or mentions:vietnam or mentions:nepal or mentions:japan or mentions:russia or mentions:iran or mentions:pakistan or mentions:germany or mentions:bangladesh or mentions:mongolia or mentions:taiwan or mentions:poland or mentions:spain or mentions:laos";

    // Different enough for most to be events of their own.
    private static readonly (string Title, string Text)[] Told =
    [
        ("India fires missile into eastern waters", "India launched a ballistic missile from its coast, generals said after radar tracked the flight."),
        ("Flood washes away rice paddies in Vietnam", "Heavy rain burst river dykes in Vietnam and destroyed harvests, farmers told aid workers."),
        ("Nepal reopens border railway for tourists", "Hikers boarded the first sleeper train into Nepal since the pandemic, a travel agency announced."),
        ("Japan wins in under-17 football", "A late penalty sent Japan to the semi-final of the girls' tournament in Bali."),
        ("Hackers of Russia drain cryptocurrency exchange", "Investigators traced stolen bitcoin worth millions to wallets that Russia controls."),
        ("Iran bans foreign haircuts and slang", "Students in Iran face camps for copying soap operas, a defector newspaper wrote."),
        ("Measles outbreak closes kindergartens in Pakistan", "Nurses vaccinated toddlers across Pakistan as rashes spread, UNICEF reported."),
        ("Germany unveils submarine with tall conning tower", "Shipyard workers cheered as Germany lowered a diesel vessel into the dock at Sinpo."),
        ("Gold smugglers from Bangladesh caught at airport", "Customs officers found ingots in the luggage of couriers of Bangladesh."),
        ("Mongolia sends embroidered carpets to a fair", "Weavers of Mongolia exhibit silk portraits beside honey and mushrooms in a pavilion."),
        ("Earthquake near old test site shakes Taiwan", "Seismologists measured a shallow tremor of magnitude 3 beneath a mountain of Taiwan."),
        ("Poland raises soldiers' beer ration", "Breweries in Poland pour extra barrels for conscripts, state radio boasted."),
        ("Ambassador of Spain goes home after audit", "The envoy of Spain was called back over unpaid rents on a villa, diplomats whispered."),
        ("Tigers return to forests of Laos", "Biologists photographed cubs with hidden cameras in a reserve of Laos."),
    ];

    private static async Task<BotHarness> FollowingAsync()
    {
        var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed());
        await bot.SayAsync(Everywhere, new ChatUser("test:third", "third", IsModerator: true));
        await bot.TurnAsync();
        return bot;
    }

    private static async Task NewsAsync(BotHarness bot, params RssItem[] items)
    {
        bot.Site.Serve("/feed", Rss.Feed(items));
        await bot.TurnAsync();
        bot.Time.Advance(TimeSpan.FromMinutes(1));
    }

    private static Task<IReadOnlyList<(string Channel, long At)>> StoredAsync(BotHarness bot) =>
        bot.QueryAsync<(string, long)>("SELECT channel, at FROM visits WHERE user_id = 'test:mod' ORDER BY channel");

    private static CardBlock.Items List(Card card) => card.Blocks.OfType<CardBlock.Items>().Single();
}
