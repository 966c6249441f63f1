using AlertBot.Knowledge;

namespace AlertBot.Subscriptions;

/// <summary>
/// Finds the follows that want a story by what the story has: each follow is kept under names of which the story must have at least one,
/// so that only those are tried that may match. The result is that of trying all. A value that never changes.
/// </summary>
internal sealed class SubscriptionMatcher
{
    private readonly IReadOnlyList<Subscription> _subscriptions;

    // Places in the list.
    private readonly Dictionary<TagName, List<int>> _byName = [];
    private readonly List<int> _always = [];

    public SubscriptionMatcher(IReadOnlyList<Subscription> subscriptions)
    {
        _subscriptions = subscriptions;
        for (var place = 0; place < subscriptions.Count; place++)
        {
            if (subscriptions[place].Expression.OneOf is not { } names)
            {
                _always.Add(place);
                continue;
            }

            foreach (var name in names)
            {
                if (!_byName.TryGetValue(name, out var places))
                {
                    _byName[name] = places = [];
                }

                places.Add(place);
            }
        }
    }

    /// <summary>The follows that want it, in the order of the list.</summary>
    /// <param name="at">When the story came: a follow that was muted then does not want it.</param>
    public IEnumerable<SubscriptionMatch> Match(StoryTags tags, DateTimeOffset at)
    {
        foreach (var place in tags.All.SelectMany(name => _byName.GetValueOrDefault(name, [])).Concat(_always).Distinct().Order())
        {
            var because = new List<TagName>();
            if (_subscriptions[place] is var subscription && !(subscription.MutedUntil > at) && subscription.Expression.Matches(tags, because))
            {
                yield return new SubscriptionMatch(subscription, [.. because.Distinct()]);
            }
        }
    }
}

/// <param name="Because">The followed names that the story has.</param>
internal sealed record SubscriptionMatch(Subscription Subscription, IReadOnlyList<TagName> Because);
