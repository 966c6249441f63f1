using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>The options that topics are named and described by, and the card for a topic that is unknown.</summary>
internal static class TopicOption
{
    public const string Topic = "topic";
    public const string Name = "name";
    public const string Definition = "definition";
    public const string Threshold = "threshold";
    public const string Phrases = "phrases";

    public static CommandOption Of(KnowledgeBase knowledge, OptionKind kind) => new(Topic, "A topic: its slug or name", kind)
    {
        Required = true,
        Suggest = typed => knowledge.SuggestNames(typed, 60).Where(s => s.Kind == TagKind.Topic).Select(s => new Choice(s.Slug, s.Label)),
    };

    public static CommandOption OfThreshold() => new(Threshold, "The score from which on a story is about it; - for the usual one");

    public static CommandOption OfDefinition() => new(Definition, "One line on what belongs to it");

    public static CommandOption OfPhrases(string summary) => new(Phrases, summary, OptionKind.Rest);

    /// <returns>The topic, or the card that says that there is none.</returns>
    /// <param name="command">The command that the card offers for each that may be meant.</param>
    public static (Topic? Topic, Card? Problem) Find(string typed, KnowledgeBase knowledge, string command)
    {
        if (knowledge.ResolveTopics(typed) is [var topic, ..])
        {
            return (topic, null);
        }

        var close = knowledge.DidYouMean(typed, 10).Where(s => s.Kind == TagKind.Topic).Take(5).ToList();
        return (null, Card.Problem(
            $"No topic is called '{typed}'",
            new CardBlock.Paragraph(close.Count > 0 ? $"Did you mean {string.Join(", ", close.Select(s => s.Slug))}?" : "Check the spelling, or add it with /topics add.")) with
        {
            Actions = [.. close.Select(s => new CardAction(s.Label, $"/{command} {s.Slug}"))],
        });
    }
}
