using System.Text;
using System.Text.Json;
using NSec.Cryptography;

namespace AlertBot.Platforms.Discord.Interactions;

/// <summary>
/// Takes interactions over HTTP. Every call must be signed by Discord over its raw bytes; the answer goes out as the
/// response. It keeps nothing, so any number of replicas can stand behind one address.
/// https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint
/// </summary>
internal sealed partial class InteractionEndpoint(DiscordOptions options, InteractionHandler handler, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<InteractionEndpoint> logger)
{
    public const string Path = "/discord/interactions";

    private const int BodyLimit = 1024 * 1024;

    // Discord names no limit. A signed call that is older than this was kept by somebody.
    private static readonly TimeSpan OldestCall = TimeSpan.FromMinutes(5);

    private readonly PublicKey _key = PublicKey.Import(SignatureAlgorithm.Ed25519, Convert.FromHexString(options.PublicKey), KeyBlobFormat.RawPublicKey);

    public async Task HandleAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } body)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        if (!IsSigned(context.Request.Headers, body))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync("invalid request signature", context.RequestAborted);
            return;
        }

        if (Parse(body) is not { } interaction)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await AnswerAsync(context.Response, interaction, context.RequestAborted);
    }

    private async Task AnswerAsync(HttpResponse response, Interaction interaction, CancellationToken aborted)
    {
        // The first answer is the response; what comes later goes on after it, whatever becomes of the connection.
        var first = new TaskCompletionSource<InteractionAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = RunAsync(interaction, (answer, _) => Task.FromResult(first.TrySetResult(answer)), lifetime.ApplicationStopping);
        if (await Task.WhenAny(first.Task, work) != first.Task && !first.Task.IsCompleted)
        {
            response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        using var content = DiscordApi.Body(await first.Task);
        response.ContentType = content.Headers.ContentType!.ToString();
        await content.CopyToAsync(response.Body, aborted);
    }

    private async Task RunAsync(Interaction interaction, FirstAnswer first, CancellationToken cancellationToken)
    {
        try
        {
            await handler.HandleAsync(interaction, first, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception);
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

    private bool IsSigned(IHeaderDictionary headers, byte[] body)
    {
        if (headers["X-Signature-Ed25519"] is not [{ Length: 128 } hex] || !hex.All(char.IsAsciiHexDigit)
            || headers["X-Signature-Timestamp"] is not [{ Length: > 0 } timestamp]
            || !SignatureAlgorithm.Ed25519.Verify(_key, [.. Encoding.UTF8.GetBytes(timestamp), .. body], Convert.FromHexString(hex)))
        {
            return false;
        }

        return !long.TryParse(timestamp, out var seconds) || (time.GetUtcNow() - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(seconds)).Duration() <= OldestCall;
    }

    private static Interaction? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, InteractionJson.Default.Interaction);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Answering an interaction failed")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
