using AlertBot.Knowledge;
using AlertBot.Tagging;

namespace AlertBot.Tests.Tagging;

/// <summary>Tags texts with a small knowledge base of our own.</summary>
internal static class Tagged
{
    private static readonly StoryTagger Tagger = new(KnowledgeFile.Load(KnowledgePath));

    public static string KnowledgePath => Path.Combine(AppContext.BaseDirectory, "Fixtures", "Tagging", "knowledge.yaml");

    public static TaggedText Story(string title, string body, string day = "2023-11-20") =>
        Tagger.Tag(new StoryText(title, body, DateTimeOffset.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    public static TaggedText Body(string body, string day = "2023-11-20") => Story("", body, day);

    public static string ActorsOf(string body, string day = "2023-11-20") => Actors(Body(body, day));

    public static string Actors(TaggedText tagged) =>
        string.Join(' ', tagged.Tags.Where(tag => tag.Name.Kind == TagKind.Actor).Select(tag => tag.Name.Slug).Order(StringComparer.Ordinal));

    public static string Topics(TaggedText tagged) =>
        string.Join(' ', tagged.Tags.Where(tag => tag.Name.Kind == TagKind.Topic).Select(tag => tag.Name.Slug).Order(StringComparer.Ordinal));

    /// <summary>What each occurrence of a word in the body was taken for, in order.</summary>
    public static string Meanings(TaggedText tagged, string word) =>
        string.Join(' ', tagged.Mentions.Where(mention => mention.Section == TextSection.Body && mention.Text == word).Select(mention => mention.Slug ?? "nobody"));
}
