using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>The option that takes a follow, and the cards for one that could not be read or that the channel has not.</summary>
internal static class FollowOption
{
    public const string Name = "what";

    public static CommandOption Of(KnowledgeBase knowledge) => new(Name, "Names with and, or, not: north-korea and sanctions not sport", OptionKind.Rest)
    {
        Required = true,
        Suggest = typed => knowledge.SuggestNames(Bare(typed), 25).Select(s => new Choice(Prefixed(typed, new TagName(s.Kind, s.Slug)), s.Label)),
    };

    /// <param name="typed">How the command is typed, up to the follow: <c>/follow</c>.</param>
    public static Card Problem(FollowResult.Misunderstood fault, string typed) => Card.Problem(
        fault.Suggestions.Count > 0 ? "Did you mean …" : "That follow could not be read",
        new CardBlock.Paragraph(fault.Why),
        new CardBlock.Paragraph(fault.Suggestions.Count > 0
            ? $"Did you mean {string.Join(", ", fault.Suggestions)}?"
            : "Write names joined by and, or, not, with parentheses where needed: /follow north-korea and sanctions not sport")) with
    {
        Actions = [.. fault.Suggestions.Take(5).Select(s => new CardAction(s, $"{typed} {s}"))],
    };

    /// <summary>The channel has no such follow; it shows those that it has.</summary>
    /// <param name="typed">The same command for another follow.</param>
    public static Card NotFollowed(FollowExpression expression, IReadOnlyList<Subscription> followed, Func<FollowExpression, string> typed) => Card.Problem(
        $"This channel does not follow {expression}",
        new CardBlock.Paragraph(followed.Count > 0 ? "It follows these; name one of them as it stands here." : "It follows nothing yet."),
        new CardBlock.Items(null, [.. followed.Select(s => new CardItem(s.Expression.ToString()))])) with
    {
        Actions = [.. followed.Take(5).Select(s => new CardAction(s.Expression.ToString(), typed(s.Expression)))],
    };

    private static string Bare(string typed) => typed[(typed.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static string Prefixed(string typed, TagName name) =>
        name.Kind == TagKind.Actor && typed.StartsWith("mentions:", StringComparison.OrdinalIgnoreCase) ? $"mentions:{name.Slug}" : name.ToString();
}
