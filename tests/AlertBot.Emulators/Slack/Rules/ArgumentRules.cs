using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.Rules;

/// <summary>What Slack demands of the blocks and the view among a method's arguments.</summary>
internal static class ArgumentRules
{
    public static IReadOnlyList<string> Check(string method, JsonObject arguments) =>
    [
        .. method.StartsWith("chat.", StringComparison.Ordinal) && arguments.Member("blocks") is { } blocks ? BlockRules.Check(blocks, Surface.Message) : [],
        .. method.StartsWith("views.", StringComparison.Ordinal) && arguments.Member("view") is { } view ? ViewRules.Check(view) : [],
    ];
}
