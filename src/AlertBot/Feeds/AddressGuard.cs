using System.Net;
using System.Net.Sockets;

namespace AlertBot.Feeds;

/// <summary>
/// Decides which network addresses may be reached for an address that a person gave. Judged at connect time, on the
/// address really connected to, so that neither a name, a redirect nor a changed DNS answer leads inside.
/// </summary>
internal sealed class AddressGuard
{
    // IANA special-purpose registries (RFC 6890 and its updates), and where clouds answer their own machines.
    private static readonly (IPNetwork Network, string What)[] Closed =
    [
        .. new[]
        {
            ("0.0.0.0/8", "this machine itself"), ("127.0.0.0/8", "this machine itself"), ("::1/128", "this machine itself"), ("::/128", "this machine itself"),
            ("10.0.0.0/8", "in a private network"), ("172.16.0.0/12", "in a private network"), ("192.168.0.0/16", "in a private network"),
            ("fd00:ec2::/32", "where a cloud keeps its metadata"), ("168.63.129.16/32", "where a cloud keeps its metadata"),
            ("100.100.100.200/32", "where a cloud keeps its metadata"), ("192.0.0.192/32", "where a cloud keeps its metadata"),
            ("169.254.169.254/32", "where a cloud keeps its metadata"),
            ("fc00::/7", "in a private network"), ("fec0::/10", "in a private network"), ("100.64.0.0/10", "in a provider's inner network"),
            ("169.254.0.0/16", "on the local link"), ("fe80::/10", "on the local link"),
            ("224.0.0.0/4", "a multicast address"), ("ff00::/8", "a multicast address"), ("255.255.255.255/32", "a broadcast address"),
            ("192.0.2.0/24", "reserved for examples"), ("198.51.100.0/24", "reserved for examples"), ("203.0.113.0/24", "reserved for examples"),
            ("2001:db8::/32", "reserved for examples"), ("3fff::/20", "reserved for examples"), ("198.18.0.0/15", "reserved for measurements"),
            ("2001::/32", "a tunnel (Teredo)"), ("192.88.99.0/24", "a tunnel (6to4)"), ("64:ff9b:1::/48", "a gateway to IPv4 within a network"),
            ("192.0.0.0/24", "reserved"), ("192.31.196.0/24", "reserved"), ("192.52.193.0/24", "reserved"), ("192.175.48.0/24", "reserved"),
            ("240.0.0.0/4", "reserved"), ("2001::/23", "reserved"), ("2620:4f:8000::/48", "reserved"),
        }.Select(r => (IPNetwork.Parse(r.Item1), r.Item2)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    // What browsers refuse too, so that nobody speaks to a mail server through us: https://fetch.spec.whatwg.org/#port-blocking
    private static readonly HashSet<int> OtherServices =
    [
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137,
        139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
        2049, 3659, 4045, 4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211,
    ];

    private readonly HashSet<IPEndPoint> _allowed;

    /// <param name="allowedEndpoints">Private endpoints that the operator opened, as <c>address:port</c>.</param>
    public AddressGuard(IEnumerable<string> allowedEndpoints) => _allowed = [.. allowedEndpoints.Select(IPEndPoint.Parse)];

    /// <returns>Why it may not be reached, with what to do; null if it may.</returns>
    /// <param name="host">The name or address as written.</param>
    public string? Fault(string host, IPAddress address, int port)
    {
        if (_allowed.Contains(new IPEndPoint(address, port)))
        {
            return null;
        }

        if (RangeOf(address) is { } range)
        {
            var place = address.ToString() == host ? $"{host} is {range}" : $"{host} leads to {address}, {range}";
            return $"{place}: feeds may not be fetched from a private network, only from the public internet. Give the feed's public address, "
                + $"or ask the operator to open {new IPEndPoint(address, port)} in Feeds:AllowedPrivateEndpoints";
        }

        return OtherServices.Contains(port)
            ? $"port {port} is for another service and never a web site's. Give the address as it opens in a browser, mostly without a port"
            : null;
    }

    /// <summary>What an address that is not on the public internet is; null for a public one.</summary>
    private static string? RangeOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return RangeOf(address.MapToIPv4());
        }

        if (Closed.FirstOrDefault(r => r.Network.BaseAddress.AddressFamily == address.AddressFamily && r.Network.Contains(address)).What is { } range)
        {
            return range;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return null;
        }

        // All that was given out so far is in one range: what is outside stands for something else or for nothing.
        return !GlobalUnicast.Contains(address) && !Nat64.Contains(address) ? "no address of the public internet"
            : Carried(address) is { } inner ? RangeOf(inner)
            : null;
    }

    /// <summary>The IPv4 address to which gateways and tunnels lead that carry one: NAT64, 6to4, ISATAP (RFC 6052, 3056, 5214).</summary>
    private static IPAddress? Carried(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return Nat64.Contains(address) || bytes.AsSpan(8, 4) is [0x00 or 0x02, 0x00, 0x5E, 0xFE] ? new IPAddress(bytes.AsSpan(12, 4))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            : null;
    }
}
