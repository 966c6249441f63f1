using System.Text.Json.Nodes;
using static AlertBot.Emulators.Slack.Rules.ObjectRules;
using static AlertBot.Emulators.Slack.Rules.Shape;

namespace AlertBot.Emulators.Slack.Rules;

/// <summary>What Slack demands of a modal or a Home tab. https://docs.slack.dev/reference/views</summary>
internal static class ViewRules
{
    private static readonly Shape Any = new(
        Must("type", OneOf("modal", "home")), Must("blocks", (_, _, _) => { }), May("private_metadata", Text(3000, least: 0)),
        May("callback_id", Text(255, least: 0)), May("external_id", Text(255, least: 0)));

    private static readonly Shape Modal = Any.With(
        Must("title", Plain(24)), May("submit", Plain(24)), May("close", Plain(24)), May("clear_on_close", Flag), May("notify_on_close", Flag));

    public static IReadOnlyList<string> Check(JsonNode? view, string at = "/view")
    {
        var faults = new SlackFaults();
        var modal = view.Text("type") == "modal";
        (modal ? Modal : Any).Look(faults, view, at);
        if (modal && !view.Has("submit") && (view.List("blocks") ?? []).Any(block => block.Text("type") == "input"))
        {
            faults.Add(at, "missing required field: submit, which a modal with inputs needs");
        }

        return [.. faults.All, .. view.Has("blocks") ? BlockRules.Check(view.Member("blocks"), modal ? Surface.Modal : Surface.Home, at + "/blocks") : []];
    }
}
