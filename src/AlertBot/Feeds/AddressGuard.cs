using System.Net;
using System.Net.Sockets;

namespace AlertBot.Feeds;

/// <summary>
/// Decides which network addresses may be reached for an address that a person gave. Judged at connect time, on the
/// address really connected to, so that neither a name, a redirect nor a changed DNS answer leads inside.
/// </summary>
internal sealed class AddressGuard
{
    // IANA special-purpose registries (RFC 6890 and its updates): everything that is not globally reachable.
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    private readonly HashSet<IPEndPoint> _allowed;

    /// <param name="allowedEndpoints">Private endpoints that the operator opened, as <c>address:port</c>.</param>
    public AddressGuard(IEnumerable<string> allowedEndpoints) => _allowed = [.. allowedEndpoints.Select(IPEndPoint.Parse)];

    public bool Allows(IPAddress address, int port) => _allowed.Contains(new IPEndPoint(address, port)) || IsPublic(address);

    private static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        if (Closed.Any(n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address)))
        {
            return false;
        }

        // Addresses that carry an IPv4 address lead to that one.
        return address.AddressFamily switch
        {
            AddressFamily.InterNetworkV6 when Nat64.Contains(address) => IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12, 4))),
            AddressFamily.InterNetworkV6 when SixToFour.Contains(address) => IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(2, 4))),
            _ => true,
        };
    }
}
