using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>A refusal as the Web API says it: ok is false, and the error by its name.</summary>
internal sealed class SlackError(string code, IReadOnlyList<string>? messages = null) : Exception(code)
{
    /// <summary>The scope that the token lacks, with missing_scope.</summary>
    public string? Needed { get; init; }

    public string? Provided { get; init; }

    public JsonObject Body()
    {
        var body = new JsonObject { ["ok"] = false, ["error"] = Message };
        if (messages is not null)
        {
            body["response_metadata"] = new JsonObject { ["messages"] = new JsonArray([.. messages.Select(message => JsonValue.Create("[ERROR] " + message))]) };
        }

        if (Needed is not null)
        {
            (body["needed"], body["provided"]) = (Needed, Provided);
        }

        return body;
    }
}
