using AlertBot.Knowledge;
using AlertBot.Stories;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Alerts;

/// <summary>Decides which channels a tagged story goes to, and why. A function of values.</summary>
internal static class AlertPlanner
{
    /// <param name="at">When the story came.</param>
    public static IReadOnlyList<Alert> Plan(StoryId story, TaggedText tagged, SubscriptionMatcher follows, DateTimeOffset at)
    {
        if (tagged.Tags.Count == 0)
        {
            return [];
        }

        var byName = tagged.Tags.ToDictionary(t => t.Name);
        return
        [
            .. follows.Match(Seen(tagged.Tags), at)
                .GroupBy(m => m.Subscription.Channel)
                .Select(channel => new Alert(story, channel.Key, [.. channel.Select(m => Reason(m, byName))])
                {
                    Tags = [.. byName.Keys],
                    Pings = [.. channel.Select(m => m.Subscription.Ping).OfType<string>().Distinct()],
                    Rhythms = [.. channel.Select(m => m.Subscription.Digest)],
                }),
        ];
    }

    /// <summary>Whether any of the follows that led to an alert would bring its story with these tags.</summary>
    /// <param name="known">What was known when the story got the tags.</param>
    public static bool StillWanted(Alert alert, IReadOnlyList<Tag> tags, KnowledgeSnapshot known) => alert.Reasons.Any(r => FollowParser.ParseStored(r.Follow, known).Matches(Seen(tags), []));

    /// <summary>The tags of a story as follows see them.</summary>
    public static StoryTags Seen(IReadOnlyList<Tag> tags) => new(
        tags.Where(t => t.Salience == Salience.Main || t.Name.Kind == TagKind.Topic).Select(t => t.Name).ToHashSet(),
        tags.Select(t => t.Name).ToHashSet());

    private static AlertReason Reason(SubscriptionMatch match, Dictionary<TagName, Tag> byName) =>
        new(match.Subscription.Expression.ToString(), [.. match.Because.Select(n => byName[n]).Select(Words)]);

    private static AlertTag Words(Tag tag)
    {
        // The headline is on the card anyway: words of the body tell more.
        var first = tag.Evidence.FirstOrDefault(e => e.Section == TextSection.Body) ?? (tag.Evidence.Count > 0 ? tag.Evidence[0] : null);
        return new AlertTag(tag.Name.ToString(), first?.Text ?? "", first?.Rule ?? "", first?.Sentence ?? "");
    }
}
