using System.Globalization;
using System.Text;
using System.Text.Json;
using AlertBot.Platforms.Slack.Interactions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AlertBot.Platforms.Slack.Http;

/// <summary>What the body of a call of Slack is: a closed set.</summary>
internal abstract record SlackCall
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private SlackCall()
    {
    }

    /// <summary>Something to act on.</summary>
    public sealed record Delivery(SlackDelivery Value) : SlackCall;

    /// <summary>Slack wants to hear this back, to know that the address is the app's. https://docs.slack.dev/reference/events/url_verification</summary>
    public sealed record Challenge(string Text) : SlackCall;

    /// <summary>There is nothing to do but to answer.</summary>
    public sealed record Nothing(string Type) : SlackCall;

    public sealed record Malformed(string Why) : SlackCall;

    public static SlackCall Read(byte[] body, string? contentType, StringValues retry)
    {
        try
        {
            return IsForm(contentType) ? OfForm(Fields(body)) : OfEvent(JsonSerializer.Deserialize<JsonElement>(body), RetryAttempt(retry));
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or DecoderFallbackException)
        {
            return new Malformed("The body is no form and no JSON.");
        }
    }

    /// <summary>A probe of the certificate, which Slack does not sign.</summary>
    public static bool IsProbe(byte[] body, string? contentType) =>
        IsForm(contentType) && body.Length < 1024 && Read(body, contentType, default) is Nothing { Type: "ssl_check" };

    private static bool IsForm(string? contentType) => contentType is not null && contentType.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, StringValues> Fields(byte[] body)
    {
        using var reader = new FormReader(Utf8.GetString(body));
        return reader.ReadForm();
    }

    private static int RetryAttempt(StringValues retry) => int.TryParse(retry, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static SlackCall OfForm(Dictionary<string, StringValues> fields)
    {
        if (fields.TryGetValue("ssl_check", out var probe) && probe == "1")
        {
            return new Nothing("ssl_check");
        }

        if (fields.TryGetValue("payload", out var payload))
        {
            return JsonSerializer.Deserialize<JsonElement>(payload.ToString()) is { ValueKind: JsonValueKind.Object } action
                ? new Delivery(new SlackDelivery(DeliveryKind.Interactive, action))
                : new Malformed("The payload is no object.");
        }

        return fields.ContainsKey("command")
            ? new Delivery(new SlackDelivery(DeliveryKind.Command, JsonSerializer.SerializeToElement(fields.ToDictionary(f => f.Key, f => f.Value.ToString()))))
            : new Malformed("The form has neither a command nor a payload.");
    }

    private static SlackCall OfEvent(JsonElement body, int retryAttempt) => (body.ValueKind, Web.SlackAnswer.Text(body, "type")) switch
    {
        (JsonValueKind.Object, "url_verification") => new Challenge(Web.SlackAnswer.Text(body, "challenge")),
        (JsonValueKind.Object, "event_callback") => new Delivery(new SlackDelivery(DeliveryKind.Event, body) { RetryAttempt = retryAttempt }),
        (JsonValueKind.Object, { Length: > 0 } type) => new Nothing(type),
        _ => new Malformed("The body is no event."),
    };
}
