using System.Net;
using System.Net.Sockets;
using System.Text;
using AlertBot.Feeds.Health;

namespace AlertBot.Feeds;

/// <summary>The addresses of a name, as the DNS gives them now.</summary>
internal delegate Task<IPAddress[]> NameResolver(string host, CancellationToken cancellationToken);

/// <summary>Builds the one HTTP client that fetches addresses given by people: every connection is checked by the guard.</summary>
internal static class FeedHttp
{
    private const int LargestHeaders = 64;

#pragma warning disable RS0030 // The one place that may build a client: it is the one with the address check.
    public static HttpClient Create(FeedsOptions options, AddressGuard guard, NameResolver resolve, SiteClocks clocks)
    {
        var client = new HttpClient(clocks.Over(Handler(guard, resolve))) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
        // Not HTTP/3: its connections would pass the guard by.
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        return client;
    }
#pragma warning restore RS0030

    private static SocketsHttpHandler Handler(AddressGuard guard, NameResolver resolve) => new()
    {
        AllowAutoRedirect = false,
        // What is packed is unpacked by the one who counts the bytes.
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        MaxResponseHeadersLength = LargestHeaders,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
        UseProxy = false,
        // Validators go back byte by byte as they came, whatever they hold.
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(guard, resolve, context.DnsEndPoint, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(AddressGuard guard, NameResolver resolve, DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(resolve, target.Host, cancellationToken);
        var allowed = addresses.Where(a => guard.Fault(target.Host, a, target.Port) is null).ToArray();
        if (allowed.Length == 0)
        {
            throw addresses is [var first, ..] ? new ClosedAddressException(guard.Fault(target.Host, first, target.Port)!) : new SocketException((int)SocketError.HostNotFound);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Names under localhost are this machine whatever a DNS says of them (RFC 6761, section 6.3).
    private static async Task<IPAddress[]> AddressesAsync(NameResolver resolve, string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host, out var address) ? [address]
        : host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
        : await resolve(host, cancellationToken);
}

/// <summary>The name leads to where no feed may be fetched from.</summary>
internal sealed class ClosedAddressException(string why) : IOException(why);
