using AlertBot.Platforms;

namespace AlertBot.Tests.Support;

/// <summary>A command for tests of the router and of platforms: it remembers what it was given and answers with it.</summary>
internal sealed class SampleCommand(CommandDescription description, Func<CommandInvocation, Card>? answer = null) : IChatCommand
{
    public CommandDescription Description => description;

    public List<CommandInvocation> Runs { get; } = [];

    /// <summary>A set that shows each kind of option once.</summary>
    public static IReadOnlyList<SampleCommand> All() => [Echo(), Who(), FeedAdd(), FeedRemove(), Follow(), Latest()];

    public static SampleCommand Echo(Func<CommandInvocation, Card>? answer = null) => new(
        new CommandDescription("echo", "Says the same again.", new CommandOption("text", "What to say.", OptionKind.Rest) { Required = true }) { Example = "echo hello" },
        answer ?? (i => Card.Answer(i["text"], new CardBlock.Paragraph($"{i.User.Name} said so."))));

    public static SampleCommand Who() => new(
        new CommandDescription(
            "who",
            "Says who somebody is.",
            new CommandOption("name", "The person.", OptionKind.Rest) { Required = true, Suggest = Among(("kim-yung-ho", "Kim Yung Ho, minister"), ("kim-yo-jong", "Kim Yo Jong, director"), ("lee-jae", "Lee Jae, speaker")) })
        {
            Example = "who kim-yung-ho",
        },
        i => Card.Answer(
            $"Who is {i["name"]}",
            new CardBlock.Facts([new CardFact("Office", "Minister of Weather"), new CardFact("Since", "2024")]),
            new CardBlock.Items("Latest", [new CardItem("A storm is coming", "https://news.example/storm", "Example News", DateTimeOffset.UnixEpoch)])) with
        {
            Actions = [new CardAction("Echo it", "/echo again")],
        });

    public static SampleCommand FeedAdd() => new(
        new CommandDescription(
            "feed add",
            "Adds a feed.",
            new CommandOption("url", "Its address.", OptionKind.Address) { Required = true },
            new CommandOption("title", "Its name."),
            new CommandOption("minutes", "How often to look.", OptionKind.Integer))
        {
            Example = "feed add https://news.example/rss",
            ModeratorsOnly = true,
        });

    public static SampleCommand FeedRemove() => new(
        new CommandDescription("feed remove", "Removes a feed.", new CommandOption("feed", "Which one.") { Required = true, Suggest = Among(("news", "News"), ("my weather", "My weather")) })
        {
            Example = "feed remove news",
            ModeratorsOnly = true,
        });

    public static SampleCommand Follow() => new(
        new CommandDescription("follow", "Follows a topic here.", new CommandOption("expression", "What to follow.", OptionKind.Rest) { Required = true, Suggest = Among(("north-korea", "North Korea"), ("topic:sanctions", "Sanctions")) })
        {
            Example = "follow north-korea",
        });

    public static SampleCommand Latest() => new(
        new CommandDescription("latest", "Shows the newest stories.", new CommandOption("what", "What about."), new CommandOption("count", "How many.", OptionKind.Integer)) { Example = "latest sanctions" });

    /// <summary>Answers with a form for <see cref="Set"/>.</summary>
    public static SampleCommand Edit() => new(
        new CommandDescription("edit", "Shows a form.") { Example = "edit" },
        _ => Card.Answer("Thing 12") with
        {
            Form = new CardForm("Edit it", "/set 12", [new FormField("title", "Title", "Old") { Required = true }, new FormField("note", "Note") { Multiline = true }]),
        });

    /// <summary>Takes a file and gives it back.</summary>
    public static MeasureCommand Measure() => new();

    public static SampleCommand Set() => new(
        new CommandDescription("set", "Says what it was given.", new CommandOption("thing", "Which one.") { Required = true }, new CommandOption("title", "Its title."), new CommandOption("note", "A note."))
        {
            Example = "set 12 title:New",
        },
        i => Card.Answer("Set", new CardBlock.Facts([.. i.Options.Select(o => new CardFact(o.Key, o.Value))])));

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        Runs.Add(invocation);
        return Task.FromResult(answer?.Invoke(invocation) ?? Card.Answer($"{description.Name} ran"));
    }

    private static Func<string, IEnumerable<Choice>> Among(params (string Value, string Label)[] choices) => typed =>
        choices
            .Where(c => c.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase) || c.Label.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(c => new Choice(c.Value, c.Label));
}

/// <summary>Tells how large a file is, and gives it back.</summary>
internal sealed class MeasureCommand : IChatCommand
{
    public CommandDescription Description { get; } = new("measure", "Tell how large a file is", new CommandOption("file", "A file", OptionKind.File)) { Example = "measure https://x.example/" };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (!invocation.Files.TryGetValue("file", out var file))
        {
            return Card.Answer("Which file?") with { Form = new CardForm("Measure it", "/measure", [new FormField("file", "A file") { IsFile = true }]) };
        }

        var bytes = Assert.IsType<FileContent.Whole>(await file.ReadAsync(cancellationToken)).Bytes;
        return Card.Answer($"{file.Name} has {bytes.Length} bytes") with { File = new CardFile(file.Name, "text/plain", bytes) };
    }
}
