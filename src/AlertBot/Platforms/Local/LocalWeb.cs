using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace AlertBot.Platforms.Local;

/// <summary>
/// The chat page and what it calls. Every request passes <see cref="LocalAccess"/> first; a fault is answered with
/// <c>{"error"}</c>, a sentence for the person at the page.
/// </summary>
internal static class LocalWeb
{
    private const int BodyLimit = 16 * 1024;

    // A file comes in base64.
    private const int FileBodyLimit = (GivenFile.MostBytes / 3 * 4) + BodyLimit;
    private const int TextLimit = 2000;
    private const int NameLimit = 40;
    private const int PageLimit = 50;

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IEndpointRouteBuilder MapLocalChat(this IEndpointRouteBuilder routes)
    {
        var chat = routes.MapGroup("").AddEndpointFilter(GuardAsync);
        chat.MapGet("/", () => Page("index.html", "text/html; charset=utf-8"));
        chat.MapGet("/chat.css", () => Page("chat.css", "text/css; charset=utf-8"));
        foreach (var script in new[] { "chat.js", "card.js", "line.js" })
        {
            chat.MapGet("/" + script, () => Page(script, "text/javascript; charset=utf-8"));
        }

        chat.MapGet("/api/channels", ChannelsAsync);
        chat.MapPost("/api/channels", AddChannelAsync);
        chat.MapGet("/api/channels/{name}/messages", MessagesAsync);
        chat.MapPost("/api/channels/{name}/messages", SayAsync);
        chat.MapGet("/api/complete", Complete);
        chat.MapGet("/api/stream", (HttpContext context, LocalStream stream) => stream.WriteAsync(context));
        return routes;
    }

    private static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return http.RequestServices.GetRequiredService<LocalAccess>().Refusal(http.Request) is var (status, why) ? Fault(status, why) : await next(context);
    }

    private static IResult Page(string name, string type) =>
        Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream("Page/" + name)!, type);

    private static async Task<IResult> ChannelsAsync(LocalMessages messages, CancellationToken cancellationToken) =>
        Results.Json(await messages.ChannelsAsync(cancellationToken), LocalMessages.Json);

    private static async Task<IResult> AddChannelAsync(HttpContext context, LocalMessages messages, CancellationToken cancellationToken)
    {
        var (channel, fault) = await ReadAsync<NewChannel>(context);
        if (channel is null)
        {
            return fault!;
        }

        var name = channel.Name?.Trim().TrimStart('#') ?? "";
        if (!LocalMessages.IsChannelName(name))
        {
            return Fault(StatusCodes.Status400BadRequest, $"That is no channel name. {LocalMessages.ChannelNameRule}");
        }

        return await messages.AddChannelAsync(name, cancellationToken)
            ? Results.Json(new LocalChannel(name, 0, 0), LocalMessages.Json, statusCode: StatusCodes.Status201Created)
            : Fault(StatusCodes.Status409Conflict, $"There is a channel #{name} already.");
    }

    private static async Task<IResult> MessagesAsync(string name, string? before, string? limit, LocalMessages messages, CancellationToken cancellationToken)
    {
        if (!await messages.HasChannelAsync(name, cancellationToken))
        {
            return NoChannel(name);
        }

        if (Number(before, long.MaxValue) is not { } end || Number(limit, PageLimit) is not { } most)
        {
            return Fault(StatusCodes.Status400BadRequest, "before and limit are whole numbers, 1 or more.");
        }

        var page = await messages.PageAsync(name, end, (int)Math.Min(most, PageLimit), cancellationToken);
        return Results.Json(page, LocalMessages.Json);

        static long? Number(string? text, long otherwise) =>
            text is null ? otherwise
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
            : null;
    }

    private static async Task<IResult> SayAsync(
        string name, HttpContext context, LocalMessages messages, LocalConversation conversation, LocalAccess access, IHostApplicationLifetime lifetime)
    {
        var isModerator = access.IsModerator(context);
        var (said, fault) = await ReadAsync<NewMessage>(context, isModerator && context.Request.Query.ContainsKey("files") ? FileBodyLimit : BodyLimit);
        if (said is null)
        {
            return fault!;
        }

        var (text, author) = (said.Text?.Trim() ?? "", said.Name?.Trim() ?? "");
        if (text.Length is 0 or > TextLimit || author.Length is 0 or > NameLimit)
        {
            return Fault(StatusCodes.Status400BadRequest, $"A message needs a text of at most {TextLimit} characters and a name of at most {NameLimit}.");
        }

        if (!await messages.HasChannelAsync(name, context.RequestAborted))
        {
            return NoChannel(name);
        }

        // A tab that is closed meanwhile does not undo the command: its answer is kept for the next one.
        var user = new ChatUser("web:" + author, author, isModerator);
        var exchange = said.Fields is { } fields
            ? await conversation.SubmitAsync(name, user, text, fields, said.Given, lifetime.ApplicationStopping)
            : await conversation.SayAsync(name, user, text, lifetime.ApplicationStopping);
        return Results.Json(exchange, LocalMessages.Json);
    }

    private static IResult Complete(string? text, CommandRouter router) =>
        text is null or { Length: > TextLimit }
            ? Fault(StatusCodes.Status400BadRequest, $"A text of at most {TextLimit} characters is needed.")
            : Results.Json(router.Complete(text), LocalMessages.Json);

    private static async Task<(T? Value, IResult? Fault)> ReadAsync<T>(HttpContext context, int most = BodyLimit)
        where T : class
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = most;
        }

        try
        {
            var value = await context.Request.ReadFromJsonAsync<T>(LocalMessages.Json, context.RequestAborted);
            return value is null ? (null, Fault(StatusCodes.Status400BadRequest, "The body is empty.")) : (value, null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (null, Fault(StatusCodes.Status400BadRequest, "The body is no JSON of the form that is needed here."));
        }
        catch (BadHttpRequestException exception)
        {
            return (null, Fault(exception.StatusCode, $"The body is too long or was cut off: at most {most / 1024} KB are taken."));
        }
    }

    private static IResult NoChannel(string name) => Fault(StatusCodes.Status404NotFound, $"There is no channel #{name}.");

    private static IResult Fault(int status, string why) => Results.Json(new { error = why }, LocalMessages.Json, statusCode: status);

    private sealed record NewChannel(string? Name);

    /// <param name="Fields">Of a form that was filled in, whose command is <paramref name="Text"/>.</param>
    /// <param name="Files">Those of its fields that take one, by option name.</param>
    private sealed record NewMessage(string? Text, string? Name, Dictionary<string, string?>? Fields, Dictionary<string, NewFile?>? Files)
    {
        public IReadOnlyDictionary<string, GivenFile> Given => (Files ?? [])
            .Where(f => f.Value?.Bytes is not null)
            .ToDictionary(f => f.Key, f => GivenFile.Of(f.Value!.Name is { Length: > 0 and <= TextLimit } name ? name : "file", f.Value.Bytes!));
    }

    private sealed record NewFile(string? Name, byte[]? Bytes);
}
