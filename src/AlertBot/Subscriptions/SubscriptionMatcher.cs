using AlertBot.Knowledge;

namespace AlertBot.Subscriptions;

/// <summary>Finds the follows that want a story. A function of values.</summary>
internal static class SubscriptionMatcher
{
    public static IEnumerable<SubscriptionMatch> Match(IReadOnlyList<Subscription> subscriptions, StoryTags tags)
    {
        foreach (var subscription in subscriptions)
        {
            var because = new List<TagName>();
            if (subscription.Expression.Matches(tags, because))
            {
                yield return new SubscriptionMatch(subscription, [.. because.Distinct()]);
            }
        }
    }
}

/// <param name="Because">The followed names that the story has.</param>
internal sealed record SubscriptionMatch(Subscription Subscription, IReadOnlyList<TagName> Because);
