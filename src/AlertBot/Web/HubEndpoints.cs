using System.Globalization;
using AlertBot.Feeds;
using AlertBot.Feeds.Hubs;
using Microsoft.Extensions.Options;

namespace AlertBot.Web;

/// <summary>Where hubs verify subscriptions and push feeds (WebSub). Each subscription has an address of its own that nobody can guess.</summary>
internal static class HubEndpoints
{
    private const int LongestChallenge = 4000;

    public static void MapHubs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(HubPlace.Path + "/{key}", VerifyAsync);
        routes.MapPost(HubPlace.Path + "/{key}", PushAsync);
    }

    // https://www.w3.org/TR/websub/#hub-verifies-intent
    private static async Task<IResult> VerifyAsync(string key, HttpContext context, HubDesk desk)
    {
        var query = context.Request.Query;
        var challenge = query["hub.challenge"].ToString();
        var intent = new HubIntent(
            query["hub.mode"].ToString(),
            query["hub.topic"].ToString(),
            long.TryParse(query["hub.lease_seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
            query["hub.reason"]);
        if (challenge.Length > LongestChallenge || (challenge.Length == 0 && intent.Mode != "denied") || !await desk.VerifyAsync(key, intent, context.RequestAborted))
        {
            return Results.NotFound();
        }

        // Whatever the challenge is, no browser may take it for a page.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Text(challenge, "text/plain; charset=utf-8");
    }

    // https://www.w3.org/TR/websub/#content-distribution
    private static async Task<IResult> PushAsync(string key, HttpContext context, HubDesk desk, IOptions<FeedsOptions> options)
    {
        if (await ReadAsync(context, options.Value.MaxBytes) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        return await desk.PushAsync(key, context.Request.Headers["X-Hub-Signature"], body, context.RequestAborted) ? Results.Accepted() : Results.NotFound();
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context, int limit)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            if (body.Length + read > limit)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
