using System.Text.Json;

namespace AlertBot.Platforms.Discord.Rest;

/// <summary>What came of a request: a closed set; nothing expected throws.</summary>
internal abstract record RestAnswer
{
    private RestAnswer()
    {
    }

    /// <param name="Body">Undefined where there was none.</param>
    public sealed record Ok(JsonElement Body) : RestAnswer
    {
        /// <summary>A field of text; empty where it is missing.</summary>
        public string this[string field] => Text(Body, field);
    }

    /// <summary>It was not sent, or sent and turned away, because a limit says to wait so long.</summary>
    public sealed record Limited(TimeSpan Wait, string Why) : RestAnswer;

    /// <param name="Status">An HTTP status of 400 to 499.</param>
    /// <param name="Code">Discord's own code; 0 where the body had none.</param>
    /// <param name="Details">What is wrong with which field, as Discord says it.</param>
    public sealed record Refused(int Status, int Code, string Message, string Details) : RestAnswer;

    /// <summary>No answer, or one that says that the server is in trouble.</summary>
    /// <param name="MaybeDone">The work may have been done all the same.</param>
    public sealed record Down(string Why, bool MaybeDone) : RestAnswer;

    public static string Text(JsonElement body, string field) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
