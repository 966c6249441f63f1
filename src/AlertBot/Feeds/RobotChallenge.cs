using System.Net.Http.Headers;

namespace AlertBot.Feeds;

/// <summary>Tells by an answer's headers which protection against robots stood in the way, where one did.</summary>
internal static class RobotChallenge
{
    // Each with what it begins with; empty: whatever it is.
    private static readonly (string Header, string Start, string Protection)[] Signs =
    [
        ("cf-mitigated", "", "Cloudflare"),
        ("x-vercel-mitigated", "", "Vercel"),
        ("x-amzn-waf-action", "", "AWS WAF"),
        ("x-datadome", "", "DataDome"),
        ("x-dd-b", "", "DataDome"),
        ("x-sucuri-block", "", "Sucuri"),
        ("x-iinfo", "", "Imperva"),
        ("server", "ddos-guard", "DDoS-Guard"),
        ("server", "AkamaiGHost", "Akamai"),
        ("server", "cloudflare", "Cloudflare"),
    ];

    /// <summary>The protection's name; null where there is no sign of one.</summary>
    /// <remarks>Only of an answer that brought no document: many of these headers come with good answers, too.</remarks>
    public static string? NameOf(HttpResponseHeaders headers) => Signs.FirstOrDefault(s =>
        headers.NonValidated.TryGetValues(s.Header, out var values) && values.ToString().StartsWith(s.Start, StringComparison.OrdinalIgnoreCase)).Protection;
}
