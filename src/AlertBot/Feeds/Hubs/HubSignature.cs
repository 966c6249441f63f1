using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Feeds.Hubs;

/// <summary>Knows a push of a hub by its <c>X-Hub-Signature</c> over the raw bytes. https://www.w3.org/TR/websub/#signature-validation</summary>
internal static class HubSignature
{
    public static bool IsGood(string? header, string secret, ReadOnlySpan<byte> body)
    {
        var parts = (header ?? "").Split('=', 2);
        if (parts.Length != 2 || Hash(parts[0], Encoding.UTF8.GetBytes(secret), body) is not { } expected)
        {
            return false;
        }

        var given = Encoding.ASCII.GetBytes(parts[1].Trim().ToLowerInvariant());
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(expected)), given);
    }

    // The methods that the specification names; it keeps SHA-1, which as an HMAC still stands.
    private static byte[]? Hash(string method, byte[] secret, ReadOnlySpan<byte> body) => method.Trim().ToLowerInvariant() switch
    {
#pragma warning disable CA5350 // Many hubs sign with nothing else.
        "sha1" => HMACSHA1.HashData(secret, body),
#pragma warning restore CA5350
        "sha256" => HMACSHA256.HashData(secret, body),
        "sha384" => HMACSHA384.HashData(secret, body),
        "sha512" => HMACSHA512.HashData(secret, body),
        _ => null,
    };
}
