using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.World;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>
/// Uploads in three steps: an address, the bytes, and the end, which may show the file somewhere; and downloads with a token.
/// https://docs.slack.dev/messaging/working-with-files
/// </summary>
internal sealed class FileMethods(SlackWorld world)
{
    public const string Path = "/upload";
    public const string DownloadPath = "/files-pri";

    public IEnumerable<WebMethod> All() =>
    [
        new("files.getUploadURLExternal", Begin),
        new("files.completeUploadExternal", Complete),
    ];

    public async Task ServeAsync(HttpContext context, string id)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        bool isKnown;
        lock (world.Gate)
        {
            isKnown = world.Files.TryGetValue(id, out var file) && file.Bytes is null && body.Length == world.Announced[id];
            if (isKnown)
            {
                world.Files[id] = (body.ToArray(), false);
            }
        }

        context.Response.StatusCode = isKnown ? 200 : 400;
        await context.Response.WriteAsync(isKnown ? $"OK - {body.Length}" : "no such upload, or another length than was announced", context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What a person uploaded, for whoever has a good token.</summary>
    public async Task ServeDownloadAsync(HttpContext context, string id)
    {
        byte[]? bytes = null;
        lock (world.Gate)
        {
            var token = context.Request.Headers.Authorization.ToString();
            if (world.Tokens.Any(good => token == $"Bearer {good}") && world.Options.Scopes.Contains("files:read"))
            {
                bytes = world.Given.GetValueOrDefault(id).Bytes;
            }
        }

        // Without a good token Slack leads to its sign-in page.
        if (bytes is null)
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "https://slack.com/signin";
            return;
        }

        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    private JsonObject Begin(SlackCall call)
    {
        if (call.Text("filename") is null || call.Number("length", 0) is <= 0)
        {
            throw new SlackError("invalid_arguments", ["filename and length are required"]);
        }

        var id = world.NextId("F");
        world.Files[id] = (null, false);
        world.Announced[id] = call.Number("length", 0);
        world.Named[id] = call.Text("filename")!;
        return new JsonObject { ["upload_url"] = new Uri(world.Origin, $"upload/{id}").AbsoluteUri, ["file_id"] = id };
    }

    private JsonObject Complete(SlackCall call)
    {
        var done = new JsonArray();
        foreach (var file in call.Arguments.List("files") ?? throw new SlackError("invalid_arguments", ["files is required"]))
        {
            var id = file.Text("id") ?? "";
            if (!world.Files.TryGetValue(id, out var known) || known.Bytes is null)
            {
                throw new SlackError("file_not_found");
            }

            world.Files[id] = (known.Bytes, true);
            Show(call, id, known.Bytes);
            done.Add(new JsonObject { ["id"] = id, ["title"] = file.Text("title") ?? "" });
        }

        return new JsonObject { ["files"] = done };
    }

    private void Show(SlackCall call, string id, byte[] bytes)
    {
        if (call.Text("channel_id") is not { } to)
        {
            return;
        }

        // A file needs a member, whatever may be written elsewhere.
        var channel = ChatMethods.Visible(world, to);
        if (!channel.Members.Contains(world.Bot.Id))
        {
            throw new SlackError("not_in_channel");
        }

        var message = new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "file_share",
            ["user"] = world.Bot.Id,
            ["text"] = "",
            ["ts"] = world.NextTs(),
            ["files"] = new JsonArray(new JsonObject { ["id"] = id, ["name"] = world.Named[id] }),
        };
        if (call.Text("thread_ts") is { } thread)
        {
            message["thread_ts"] = thread;
        }

        world.Shared.Add((channel.Id, call.Text("thread_ts"), world.Named[id], bytes));
        channel.Messages.Add(message);
    }
}
