using System.Text.Json.Nodes;
using static AlertBot.Emulators.Slack.Rules.ObjectRules;
using static AlertBot.Emulators.Slack.Rules.Shape;

namespace AlertBot.Emulators.Slack.Rules;

/// <summary>Where blocks are shown.</summary>
internal enum Surface
{
    Message,
    Modal,
    Home,
}

/// <summary>What Slack demands of blocks, for the types that this emulator shows. https://docs.slack.dev/reference/block-kit/blocks</summary>
internal static class BlockRules
{
    private static readonly Shape Named = new(May("block_id", Text(255)));

    private static readonly Check RichPart = (faults, value, at) =>
    {
        if (value.Text("type") is not ("rich_text_section" or "rich_text_list" or "rich_text_quote" or "rich_text_preformatted"))
        {
            faults.Add(at, $"unsupported type: {value.Text("type")}");
        }
        else if (value.List("elements") is null)
        {
            faults.Add(at, "missing required field: elements");
        }
    };

    private static readonly Check ContextPart = (faults, value, at) =>
        (value.Text("type") == "image" ? ElementRules.Picture : Words(3000))(faults, value, at);

    private static readonly Dictionary<string, Shape> Shapes = new()
    {
        ["section"] = Named.With(May("text", Words(3000)), May("fields", Each(1, 10, Words(2000))), May("accessory", ElementRules.Accessory), May("expand", Flag)),
        ["header"] = Named.With(Must("text", Plain(150))),
        ["context"] = Named.With(Must("elements", Each(1, 10, ContextPart))),
        ["actions"] = Named.With(Must("elements", Each(1, 25, ElementRules.Action))),
        ["divider"] = Named,
        ["image"] = Picture.With([.. Named.Fields, May("title", Plain(2000))]),
        ["input"] = Named.With(
            Must("label", Plain(2000)), Must("element", ElementRules.Input), May("hint", Plain(2000)), May("optional", Flag), May("dispatch_action", Flag)),
        ["rich_text"] = Named.With(Must("elements", Each(1, 100, RichPart))),
    };

    public static IReadOnlyList<string> Check(JsonNode? blocks, Surface surface, string at = "/blocks")
    {
        var faults = new SlackFaults();
        Each(0, surface == Surface.Message ? 50 : 100, CheckBlock)(faults, blocks, at);
        CheckIds(faults, blocks as JsonArray ?? [], at);
        if (surface != Surface.Modal)
        {
            foreach (var (index, block) in (blocks as JsonArray ?? []).Index().Where(block => Elements(block.Item).Any(element => element.Has("response_url_enabled"))))
            {
                faults.Add($"{at}/{index}", "response_url_enabled is for modals");
            }
        }

        return faults.All;
    }

    private static void CheckBlock(SlackFaults faults, JsonNode? block, string at)
    {
        Typed(Shapes, [.. Shapes.Keys])(faults, block, at);
        if (block.Text("type") == "section" && !block.Has("text") && !block.Has("fields"))
        {
            faults.Add(at, "must have text or fields");
        }
        else if (block.Text("type") == "image")
        {
            Either(faults, block, at, "image_url", "slack_file");
        }
    }

    private static void CheckIds(SlackFaults faults, JsonArray blocks, string at)
    {
        var blockIds = new HashSet<string>();
        foreach (var (index, block) in blocks.Index())
        {
            if (block.Text("block_id") is { } id && !blockIds.Add(id))
            {
                faults.Add($"{at}/{index}/block_id", $"block_id already exists: {id}");
            }

            var actionIds = new HashSet<string>();
            foreach (var twice in Elements(block).Select(element => element.Text("action_id")).OfType<string>().Where(action => !actionIds.Add(action)))
            {
                faults.Add($"{at}/{index}", $"action_id already exists: {twice}");
            }
        }
    }

    private static IEnumerable<JsonNode?> Elements(JsonNode? block) =>
        (block.List("elements") ?? []).Concat([block.Member("accessory"), block.Member("element")]).Where(element => element is JsonObject);
}
