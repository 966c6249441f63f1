using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AlertBot.Platforms.Slack.Http;

/// <summary>Knows a call of Slack by its signature over the raw bytes. https://docs.slack.dev/authentication/verifying-requests-from-slack</summary>
internal sealed class SlackSignature(string secret, TimeProvider time)
{
    private const string Version = "v0";

    private static readonly TimeSpan OldestCall = TimeSpan.FromMinutes(5);

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>False, too, for a call that is more than five minutes away from now: somebody kept it.</summary>
    public bool IsGood(IHeaderDictionary headers, byte[] body)
    {
        if (headers["X-Slack-Request-Timestamp"] is not [{ Length: > 0 and <= 11 } timestamp] || headers["X-Slack-Signature"] is not [{ } signature]
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (time.GetUtcNow() - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(seconds)).Duration() > OldestCall)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Version}:{timestamp}:"), .. body];
        var expected = HMACSHA256.HashData(_secret, signed);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes($"{Version}={Convert.ToHexStringLower(expected)}"), Encoding.UTF8.GetBytes(signature));
    }
}
