using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Rules;

namespace AlertBot.Tests.Support;

/// <summary>What acts in a text, or anywhere in a message or view, when Slack shows it: everything that is not just letters.</summary>
internal static class SlackMrkdwn
{
    public static IReadOnlyList<string> ActsOf(string text) => TextRules.ActsOf(text);

    /// <param name="shown">A message, a view or a block. What is <c>plain_text</c> never acts.</param>
    public static IReadOnlyList<string> ActsOf(JsonNode? shown) => shown switch
    {
        JsonArray list => [.. list.SelectMany(ActsOf)],
        JsonObject map when map["type"]?.ToString() == "plain_text" => [],
        JsonObject map => [.. map.SelectMany(member => member is { Key: "text", Value: JsonValue text }
            ? TextRules.ActsOf(text.ToString(), verbatim: map["type"]?.ToString() != "mrkdwn" || map["verbatim"]?.ToString() == "true")
            : ActsOf(member.Value))],
        _ => [],
    };
}
