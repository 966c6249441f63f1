using AlertBot.Feeds;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>/setup: what is done and what is not in this community and channel, and each step one press away.</summary>
internal sealed class SetupCommand(FeedPacks packs, SetupOverview overview, SetupFeeds feeds, SetupRole role, SetupChannel channel, SetupTest test, ModeratorsChannels channels) : IChatCommand
{
    public const string Step = "step";
    public const string Pack = "pack";
    public const string Role = "role";

    private static readonly Choice[] Steps =
    [
        new("feeds", "Add a pack of starter feeds"),
        new("role", "Choose the role whose bearers moderate the bot"),
        new("no-role", "Take the moderator role away"),
        new(SetupChannel.Step, "Choose the channel where moderators are told of sick feeds"),
        new("follow", "Choose a first follow for this channel"),
        new("test", "Post a test alert in this channel"),
    ];

    public CommandDescription Description { get; } = new(
        "setup",
        "Set the bot up here: feeds, moderator role, moderators' channel, first follow, test alert",
        new CommandOption(Step, "One step: feeds, role, no-role, channel, follow or test; all of them if left out")
        {
            Suggest = typed => Steps.Where(s => Fits(s, typed)),
        },
        new CommandOption(Pack, "With the step feeds: the pack to add")
        {
            Suggest = typed => packs.All.Select(p => new Choice(p.Name.Slug, p.Name.Title)).Where(p => Fits(p, typed)),
        },
        new CommandOption(Role, "The role whose bearers moderate the bot", OptionKind.Role),
        ChannelOption.Of("The channel where moderators are told of sick feeds"))
    {
        ModeratorsOnly = true,
        Private = true,
        Example = "setup feeds korea",
    };

    public Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var step = Given(invocation, Step)?.ToLowerInvariant();
        return (step, Given(invocation, Pack), Given(invocation, Role), Given(invocation, ChannelOption.Name)) switch
        {
            (null or "role", null, { } chosen, null) => NotedAsync(role.SetAsync(invocation, chosen, cancellationToken)),
            (null, null, null, null) => overview.ShowAsync(invocation, cancellationToken),
            (null or "feeds", { } pack, null, null) => NotedAsync(feeds.AddAsync(invocation, pack, cancellationToken)),
            (null or SetupChannel.Step, null, null, not null) => channel.ChooseAsync(invocation, cancellationToken),
            ("feeds", null, null, null) => feeds.ListAsync(cancellationToken),
            ("role", null, null, null) => role.AskAsync(invocation),
            ("no-role", null, null, null) => NotedAsync(role.SetAsync(invocation, null, cancellationToken)),
            (SetupChannel.Step, null, null, null) => Task.FromResult(channel.Ask(invocation)),
            ("follow", null, null, null) => overview.AskForFollowAsync(invocation, cancellationToken),
            ("test", null, null, null) => test.PostAsync(invocation, cancellationToken),
            _ when step is not null && Steps.All(s => s.Value != step) => Task.FromResult(Unknown(step)),
            _ => Task.FromResult(TooMuch()),
        };

        // Most steps change nothing, so the command as a whole counts as one that does not.
        async Task<Card> NotedAsync(Task<Card> changing)
        {
            var card = await changing;
            return card.Tone == CardTone.Answer && await channels.NoteAsync(invocation, cancellationToken) is { } word ? card with { Blocks = [.. card.Blocks, new CardBlock.Paragraph(word)] } : card;
        }
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
        new CardBlock.Paragraph($"Do one thing at a time: /setup feeds and a pack, /setup {Role}: and a role, /setup {ChannelOption.Name}: and a channel, or /setup and the name of another step alone.")) with
    {
        Actions = [Back],
    };

    private static bool Fits(Choice choice, string typed) =>
        choice.Value.Contains(typed, StringComparison.OrdinalIgnoreCase) || choice.Label.Contains(typed, StringComparison.OrdinalIgnoreCase);

    private static string? Given(CommandInvocation invocation, string option) => invocation.Find(option)?.Trim() is { Length: > 0 } value ? value : null;
}
