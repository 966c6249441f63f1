using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace AlertBot.Platforms.Discord.Rest;

/// <summary>
/// Sends requests to Discord within its limits and says what came of them. Requests of one channel go in order. What can
/// safely be repeated is repeated a few times; what can't is left to the caller. After several failures in a row it
/// leaves Discord alone for a while and then asks with one request; after a 401 it sends nothing any more.
/// </summary>
internal sealed partial class RestClient : IDisposable
{
    /// <summary>What requests and WebSockets name as their sender.</summary>
    public const string UserAgent = "DiscordBot (https://github.com/alertbot/alertbot, 0.1)";

    private const int Attempts = 3;
    private const int FailuresBeforeRest = 3;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Shortly = TimeSpan.FromSeconds(1);
    private static readonly LiveReplicas Alone = () => 1;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
        EnableMultipleHttp2Connections = true,
    });

    // https://discord.com/developers/docs/resources/message#attachment-object
    private static readonly string[] FileHosts = ["cdn.discordapp.com", "media.discordapp.net"];

    private readonly Uri _base;
    private readonly string _token;
    private readonly RateLimits _limits;
    private readonly GlobalLimit _global;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILogger<RestClient> _logger;
    private readonly Lock _lock = new();
    private int _failures;
    private DateTimeOffset _restUntil;
    private bool _isFindingOut;
    private volatile bool _isShut;

    /// <param name="replicas">Left out where nothing else sends with the token.</param>
    public RestClient(DiscordOptions options, TimeProvider time, Random random, ILogger<RestClient> logger, LiveReplicas? replicas = null)
    {
        _base = Versioned(options.ApiBase);
        _token = options.Token;
        _limits = new RateLimits(time, replicas ?? Alone);
        _global = new GlobalLimit(time, replicas ?? Alone);
        _time = time;
        _random = random;
        _logger = logger;
        Files = new FileDownload(FileHosts, _base, UserAgent, time);
    }

    /// <summary>Gets what people attached.</summary>
    public FileDownload Files { get; }

    /// <summary>What keeps every request from being sent; null while nothing does.</summary>
    public string? Trouble =>
        _isShut ? "Discord does not accept the bot's token. Set Discord:Token to a new one and start the bot again."
        : Volatile.Read(ref _failures) >= FailuresBeforeRest ? "Discord can't be reached; it is tried again by itself."
        : null;

    /// <summary>For how long Discord is left alone, because nothing came of several requests in a row or it said so; null if it is not.</summary>
    public TimeSpan? Rest
    {
        get
        {
            lock (_lock)
            {
                return _failures >= FailuresBeforeRest && _restUntil - _time.GetUtcNow() is var rest && rest > TimeSpan.Zero ? Told(rest) : _limits.Closed;
            }
        }
    }

    /// <summary>The token was refused.</summary>
    public bool IsShut => _isShut;

    /// <summary>Adds the version that this client speaks, where the address has none.</summary>
    public static Uri Versioned(string apiBase)
    {
        var trimmed = apiBase.TrimEnd('/');
        var last = trimmed[(trimmed.LastIndexOf('/') + 1)..];
        return new Uri(last.Length > 1 && last[0] == 'v' && last[1..].All(char.IsAsciiDigit) ? trimmed + "/" : trimmed + "/v10/");
    }

    /// <param name="content">Makes the body, anew for each attempt.</param>
    /// <param name="patience">How long it may wait for limits and between attempts; with none there is one attempt.</param>
    public async Task<RestAnswer> SendAsync(DiscordRoute route, Func<HttpContent>? content, TimeSpan patience, CancellationToken cancellationToken)
    {
        var deadline = _time.GetUtcNow() + patience;
        var bucket = _limits.BucketOf(route);
        await bucket.EnterAsync(cancellationToken);
        try
        {
            return await SendInTurnAsync(route, bucket, content, deadline, cancellationToken);
        }
        finally
        {
            bucket.Leave();
        }
    }

    public Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken) => Task.Delay(pause, _time, cancellationToken);

    public void Dispose()
    {
        _global.Dispose();
        _http.Dispose();
        Files.Dispose();
    }

    private async Task<RestAnswer> SendInTurnAsync(DiscordRoute route, RateLimits.Bucket bucket, Func<HttpContent>? content, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        RestAnswer answer = new RestAnswer.Limited(TimeSpan.Zero, "");
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await ClearedAsync(route, bucket, deadline, cancellationToken) is { } held)
            {
                return attempt == 1 || answer is RestAnswer.Limited ? held : answer;
            }

            answer = await AttemptAsync(route, bucket, content, cancellationToken);
            switch (answer)
            {
                // Answered before, by the attempt whose own answer was lost.
                case RestAnswer.Refused { Code: DiscordCode.AlreadyAcknowledged } when attempt > 1:
                    return new RestAnswer.Ok(default);
                case RestAnswer.Limited(var wait, _) when _time.GetUtcNow() + wait <= deadline:
                    break;
                case RestAnswer.Down(_, var maybeDone) when (route.IsRepeatable || !maybeDone) && Backoff(attempt) is var pause && _time.GetUtcNow() + pause <= deadline:
                    await Task.Delay(pause, _time, cancellationToken);
                    break;
                default:
                    return answer;
            }
        }

        return answer;
    }

    /// <summary>Waits for the limits as long as there is time; says what stands in the way for longer.</summary>
    private async Task<RestAnswer?> ClearedAsync(DiscordRoute route, RateLimits.Bucket bucket, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_isShut && !route.IsInteraction)
            {
                return new RestAnswer.Refused((int)HttpStatusCode.Unauthorized, 0, Trouble!, "");
            }

            var (wait, why) = _limits.WaitOf(route, bucket);
            if (wait <= TimeSpan.Zero)
            {
                if (route.IsInteraction)
                {
                    return null;
                }

                if (!await TurnAsync(route, cancellationToken))
                {
                    return new RestAnswer.Limited(Shortly, "the limit over all requests");
                }

                // What is known of Discord may have changed meanwhile.
                (wait, why) = _limits.WaitOf(route, bucket);
                var rest = TimeSpan.Zero;
                if (wait <= TimeSpan.Zero && MayTry(out rest))
                {
                    return null;
                }

                _global.Forgo();
                if (wait <= TimeSpan.Zero)
                {
                    return new RestAnswer.Limited(rest, Trouble ?? "Discord can't be reached");
                }
            }

            if (_time.GetUtcNow() + wait > deadline)
            {
                return new RestAnswer.Limited(wait, why);
            }

            await Task.Delay(wait, _time, cancellationToken);
        }
    }

    /// <summary>Waits until the limit over all requests lets this one go; false where others are before it for too long.</summary>
    private async Task<bool> TurnAsync(DiscordRoute route, CancellationToken cancellationToken)
    {
        using var tooLong = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        var turn = _global.EnterAsync(route.Rank, either.Token);
        if (turn.IsCompleted)
        {
            return true;
        }

        await using var timer = _time.CreateTimer(_ => tooLong.Cancel(), null, LongestTurn, Timeout.InfiniteTimeSpan);
        await ((Task)turn).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return turn.IsCompletedSuccessfully;
    }

    private async Task<RestAnswer> AttemptAsync(DiscordRoute route, RateLimits.Bucket bucket, Func<HttpContent>? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(route.Method, new Uri(_base, route.Path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (!route.IsInteraction)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bot", _token);
        }

        request.Content = content?.Invoke();
        using var timeout = new CancellationTokenSource(AnswerTime, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var began = _time.GetTimestamp();
        TimeSpan? took = null;
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            took = _time.GetElapsedTime(began);
            _limits.Learn(route, bucket, response);
            return Noted(route, await ReadAsync(bucket, response, either.Token));
        }
        catch (HttpRequestException exception)
        {
            var reached = exception.HttpRequestError is not (HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError);
            return Noted(route, new RestAnswer.Down($"Discord gave no answer ({exception.HttpRequestError})", reached));
        }
        catch (Exception exception) when (exception is IOException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Noted(route, new RestAnswer.Down($"Discord's answer broke off ({exception.GetType().Name})", MaybeDone: true));
        }
        finally
        {
            if (took is null)
            {
                _limits.Spend(bucket);
            }

            if (!route.IsInteraction)
            {
                _global.Leave(took);
            }
        }
    }

    private async Task<RestAnswer> ReadAsync(RateLimits.Bucket bucket, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var isJson = response.Content.Headers.ContentType?.MediaType == "application/json";
        if (status is >= 200 and < 300)
        {
            // A body that is no JSON where one is due is an answer that was lost on the way.
            return bytes.Length == 0 ? new RestAnswer.Ok(default)
                : isJson ? new RestAnswer.Ok(Parse(bytes))
                : new RestAnswer.Down("Discord's answer was no JSON", MaybeDone: true);
        }

        var body = isJson && TryParse(bytes) is { } parsed ? parsed : default;
        if (status == (int)HttpStatusCode.TooManyRequests)
        {
            double? told = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("retry_after", out var after) && after.TryGetDouble(out var seconds) ? seconds : null;
            return new RestAnswer.Limited(_limits.Close(bucket, response, told), "Discord asked to wait");
        }

        if (status is >= 400 and < 500)
        {
            var code = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out var number) && number.TryGetInt32(out var value) ? value : 0;
            var details = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("errors", out var errors) ? errors.GetRawText() : "";
            return code == DiscordCode.Overloaded
                ? new RestAnswer.Down("Discord is overloaded", MaybeDone: false)
                : new RestAnswer.Refused(status, code, RestAnswer.Text(body, "message"), details);
        }

        return new RestAnswer.Down($"Discord answered {status}", MaybeDone: true);
    }

    /// <summary>Keeps count of failures, and stops everything when the token is refused.</summary>
    private RestAnswer Noted(DiscordRoute route, RestAnswer answer)
    {
        if (answer is RestAnswer.Refused { Status: (int)HttpStatusCode.Unauthorized } && !route.IsInteraction && !_isShut)
        {
            _isShut = true;
            Log.TokenRefused(_logger);
        }

        lock (_lock)
        {
            _isFindingOut = false;
            if (answer is not RestAnswer.Down(var why, _))
            {
                _failures = 0;
            }
            else if (++_failures >= FailuresBeforeRest)
            {
                var pause = TimeSpan.FromSeconds(Math.Min(LongestRest.TotalSeconds, Math.Pow(2, _failures - FailuresBeforeRest)) * (0.75 + (_random.NextDouble() / 2)));
                _restUntil = _time.GetUtcNow() + pause;
                Log.Unreachable(_logger, why, pause);
            }
        }

        return answer;
    }

    /// <summary>While Discord is left alone, false with the time that is left; then one request may find out how it is.</summary>
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

    // While one request finds out how Discord is, it will be known shortly.
    private TimeSpan Told(TimeSpan rest) => _isFindingOut && rest > Shortly ? Shortly : rest;

    private TimeSpan Backoff(int attempt) => TimeSpan.FromMilliseconds(250 * Math.Pow(2, attempt - 1) * (0.5 + _random.NextDouble()));

    private static JsonElement Parse(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        return document.RootElement.Clone();
    }

    private static JsonElement? TryParse(byte[] bytes)
    {
        try
        {
            return Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Critical, "Discord does not accept the bot's token: nothing is sent to Discord any more. Set Discord:Token to a new one and start the bot again")]
        public static partial void TokenRefused(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "Discord can't be reached: {Why}. It is left alone for {Pause}")]
        public static partial void Unreachable(ILogger logger, string why, TimeSpan pause);
    }
}
