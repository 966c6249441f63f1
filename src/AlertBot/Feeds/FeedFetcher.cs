using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace AlertBot.Feeds;

/// <summary>Asks for one feed, politely: conditionally, with a limit on time, size and redirects. Expected failures are results.</summary>
internal sealed class FeedFetcher(HttpClient http, IOptions<FeedsOptions> options, TimeProvider time)
{
    private const int MaxRedirects = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <param name="etag">Validators of the last answer; null asks for the whole feed.</param>
    public async Task<FetchResult> FetchAsync(Uri address, string? etag, string? lastModified, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await FollowAsync(address, etag, lastModified, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new FetchResult.Failed(FetchFault.Slow, $"no complete answer within {options.Value.Timeout.TotalSeconds:0} seconds");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return Explain(exception);
        }
    }

    private async Task<FetchResult> FollowAsync(Uri address, string? etag, string? lastModified, CancellationToken cancellationToken)
    {
        var permanently = true;
        var current = address;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var request = Request(current, etag, lastModified);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.Headers.Location is not { } location || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return await ReadAsync(response, current, permanently && hop > 0 ? current : null, cancellationToken);
            }

            permanently &= response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
            if (!FeedAddress.TryParse(new Uri(current, location).AbsoluteUri, out current, out var why))
            {
                return new FetchResult.Failed(FetchFault.Redirects, $"redirected to an address that can't be used: {why}");
            }
        }

        return new FetchResult.Failed(FetchFault.Redirects, $"redirected more than {MaxRedirects} times");
    }

    private static HttpRequestMessage Request(Uri address, string? etag, string? lastModified)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        // Validators go back exactly as they came: many servers send ones that no typed header accepts.
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        if (lastModified is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", lastModified);
        }

        return request;
    }

    private async Task<FetchResult> ReadAsync(HttpResponseMessage response, Uri address, Uri? movedTo, CancellationToken cancellationToken) =>
        response.StatusCode switch
        {
            HttpStatusCode.NotModified => new FetchResult.NotModified(Freshness(response)),
            HttpStatusCode.Gone => new FetchResult.Gone(),
            HttpStatusCode.TooManyRequests => new FetchResult.RateLimited(Until(response.Headers.RetryAfter, time.GetUtcNow())),
            HttpStatusCode.ServiceUnavailable when response.Headers.RetryAfter is { } pause => new FetchResult.RateLimited(Until(pause, time.GetUtcNow())),
            _ when response.IsSuccessStatusCode => await ReadBodyAsync(response, address, movedTo, cancellationToken),
            _ => Explain(response),
        };

    private async Task<FetchResult> ReadBodyAsync(HttpResponseMessage response, Uri address, Uri? movedTo, CancellationToken cancellationToken)
    {
        var limit = options.Value.MaxBytes;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var buffer = new MemoryStream();
        var chunk = new byte[32 * 1024];
        for (int read; (read = await body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            if (buffer.Length + read > limit)
            {
                return new FetchResult.Failed(FetchFault.TooLarge, $"larger than {limit / 1_000_000.0:0.#} MB, the limit for a feed");
            }

            buffer.Write(chunk, 0, read);
        }

        return new FetchResult.Fetched(
            new FeedDocument(buffer.ToArray(), Header(response.Content.Headers, "Content-Type"), address),
            Header(response.Headers, "ETag"),
            Header(response.Content.Headers, "Last-Modified"),
            movedTo)
        {
            Freshness = Freshness(response),
            Links = Header(response.Headers, "Link"),
        };
    }

    // Cache-Control goes before Expires (RFC 9111, section 5.3); what a shared cache may keep says nothing to us.
    private TimeSpan? Freshness(HttpResponseMessage response)
    {
        var cache = response.Headers.CacheControl;
        var freshness = cache is { NoCache: true } or { NoStore: true } ? null
            : cache?.MaxAge is { } age ? age - (response.Headers.Age ?? TimeSpan.Zero)
            : response.Content.Headers.Expires - (response.Headers.Date ?? time.GetUtcNow());
        return freshness > TimeSpan.Zero ? freshness : null;
    }

    private static string? Header(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static DateTimeOffset Until(RetryConditionHeaderValue? pause, DateTimeOffset now)
    {
        var wanted = pause?.Delta ?? pause?.Date - now ?? TimeSpan.FromMinutes(15);
        return now + (wanted < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : wanted > LongestPause ? LongestPause : wanted);
    }

    private static FetchResult.Failed Explain(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        401 => new(FetchFault.Login, "401: the feed wants a login"),
        403 when response.Headers.Contains("cf-mitigated") => new(FetchFault.Challenge, "403: blocked by the site's protection against robots (Cloudflare challenge)"),
        403 => new(FetchFault.Refused, "403: the site refuses us"),
        404 => new(FetchFault.Missing, "404: no feed at this address"),
        >= 500 and var status => new(FetchFault.Site, $"{status.ToString(CultureInfo.InvariantCulture)}: the site has a fault of its own"),
        var status => new(FetchFault.Refused, $"the site answered {status.ToString(CultureInfo.InvariantCulture)}"),
    };

    private static FetchResult.Failed Explain(Exception exception) => exception switch
    {
        PrivateAddressException => new(FetchFault.PrivateNetwork, exception.Message),
        { InnerException: PrivateAddressException inner } => new(FetchFault.PrivateNetwork, inner.Message),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } or { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound } } =>
            new(FetchFault.Dns, "no such host: the name is not in the DNS"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } =>
            new(FetchFault.Tls, "no secure connection: the site's certificate or its TLS is not accepted"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new(FetchFault.Connection, "no connection: the site does not answer"),
        _ => new(FetchFault.Broken, "the connection broke before the whole feed was read"),
    };
}
