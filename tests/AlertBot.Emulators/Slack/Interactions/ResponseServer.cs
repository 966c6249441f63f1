using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Web;
using AlertBot.Emulators.Slack.World;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Slack.Interactions;

/// <summary>Takes what is posted to response_urls.</summary>
internal sealed class ResponseServer(SlackWorld world, SlackDesk desk, SlackLog log, Changes changes)
{
    /// <summary>As it is named among the requests.</summary>
    public const string Method = "response_url";

    public async Task ServeAsync(HttpContext context, string id)
    {
        var (status, answer) = (200, new JsonObject { ["ok"] = true });
        JsonObject body = [];
        try
        {
            body = await ArgumentReader.ReadAsync(context.Request).ConfigureAwait(false);
            lock (world.Gate)
            {
                desk.Respond(id, body);
            }
        }
        catch (SlackError error)
        {
            (status, answer) = (404, error.Body());
        }

        log.Keep(Method, body, status, answer);
        changes.Raise();
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(answer, context.RequestAborted).ConfigureAwait(false);
    }
}
