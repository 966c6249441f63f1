using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AlertBot.Tests.Support;

/// <summary>
/// A Web API on loopback, with one workspace T1 and as much behaviour as messages need. Every call is kept, and the next
/// answers of a method can be any bytes, or none, whether the work was done before or not.
/// </summary>
internal sealed class SlackWeb(TimeProvider clock) : IAsyncDisposable
{
    public const string Token = "xoxb-1";
    public const string Bot = "UBOT";

    private readonly ConcurrentDictionary<string, ConcurrentQueue<SlackFault>> _faults = new(StringComparer.Ordinal);
    private readonly List<JsonObject> _messages = [];
    private WebApplication _app = null!;
    private int _count;

    public ConcurrentQueue<SlackCall> Calls { get; } = [];

    /// <summary>By the id of a channel; more of them can be added.</summary>
    public ConcurrentDictionary<string, JsonObject> Channels { get; } = new(StringComparer.Ordinal)
    {
        ["C1"] = new JsonObject { ["id"] = "C1", ["is_member"] = true },
    };

    public ConcurrentDictionary<string, JsonObject> Users { get; } = new(StringComparer.Ordinal)
    {
        ["U1"] = new JsonObject { ["id"] = "U1", ["team_id"] = "T1", ["name"] = "ada" },
    };

    public ConcurrentDictionary<string, string[]> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that were uploaded to the end and shown somewhere.</summary>
    public List<(string Channel, string? Thread, string Name, byte[] Bytes)> Files { get; } = [];

    private readonly ConcurrentDictionary<string, (string Name, byte[] Bytes)> _uploads = new(StringComparer.Ordinal);

    public int PageLength { get; set; } = 100;

    public Uri ApiBase { get; private set; } = null!;

    public static async Task<SlackWeb> StartAsync(TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var slack = new SlackWeb(clock) { _app = builder.Build() };
        slack._app.Run(slack.AnswerAsync);
        await slack._app.StartAsync();
        slack.ApiBase = new Uri(slack._app.Urls.Single() + "/api");
        return slack;
    }

    public void Fault(string method, SlackFault fault, int times = 1)
    {
        for (var time = 0; time < times; time++)
        {
            _faults.GetOrAdd(method, _ => []).Enqueue(fault);
        }
    }

    public void ClearFaults() => _faults.Clear();

    public IReadOnlyList<SlackCall> CallsOf(string method) => [.. Calls.Where(c => c.Method == method)];

    /// <summary>What a channel shows, threads left out.</summary>
    public IReadOnlyList<JsonObject> Messages(string channel) => [.. In(channel).Where(m => m["thread_ts"] is null)];

    public IReadOnlyList<JsonObject> Thread(string channel, string ts) => [.. In(channel).Where(m => (string?)m["thread_ts"] == ts)];

    public JsonObject Add(string channel, string user, string text)
    {
        lock (_messages)
        {
            var ts = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().ToUnixTimeSeconds()}.{++_count:000000}");
            var message = new JsonObject { ["type"] = "message", ["channel"] = channel, ["user"] = user, ["text"] = text, ["ts"] = ts };
            _messages.Add(message);
            return message;
        }
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private List<JsonObject> In(string channel)
    {
        lock (_messages)
        {
            return [.. _messages.Where(m => (string?)m["channel"] == channel)];
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var method = context.Request.Path.Value!.Split('/')[^1];
        var arguments = await ArgumentsAsync(context.Request);
        Calls.Enqueue(new SlackCall(method, arguments, context.Request.Headers.Authorization.ToString(), context.Request.ContentType ?? ""));
        var fault = _faults.TryGetValue(method, out var queue) && queue.TryDequeue(out var next) ? next : null;
        var answer = fault is null or { Works: true } ? Work(method, arguments) : new JsonObject();
        await (fault ?? new SlackFault()).AnswerAsync(context, answer);
    }

    private static async Task<JsonObject> ArgumentsAsync(HttpRequest request)
    {
        if (request.HasFormContentType)
        {
            return new JsonObject((await request.ReadFormAsync()).Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value.ToString())));
        }

        using var memory = new MemoryStream();
        await request.Body.CopyToAsync(memory);
        return request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true
            ? JsonNode.Parse(memory.ToArray())!.AsObject()
            : new JsonObject { ["bytes"] = memory.Length, ["file"] = request.Path.Value!.Split('/')[^2], ["base64"] = Convert.ToBase64String(memory.ToArray()) };
    }

    private JsonObject Begin(JsonObject arguments)
    {
        var id = FormattableString.Invariant($"F{_uploads.Count + 1}");
        _uploads[id] = ((string)arguments["filename"]!, []);
        return new JsonObject { ["ok"] = true, ["file_id"] = id, ["upload_url"] = $"{ApiBase}/{id}/bytes" };
    }

    private JsonObject Upload(string id, JsonObject arguments)
    {
        _uploads[id] = (_uploads[id].Name, Convert.FromBase64String((string)arguments["base64"]!));
        return new JsonObject { ["ok"] = true };
    }

    private JsonObject Complete(JsonObject arguments)
    {
        if ((string?)arguments["channel_id"] is { } channel)
        {
            var (name, bytes) = _uploads[(string)JsonNode.Parse((string)arguments["files"]!)![0]!["id"]!];
            Files.Add((channel, (string?)arguments["thread_ts"], name, bytes));
        }

        return new JsonObject { ["ok"] = true };
    }

    private JsonObject Work(string method, JsonObject arguments)
    {
        var channel = (string?)arguments["channel"] ?? "";
        return method switch
        {
            "auth.test" => new JsonObject { ["ok"] = true, ["team_id"] = "T1", ["team"] = "Newsroom", ["user_id"] = Bot },
            "chat.postMessage" when channel[0] is 'U' => Post("D" + channel, arguments),
            "chat.postMessage" => Channels.ContainsKey(channel) ? Post(channel, arguments) : No("channel_not_found"),
            "chat.update" => Update(channel, arguments),
            "conversations.open" => new JsonObject { ["ok"] = true, ["channel"] = new JsonObject { ["id"] = "D" + (string?)arguments["users"] } },
            "conversations.info" => Channels.TryGetValue(channel, out var found) ? new JsonObject { ["ok"] = true, ["channel"] = found.DeepClone() } : No("channel_not_found"),
            "conversations.members" => Page("members", arguments, [.. Members.GetValueOrDefault(channel, []).Select(m => (JsonNode)m)]),
            "conversations.history" => Page("messages", arguments, [.. Messages(channel).Where(m => IsAfter(m, arguments)).Reverse().Select(m => m.DeepClone())]),
            "conversations.replies" => Page("messages", arguments, [.. Thread(channel, (string)arguments["ts"]!).Where(m => IsAfter(m, arguments)).Select(m => m.DeepClone())]),
            "users.info" => Users.TryGetValue((string)arguments["user"]!, out var user) ? new JsonObject { ["ok"] = true, ["user"] = user.DeepClone() } : No("user_not_found"),
            "usergroups.list" => new JsonObject { ["ok"] = true, ["usergroups"] = new JsonArray(new JsonObject { ["id"] = "S1", ["handle"] = "editors", ["users"] = new JsonArray("U1", "UGUEST") }) },
            "files.getUploadURLExternal" => Begin(arguments),
            "bytes" => Upload((string)arguments["file"]!, arguments),
            "files.completeUploadExternal" => Complete(arguments),
            _ => new JsonObject { ["ok"] = true },
        };
    }

    private JsonObject Post(string channel, JsonObject arguments)
    {
        var message = Add(channel, Bot, (string)arguments["text"]!);
        foreach (var field in new[] { "blocks", "metadata", "thread_ts" })
        {
            message[field] = arguments[field]?.DeepClone();
        }

        return new JsonObject { ["ok"] = true, ["channel"] = channel, ["ts"] = (string?)message["ts"] };
    }

    private JsonObject Update(string channel, JsonObject arguments)
    {
        if (In(channel).Find(m => (string?)m["ts"] == (string?)arguments["ts"]) is not { } message)
        {
            return No("message_not_found");
        }

        message["text"] = (string?)arguments["text"];
        message["blocks"] = arguments["blocks"]?.DeepClone();
        return new JsonObject { ["ok"] = true, ["channel"] = channel, ["ts"] = (string?)message["ts"] };
    }

    private JsonObject Page(string list, JsonObject arguments, IReadOnlyList<JsonNode> all)
    {
        var start = int.Parse((string?)arguments["cursor"] ?? "0", CultureInfo.InvariantCulture);
        var end = start + PageLength;
        return new JsonObject
        {
            ["ok"] = true,
            [list] = new JsonArray([.. all.Skip(start).Take(PageLength)]),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = end < all.Count ? end.ToString(CultureInfo.InvariantCulture) : "" },
        };
    }

    private static bool IsAfter(JsonObject message, JsonObject arguments) =>
        decimal.Parse((string)message["ts"]!, CultureInfo.InvariantCulture) > decimal.Parse((string?)arguments["oldest"] ?? "0", CultureInfo.InvariantCulture);

    private static JsonObject No(string error) => new() { ["ok"] = false, ["error"] = error };
}

/// <param name="Authorization">The whole header.</param>
internal sealed record SlackCall(string Method, JsonObject Arguments, string Authorization, string ContentType);

/// <summary>How a call is answered in place of the usual way.</summary>
internal sealed record SlackFault
{
    /// <summary>The work is done first.</summary>
    public bool Works { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>The body; null for the usual one.</summary>
    public string? Body { get; init; }

    public string? RetryAfter { get; init; }

    public FaultEnd End { get; init; }

    public static SlackFault Error(string error, string more = "") => new() { Body = $$"""{"ok":false,"error":"{{error}}"{{more}}}""" };

    public async Task AnswerAsync(HttpContext context, JsonObject usual)
    {
        if (End == FaultEnd.Reset)
        {
            context.Abort();
            return;
        }

        if (End == FaultEnd.Silence)
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(Body ?? usual.ToJsonString());
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        if (RetryAfter is not null)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
        }

        await context.Response.Body.WriteAsync(bytes.AsMemory(0, End == FaultEnd.Half ? bytes.Length / 2 : bytes.Length));
        if (End == FaultEnd.Half)
        {
            await context.Response.Body.FlushAsync();
            context.Abort();
        }
    }
}

public enum FaultEnd
{
    Whole,
    Half,
    Reset,
    Silence,
}
