using System.Text.RegularExpressions;
using AlertBot.Emulators.Discord.Faults;
using AlertBot.Emulators.Discord.World;
using AlertBot.Emulators.Faults;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Discord.Rest;

/// <summary>Takes each request past faults, bans, tokens and limits to its route.</summary>
internal sealed partial class RestServer(DiscordWorld world, IReadOnlyList<RestRoute> routes, RateLimits limits, FaultBook faults, RequestLog log, Changes changes)
{
    /// <param name="rest">Of the path, after /api.</param>
    public async Task ServeAsync(HttpContext context, string rest)
    {
        var version = VersionPattern().Match(rest);
        var path = version.Success ? version.Groups["path"].Value : rest;
        var call = await RequestReader.ReadAsync(context.Request, path).ConfigureAwait(false);
        var fault = faults.Outage is null ? faults.Take(call.Method, call.Path) : null;

        // The delay begins before anybody can see that the request has come, so that a clock moved then moves it too.
        var delay = fault?.Delay > TimeSpan.Zero ? Task.Delay(fault.Delay, world.Options.Clock, CancellationToken.None) : Task.CompletedTask;
        log.Arrive(call);
        changes.Raise();
        await delay.ConfigureAwait(false);
        var reply = version.Success && version.Groups["version"].Value is not ("9" or "10") ? DiscordReply.Error(400, 50041, "Invalid API version provided") : Decide(call, fault);
        lock (world.Gate)
        {
            limits.CountAnswer(reply);
        }

        log.Answered(call, reply);
        changes.Raise();
        if (reply is { IsCut: false, Page: null })
        {
            context.Response.Headers.Via = "1.1 google";
        }

        await reply.WriteAsync(context).ConfigureAwait(false);
    }

    private Reply Decide(RestCall call, RestFault? fault)
    {
        if (faults.Outage is { } outage)
        {
            return outage == Outage.Drop ? Reply.Cut : DiscordReply.Error(503, 0, "503: Service Unavailable");
        }

        if (fault is { AcceptFirst: false } && (fault.Drop || fault.Status is not null))
        {
            return Injected(fault, call);
        }

        var reply = Work(call, isLate: fault?.Delay > TimeSpan.Zero);
        if (fault is { AcceptFirst: true })
        {
            return Injected(fault, call);
        }

        if (fault?.ExhaustedFor is { } seconds && Find(call) is { } match)
        {
            SetHeaders(reply, limits.Headers(1, 0, TimeSpan.FromSeconds(seconds), match.Route));
        }

        return fault is null ? reply : reply with { Spoiled = fault.Body };
    }

    private Reply Injected(RestFault fault, RestCall call)
    {
        if (fault.Drop || fault.Status is not { } status)
        {
            return Reply.Cut;
        }

        if (status == 429 && fault.Scope == "cloudflare")
        {
            var banned = DiscordReply.Cloudflare(429, "Error 1015: You are being rate limited");
            banned.Headers["Retry-After"] = Math.Ceiling(fault.RetryAfter).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return banned;
        }

        var reply = status == 429
            ? DiscordReply.Limited(fault.RetryAfter, fault.Scope, fault.Code, fault.Message ?? (fault.Scope == "shared" ? "The resource is being rate limited." : "You are being rate limited."))
            : DiscordReply.Error(status, fault.Code, fault.Message ?? $"{status}: injected");
        // What fails in front of Discord says nothing of its limits.
        if (status < 500 && Find(call) is { } match)
        {
            lock (world.Gate)
            {
                SetHeaders(reply, limits.Standing(match.Route, call with { Values = match.Values }, status == 429 ? fault.RetryAfter : null));
            }
        }

        return reply with { Spoiled = fault.Body };
    }

    private Reply Work(RestCall call, bool isLate)
    {
        lock (world.Gate)
        {
            if (limits.IsBanned)
            {
                return DiscordReply.Cloudflare(429, "Error 1015: You are being rate limited");
            }

            var match = Find(call);
            if (world.Options.CheckUserAgent && call.Headers.ContainsKey("Authorization") && !AgentPattern().IsMatch(call.Headers.GetValueOrDefault("User-Agent") ?? ""))
            {
                return DiscordReply.Cloudflare(403, "Error 1010: The owner of this website has banned your access");
            }

            if (match is null)
            {
                return DiscordReply.Error(404, 0, "404: Not Found");
            }

            if (Unauthorized(call, match.Value.Route))
            {
                return DiscordReply.Error(401, 0, "401: Unauthorized");
            }

            var refusal = limits.Take(match.Value.Route, call with { Values = match.Value.Values }, isLate, out var headers);
            var reply = refusal ?? Handle(match.Value.Route, call with { Values = match.Value.Values });
            SetHeaders(reply, headers);
            return reply;
        }
    }

    private bool Unauthorized(RestCall call, RestRoute route) =>
        call.Headers.TryGetValue("Authorization", out var sent) ? sent != "Bot " + world.Token : !route.Open;

    private Reply Handle(RestRoute route, RestCall call)
    {
        try
        {
            return call.Fault is null ? DiscordReply.Of(route.Handle(call)) : throw call.Fault;
        }
        catch (DiscordError error) when (error is { Status: 429, RetryAfter: { } seconds })
        {
            return DiscordReply.Limited(seconds, "user", error.Code, error.Message);
        }
        catch (DiscordError error)
        {
            return new Reply(error.Status) { Json = error.Body() };
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or InvalidCastException or KeyNotFoundException or ArgumentException or NullReferenceException)
        {
            log.Note([$"answer: {call.Method} {call.Path} broke the emulator: {exception}"]);
            return DiscordReply.Error(500, 0, "500: Internal Server Error");
        }
    }

    private (RestRoute Route, Dictionary<string, string> Values)? Find(RestCall call)
    {
        var parts = call.Path.Trim('/').Split('/');
        foreach (var route in routes)
        {
            if (route.Match(call.Method, parts) is { } values)
            {
                return (route, values);
            }
        }

        return null;
    }

    private static void SetHeaders(Reply reply, Dictionary<string, string> headers)
    {
        foreach (var (name, value) in headers)
        {
            reply.Headers[name] = value;
        }
    }

    [GeneratedRegex(@"^/v(?<version>\d+)(?<path>/.*)$")]
    private static partial Regex VersionPattern();

    // discord.py leaves the comma out.
    [GeneratedRegex(@"^DiscordBot \(\S+?,? \S+\)")]
    private static partial Regex AgentPattern();
}
