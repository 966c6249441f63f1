using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using NSec.Cryptography;

namespace AlertBot.Emulators.Discord.Interactions;

/// <summary>What is wrong with a delivery over HTTP, on purpose.</summary>
public enum DeliveryFlaw
{
    None,

    /// <summary>A signature by another key.</summary>
    Forged,

    /// <summary>The body was changed after it was signed.</summary>
    Changed,

    /// <summary>No signature headers.</summary>
    NotSigned,

    /// <summary>The signature is no hexadecimal.</summary>
    Garbled,

    /// <summary>Well signed, ten minutes ago.</summary>
    Stale,
}

/// <summary>What the bot answered to a delivery over HTTP.</summary>
/// <param name="Interaction">Null for a PING.</param>
/// <param name="Refusal">Why Discord would not have taken the answer; null where it was taken.</param>
public sealed record HttpDelivery(int Status, string Body, string? ContentType, DiscordInteraction? Interaction, string? Refusal);

/// <summary>Signs as Discord signs, Ed25519 over timestamp and body, and posts.</summary>
internal sealed class SignedDelivery : IDisposable
{
    private readonly Key _key;
    private readonly Key _other;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public SignedDelivery(IReadOnlyList<byte> seed, TimeProvider clock)
    {
        _clock = clock;
        _key = Key.Import(SignatureAlgorithm.Ed25519, [.. seed], KeyBlobFormat.RawPrivateKey);
        _other = Key.Import(SignatureAlgorithm.Ed25519, [.. seed.Reverse()], KeyBlobFormat.RawPrivateKey);
        PublicKeyHex = Convert.ToHexStringLower(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    public string PublicKeyHex { get; }

    public async Task<(int Status, string Body, string? Type)> PostAsync(Uri address, string body, DeliveryFlaw flaw, CancellationToken cancellationToken)
    {
        var at = _clock.GetUtcNow() - (flaw == DeliveryFlaw.Stale ? TimeSpan.FromMinutes(10) : TimeSpan.Zero);
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = SignatureAlgorithm.Ed25519.Sign(flaw == DeliveryFlaw.Forged ? _other : _key, Encoding.UTF8.GetBytes(timestamp + body));
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(flaw == DeliveryFlaw.Changed ? body + " " : body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TryAddWithoutValidation("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)");
        if (flaw != DeliveryFlaw.NotSigned)
        {
            request.Headers.Add("X-Signature-Timestamp", timestamp);
            request.Headers.Add("X-Signature-Ed25519", flaw == DeliveryFlaw.Garbled ? "not hexadecimal" : Convert.ToHexStringLower(signature));
        }

        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return ((int)response.StatusCode, text, response.Content.Headers.ContentType?.MediaType);
    }

    public void Dispose()
    {
        _key.Dispose();
        _other.Dispose();
        _http.Dispose();
    }
}
