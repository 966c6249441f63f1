using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.Rules;

/// <summary>Slack's no to a message or a view.</summary>
/// <param name="Error">Such as <c>invalid_blocks</c>.</param>
/// <param name="Messages">For <c>response_metadata.messages</c>.</param>
internal sealed record Refusal(string Error, IReadOnlyList<string> Messages);

/// <summary>What Slack demands of a message, and what we demand of our own. https://docs.slack.dev/reference/methods/chat.postMessage</summary>
internal static class MessageRules
{
    /// <summary>Undocumented: seen to fail from 11,300 to 13,200 characters (slackapi/bolt-js issues 2509 and 2867).</summary>
    public const int MostBlockText = 13_200;

    private static readonly string[] Unfurls = ["unfurl_links", "unfurl_media"];

    /// <param name="message">The arguments, with <c>blocks</c> as an array.</param>
    public static Refusal? Check(JsonNode? message)
    {
        if (string.IsNullOrEmpty(message.Text("text")) && message.List("blocks") is null or { Count: 0 } && message.List("attachments") is null or { Count: 0 })
        {
            return message.Has("blocks") && message.List("blocks") is null ? new Refusal("invalid_blocks_format", []) : new Refusal("no_text", []);
        }

        if (!message.Has("blocks"))
        {
            return null;
        }

        if (BlockRules.Check(message.Member("blocks"), Surface.Message) is { Count: > 0 } faults)
        {
            return new Refusal("invalid_blocks", faults);
        }

        return BlockText(message.Member("blocks")) > MostBlockText ? new Refusal("msg_blocks_too_long", []) : null;
    }

    /// <summary>What Slack lets pass but our bot must never post.</summary>
    public static IReadOnlyList<string> House(JsonNode? message)
    {
        var faults = new SlackFaults();
        if (string.IsNullOrWhiteSpace(message.Text("text")))
        {
            faults.Add("/text", "house rule: text must stand beside blocks: notifications and screen readers read it");
        }

        foreach (var unfurl in Unfurls.Where(unfurl => message.Flag(unfurl) != false))
        {
            faults.Add($"/{unfurl}", "house rule: must be false");
        }

        return faults.All;
    }

    public static int BlockText(JsonNode? node) => node switch
    {
        JsonArray list => list.Sum(BlockText),
        JsonObject map => (map.Text("text")?.Length ?? 0) + map.Sum(pair => BlockText(pair.Value)),
        _ => 0,
    };
}
