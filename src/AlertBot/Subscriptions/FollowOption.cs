using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Subscriptions;

/// <summary>The option of /follow and /unfollow, and the card for one that could not be read.</summary>
internal static class FollowOption
{
    public const string Name = "what";

    public static CommandOption Of(KnowledgeBase knowledge) => new(Name, "Names with and, or, not: north-korea and sanctions not sport", OptionKind.Rest)
    {
        Required = true,
        Suggest = typed => knowledge.SuggestNames(Bare(typed), 25).Select(s => new Choice(Prefixed(typed, new TagName(s.Kind, s.Slug)), s.Label)),
    };

    public static Card Problem(FollowResult.Misunderstood fault, string command) => Card.Problem(
        fault.Suggestions.Count > 0 ? "Did you mean …" : "That follow could not be read",
        new CardBlock.Paragraph(fault.Why),
        new CardBlock.Paragraph(fault.Suggestions.Count > 0
            ? $"Did you mean {string.Join(", ", fault.Suggestions)}?"
            : "Write names joined by and, or, not, with parentheses where needed: /follow north-korea and sanctions not sport")) with
    {
        Actions = [.. fault.Suggestions.Take(5).Select(s => new CardAction(s, $"/{command} {s}"))],
    };

    private static string Bare(string typed) => typed[(typed.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static string Prefixed(string typed, TagName name) =>
        name.Kind == TagKind.Actor && typed.StartsWith("mentions:", StringComparison.OrdinalIgnoreCase) ? $"mentions:{name.Slug}" : name.ToString();
}
