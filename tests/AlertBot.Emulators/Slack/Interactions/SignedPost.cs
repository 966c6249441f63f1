using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Slack.Interactions;

/// <summary>What is wrong with a delivery over HTTP, on purpose.</summary>
public enum SlackDeliveryFlaw
{
    None,

    /// <summary>Signed with another secret.</summary>
    Forged,

    /// <summary>Well signed, 301 seconds ago.</summary>
    Stale,

    /// <summary>No signature headers.</summary>
    NotSigned,
}

/// <summary>Signs as Slack signs, HMAC-SHA256 over time and raw body, and posts. https://docs.slack.dev/authentication/verifying-requests-from-slack</summary>
internal sealed class SignedPost(string secret, TimeProvider clock) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    /// <param name="skew">Added to the time that is signed.</param>
    public async Task<(int Status, string Body)> PostAsync(Uri address, string raw, string contentType, SlackDeliveryFlaw flaw, TimeSpan skew, int retry, CancellationToken cancellationToken)
    {
        var at = clock.GetUtcNow() + skew - (flaw == SlackDeliveryFlaw.Stale ? TimeSpan.FromSeconds(301) : TimeSpan.Zero);
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Encoding.UTF8.GetBytes(flaw == SlackDeliveryFlaw.Forged ? secret + "x" : secret);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(raw, Encoding.UTF8, MediaTypeHeaderValue.Parse(contentType)) };
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        if (flaw != SlackDeliveryFlaw.NotSigned)
        {
            request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
            request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"v0:{timestamp}:{raw}"))));
        }

        if (retry > 0)
        {
            request.Headers.Add("X-Slack-Retry-Num", retry.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", "http_timeout");
        }

        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What Slack posts for an interaction: a form, a form around JSON, or JSON.</summary>
    public static (string Raw, string Type) Body(SlackInteraction interaction) => interaction.Kind switch
    {
        SlackDeliveryKind.Command => (string.Join('&', interaction.Payload.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value?.GetValue<string>() ?? "")}")), "application/x-www-form-urlencoded"),
        SlackDeliveryKind.Interactive => ($"payload={Uri.EscapeDataString(interaction.Payload.ToJsonString())}", "application/x-www-form-urlencoded"),
        _ => (interaction.Payload.ToJsonString(), "application/json"),
    };

    /// <summary>The payload that a response carries as an acknowledgement; null where it is bare.</summary>
    public static JsonNode? Payload(string body) => body.Length == 0 ? null : JsonReading.Parse(body) ?? new JsonObject { ["text"] = body };

    public void Dispose() => _http.Dispose();
}
