namespace AlertBot.Feeds;

/// <summary>
/// Whom an address asks: the name that somebody registered, so that a platform's thousand subdomains are one site to be polite to.
/// A guess by the shape of the name: too wide a group only asks more slowly.
/// </summary>
internal static class RegisteredDomain
{
    // What stands before a country's two letters where names are registered a level deeper, as in co.uk and or.kr.
    private static readonly HashSet<string> SecondLevels =
        ["ac", "co", "com", "ed", "edu", "go", "gob", "gouv", "gov", "govt", "gv", "lg", "ltd", "mil", "ne", "net", "nom", "or", "org", "pe", "plc", "re", "sch"];

    /// <summary>Such as <c>substack.com</c> or <c>bbc.co.uk</c>, with a port that is not the usual one; an IP address is itself.</summary>
    public static string Of(Uri address)
    {
        if (address.HostNameType != UriHostNameType.Dns)
        {
            return address.Authority;
        }

        var labels = (WebHost.Of(address) ?? address.Host).TrimEnd('.').Split('.');
        var depth = labels is [.., _, var second, { Length: 2 }] && SecondLevels.Contains(second) ? 3 : 2;
        return string.Join('.', labels.TakeLast(depth)) + (address.IsDefaultPort ? "" : $":{address.Port}");
    }
}
