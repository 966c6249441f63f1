using AlertBot.Platforms;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Tests.Platforms;

public sealed class CommandRouterTests
{
    private static readonly ChannelAddress Channel = new("local", "general");
    private static readonly ChatUser Moderator = new("m", "Mo", true);
    private static readonly ChatUser Member = new("u", "Una", false);
    private readonly IReadOnlyList<SampleCommand> _commands = SampleCommand.All();
    private readonly CommandRouter _router;

    public CommandRouterTests() => _router = new CommandRouter(_commands, new ModeratorRoles(), NullLogger<CommandRouter>.Instance);

    [Fact]
    public void Commands_are_listed_by_name_with_help_among_them() =>
        Assert.Equal(["echo", "feed add", "feed remove", "follow", "help", "latest", "who"], _router.Commands.Select(c => c.Name));

    [Fact]
    public void Two_commands_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => new CommandRouter([SampleCommand.Echo(), SampleCommand.Echo()], new ModeratorRoles(), NullLogger<CommandRouter>.Instance));

    [Theory]
    [InlineData("/feed add https://x.example/rss title:\"My feed\"", "https://x.example/rss", "My feed", null)]
    [InlineData("/feed   add  https://x.example/rss 'My feed' 5", "https://x.example/rss", "My feed", "5")]
    [InlineData("/FEED Add https://x.example/rss “My feed” --minutes 5", "https://x.example/rss", "My feed", "5")]
    [InlineData("/feed add --minutes=5 --title ‘My feed’ https://x.example/rss", "https://x.example/rss", "My feed", "5")]
    [InlineData("feed add minutes: 5 url:http://x.example/?a=1&title:b", "http://x.example/?a=1&title:b", null, "5")]
    [InlineData("/feed add https://x.example/rss 'tis", "https://x.example/rss", "'tis", null)]
    [InlineData("/feed add https://x.example/rss Kim's", "https://x.example/rss", "Kim's", null)]
    public async Task A_typed_line_fills_the_options_by_name_and_by_place(string text, string url, string? title, string? minutes)
    {
        await AnswerAsync(text, Moderator);

        var run = Assert.Single(Command("feed add").Runs);
        Assert.Equal((url, title, minutes), (run["url"], run.Find("title"), run.Find("minutes")));
        Assert.Equal((Channel, Moderator), (run.Channel, run.User));
    }

    [Theory]
    [InlineData("/follow topic:sanctions", "topic:sanctions")]
    [InlineData("/follow (north-korea  AND \"kim yo\") --not x", "(north-korea  AND \"kim yo\") --not x")]
    [InlineData("/follow expression:north-korea OR kim ", "north-korea OR kim")]
    public async Task A_rest_option_takes_the_words_as_they_were_typed(string text, string expected)
    {
        await AnswerAsync(text);

        Assert.Equal(expected, Assert.Single(Command("follow").Runs)["expression"]);
    }

    [Theory]
    [InlineData("where:#desk kim yo jong", "kim yo jong", "local:desk", null)]
    [InlineData("kim yo jong where:#desk", "kim yo jong", "local:desk", null)]
    [InlineData("kim yo jong --count=5 where:local:desk", "kim yo jong", "local:desk", "5")]
    [InlineData("count:5 kim nowhere:desk", "kim nowhere:desk", null, "5")]
    [InlineData("count:5 kim count:6", "kim count:6", null, "5")]
    public async Task Options_may_stand_before_or_after_a_rest_by_their_names(string typed, string what, string? where, string? count)
    {
        var command = new SampleCommand(new CommandDescription(
            "post",
            "Posts.",
            new CommandOption("what", "What.", OptionKind.Rest) { Required = true },
            new CommandOption("where", "Where.", OptionKind.Channel),
            new CommandOption("count", "How often.", OptionKind.Integer)) { Example = "post it" });
        await new CommandRouter([command], new ModeratorRoles(), NullLogger<CommandRouter>.Instance).AnswerTextAsync($"/post {typed}", Channel, Member, TestContext.Current.CancellationToken);

        var run = Assert.Single(command.Runs);
        Assert.Equal((what, where, count), (run["what"], run.Find("where"), run.Find("count")));
    }

    [Fact]
    public async Task A_channel_without_a_name_is_told()
    {
        var command = new SampleCommand(new CommandDescription("post", "Posts.", new CommandOption("where", "Where.", OptionKind.Channel)) { Example = "post" });
        var card = await new CommandRouter([command], new ModeratorRoles(), NullLogger<CommandRouter>.Instance).AnswerTextAsync("/post #", Channel, Member, TestContext.Current.CancellationToken);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Empty(command.Runs);
    }

    [Theory]
    [InlineData("north korea page:2", "north korea", "2", null)]
    [InlineData("north korea  PAGE:2 size:5 ", "north korea", "2", "5")]
    [InlineData("page:2 north korea size:5", "north korea", "2", "5")]
    [InlineData("page:2 north korea page:3", "north korea page:3", "2", null)]
    [InlineData("page:2 of the book", "of the book", "2", null)]
    public void A_number_that_is_named_behind_a_rest_is_an_option_of_its_own(string typed, string rest, string? page, string? size)
    {
        var command = new CommandDescription(
            "list", "Lists.", new CommandOption("what", "What.", OptionKind.Rest), new CommandOption("page", "Which.", OptionKind.Integer), new CommandOption("size", "How many.", OptionKind.Integer)) { Example = "list" };
        var values = CommandText.Read(command, typed).Values;

        Assert.Equal((rest, page, size), (values["what"], values.GetValueOrDefault("page"), values.GetValueOrDefault("size")));
    }

    [Fact]
    public async Task The_slash_may_be_left_out()
    {
        await AnswerAsync("who kim");

        Assert.Equal("kim", Assert.Single(Command("who").Runs)["name"]);
    }

    [Theory]
    [InlineData("hello there")]
    [InlineData("   ")]
    [InlineData("")]
    public async Task Chatter_is_answered_with_the_way_to_the_commands(string text)
    {
        var card = await AnswerAsync(text);

        Assert.Equal((CardTone.Problem, "Type / for the commands"), (card.Tone, card.Title));
    }

    [Fact]
    public async Task The_name_of_a_group_alone_lists_its_subcommands()
    {
        var card = await AnswerAsync("/feed");

        Assert.Equal(CardTone.Answer, card.Tone);
        Assert.Equal(["/feed add <url> [title] [minutes]", "/feed remove <feed>"], ItemsOf(card));
    }

    [Theory]
    [InlineData("/folow x", "/follow")]
    [InlineData("/ehco x", "/echo")]
    [InlineData("/foll", "/follow")]
    [InlineData("/feed ad https://x.example", "/feed add")]
    [InlineData("/feeds remove x", "/feed remove")]
    public async Task A_misspelt_command_is_answered_with_the_near_ones(string text, string meant)
    {
        var card = await AnswerAsync(text);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Contains($"Did you mean {meant}?", ParagraphsOf(card));
        Assert.Equal($"/help {meant[1..]}", card.Actions[0].Command);
    }

    [Fact]
    public async Task A_far_off_command_is_answered_without_a_guess()
    {
        var card = await AnswerAsync("/xylophone");

        Assert.Equal("There is no command /xylophone", card.Title);
        Assert.Equal(["/help lists all commands."], ParagraphsOf(card));
    }

    [Fact]
    public async Task An_invocation_of_an_unknown_command_is_a_problem()
    {
        var card = await _router.AnswerAsync(new CommandInvocation("whi", new Dictionary<string, string>(), Channel, Member), CancellationToken.None);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Equal(["Did you mean /who?"], ParagraphsOf(card));
    }

    [Fact]
    public async Task Only_a_moderator_runs_a_moderators_command()
    {
        var refused = await AnswerAsync("/feed add https://x.example/rss", Member);
        var allowed = await AnswerAsync("/feed add https://x.example/rss", Moderator);

        Assert.Equal((CardTone.Problem, "Only moderators may run /feed add"), (refused.Tone, refused.Title));
        Assert.Equal("feed add ran", allowed.Title);
        Assert.Single(Command("feed add").Runs);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_with_the_usage_and_an_example()
    {
        var card = await AnswerAsync("/feed add nonsense title minutes:soon 5 extra", Moderator);

        Assert.Equal("/feed add was not run", card.Title);
        Assert.Collection(
            ItemsOf(card),
            f => Assert.StartsWith("There are too many words: “5 extra”", f, StringComparison.Ordinal),
            f => Assert.StartsWith("url must be a web address", f, StringComparison.Ordinal),
            f => Assert.StartsWith("minutes must be a whole number", f, StringComparison.Ordinal));
        Assert.Equal(
            [new CardFact("Usage", "/feed add <url> [title] [minutes]"), new CardFact("Example", "/feed add https://news.example/rss")],
            card.Blocks.OfType<CardBlock.Facts>().Single().Rows);
        Assert.Empty(Command("feed add").Runs);
    }

    [Theory]
    [InlineData("/feed add", "url is missing: Its address.")]
    [InlineData("/feed add \"\"", "url is missing: Its address.")]
    [InlineData("/feed add ftp://x.example/a", "url must be a web address such as https://38north.org, not “ftp://x.example/a”.")]
    [InlineData("/feed add /etc/passwd", "url must be a web address such as https://38north.org, not “/etc/passwd”.")]
    [InlineData("/feed add https://x.example \"My feed", "A quotation mark is not closed: \"My feed")]
    [InlineData("/feed add https://x.example url:https://y.example", "url is given twice.")]
    [InlineData("/feed add https://x.example minutes:99999999999", "minutes must be a whole number, not “99999999999”.")]
    public async Task A_wrong_option_is_told(string text, string fault)
    {
        var card = await AnswerAsync(text, Moderator);

        Assert.Equal(CardTone.Problem, card.Tone);
        Assert.Equal([fault], ItemsOf(card));
    }

    [Fact]
    public async Task The_options_of_an_invocation_are_checked_as_well()
    {
        var options = new Dictionary<string, string> { ["what"] = "x", ["count"] = "many" };

        var card = await _router.AnswerAsync(new CommandInvocation("latest", options, Channel, Member), CancellationToken.None);

        Assert.Equal(["count must be a whole number, not “many”."], ItemsOf(card));
    }

    [Fact]
    public async Task A_command_that_throws_is_answered_without_its_secrets()
    {
        var logger = new ListLogger();
        var router = new CommandRouter([SampleCommand.Echo(_ => throw new InvalidOperationException("the password is x"))], new ModeratorRoles(), logger);

        var card = await router.AnswerTextAsync("/echo something private", Channel, Member, CancellationToken.None);

        Assert.Equal((CardTone.Problem, "/echo failed"), (card.Tone, card.Title));
        Assert.Equal(["Something went wrong on our side. Nothing was changed. Please try again."], ParagraphsOf(card));
        Assert.Equal(["The command echo failed"], logger.Lines);
    }

    [Fact]
    public async Task A_cancelled_command_is_no_answer()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var router = new CommandRouter([SampleCommand.Echo(_ => throw new OperationCanceledException(stop.Token))], new ModeratorRoles(), NullLogger<CommandRouter>.Instance);

        await Assert.ThrowsAsync<OperationCanceledException>(() => router.AnswerTextAsync("/echo x", Channel, Member, stop.Token));
    }

    private SampleCommand Command(string name) => _commands.Single(c => c.Description.Name == name);

    private Task<Card> AnswerAsync(string text, ChatUser? user = null) => _router.AnswerTextAsync(text, Channel, user ?? Member, CancellationToken.None);

    private static IEnumerable<string> ItemsOf(Card card) => card.Blocks.OfType<CardBlock.Items>().SelectMany(i => i.Rows).Select(r => r.Text);

    private static IEnumerable<string> ParagraphsOf(Card card) => card.Blocks.OfType<CardBlock.Paragraph>().Select(p => p.Text);

    private sealed class ListLogger : ILogger<CommandRouter>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
