using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Alerts;

/// <summary>/why: everything that an alert of this channel rests on, who else could have been meant, and what of the story nearly counted.</summary>
internal sealed class WhyCommand(AlertHistory history, StoryStore stories, EventStore events, TagStore tags, SubscriptionStore subscriptions, AlertComposer composer, NearMisses misses) : IChatCommand
{
    private const int MostNear = 8;
    private const int MostWeighed = 4;

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
        var near = misses.Of(others, tagged, story).Take(MostNear).ToList();
        return Card.Answer(
            story?.Title ?? "The text of this story is no longer kept",
            [
                .. alert.Reasons.Select(r => new CardBlock.Items($"This channel follows {r.Follow}", [.. r.Tags.Select(t => Told(t, tagged))])),
                new CardBlock.Items("Who else could have been meant", [.. Weighed(alert, tagged).Take(MostWeighed)]),
                new CardBlock.Items("What nearly counted", near),
                AlertComposer.Joined(await events.FindAsync(alert.Story, cancellationToken)),
            ]) with
        {
            Link = story?.Link,
            At = story?.SortedAt,
            Footer = $"{(story is null ? "" : $"{story.Source} · ")}alert {id}",
            Actions = [new CardAction("Wrong tag", $"/wrong-tag {id}")],
        };
    }

    // Words of the alert's tags that others bear too, with what spoke for each.
    private static IEnumerable<CardItem> Weighed(Alert alert, IReadOnlyList<Tag> tagged)
    {
        var names = alert.Reasons.SelectMany(r => r.Tags).Select(t => t.Name).ToHashSet();
        return tagged.Where(t => names.Contains(t.Name.ToString())).SelectMany(t => t.Evidence).Where(e => e.Candidates.Count > 1)
            .Select(e => new CardItem($"“{e.Text}”: {NearMisses.Weighed(e.Candidates)}", Detail: e.Sentence)).DistinctBy(i => i.Text);
    }

    // The alert stays as it was sent, whatever the story is tagged with since.
    private CardItem Told(AlertTag tag, IReadOnlyList<Tag> tagged)
    {
        var told = composer.Told(tag);
        return tagged.Any(t => t.Name.ToString() == tag.Name) ? told : told with { Text = $"{told.Text}; taken away since" };
    }
}
