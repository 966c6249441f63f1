using System.Net;
using System.Net.Sockets;

namespace AlertBot.Feeds;

/// <summary>Builds the one HTTP client that fetches addresses given by people: every connection is checked by the guard.</summary>
internal static class FeedHttp
{
#pragma warning disable RS0030 // The one place that may build a client: it is the one with the address check.
    public static HttpClient Create(FeedsOptions options, AddressGuard guard)
    {
        var client = new HttpClient(Handler(guard)) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
        client.DefaultRequestHeaders.Accept.ParseAdd(
            "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5");
        client.DefaultRequestVersion = HttpVersion.Version20;
        return client;
    }
#pragma warning restore RS0030

    private static SocketsHttpHandler Handler(AddressGuard guard) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(guard, context.DnsEndPoint, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(AddressGuard guard, DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(target.Host, cancellationToken);
        var allowed = addresses.Where(a => guard.Allows(a, target.Port)).ToArray();
        if (allowed.Length == 0)
        {
            throw new PrivateAddressException(target.Host);
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
}

/// <summary>The name leads to a private network, where no feed may be fetched from.</summary>
internal sealed class PrivateAddressException(string host) : IOException($"{host} is on a private network, which feeds may not be fetched from");
