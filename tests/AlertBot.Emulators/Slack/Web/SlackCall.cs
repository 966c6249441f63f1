using System.Globalization;
using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>One call of a method; numbers and flags may come as text, as forms send them.</summary>
internal sealed record SlackCall(string Method, JsonObject Arguments, string? Token)
{
    public string? Text(string name) => Arguments.Text(name) is { Length: > 0 } text ? text : null;

    public bool Flag(string name) => Arguments.Flag(name) ?? Text(name) is "true" or "1";

    public int Number(string name, int otherwise) => Arguments.Integer(name) ?? (int.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : otherwise);
}
