using AlertBot.Platforms;
using AlertBot.Storage;
using AlertBot.Subscriptions;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Subscriptions;

public sealed class ChannelSettingsTests
{
    private static readonly ChannelAddress Desk = new("local", BotHarness.Channel);
    private static readonly ChannelAddress Other = new("local", "other");

    [Fact]
    public async Task A_channel_shows_what_is_set_and_the_answer_takes_it_back()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.SayAsync("/follow north-korea");
        Assert.Contains("its alert is edited", Shows(await bot.SayAsync("/channel show"), "When an event goes on"), StringComparison.Ordinal);

        var changed = await bot.SayAsync("/channel growth thread", BotHarness.Member);
        Assert.Equal("When an event goes on, its alert is edited, and what is new goes into the thread under it", changed.Title);
        var shown = await bot.SayAsync("/channel show");
        Assert.Contains("thread", Shows(shown, "When an event goes on"), StringComparison.Ordinal);
        Assert.Equal("1", Shows(shown, "Follows"));

        await bot.SayAsync(changed.Actions[0].Command);
        Assert.Equal(Growth.Edit, (await bot.Get<ChannelSettingsStore>().FindAsync(Desk, bot.Token)).Growth);
    }

    [Fact]
    public async Task What_is_no_choice_changes_nothing_and_names_the_choices()
    {
        await using var bot = await BotHarness.StartAsync();
        var answer = await bot.SayAsync("/channel growth 1");
        Assert.Equal(CardTone.Problem, answer.Tone);
        Assert.Contains("anew", answer.Text(), StringComparison.Ordinal);
        Assert.Equal(0, (await bot.QueryAsync<long>("SELECT COUNT(*) FROM channel_settings"))[0]);
    }

    [Fact]
    public async Task Another_channel_is_set_from_here_and_the_log_of_changes_takes_back_that_part_alone()
    {
        await using var bot = await BotHarness.StartAsync();
        var store = bot.Get<ChannelSettingsStore>();
        await bot.SayAsync("/channel growth anew channel:other");
        await store.ChangeAsync(By(Other), Other, s => s with { PingsPerHour = 2, TimeZone = "Asia/Seoul" }, "Pings", bot.Token);
        Assert.Contains("is posted in the channel in #other", (await bot.SayAsync("/audit kind:channel")).Text(), StringComparison.Ordinal);

        Assert.StartsWith("Took back", (await bot.SayAsync("/undo 1")).Title, StringComparison.Ordinal);
        Assert.Equal(new ChannelSettings { PingsPerHour = 2, TimeZone = "Asia/Seoul" }, await store.FindAsync(Other, bot.Token));
        await bot.SayAsync("/undo 2");
        await bot.SayAsync("/undo 3");
        Assert.Equal(new ChannelSettings { Growth = Growth.Anew }, await store.FindAsync(Other, bot.Token));
        Assert.Equal(new ChannelSettings(), await store.FindAsync(Desk, bot.Token));
    }

    [Fact]
    public async Task Many_channels_are_read_at_once_and_those_with_nothing_set_are_left_out()
    {
        await using var bot = await BotHarness.StartAsync();
        var store = bot.Get<ChannelSettingsStore>();
        var channels = Enumerable.Range(0, 2500).Select(n => new ChannelAddress("local", $"c{n}")).ToList();
        await store.ChangeAsync(By(Desk), channels[7], s => s with { Growth = Growth.Thread }, "Threads", bot.Token);
        await store.ChangeAsync(By(Desk), channels[2400], s => s with { Quiet = "22:00-07:00", QuietFloor = "urgent", Digest = "daily" }, "Quiet", bot.Token);

        var found = await bot.Get<Database>().InTransactionAsync(t => ChannelSettingsStore.OfAsync(t, channels), bot.Token);

        Assert.Equal(2, found.Count);
        Assert.Equal(Growth.Thread, found[channels[7]].Growth);
        Assert.Equal(new ChannelSettings { Quiet = "22:00-07:00", QuietFloor = "urgent", Digest = "daily" }, found[channels[2400]]);
    }

    private static CommandInvocation By(ChannelAddress channel) => new("channel", new Dictionary<string, string>(), channel, BotHarness.Moderator);

    private static string Shows(Card card, string label) => card.Blocks.OfType<CardBlock.Facts>().SelectMany(f => f.Rows).Single(r => r.Label == label).Value;
}
