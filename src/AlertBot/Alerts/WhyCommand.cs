using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Alerts;

/// <summary>/why: everything that an alert of this channel rests on, and what of the story nearly counted.</summary>
internal sealed class WhyCommand(AlertHistory history, StoryStore stories, EventStore events, TagStore tags, SubscriptionStore subscriptions, AlertComposer composer, NearMisses misses) : IChatCommand
{
    private const int MostNear = 8;

    public CommandDescription Description { get; } = new("why", "Show why this channel got an alert: the follows, the words, the rules", AlertHistory.Option)
    {
        Example = "why 12",
        Private = true,
    };

    public async Task<Card> RunAsync(CommandInvocation invocation, CancellationToken cancellationToken)
    {
        if (await history.FindAsync(invocation, cancellationToken) is not var (id, alert))
        {
            return AlertHistory.NotFound(invocation);
        }

        var story = await stories.FindAsync(alert.Story, cancellationToken);
        var tagged = await tags.OfAsync(alert.Story, cancellationToken);
        var others = (await subscriptions.ListAsync(invocation.Channel, cancellationToken)).Select(f => f.Expression).Where(f => alert.Reasons.All(r => r.Follow != f.ToString()));
        var near = others.SelectMany(f => misses.Of(f, tagged, story)).Take(MostNear).ToList();
        return Card.Answer(
            story?.Title ?? "The text of this story is no longer kept",
            [
                .. alert.Reasons.Select(r => new CardBlock.Items($"This channel follows {r.Follow}", [.. r.Tags.Select(t => Told(t, tagged))])),
                .. near.Count > 0 ? [new CardBlock.Items("What nearly counted", near)] : Array.Empty<CardBlock>(),
                AlertComposer.Joined(await events.FindAsync(alert.Story, cancellationToken)),
            ]) with
        {
            Link = story?.Link,
            At = story?.SortedAt,
            Footer = $"{(story is null ? "" : $"{story.Source} · ")}alert {id}",
            Actions = [new CardAction("Wrong tag", $"/wrong-tag {id}")],
        };
    }

    // The alert stays as it was sent, whatever the story is tagged with since.
    private CardItem Told(AlertTag tag, IReadOnlyList<Tag> tagged)
    {
        var told = composer.Told(tag);
        return tagged.Any(t => t.Name.ToString() == tag.Name) ? told : told with { Text = $"{told.Text}; taken away since" };
    }
}
