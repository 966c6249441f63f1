using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Interactions;

namespace AlertBot.Platforms.Slack.Http;

/// <summary>
/// Takes commands, interactions and events over HTTP. Every call must be signed by Slack over its raw bytes; the
/// acknowledgement goes out as the response, and the work goes on after it. It keeps nothing, so any number of replicas can
/// stand behind one address. https://docs.slack.dev/apis/events-api/using-http-request-urls
/// </summary>
internal sealed partial class EventsEndpoint(SlackOptions options, HandleDelivery handle, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<EventsEndpoint> logger)
{
    public const string Path = "/slack/events";

    private const int BodyLimit = 1024 * 1024;

    private readonly SlackSignature _signature = new(options.SigningSecret, time);

    public async Task HandleAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        var (request, contentType) = (context.Request.Headers, context.Request.ContentType);
        if (!_signature.IsGood(request, body))
        {
            context.Response.StatusCode = SlackCall.IsProbe(body, contentType) ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
            return;
        }

        switch (SlackCall.Read(body, contentType, request["X-Slack-Retry-Num"]))
        {
            case SlackCall.Delivery(var delivery):
                await AnswerAsync(context.Response, delivery, context.RequestAborted);
                break;
            case SlackCall.Challenge(var challenge):
                await WriteAsync(context.Response, new JsonObject { ["challenge"] = challenge }, context.RequestAborted);
                break;
            case SlackCall.Nothing(var type):
                Log.Told(logger, type.ReplaceLineEndings(" "));
                break;
            case SlackCall.Malformed(var why):
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                await context.Response.WriteAsync(why, context.RequestAborted);
                break;
        }
    }

    private async Task AnswerAsync(HttpResponse response, SlackDelivery delivery, CancellationToken aborted)
    {
        // The acknowledgement is the response; what comes later goes on after it, whatever becomes of the connection.
        var first = new TaskCompletionSource<JsonObject?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = RunAsync(delivery, (payload, _) => Task.FromResult(!aborted.IsCancellationRequested && first.TrySetResult(payload)), lifetime.ApplicationStopping);
        if (await Task.WhenAny(first.Task, work) != first.Task && !first.Task.IsCompleted)
        {
            response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        await WriteAsync(response, await first.Task, aborted);
    }

    private async Task RunAsync(SlackDelivery delivery, Acknowledge acknowledge, CancellationToken cancellationToken)
    {
        try
        {
            await handle(delivery, acknowledge, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception, delivery.Kind);
        }
    }

    private static async Task WriteAsync(HttpResponse response, JsonObject? payload, CancellationToken aborted)
    {
        if (payload is not null)
        {
            response.ContentType = "application/json; charset=utf-8";
            await response.WriteAsync(payload.ToJsonString(), aborted);
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            if (body.Length + read > BodyLimit)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Slack told something that needs no work: {Type}")]
        public static partial void Told(ILogger logger, string type);

        [LoggerMessage(2, LogLevel.Error, "Acting on a delivery of Slack failed ({Kind})")]
        public static partial void Failed(ILogger logger, Exception exception, DeliveryKind kind);
    }
}
