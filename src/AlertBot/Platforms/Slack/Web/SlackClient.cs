using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AlertBot.Platforms.Slack.Web;

/// <summary>
/// Calls methods of Slack's Web API and says what came of it. It repeats nothing by itself, and sends nothing of a method
/// before the time that Slack named for it. https://docs.slack.dev/apis/web-api/rate-limits
/// </summary>
internal sealed class SlackClient : IDisposable
{
    /// <summary>What requests and WebSockets name as their sender.</summary>
    public const string UserAgent = "AlertBot/0.1 (https://github.com/alertbot/alertbot)";

    public static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    private const int FailuresBeforeRest = 3;

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
    });

    private readonly MethodLimits _limits;
    private readonly Lock _lock = new();
    // https://docs.slack.dev/reference/objects/file-object
    private static readonly string[] FileHosts = ["files.slack.com"];

    private readonly Uri _base;
    private readonly TimeProvider _time;
    private int _failures;
    private DateTimeOffset _restUntil;
    private bool _isFindingOut;

    /// <param name="replicas">Left out where nothing else calls with the tokens.</param>
    public SlackClient(SlackOptions options, TimeProvider time, LiveReplicas? replicas = null)
    {
        _base = new Uri(options.ApiBase.TrimEnd('/') + "/");
        _time = time;
        _limits = new MethodLimits(time, replicas ?? (() => 1));
        Files = new FileDownload(FileHosts, _base, UserAgent, time);
    }

    /// <summary>Gets what people uploaded.</summary>
    public FileDownload Files { get; }

    /// <summary>What keeps every call from being made; null while nothing does.</summary>
    public string? Trouble => Volatile.Read(ref _failures) >= FailuresBeforeRest ? "Slack can't be reached; it is tried again by itself." : null;

    /// <summary>For how long Slack is left alone, because nothing came of several calls in a row; null if it is not.</summary>
    public TimeSpan? Rest
    {
        get
        {
            lock (_lock)
            {
                return _failures >= FailuresBeforeRest && _restUntil - _time.GetUtcNow() is var rest && rest > TimeSpan.Zero ? Told(rest) : null;
            }
        }
    }

    /// <param name="token">Null for a method that needs none.</param>
    public async Task<SlackAnswer> CallAsync(string method, JsonObject arguments, string? token, CancellationToken cancellationToken)
    {
        var limited = new LimitedCall(method, token, method == "chat.postMessage" ? (string?)arguments["channel"] : null);
        if (_limits.Take(limited) is { } left)
        {
            return new SlackAnswer.Limited(left, $"Slack takes no {method} just now");
        }

        if (!MayTry(out var rest))
        {
            return new SlackAnswer.Limited(rest, "Slack can't be reached");
        }

        // What shows something is sent as JSON; the rest is read from a form by every server, and the reading methods take nothing else.
        var asJson = method.StartsWith("chat.", StringComparison.Ordinal) || method.StartsWith("views.", StringComparison.Ordinal);
        var answer = await SendAsync(new Uri(_base, method), asJson ? Json(arguments) : Form(arguments), token, Read, cancellationToken);
        Note(answer);
        if (answer is SlackAnswer.Limited(var wait, _))
        {
            _limits.Close(limited, wait);
        }

        return answer;
    }

    /// <summary>Posts to an address that Slack gave, such as a response_url. No token goes with it.</summary>
    /// <returns>Any answer of 200 is good, as long as it does not say otherwise.</returns>
    public async Task<SlackAnswer> PostAsync(Uri address, HttpContent content, CancellationToken cancellationToken)
    {
        if (address.Scheme == Uri.UriSchemeHttps || (address.Host == _base.Host && address.Port == _base.Port && address.Scheme == _base.Scheme))
        {
            return await SendAsync(address, content, null, ReadPlain, cancellationToken);
        }

        content.Dispose();
        return new SlackAnswer.Refused("unsafe_url", "it is no https address");
    }

    public static HttpContent Json(JsonObject body) => new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

    public void Dispose()
    {
        _http.Dispose();
        Files.Dispose();
    }

    private async Task<SlackAnswer> SendAsync(Uri address, HttpContent content, string? token, Func<HttpResponseMessage, byte[], SlackAnswer> read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var timeout = new CancellationTokenSource(AnswerTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return read(response, await response.Content.ReadAsByteArrayAsync(either.Token));
        }
        catch (HttpRequestException exception)
        {
            var reached = exception.HttpRequestError is not (HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError);
            return new SlackAnswer.Down($"Slack gave no answer ({exception.HttpRequestError})", reached);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            return new SlackAnswer.Down("Slack took no connection in time", MaybeDone: false);
        }
        catch (Exception exception) when (exception is IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new SlackAnswer.Down($"Slack's answer broke off ({exception.GetType().Name})", MaybeDone: true);
        }
    }

    /// <summary>While Slack is left alone, false with the time that is left; then one call may find out how it is.</summary>
    private bool MayTry(out TimeSpan rest)
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            rest = _failures >= FailuresBeforeRest ? Told(_restUntil - now) : TimeSpan.Zero;
            if (rest > TimeSpan.Zero)
            {
                return false;
            }

            if (_failures >= FailuresBeforeRest)
            {
                (_restUntil, _isFindingOut) = (now + AnswerTime, true);
            }

            return true;
        }
    }

    // While one call finds out how Slack is, it will be known shortly.
    private TimeSpan Told(TimeSpan rest) => _isFindingOut && rest > Shortly ? Shortly : rest;

    private void Note(SlackAnswer answer)
    {
        lock (_lock)
        {
            _isFindingOut = false;
            if (answer is not SlackAnswer.Down)
            {
                _failures = 0;
            }
            else if (++_failures >= FailuresBeforeRest)
            {
                _restUntil = _time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(LongestRest.TotalSeconds, Math.Pow(2, _failures - FailuresBeforeRest)));
            }
        }
    }

    private SlackAnswer Read(HttpResponseMessage response, byte[] bytes)
    {
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return new SlackAnswer.Limited(WaitOf(response), "Slack asked to wait");
        }

        // Whatever is not what the Web API says comes from something in between, and the work may have been done behind it.
        return (int)response.StatusCode >= 500 || TryParse(bytes) is not { ValueKind: JsonValueKind.Object } body || !body.TryGetProperty("ok", out var ok)
            ? new SlackAnswer.Down($"Slack answered {(int)response.StatusCode} without a result", MaybeDone: true)
            : ok.ValueKind == JsonValueKind.True ? new SlackAnswer.Ok(body)
            : No(response, body);
    }

    private SlackAnswer ReadPlain(HttpResponseMessage response, byte[] bytes) =>
        response.StatusCode == HttpStatusCode.TooManyRequests ? new SlackAnswer.Limited(WaitOf(response), "Slack asked to wait")
        : (int)response.StatusCode >= 500 ? new SlackAnswer.Down($"Slack answered {(int)response.StatusCode}", MaybeDone: true)
        : TryParse(bytes) is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.False ? No(response, body)
        : response.IsSuccessStatusCode ? new SlackAnswer.Ok(default)
        : new SlackAnswer.Refused($"http_{(int)response.StatusCode}", "");

    /// <summary>What <c>ok: false</c> means. https://docs.slack.dev/reference/methods/chat.postMessage#errors</summary>
    private SlackAnswer No(HttpResponseMessage response, JsonElement body) => SlackAnswer.Text(body, "error") switch
    {
        "ratelimited" or "rate_limited" => new SlackAnswer.Limited(WaitOf(response), "Slack asked to wait"),

        // "It's possible some aspect of the operation succeeded before the error was raised."
        "internal_error" or "fatal_error" => new SlackAnswer.Down("Slack had an error of its own", MaybeDone: true),
        "service_unavailable" or "request_timeout" or "team_added_to_org" => new SlackAnswer.Down($"Slack answered {SlackAnswer.Text(body, "error")}", MaybeDone: false),
        var error => new SlackAnswer.Refused(error.Length > 0 ? error : "unknown_error", DetailsOf(body)),
    };

    private static string DetailsOf(JsonElement body)
    {
        var needed = SlackAnswer.Text(body, "needed") is { Length: > 0 } scope ? [$"needs {scope}"] : Array.Empty<string>();
        var messages = body.TryGetProperty("response_metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("messages", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Where(m => m.ValueKind == JsonValueKind.String).Select(m => m.GetString()!) : [];
        return string.Join("; ", needed.Concat(messages));
    }

    private TimeSpan WaitOf(HttpResponseMessage response)
    {
        var told = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _time.GetUtcNow(),
            _ => UsualWait,
        };
        return told > TimeSpan.Zero ? told : TimeSpan.FromSeconds(1);
    }

    private static FormUrlEncodedContent Form(JsonObject arguments) => new(arguments
        .Where(a => a.Value is not null)
        .Select(a => KeyValuePair.Create(a.Key, a.Value!.GetValueKind() == JsonValueKind.String ? a.Value.GetValue<string>() : a.Value.ToJsonString())));

    private static JsonElement? TryParse(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
