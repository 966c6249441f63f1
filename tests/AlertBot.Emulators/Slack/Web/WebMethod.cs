using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>One method of the Web API.</summary>
/// <param name="Handle">Gives the answer without ok.</param>
internal sealed record WebMethod(string Name, Func<SlackCall, JsonObject> Handle)
{
    /// <summary>Needs no token.</summary>
    public bool Open { get; init; }

    /// <summary>Takes the app-level token, not the bot's.</summary>
    public bool ForApp { get; init; }
}
