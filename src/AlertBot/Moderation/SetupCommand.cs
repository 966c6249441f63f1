using AlertBot.Feeds;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>/setup: what is done and what is not in this community and channel, and each step one press away.</summary>
internal sealed class SetupCommand(FeedPacks packs, SetupOverview overview, SetupFeeds feeds, SetupRole role, SetupTest test) : IChatCommand
{
    public const string Step = "step";
    public const string Pack = "pack";
    public const string Role = "role";

    private static readonly Choice[] Steps =
    [
        new("feeds", "Add a pack of starter feeds"),
        new("role", "Choose the role whose bearers moderate the bot"),
        new("no-role", "Take the moderator role away"),
        new("follow", "Choose a first follow for this channel"),
        new("test", "Post a test alert in this channel"),
    ];

    public CommandDescription Description { get; } = new(
        "setup",
        "Set the bot up here in four steps: feeds, moderator role, first follow, test alert",
        new CommandOption(Step, "One step: feeds, role, no-role, follow or test; all of them if left out")
        {
            Suggest = typed => Steps.Where(s => Fits(s, typed)),
        },
        new CommandOption(Pack, "With the step feeds: the pack to add")
        {
            Suggest = typed => packs.All.Select(p => new Choice(p.Name.Slug, p.Name.Title)).Where(p => Fits(p, typed)),
        },
        new CommandOption(Role, "The role whose bearers moderate the bot", OptionKind.Role))
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "setup feeds korea",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var step = Given(invocation, Step)?.ToLowerInvariant();
        return (step, Given(invocation, Pack), Given(invocation, Role)) switch
        {
            (null or "role", null, { } chosen) => role.SetAsync(invocation, chosen, cancellationToken),
            (null, null, null) => overview.ShowAsync(invocation, cancellationToken),
            (null or "feeds", { } pack, null) => feeds.AddAsync(invocation, pack, cancellationToken),
            ("feeds", null, null) => feeds.ListAsync(cancellationToken),
            ("role", null, null) => role.AskAsync(invocation),
            ("no-role", null, null) => role.SetAsync(invocation, null, cancellationToken),
            ("follow", null, null) => overview.AskForFollowAsync(invocation, cancellationToken),
            ("test", null, null) => test.PostAsync(invocation, cancellationToken),
            _ when step is not null && Steps.All(s => s.Value != step) => Task.FromResult(Unknown(step)),
            _ => Task.FromResult(TooMuch()),
        };
    }

    /// <summary>The button that leads from a step back to all of them.</summary>
    public static CardAction Back { get; } = new("All steps", "/setup") { Replaces = true };

    /// <summary>A step that takes the place of the card it was chosen on.</summary>
    public static CardAction To(string step, string label) => new(label, $"/setup {Step}:{step}") { Replaces = true };

    private static Card Unknown(string step) => Card.Problem(
        $"There is no step “{step}”",
        new CardBlock.Items("The steps are", [.. Steps.Select(s => new CardItem($"/setup {Step}:{s.Value}", Detail: s.Label))])) with
    {
        Actions = [Back],
    };

    private static Card TooMuch() => Card.Problem(
        "That is more than one step",
        new CardBlock.Paragraph($"Do one thing at a time: /setup feeds and a pack, /setup {Role}: and a role, or /setup and the name of another step alone.")) with
    {
        Actions = [Back],
    };

    private static bool Fits(Choice choice, string typed) =>
        choice.Value.Contains(typed, StringComparison.OrdinalIgnoreCase) || choice.Label.Contains(typed, StringComparison.OrdinalIgnoreCase);

    private static string? Given(CommandInvocation invocation, string option) => invocation.Find(option)?.Trim() is { Length: > 0 } value ? value : null;
}
