using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>The limits of Block Kit that every message and view is held to (docs.slack.dev/reference/block-kit/blocks).</summary>
internal static class BlockLimits
{
    /// <summary>Of all text in a message's blocks, where Slack was seen to answer msg_blocks_too_long.</summary>
    public const int MostText = 13_200;

    public static IReadOnlyList<string> Check(string method, JsonObject arguments)
    {
        var faults = new List<string>();
        if (method.StartsWith("chat.", StringComparison.Ordinal) && arguments.List("blocks") is { } blocks)
        {
            CheckBlocks(blocks, 50, "/blocks", faults);
        }

        if (arguments.Map("view").List("blocks") is { } view)
        {
            CheckBlocks(view, 100, "/view/blocks", faults);
        }

        return faults;
    }

    public static int TextLength(JsonNode? node) => node switch
    {
        JsonObject map => (map.Text("text")?.Length ?? 0) + map.Where(member => member.Value is JsonObject or JsonArray).Sum(member => TextLength(member.Value)),
        JsonArray list => list.Sum(TextLength),
        _ => 0,
    };

    private static void CheckBlocks(JsonArray blocks, int most, string path, List<string> faults)
    {
        if (blocks.Count > most)
        {
            faults.Add($"no more than {most} items allowed [json-pointer:{path}]");
        }

        for (var at = 0; at < blocks.Count; at++)
        {
            if (blocks[at].Text("type") is not { } type)
            {
                faults.Add($"missing required field: type [json-pointer:{path}/{at}]");
            }
            else if (blocks[at].Map("text").Text("text") is { } text && text.Length > (type == "header" ? 150 : 3000))
            {
                faults.Add($"must be less than {(type == "header" ? 151 : 3001)} characters [json-pointer:{path}/{at}/text/text]");
            }
        }
    }
}
