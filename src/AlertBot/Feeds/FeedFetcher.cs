using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.Extensions.Options;

namespace AlertBot.Feeds;

/// <summary>
/// Asks for one document, politely: conditionally, with a limit on time, size and redirects. Expected failures are results, and
/// whatever a site answers is expected.
/// </summary>
internal sealed class FeedFetcher(HttpClient http, FeedSecrets secrets, IOptions<FeedsOptions> options, TimeProvider time)
{
    private const int MaxRedirects = 5;
    private const int LongestValidator = 1000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    /// <summary>Asks for a feed as it was left at the last poll, with its login where it has one.</summary>
    public async Task<FetchResult> FetchAsync(Feed feed, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(secrets.RequestOf(feed), cancellationToken);
        }
        catch (SecretsUnreadableException exception)
        {
            return new FetchResult.Failed(FetchFault.Login, exception.Message);
        }
    }

    /// <param name="etag">Validators of the last answer; null asks for the whole feed.</param>
    public Task<FetchResult> FetchAsync(Uri address, string? etag, string? lastModified, CancellationToken cancellationToken) =>
        FetchAsync(new FetchRequest(address) { ETag = etag, LastModified = lastModified }, cancellationToken);

    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        if (!FeedAddress.TryParse(request.Address.OriginalString, out var address, out var why))
        {
            return new FetchResult.Failed(FetchFault.PrivateNetwork, Clause(why));
        }

        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await FollowAsync(request, address, linked.Token);
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

    private async Task<FetchResult> FollowAsync(FetchRequest request, Uri address, CancellationToken cancellationToken)
    {
        var permanently = true;
        var current = address;
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var message = Message(request, current);
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (LocationOf(response) is not { } location)
            {
                return await ReadAsync(request, response, current, permanently && hop > 0 ? current : null, cancellationToken);
            }

            permanently &= response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
            if (!Uri.TryCreate(current, location, out var next))
            {
                return new FetchResult.Failed(FetchFault.Redirects, "redirected to an address that can't be read");
            }

            if (!FeedAddress.TryParse(next.AbsoluteUri, out current, out var why))
            {
                return new FetchResult.Failed(FetchFault.Redirects, $"redirected to an address that can't be used: {Clause(why)}");
            }
        }

        return new FetchResult.Failed(FetchFault.Redirects, $"redirected more than {MaxRedirects} times");
    }

    private static HttpRequestMessage Message(FetchRequest request, Uri address)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address);
        Add("Accept", request.Accept);
        Add("Accept-Encoding", BodyReader.Accepted);
        // Validators go back exactly as they came: many servers send ones that no typed header accepts.
        Add("If-None-Match", request.ETag);
        Add("If-Modified-Since", request.LastModified);
        foreach (var (name, value) in request.Secrets?.AreFor(address) == true ? request.Secrets.Values : new Dictionary<string, string>())
        {
            message.Headers.Remove(name);
            Add(name, value);
        }

        return message;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    // Many sites write their names there as they are, in UTF-8, which the client takes for Latin-1.
    private static string? LocationOf(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && Header(response.Headers, "Location") is { } location
            ? location.All(char.IsAscii) ? location : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(location))
            : null;

    private async Task<FetchResult> ReadAsync(FetchRequest request, HttpResponseMessage response, Uri address, Uri? movedTo, CancellationToken cancellationToken) =>
        response.StatusCode switch
        {
            HttpStatusCode.NotModified => new FetchResult.NotModified(Freshness(response)),
            HttpStatusCode.Gone => new FetchResult.Gone(),
            HttpStatusCode.TooManyRequests => new FetchResult.RateLimited(Until(response.Headers.RetryAfter, time.GetUtcNow())),
            HttpStatusCode.ServiceUnavailable when response.Headers.RetryAfter is { } pause => new FetchResult.RateLimited(Until(pause, time.GetUtcNow())),
            _ when response.IsSuccessStatusCode && !response.Headers.Contains("x-amzn-waf-action") => await ReadBodyAsync(request, response, address, movedTo, cancellationToken),
            _ => Explain(request, response, address),
        };

    private async Task<FetchResult> ReadBodyAsync(FetchRequest request, HttpResponseMessage response, Uri address, Uri? movedTo, CancellationToken cancellationToken)
    {
        var bytes = await BodyReader.ReadAsync(response.Content, request.MaxBytes ?? options.Value.MaxBytes, cancellationToken);
        return new FetchResult.Fetched(
            new FeedDocument(bytes, Header(response.Content.Headers, "Content-Type"), address),
            Validator(response.Headers, "ETag"),
            Validator(response.Content.Headers, "Last-Modified"),
            movedTo)
        {
            Freshness = Freshness(response),
            RobotsTag = Header(response.Headers, "X-Robots-Tag"),
            ReservesMining = Header(response.Headers, "TDM-Reservation") == "1",
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

    private static string? Validator(HttpHeaders headers, string name) => Header(headers, name) is { Length: <= LongestValidator } value ? value : null;

    private static string? Header(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static DateTimeOffset Until(RetryConditionHeaderValue? pause, DateTimeOffset now)
    {
        var wanted = pause?.Delta ?? pause?.Date - now ?? TimeSpan.FromMinutes(15);
        return now + (wanted < TimeSpan.FromMinutes(1) ? TimeSpan.FromMinutes(1) : wanted > LongestPause ? LongestPause : wanted);
    }

    private static FetchResult.Failed Explain(FetchRequest request, HttpResponseMessage response, Uri address) => (int)response.StatusCode switch
    {
        401 when request.Secrets?.AreFor(address) == true => new(FetchFault.Login, "401: the site does not accept the login that this feed has. Give the right one with /feed login"),
        401 when request.Secrets is not null => new(FetchFault.Login, $"401: the feed's login is for {request.Secrets!.Origin} only and is not sent to {SecretHeaders.OriginOf(address)}. Give the feed the address that it has now with /feed set, then the login anew"),
        401 => new(FetchFault.Login, "401: the feed wants a login. Give it with /feed login"),
        var status and (202 or 403 or 405 or 503) when RobotChallenge.NameOf(response.Headers) is { } protection =>
            new(FetchFault.Challenge, $"{Digits(status)}: blocked by the site's protection against robots ({protection})"),
        403 => new(FetchFault.Refused, "403: the site refuses us"),
        404 => new(FetchFault.Missing, "404: no feed at this address"),
        >= 500 and var status => new(FetchFault.Site, $"{Digits(status)}: the site has a fault of its own"),
        var status => new(FetchFault.Refused, $"the site answered {Digits(status)}"),
    };

    private static FetchResult.Failed Explain(Exception exception) => exception switch
    {
        ClosedAddressException => new(FetchFault.PrivateNetwork, exception.Message),
        { InnerException: ClosedAddressException inner } => new(FetchFault.PrivateNetwork, inner.Message),
        BodyException body => new(body.Fault, body.Message),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } or { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } } =>
            new(FetchFault.Dns, "no such host: the name is not in the DNS"),
        { InnerException: SocketException { SocketErrorCode: SocketError.TryAgain } } => new(FetchFault.Dns, "the DNS does not answer for this name"),
        { InnerException: ArgumentException } => new(FetchFault.Dns, "no such host: the name can't be in the DNS"),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } =>
            new(FetchFault.Tls, "no secure connection: the site's certificate or its TLS is not accepted"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new(FetchFault.TooLarge, "the headers of the site's answer are too large"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => new(FetchFault.Connection, "no connection: the site does not answer"),
        _ => new(FetchFault.Broken, "the connection broke before the whole feed was read"),
    };

    private static string Digits(int status) => status.ToString(CultureInfo.InvariantCulture);

    // A sentence as part of a longer one.
    private static string Clause(string sentence) => sentence.TrimEnd('.');
}
