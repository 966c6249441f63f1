using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Stories;
using AlertBot.Stories.Events;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Alerts;

/// <summary>/why: everything that an alert of this channel rests on, and what of the story nearly counted.</summary>
internal sealed class WhyCommand(AlertHistory history, StoryStore stories, EventStore events, TagStore tags, SubscriptionStore subscriptions, AlertComposer composer) : IChatCommand
{
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
        var near = NearMisses(alert, await tags.OfAsync(alert.Story, cancellationToken), await subscriptions.ListAsync(invocation.Channel, cancellationToken)).ToList();
        return Card.Answer(
            story?.Title ?? "The text of this story is no longer kept",
            [
                .. alert.Reasons.Select(r => new CardBlock.Items($"This channel follows {r.Follow}", [.. r.Tags.Select(composer.Told)])),
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

    // Follows of the channel that name something which the story has only in passing, and that did not match.
    private IEnumerable<CardItem> NearMisses(Alert alert, IReadOnlyList<Tag> tagged, IReadOnlyList<Subscription> followed)
    {
        var all = tagged.Select(t => t.Name).ToHashSet();
        var passing = tagged.Where(t => t is { Salience: Salience.Mentioned, Name.Kind: TagKind.Actor }).ToDictionary(t => t.Name);
        foreach (var follow in followed.Select(f => f.Expression).Where(f => alert.Reasons.All(r => r.Follow != f.ToString())))
        {
            var lacks = follow.Matches(new StoryTags(all, all), []) ? "" : "and it asks for more than that; ";
            foreach (var tag in follow.Names.Distinct().Where(passing.ContainsKey).Select(n => passing[n]))
            {
                var words = composer.Told(tag.Evidence is [var first, ..]
                    ? new AlertTag(tag.Name.ToString(), first.Text, first.Rule, first.Sentence)
                    : new AlertTag(tag.Name.ToString(), "", "", ""));
                yield return words with { Text = $"{follow}: only in passing, {lacks}{words.Text}" };
            }
        }
    }
}
