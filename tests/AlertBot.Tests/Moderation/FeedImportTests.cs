using System.Text;
using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Moderation;

public sealed class FeedImportTests
{
    [Fact]
    public async Task Hundreds_of_feeds_come_at_once_are_first_polled_one_after_the_other_and_go_again_as_one()
    {
        await using var bot = await BotHarness.StartAsync();

        var done = await YesAsync(bot, await GiveAsync(bot, Opml(Enumerable.Range(1, 700))));

        Assert.Equal("Added 700 feeds", done.Title);
        Assert.Contains(done.Blocks.OfType<CardBlock.Items>().SelectMany(i => i.Rows), r => r.Text == "and 690 more");
        var feeds = await FeedsAsync(bot);
        Assert.Equal(700, feeds.DistinctBy(f => f.NextPollAt).Count());
        Assert.InRange(feeds.Max(f => f.NextPollAt) - feeds.Min(f => f.NextPollAt), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30));
        Assert.Contains("Imported 700 feeds", (await bot.SayAsync("/audit")).Text(), StringComparison.Ordinal);

        await bot.SayAsync(done.Actions[0].Command);
        Assert.Empty(await FeedsAsync(bot));
        Assert.Equal("Add 700 feeds?", (await GiveAsync(bot, Opml(Enumerable.Range(1, 700)))).Title);
    }

    [Fact]
    public async Task Two_who_say_yes_at_the_same_time_add_it_once()
    {
        await using var bot = await BotHarness.StartAsync();
        var shown = await GiveAsync(bot, Opml(Enumerable.Range(1, 30)));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => YesAsync(bot, shown)));

        Assert.Single(answers, a => a.Title == "Added 30 feeds");
        Assert.Equal(3, answers.Count(a => a.Title == "It is done already"));
        Assert.Equal(30, (await FeedsAsync(bot)).Count);
    }

    [Fact]
    public async Task A_feed_that_moved_is_known_under_its_former_address_and_the_other_scheme()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/old", "");
        bot.Site.Serve("/new", Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Site.Answer("/old", 301, "Location", bot.Site.Address("/new").AbsoluteUri);
        await bot.TurnAsync();

        var shown = await GiveAsync(bot, $"<opml><outline xmlUrl='{feed.Address}'/><outline xmlUrl='{bot.Site.Address("/new")}'/><outline xmlUrl='{bot.Site.Address("/new").AbsoluteUri.Replace("http:", "https:", StringComparison.Ordinal)}'/></opml>");

        Assert.Equal("There is nothing to add", shown.Title);
    }

    [Fact]
    public async Task A_feed_that_was_removed_stays_removed_when_its_return_is_taken_back()
    {
        await using var bot = await BotHarness.StartAsync();
        await bot.AddFeedAsync("/feed", Rss.Feed(Rss.AboutNorthKorea(1)));
        await bot.TurnAsync();
        await bot.SayAsync("/feed remove 1");

        var done = await YesAsync(bot, await GiveAsync(bot, $"<opml><outline text='Again' xmlUrl='{bot.Site.Address("/feed")}'/></opml>"));
        Assert.Equal("Again", Assert.Single(await FeedsAsync(bot)).Title);
        await bot.SayAsync(done.Actions[0].Command);

        Assert.Empty(await FeedsAsync(bot));
        Assert.Single(await bot.StoriesAsync());
    }

    [Fact]
    public async Task A_feed_that_somebody_changed_since_goes_all_the_same_when_its_import_is_taken_back()
    {
        await using var bot = await BotHarness.StartAsync();
        var done = await YesAsync(bot, await GiveAsync(bot, Opml([1, 2])));
        await bot.SayAsync("/feed pause 1");

        await bot.SayAsync(done.Actions[0].Command);

        Assert.Empty(await FeedsAsync(bot));
    }

    [Theory]
    [InlineData("<!DOCTYPE opml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><opml><outline text='&b;' xmlUrl='https://a.example/f'/></opml>")]
    [InlineData("<opml><outline text='&#0;&#xD800;\u202E\u0007' xmlUrl='https://a.example/f'/></opml>")]
    [InlineData("\u0000<opml><outline text='A' xmlUrl='https://a.example/f'/>")]
    public async Task A_hostile_list_is_a_list_of_what_is_good_in_it(string text)
    {
        await using var bot = await BotHarness.StartAsync();

        await YesAsync(bot, await GiveAsync(bot, text));

        Assert.True(Assert.Single(await FeedsAsync(bot)).Name.Length < 50);
        Assert.Equal("There is nothing to add", (await GiveAsync(bot, Encoding.UTF8.GetString((await bot.SayAsync("/feed export opml")).File!.Bytes))).Title);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        await using var bot = await BotHarness.StartAsync();

        var card = await GiveAsync(bot, new string('x', GivenFile.MostBytes + 1));

        Assert.Equal("That file can't be imported", card.Title);
        Assert.Contains("larger than the 5 MB", card.Text(), StringComparison.Ordinal);
    }

    private static string Opml(IEnumerable<int> numbers) => $"<opml>{string.Concat(numbers.Select(n => $"<outline text='Wire {n}' xmlUrl='https://wire{n}.example/feed'/>"))}</opml>";

    private static Task<Card> GiveAsync(BotHarness bot, string text) => bot.Get<CommandRouter>().AnswerAsync(
        new CommandInvocation("feed import", new Dictionary<string, string> { ["file"] = "a.opml" }, new ChannelAddress("local", BotHarness.Channel), BotHarness.Moderator)
        {
            Files = new Dictionary<string, GivenFile> { ["file"] = GivenFile.Of("a.opml", Encoding.UTF8.GetBytes(text)) },
        },
        bot.Token);

    private static Task<Card> YesAsync(BotHarness bot, Card shown) => bot.SayAsync(shown.Actions[0].Command);

    private static Task<IReadOnlyList<Feed>> FeedsAsync(BotHarness bot) => bot.Get<FeedStore>().ListAsync(bot.Token);
}
