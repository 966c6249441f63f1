using System.Text.Json;

namespace AlertBot.Platforms.Slack.Web;

/// <summary>What came of a call of the Web API: a closed set; nothing expected throws.</summary>
internal abstract record SlackAnswer
{
    private SlackAnswer()
    {
    }

    /// <param name="Body">The whole answer.</param>
    public sealed record Ok(JsonElement Body) : SlackAnswer
    {
        /// <summary>A field of text; empty where it is missing.</summary>
        public string this[string field] => Text(Body, field);
    }

    /// <summary>It was not sent, or turned away, because a limit says to wait so long.</summary>
    public sealed record Limited(TimeSpan Wait, string Why) : SlackAnswer;

    /// <summary>Slack said no for good.</summary>
    /// <param name="Error">Slack's own word, such as <c>channel_not_found</c>.</param>
    /// <param name="Details">What Slack adds, such as the scope that is needed.</param>
    public sealed record Refused(string Error, string Details) : SlackAnswer;

    /// <summary>No answer, or one that says that Slack is in trouble.</summary>
    /// <param name="MaybeDone">The work may have been done all the same.</param>
    public sealed record Down(string Why, bool MaybeDone) : SlackAnswer;

    /// <summary>There is no token for the workspace: it took the app away, or never had it.</summary>
    /// <param name="Since">When it did; null if it never had it.</param>
    public sealed record NotInstalled(string Why, DateTimeOffset? Since) : SlackAnswer;

    public static string Text(JsonElement body, string field) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Where the next page of a list begins; empty on the last one. https://docs.slack.dev/apis/web-api/pagination</summary>
    public static string NextCursor(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("response_metadata", out var metadata) ? Text(metadata, "next_cursor") : "";
}
