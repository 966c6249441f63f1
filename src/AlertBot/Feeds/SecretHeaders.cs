using System.Buffers;
using System.Text;

namespace AlertBot.Feeds;

/// <summary>Headers that hold a login or a key. They go to one site, and nothing that shows or logs them gives them away.</summary>
/// <param name="origin">The site that they are for: scheme, host and port.</param>
internal sealed class SecretHeaders(string origin, IReadOnlyDictionary<string, string> values)
{
    public const string Authorization = "Authorization";
    public const int LongestValue = 4000;
    private const int LongestName = 64;

    private static readonly SearchValues<char> NameSigns = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // Those that say how the message itself is to be read, and those that the bot writes for itself.
    private static readonly HashSet<string> OurOwn = new(StringComparer.OrdinalIgnoreCase)
    {
        "Accept", "Accept-Encoding", "Connection", "Content-Encoding", "Content-Length", "Content-Type", "Expect", "Host", "If-Match", "If-Modified-Since", "If-None-Match",
        "If-Range", "If-Unmodified-Since", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "Range", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Via",
    };

    public IReadOnlyDictionary<string, string> Values => values;

    public string Origin => origin;

    /// <summary>Whether they may be sent there: never to another site, and never in the open where the feed itself is asked for by https.</summary>
    public bool AreFor(Uri address) => OriginOf(address) == origin;

    public static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    /// <summary>The value of an Authorization header (RFC 7617).</summary>
    public static string Basic(string user, string password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    /// <summary>A header's name in the one form in which it is kept: <c>X-Api-Key</c>.</summary>
    public static string Canonical(string name) =>
        string.Join('-', name.Trim().ToLowerInvariant().Split('-').Select(part => part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>What is wrong with a header that a person gave, without its value; null if nothing.</summary>
    public static string? FaultOf(string name, string value) =>
        name.Length is 0 or > LongestName || name.AsSpan().ContainsAnyExcept(NameSigns) ? "That is no name of a header. It has letters, digits and dashes only, such as X-Api-Key."
        : OurOwn.Contains(name) ? $"{name} is written by the bot itself and can't be set. Authorization, Cookie, User-Agent and headers of the site's own can."
        : value.Length is 0 or > LongestValue ? $"The value of {name} must have 1 to {LongestValue} characters."
        : value.Any(c => c is < ' ' or > '~') ? $"The value of {name} holds a sign that no header can: use plain ASCII letters, digits and signs in one line."
        : null;

    public override string ToString() => string.Join(", ", values.Keys);
}
