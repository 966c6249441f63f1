using AlertBot.Platforms;
using AlertBot.Platforms.Local;
using AlertBot.Tests.Support;
using Microsoft.Playwright;

namespace AlertBot.Tests.Platforms.Local;

public sealed class ChatPageTests(Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const string Hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> @everyone";

    private LocalChat _chat = null!;
    private int _alerts;

    public async ValueTask InitializeAsync() => _chat = await LocalChat.StartAsync(new LocalOptions { Channels = ["general", "weather"] });

    public ValueTask DisposeAsync() => _chat.DisposeAsync();

    [Fact]
    public async Task The_page_comes_up_live_and_says_what_to_type_first()
    {
        await using var tab = await OpenAsync();

        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("# general");
        await Expect(tab.Page.GetByText("Nothing here yet")).ToBeVisibleAsync();
        await Expect(Line(tab)).ToBeFocusedAsync();

        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "/who kim-yung-ho" }).ClickAsync();
        await Expect(tab.Page.Locator(".card h3")).ToHaveTextAsync("Who is kim-yung-ho");
        await Expect(tab.Page.Locator(".said")).ToHaveTextAsync("/who kim-yung-ho");
        await Expect(tab.Page.GetByText("Nothing here yet")).ToBeHiddenAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_line_is_completed_and_sent_with_the_keyboard_alone()
    {
        await using var tab = await OpenAsync();
        var keyboard = tab.Page.Keyboard;
        var options = tab.Page.GetByRole(AriaRole.Option);

        await keyboard.TypeAsync("/wh");
        await Expect(options).ToHaveCountAsync(1);
        await keyboard.PressAsync("Tab");
        await Expect(Line(tab)).ToHaveValueAsync("/who ");
        await Expect(options).ToHaveCountAsync(3);
        await Expect(Line(tab)).ToHaveAttributeAsync("aria-expanded", "true");
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("ArrowDown");
        await Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(Line(tab)).ToHaveAttributeAsync("aria-activedescendant", "choice-1");
        await keyboard.PressAsync("Enter");
        await Expect(Line(tab)).ToHaveValueAsync("/who kim-yo-jong");
        await keyboard.PressAsync("Enter");

        await Expect(tab.Page.Locator(".card h3")).ToHaveTextAsync("Who is kim-yo-jong");
        await Expect(Line(tab)).ToHaveValueAsync("");
        await Expect(Line(tab)).ToBeFocusedAsync();
        await keyboard.PressAsync("ArrowUp");
        await Expect(Line(tab)).ToHaveValueAsync("/who kim-yo-jong");
        await keyboard.PressAsync("ArrowDown");
        await Expect(Line(tab)).ToHaveValueAsync("");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_slow_autocomplete_never_holds_a_line_back()
    {
        await using var tab = await OpenAsync();
        await tab.Page.Keyboard.TypeAsync("/who l");
        await Expect(tab.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await tab.Page.RouteAsync("**/api/complete*", _ => Task.CompletedTask);

        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Page.Locator(".card h3")).ToHaveTextAsync("Who is lee-jae");
    }

    [Fact]
    public async Task Escape_closes_the_choices_and_keeps_the_line()
    {
        await using var tab = await OpenAsync();

        await tab.Page.Keyboard.TypeAsync("/fe");
        await Expect(tab.Page.GetByRole(AriaRole.Listbox)).ToBeVisibleAsync();
        await tab.Page.Keyboard.PressAsync("Escape");

        await Expect(tab.Page.GetByRole(AriaRole.Listbox)).ToBeHiddenAsync();
        await Expect(Line(tab)).ToHaveValueAsync("/fe");
    }

    [Fact]
    public async Task An_alert_appears_by_itself_with_all_its_parts()
    {
        await using var tab = await OpenAsync();

        await AlertAsync("general", "Storm over the sea");

        var card = tab.Page.Locator(".card.alert");
        await Expect(card.GetByRole(AriaRole.Link, new() { Name = "Storm over the sea" })).ToHaveAttributeAsync("href", "https://news.example/storm");
        await Expect(card.GetByRole(AriaRole.Link).First).ToHaveAttributeAsync("rel", "noopener noreferrer");
        await Expect(card.Locator("mark")).ToHaveTextAsync("great storm");
        await Expect(card.Locator(".footer")).ToContainTextAsync("Example News");
        Assert.Contains("6 May 2020", await card.Locator("time").Last.GetAttributeAsync("title"), StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task An_edited_alert_changes_where_it_stands_and_counts_as_nothing_new()
    {
        await using var tab = await OpenAsync();
        await AlertAsync("general", "Storm over the sea");
        await AlertAsync("general", "Calm over the land");
        await AlertAsync("weather", "Rain");
        var headlines = tab.Page.Locator(".card.alert h3");
        var weather = tab.Page.GetByRole(AriaRole.Button, new() { Name = "# weather" });
        await Expect(headlines).ToHaveTextAsync(["Storm over the sea", "Calm over the land"]);
        await Expect(weather).ToContainTextAsync("1");

        await EditAsync("weather", "3", "No rain");
        await EditAsync("general", "1", "No storm after all");

        await Expect(headlines).ToHaveTextAsync(["No storm after all", "Calm over the land"]);
        await Expect(weather).ToContainTextAsync("1");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_few_choices_are_buttons_and_many_are_a_list()
    {
        await using var tab = await OpenAsync();
        await SendAsync("general", WithAllParts());
        await SendAsync("general", Card.Answer("Pages") with { Menu = new CardMenu("Go to a page", [.. Enumerable.Range(1, 9).Select(p => new CardAction($"Page {p}", $"/echo page {p}") { Replaces = true })]) });

        await tab.Page.GetByRole(AriaRole.Group, new() { Name = "Which Kim?" }).GetByRole(AriaRole.Button, new() { Name = "Kim B Director" }).ClickAsync();
        await Expect(tab.Page.Locator(".card h3").Last).ToHaveTextAsync("Who is kim-yo-jong");

        var list = tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Go to a page" });
        await list.FocusAsync();
        await tab.Page.Keyboard.PressAsync("End");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator(".card h3").Last).ToHaveTextAsync("page 9");
        await Expect(tab.Page.Locator(".said")).ToHaveTextAsync(["/who kim-yo-jong", "/echo page 9"]);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_form_that_was_asked_for_opens_and_types_its_line_with_the_keyboard_alone()
    {
        await using var tab = await OpenAsync();
        await Line(tab).FillAsync("/edit");
        await Line(tab).PressAsync("Enter");

        var title = tab.Page.GetByLabel("Title");
        await Expect(title).ToBeFocusedAsync();
        await Expect(title).ToHaveValueAsync("Old");
        await title.FillAsync("a \"new\" title");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.TypeAsync("one");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Keyboard.TypeAsync("two");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Page.Locator(".said").Last).ToHaveTextAsync("/set 12 title:“a \"new\" title” note:\"one\ntwo\"", new() { UseInnerText = true });
        await Expect(tab.Page.Locator(".card").Last.Locator("dd")).ToHaveTextAsync(["12", "a \"new\" title", "one\ntwo"], new() { UseInnerText = true });
        await Expect(title).ToBeHiddenAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_file_is_chosen_in_a_form_and_another_is_saved_from_a_card()
    {
        await using var tab = await OpenAsync();
        var bytes = Enumerable.Range(0, 100_000).Select(n => (byte)(n % 251)).ToArray();
        await Line(tab).FillAsync("/measure");
        await Line(tab).PressAsync("Enter");

        await tab.Page.GetByLabel("A file").SetInputFilesAsync(new FilePayload { Name = "feeds.opml", MimeType = "text/html", Buffer = bytes });
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(tab.Page.Locator(".card h3").Last).ToHaveTextAsync("feeds.opml has 100000 bytes");

        var saved = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.GetByRole(AriaRole.Link, new() { Name = "Save feeds.opml" }).ClickAsync());
        Assert.Equal("feeds.opml", saved.SuggestedFilename);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(await saved.PathAsync(), TestContext.Current.CancellationToken));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task A_form_can_be_left_and_what_could_not_be_sent_stays_in_it()
    {
        await using var tab = await OpenAsync();
        await Line(tab).FillAsync("/edit");
        await Line(tab).PressAsync("Enter");
        var title = tab.Page.GetByLabel("Title");
        await title.FillAsync("New");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(title).ToBeHiddenAsync();
        var opener = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Edit it" });
        await Expect(opener).ToBeFocusedAsync();

        await opener.ClickAsync();
        await Expect(title).ToHaveValueAsync("Old");
        await title.FillAsync("Newer");
        await tab.Page.RouteAsync("**/messages", route => route.FulfillAsync(new() { Status = 400, ContentType = "application/json", Body = "{\"error\":\"Not now.\"}" }));
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Form, new() { Name = "Edit it" }).GetByRole(AriaRole.Alert)).ToHaveTextAsync("Not now.");
        await Expect(title).ToHaveValueAsync("Newer");

        await tab.Page.UnrouteAllAsync();
        await tab.Page.ReloadAsync();
        await Expect(opener).ToBeVisibleAsync();
        await Expect(title).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_picture_is_shown_with_its_words_and_a_topic_by_its_colour_and_name()
    {
        await using var tab = await OpenAsync();
        await SendAsync("general", WithAllParts());
        await SendAsync("general", WithAllParts() with { Topic = "ballistic-missiles" });

        await Expect(tab.Page.GetByAltText("Stories per day").First).ToHaveJSPropertyAsync("naturalWidth", 1);
        await Expect(tab.Page.Locator(".topic")).ToHaveTextAsync(["sanctions", "ballistic missiles"]);
        var colours = await tab.Page.Locator(".topic .colour").EvaluateAllAsync<string[]>("marks => marks.map(mark => getComputedStyle(mark).backgroundColor)");
        Assert.Equal(Topics("sanctions", "ballistic-missiles"), colours);
        Assert.Empty(tab.Errors);

        static IEnumerable<string> Topics(params string[] topics) => topics
            .Select(t => AlertBot.Platforms.Discord.TopicColour.Of(new Card("") { Topic = t }))
            .Select(c => $"rgb({c >> 16}, {c >> 8 & 0xFF}, {c & 0xFF})");
    }

    [Fact]
    public async Task A_second_tab_and_a_reload_show_the_same()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();

        await Line(first).FillAsync("/echo hello");
        await Line(first).PressAsync("Enter");

        await Expect(second.Page.Locator(".said")).ToHaveTextAsync("/echo hello");
        await Expect(second.Page.Locator(".card h3")).ToHaveTextAsync("hello");
        await second.Page.ReloadAsync();
        await Expect(second.Page.Locator(".message")).ToHaveCountAsync(2);
        await Expect(first.Page.Locator(".message")).ToHaveCountAsync(2);
        Assert.Empty(second.Errors);
    }

    [Fact]
    public async Task An_unknown_name_is_answered_by_a_problem_that_leads_on()
    {
        await using var tab = await OpenAsync();

        await Line(tab).FillAsync("/folow north-korea");
        await Line(tab).PressAsync("Enter");

        await Expect(tab.Page.Locator(".card.problem h3")).ToHaveTextAsync("There is no command /folow");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Help on /follow" }).ClickAsync();
        await Expect(tab.Page.Locator(".card.answer h3")).ToHaveTextAsync("/follow <expression>");
    }

    [Fact]
    public async Task Another_channel_counts_what_was_not_read()
    {
        await using var tab = await OpenAsync();

        await AlertAsync("weather", "One");
        await AlertAsync("weather", "Two");

        var channel = tab.Page.GetByRole(AriaRole.Button, new() { Name = "# weather" });
        await Expect(channel).ToHaveTextAsync("# weather2 unread");
        await Expect(tab.Page).ToHaveTitleAsync("(2) #general · AlertBot");
        await channel.ClickAsync();
        await Expect(tab.Page.Locator(".card.alert")).ToHaveCountAsync(2);
        await Expect(channel).ToHaveTextAsync("# weather");
        await Expect(channel).ToHaveAttributeAsync("aria-current", "page");
    }

    [Fact]
    public async Task A_channel_is_made_on_the_page_and_a_wrong_name_is_told()
    {
        await using var tab = await OpenAsync();
        var name = tab.Page.GetByLabel("New channel");

        await name.FillAsync("Not this");
        await name.PressAsync("Enter");
        await Expect(tab.Page.Locator("#channel-fault")).ToContainTextAsync("lower-case letters");
        await name.FillAsync("sports");
        await name.PressAsync("Enter");

        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("# sports");
        Assert.Equal(["general", "weather", "sports"], (await _chat.Messages.ChannelsAsync(TestContext.Current.CancellationToken)).Select(c => c.Name));
    }

    [Fact]
    public async Task Hostile_text_is_shown_as_text()
    {
        await using var tab = await OpenAsync();
        var card = Card.Answer(
            Hostile,
            new CardBlock.Excerpt(Hostile, 0, 8),
            new CardBlock.Facts([new CardFact(Hostile, Hostile)]),
            new CardBlock.Items(Hostile, [new CardItem(Hostile, "javascript:alert(3)", Hostile)])) with
        {
            Link = "javascript:alert(4)",
            Footer = Hostile,
            Actions = [new CardAction(Hostile, "/help")],
        };

        await _chat.Platform.SendAsync(new OutgoingMessage(new ChannelAddress("local", "general"), card, "key-1"), TestContext.Current.CancellationToken);
        await Line(tab).FillAsync("/echo " + Hostile);
        await Line(tab).PressAsync("Enter");

        await Expect(tab.Page.Locator(".card h3")).ToHaveTextAsync([Hostile, Hostile]);
        await Expect(tab.Page.Locator(".log script, .log img, .log a")).ToHaveCountAsync(0);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Older_messages_are_shown_when_asked_for()
    {
        for (var number = 1; number <= 70; number++)
        {
            await _chat.Messages.AddTextAsync("general", "Una", $"line {number}", TestContext.Current.CancellationToken);
        }

        await using var tab = await OpenAsync();
        await Expect(tab.Page.Locator(".message")).ToHaveCountAsync(50);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Show older messages" }).ClickAsync();

        await Expect(tab.Page.Locator(".message")).ToHaveCountAsync(70);
        await Expect(tab.Page.Locator(".message .said").First).ToHaveTextAsync("line 1");
        await Expect(tab.Page.Locator(".day")).ToHaveCountAsync(1);
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Newest messages" }).ClickAsync();
        await Expect(tab.Page.GetByText("line 70")).ToBeInViewportAsync();
    }

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task Nothing_overflows_and_all_text_can_be_read(int width, ColorScheme scheme)
    {
        await AlertAsync("general", "A headline of some length with " + new string('W', 120));
        await AlertAsync("weather", "Unread");
        await SendAsync("general", WithAllParts());
        await using var tab = await OpenAsync(width, scheme);
        await Line(tab).FillAsync("/who kim-yung-ho");
        await Line(tab).PressAsync("Enter");
        await Line(tab).FillAsync("/xylophone");
        await Line(tab).PressAsync("Enter");
        await Expect(tab.Page.Locator(".card.problem")).ToBeVisibleAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "What to list" }).ClickAsync();
        await Line(tab).FillAsync("/");
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(tab.Page.GetByRole(AriaRole.Option)).Not.ToHaveCountAsync(0);

        Assert.Empty(await tab.Page.EvaluateAsync<string[]>(PageChecks.Overflowing));
        Assert.Empty(await tab.Page.EvaluateAsync<string[]>(PageChecks.HardToRead));
        Assert.Equal(["planted 1.1"], await tab.Page.EvaluateAsync<string[]>(PageChecks.HardToReadPlanted));
    }

    [Fact]
    public async Task A_lost_connection_is_told_and_what_was_missed_comes_after_it()
    {
        await using var tab = await OpenAsync();
        await AlertAsync("general", "Before");
        await Expect(tab.Page.Locator(".card.alert")).ToHaveCountAsync(1);

        await _chat.RestartAsync(async () =>
        {
            await Expect(tab.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Connection lost");
            await Line(tab).FillAsync("/echo hello");
            await Line(tab).PressAsync("Enter");
            await Expect(tab.Page.Locator("#line-fault")).ToContainTextAsync("The bot cannot be reached");
            await Expect(Line(tab)).ToHaveValueAsync("/echo hello");
        });
        await AlertAsync("general", "After");

        await Expect(tab.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        await Expect(tab.Page.Locator(".card.alert h3")).ToHaveTextAsync(["Before", "After"]);
    }

    [Fact]
    public async Task A_reader_who_looks_at_older_messages_is_not_pulled_away()
    {
        for (var number = 1; number <= 40; number++)
        {
            await _chat.Messages.AddTextAsync("general", "Una", $"line {number}", TestContext.Current.CancellationToken);
        }

        await using var tab = await OpenAsync();
        await Expect(tab.Page.GetByText("line 40")).ToBeInViewportAsync();
        await tab.Page.GetByText("line 1", new() { Exact = true }).ScrollIntoViewIfNeededAsync();
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Newest messages" })).ToBeVisibleAsync();
        await AlertAsync("general", "Fresh");

        var jump = tab.Page.GetByRole(AriaRole.Button, new() { Name = "1 new" });
        await Expect(jump).ToBeVisibleAsync();
        await Expect(tab.Page.GetByText("line 1", new() { Exact = true })).ToBeInViewportAsync();
        await jump.ClickAsync();
        await Expect(tab.Page.GetByText("Fresh")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task On_a_phone_the_channels_are_a_drawer()
    {
        await using var tab = await OpenAsync(360);
        var weather = tab.Page.GetByRole(AriaRole.Button, new() { Name = "# weather" });

        await Expect(weather).ToBeHiddenAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Channels" }).ClickAsync();
        await weather.ClickAsync();

        await Expect(tab.Page.Locator("h1")).ToHaveTextAsync("# weather");
        await Expect(weather).ToBeHiddenAsync();
        Assert.Empty(tab.Errors);
    }

    private async Task<BrowserTab> OpenAsync(int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var tab = await browser.OpenAsync(_chat.Address, width, scheme: scheme);
        await Expect(tab.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Live");
        return tab;
    }

    private static Card WithAllParts() => Card.Answer("Kim") with
    {
        Topic = "sanctions",
        Image = new CardImage(Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="), "Stories per day"),
        Menu = new CardMenu("Which Kim?", [new CardAction("Kim A", "/who kim-yung-ho"), new CardAction("Kim B", "/who kim-yo-jong") { Detail = "Director" }]),
        Form = new CardForm("What to list", "/latest", [new FormField("what", "What about", "sanctions") { Required = true }, new FormField("count", "How many") { Multiline = true }]),
    };

    private Task AlertAsync(string channel, string title) => SendAsync(
        channel,
        new Card(title)
        {
            Tone = CardTone.Alert,
            Link = "https://news.example/storm",
            Footer = "Example News · because you follow weather",
            At = new DateTimeOffset(2020, 5, 6, 7, 8, 9, TimeSpan.Zero),
            Blocks = [new CardBlock.Excerpt("On Monday a great storm came over the sea.", 12, 11)],
        });

    private async Task SendAsync(string channel, Card card)
    {
        var message = new OutgoingMessage(new ChannelAddress("local", channel), card, $"key-{_alerts++}");
        Assert.IsType<SendResult.Sent>(await _chat.Platform.SendAsync(message, TestContext.Current.CancellationToken));
    }

    private async Task EditAsync(string channel, string id, string title) =>
        Assert.IsType<SendResult.Sent>(await _chat.Platform.EditAsync(new ChannelAddress("local", channel), id, new Card(title) { Tone = CardTone.Alert }, TestContext.Current.CancellationToken));

    private static ILocator Line(BrowserTab tab) => tab.Page.GetByRole(AriaRole.Combobox, new() { Name = "Command" });

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private static IPageAssertions Expect(IPage page) => Assertions.Expect(page);
}
