using System.Text;
using AlertBot.Feeds;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Journeys;

/// <summary>Lists of feeds and whole configurations as files, the same on every platform.</summary>
public abstract class FileJourneys
{
    private protected abstract Task<ChatBench> StartAsync();

    [Fact]
    public async Task A_list_of_feeds_is_shown_confirmed_polled_and_taken_back_as_one()
    {
        await using var chat = await StartAsync();
        await chat.TypeAsync("/follow north-korea");
        foreach (var n in Enumerable.Range(1, 3))
        {
            chat.Bot.Site.Serve($"/{n}", Rss.Feed(Rss.AboutNorthKorea(n)));
        }

        var shown = await GiveAsync(chat, "/feed import", "feeds.opml", Opml(chat, 1, 2, 3));
        Assert.Equal("Add 3 feeds?", shown.Title);
        Assert.Empty(await FeedsAsync(chat));

        var added = await chat.PressAsync(shown, "Add 3 feeds");
        Assert.Equal("Added 3 feeds", added.Title);
        Assert.Equal(3, (await FeedsAsync(chat)).Count);

        // Their first polls are not all at once, and alert on nothing.
        Assert.Equal(3, (await FeedsAsync(chat)).DistinctBy(f => f.NextPollAt).Count());
        await chat.Bot.TurnAsync();
        Assert.All(await FeedsAsync(chat), f => Assert.NotNull(f.SucceededAt));
        Assert.Empty(await chat.AlertsAsync());

        var undone = await chat.PressAsync(added, "Undo");
        Assert.StartsWith("Took back", undone.Title, StringComparison.Ordinal);
        Assert.Empty(await FeedsAsync(chat));
        var redone = await chat.PressAsync(undone, "Undo");
        Assert.StartsWith("Put in force again", redone.Title, StringComparison.Ordinal);
        Assert.Equal(3, (await FeedsAsync(chat)).Count);
    }

    [Fact]
    public async Task A_file_can_lie_under_an_address_and_each_of_its_faults_is_told_with_its_line()
    {
        await using var chat = await StartAsync();
        chat.Bot.Site.Serve("/list", $"<opml>\n<outline text='Mail' xmlUrl='mailto:x@y.example'/>\n<outline text='Good' xmlUrl='{chat.Bot.Site.Address("/good")}'/>\n</opml>");

        var shown = await chat.TypeAsync($"/feed import {chat.Bot.Site.Address("/list")}");

        Assert.Equal("Add 1 feed?", shown.Title);
        Assert.Contains("Line 2:", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_there_or_removed_before_is_told_and_a_second_yes_does_nothing_twice()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync();
        var there = Assert.Single(await FeedsAsync(chat)).Address;
        await chat.TypeAsync($"/feed remove {there}");
        var list = Encoding.UTF8.GetBytes($"feeds:\n  - url: {there}\n    title: Back\n    paused: true\n  - url: https://new.example/feed\n    interval: \"01:00:00\"\n");

        var shown = await GiveAsync(chat, "/feed import", "feeds.yaml", list);
        Assert.Contains("Removed once, brought back: 1", shown.Text, StringComparison.Ordinal);
        await chat.PressAsync(shown, "Add 2 feeds");
        var again = await GiveAsync(chat, "/feed import", "feeds.yaml", list);

        Assert.Equal("There is nothing to add", again.Title);
        Assert.Contains("There already, left as they are: 2", again.Text, StringComparison.Ordinal);
        var feeds = await FeedsAsync(chat);
        Assert.NotNull(feeds.Single(f => f.Title == "Back").PausedAt);
        Assert.Equal(TimeSpan.FromHours(1), feeds.Single(f => f.Address.Host == "new.example").Interval);
    }

    [Fact]
    public async Task Who_is_no_moderator_imports_and_exports_nothing()
    {
        await using var chat = await StartAsync();

        foreach (var command in new[] { "/feed import", "/config import" })
        {
            Assert.StartsWith("Only moderators may run", (await chat.GiveAsync(command, "file", "feeds.opml", Opml(chat, 1), isModerator: false)).Title, StringComparison.Ordinal);
        }

        foreach (var line in new[] { "/feed export", "/config export", "/feed import apply:1", "/config import apply:1" })
        {
            Assert.StartsWith("Only moderators may run", (await chat.TypeAsync(line, isModerator: false)).Title, StringComparison.Ordinal);
        }

        Assert.Empty(await FeedsAsync(chat));
        Assert.Empty(await chat.FilesAsync());
    }

    [Theory]
    [InlineData("/feed import", "nothing of the kind")]
    [InlineData("/feed import", "<html><body>Sign in</body></html>")]
    [InlineData("/config import", "feeds: [")]
    [InlineData("/config import", "version: 1\nfeeds:\n  - &a {url: https://a.example/}\n  - *a\n")]
    [InlineData("/config import", "version: 1\nfeeds:\n  - url: javascript:alert(1)\n  - title: no address\n")]
    [InlineData("/config import", "version: 2\nfeedz: []\n")]
    public async Task A_file_that_does_not_fit_is_refused_and_changes_nothing(string command, string text)
    {
        await using var chat = await StartAsync();

        var answer = await GiveAsync(chat, command, "file.txt", Encoding.UTF8.GetBytes(text));

        Assert.Contains("can't be", answer.Title + answer.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", answer.Text, StringComparison.Ordinal);
        Assert.Empty(await FeedsAsync(chat));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\feeds.opml")]
    [InlineData("file:///etc/passwd")]
    public async Task A_path_is_never_read(string path)
    {
        await using var chat = await StartAsync();

        var answer = await chat.TypeAsync($"/feed import {path}");

        Assert.DoesNotContain("root:", answer.Text, StringComparison.Ordinal);
        Assert.Contains("Files on the bot's own disk are never read", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Titles_of_a_foreign_list_call_nobody()
    {
        await using var chat = await StartAsync();
        const string Title = "@everyone &lt;!channel&gt; **bold** [x](https://evil.example)";

        var shown = await GiveAsync(chat, "/feed import", "feeds.opml", Encoding.UTF8.GetBytes($"<opml><outline text='{Title}' xmlUrl='https://a.example/f'/></opml>"));

        Assert.Equal("Add 1 feed?", shown.Title);
        Assert.DoesNotContain(chat.LiveParts(shown), a => a.StartsWith("mention", StringComparison.Ordinal) || a.Contains("evil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("opml")]
    [InlineData("yaml")]
    public async Task An_export_goes_to_the_one_who_asked_and_comes_back_in(string format)
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync();
        await chat.TypeAsync("/feed set 1 title:“Wire: \"world\" & more”");

        var answer = await chat.TypeAsync($"/feed export {format}");

        Assert.Equal(chat.HidesAnswers, answer.IsPrivate);
        var (name, bytes) = Assert.Single(await chat.FilesAsync());
        Assert.EndsWith($".{format}", name, StringComparison.Ordinal);
        Assert.Equal("There is nothing to add", (await GiveAsync(chat, "/feed import", name, bytes)).Title);
        await chat.TypeAsync("/feed remove 1");
        Assert.Equal("Add 1 feed?", (await GiveAsync(chat, "/feed import", name, bytes)).Title);
    }

    [Fact]
    public async Task A_configuration_goes_out_and_comes_back_on_an_empty_bot()
    {
        await using var chat = await StartAsync();
        await chat.AddFeedAsync();
        await chat.TypeAsync("/follow north-korea not sport");
        await chat.TypeAsync("/mute north-korea not sport hours:48");
        await chat.TypeAsync("/channel quiet 22:00-07:00");
        await chat.TypeAsync("/channel time-zone Asia/Seoul");
        await chat.TypeAsync("/topics add name:\"Gallium trade\" phrases:\"gallium; germanium = 0.7 near: export\"");
        await chat.TypeAsync("/config export");
        var (name, file) = Assert.Single(await chat.FilesAsync());
        var text = Encoding.UTF8.GetString(file);
        Assert.Contains("No secrets are in it", text, StringComparison.Ordinal);

        Assert.Equal("Everything is as in the file already", (await GiveAsync(chat, "/config import mode:replace", name, file)).Title);

        await chat.TypeAsync("/feed pause 1");
        await chat.TypeAsync("/unfollow north-korea not sport");
        await chat.TypeAsync("/topics remove gallium-trade");
        await chat.TypeAsync("/follow russia");
        await chat.TypeAsync("/channel quiet off");
        var shown = await GiveAsync(chat, "/config import mode:replace", name, file);
        Assert.Equal("Apply this configuration?", shown.Title);
        var applied = await chat.PressAsync(shown, "Apply");
        Assert.Equal("The configuration is applied", applied.Title);
        Assert.Contains("muted until", (await chat.TypeAsync("/following")).Text, StringComparison.Ordinal);
        Assert.Contains("22:00-07:00", (await chat.TypeAsync("/channel show")).Text, StringComparison.Ordinal);
        Assert.Equal("Everything is as in the file already", (await GiveAsync(chat, "/config import mode:replace", name, file)).Title);

        var undone = await chat.PressAsync(applied, "Undo");
        Assert.StartsWith("Took back", undone.Title, StringComparison.Ordinal);
        Assert.Contains("russia", (await chat.TypeAsync("/following")).Text, StringComparison.Ordinal);
        var told = (await chat.TypeAsync("/channel show")).Text;
        Assert.Contains("Asia/Seoul", told, StringComparison.Ordinal);
        Assert.DoesNotContain("22:00-07:00", told, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(await FeedsAsync(chat)).PausedAt);
    }

    private static Task<ChatAnswer> GiveAsync(ChatBench chat, string command, string name, byte[] file) => chat.GiveAsync(command, "file", name, file);

    private static Task<IReadOnlyList<Feed>> FeedsAsync(ChatBench chat) => chat.Bot.Get<FeedStore>().ListAsync(chat.Bot.Token);

    private static byte[] Opml(ChatBench chat, params int[] numbers) =>
        Encoding.UTF8.GetBytes($"<opml version='2.0'><body>{string.Concat(numbers.Select(n => $"<outline text='Wire {n}' xmlUrl='{chat.Bot.Site.Address($"/{n}")}'/>"))}</body></opml>");
}

public sealed class LocalFileJourneys : FileJourneys
{
    private protected override Task<ChatBench> StartAsync() => LocalBench.StartAsync();
}

public sealed class DiscordFileJourneys : FileJourneys
{
    private protected override Task<ChatBench> StartAsync() => DiscordBench.StartAsync();
}

public sealed class SlackFileJourneys : FileJourneys
{
    private protected override Task<ChatBench> StartAsync() => SlackBench.StartAsync("socket");
}

public sealed class SlackHttpFileJourneys : FileJourneys
{
    private protected override Task<ChatBench> StartAsync() => SlackBench.StartAsync("http");
}
