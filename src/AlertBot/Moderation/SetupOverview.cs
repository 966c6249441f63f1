using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Subscriptions;

namespace AlertBot.Moderation;

/// <summary>The five steps of setting the bot up, each with how far it is.</summary>
internal sealed class SetupOverview(FeedStore feeds, SubscriptionStore subscriptions, KnowledgeBase knowledge, ModeratorRoles roles, ModeratorsChannels channels)
{
    private const int MaxFollowsNamed = 5;
    private const int MaxFirstFollows = 5;

    // What most newsrooms begin with, best first.
    private static readonly string[] FirstFollows =
        ["north-korea", "south-korea", "kim-jong-un", "topic:sanctions", "topic:ballistic-missiles", "topic:nuclear-weapons", "united-states", "china"];

    public async Task<Card> ShowAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var polled = (await feeds.ListAsync(cancellationToken)).Count(f => f.PausedAt is null);
        var followed = await subscriptions.ListAsync(invocation.Channel, cancellationToken);
        var fault = await invocation.PostingFaultAsync(invocation.Channel, cancellationToken);
        return Card.Answer(
            "Setting up AlertBot",
            new CardBlock.Facts(
            [
                new CardFact("1. Feeds", polled > 0 ? $"✓ {polled.ToString(CultureInfo.InvariantCulture)} {(polled == 1 ? "is" : "are")} polled" : "○ none is polled: add starter feeds"),
                new CardFact("2. Moderator role", RoleState(invocation)),
                new CardFact("3. Moderators' channel", await ChannelStateAsync(invocation, cancellationToken)),
                new CardFact("4. First follow", followed.Count > 0 ? $"✓ this channel follows {Named(followed)}" : "○ this channel follows nothing: choose one below"),
                new CardFact("5. Test alert", fault is null ? "✓ the bot may post here: see how an alert looks" : $"○ {fault}"),
            ])) with
        {
            Menu = FollowMenu(followed),
            Actions =
            [
                SetupCommand.To("feeds", "Add starter feeds"),
                .. invocation.Community is null ? Array.Empty<CardAction>() : [SetupCommand.To("role", "Choose a moderator role")],
                SetupCommand.To(SetupChannel.Step, "Choose the moderators' channel"),
                SetupCommand.To("test", "Post a test alert"),
            ],
        };
    }

    public async Task<Card> AskForFollowAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        var followed = await subscriptions.ListAsync(invocation.Channel, cancellationToken);
        return Card.Answer(
            followed.Count > 0 ? $"This channel follows {Named(followed)}" : "This channel follows nothing yet",
            new CardBlock.Paragraph("Choose one to begin with, or type /follow and any names joined by and, or, not: /follow north-korea and sanctions not sport")) with
        {
            Menu = FollowMenu(followed),
            Actions = [SetupCommand.Back],
        };
    }

    private string RoleState(CommandInvocation invocation) => invocation.Community switch
    {
        null => "✓ not needed here: this channel belongs to no server",
        var community when roles.Find(community) is { } role => $"✓ bearers of the role {role} moderate the bot",
        _ => "○ none: only those who manage the server moderate the bot. Choose one",
    };

    private async Task<string> ChannelStateAsync(CommandInvocation invocation, CancellationToken cancellationToken) => channels.Find(invocation) switch
    {
        null => "○ none: nobody is told when a feed falls sick. Choose one",
        var channel when await invocation.PostingFaultAsync(channel.Address, cancellationToken) is { } fault => $"○ {channel.Name}: {fault}",
        { IsChosen: false } channel => $"✓ {channel.Name}, where a moderator changed something first: sick feeds are told there",
        var channel => $"✓ sick feeds are told in {channel.Name}",
    };

    private CardMenu? FollowMenu(IReadOnlyList<Subscription> followed)
    {
        var there = followed.Select(s => s.Expression.ToString()).ToHashSet(StringComparer.Ordinal);
        var choices = FirstFollows
            .Where(f => !there.Contains(f))
            .Select(TagName.Parse)
            .Where(n => n.Kind == TagKind.Topic ? knowledge.FindTopic(n.Slug) is not null : knowledge.FindActor(n.Slug) is not null)
            .Take(MaxFirstFollows)
            .Select(n => new CardAction(knowledge.NameOf(n), $"/follow {n}") { Detail = n.Kind == TagKind.Topic ? knowledge.FindTopic(n.Slug)!.Definition : null })
            .ToList();
        return choices.Count > 0 ? new CardMenu(followed.Count > 0 ? "Follow another" : "Choose a first follow", choices) : null;
    }

    private static string Named(IReadOnlyList<Subscription> followed)
    {
        var named = string.Join("; ", followed.Take(MaxFollowsNamed).Select(s => s.Expression.ToString()));
        return followed.Count > MaxFollowsNamed ? $"{named}; and {(followed.Count - MaxFollowsNamed).ToString(CultureInfo.InvariantCulture)} more" : named;
    }
}
