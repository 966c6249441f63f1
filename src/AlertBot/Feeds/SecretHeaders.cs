using System.Text;

namespace AlertBot.Feeds;

/// <summary>Headers that hold a login or a key. They go to one site, and nothing that shows or logs them gives them away.</summary>
/// <param name="origin">The site that they are for: scheme, host and port.</param>
internal sealed class SecretHeaders(string origin, IReadOnlyDictionary<string, string> values)
{
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>Whether they may be sent there: never to another site, and never in the open where the feed itself is asked for by https.</summary>
    public bool AreFor(Uri address) => OriginOf(address) == origin;

    public static string OriginOf(Uri address) => address.GetLeftPart(UriPartial.Authority);

    /// <summary>The value of an Authorization header (RFC 7617).</summary>
    public static string Basic(string user, string password) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))}";

    public override string ToString() => string.Join(", ", values.Keys);
}
