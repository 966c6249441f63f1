using System.Globalization;
using AlertBot.Knowledge;
using AlertBot.Platforms;

namespace AlertBot.Moderation;

/// <summary>A topic as the options of a command describe it, over what it was before.</summary>
internal static class TopicDraft
{
    public const int LongestPhrases = 4000;

    private const string None = "-";

    private static double Usual => PhraseBook.Shipped.Scale.Keyword;

    /// <returns>The topic with what was given, and what can't be read of it. What was left out stays.</returns>
    public static (Topic Topic, IReadOnlyList<string> Faults) Read(CommandInvocation invocation, Topic before)
    {
        var topic = before with
        {
            Name = invocation.Find(TopicOption.Name) is { } name ? OneLine(name) : before.Name,
            Definition = invocation.Find(TopicOption.Definition) is { } definition ? OneLine(definition) is var line && line == None ? "" : line : before.Definition,
        };
        var faults = new List<string>();
        if (invocation.Find(TopicOption.Threshold) is { } typed)
        {
            var isNumber = double.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var threshold);
            topic = topic with { Threshold = isNumber ? threshold : null };
            if (!isNumber && typed.Trim() is not ("" or None))
            {
                faults.Add($"“{typed}” is no threshold: write a number such as 2.5, or - for the usual one.");
            }
        }

        if (invocation.Find(TopicOption.Phrases) is not { } text)
        {
            return (topic, faults);
        }

        var (read, unread) = WithPhrases(topic, text);
        return (read, [.. faults, .. unread]);
    }

    /// <returns>The topic with these phrases, and what can't be read of them.</returns>
    public static (Topic Topic, IReadOnlyList<string> Faults) WithPhrases(Topic topic, string text) => TopicPhraseText.Read(topic, text, Usual);

    /// <summary>The form that holds a topic as it is and changes it by a command.</summary>
    public static CardForm? Form(string title, string command, Topic topic) => PhrasesOf(topic) is { Length: <= LongestPhrases } phrases
        ? new CardForm(title, command,
        [
            new FormField(TopicOption.Name, "Name", topic.Name) { Required = true, MaxLength = 60 },
            new FormField(TopicOption.Definition, "What belongs to it, in one line", topic.Definition) { MaxLength = 300 },
            new FormField(TopicOption.Threshold, "Score that it needs; empty for the usual", Number(topic.Threshold)) { MaxLength = 6 },
            new FormField(TopicOption.Phrases, "Phrases, one on each line", phrases) { Required = true, Multiline = true, MaxLength = LongestPhrases },
        ])
        : null;

    public static string PhrasesOf(Topic topic) => TopicPhraseText.Write(topic, Usual);

    public static string Number(double? threshold) => threshold?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
