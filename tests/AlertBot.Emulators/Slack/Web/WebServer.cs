using System.Globalization;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Faults;
using AlertBot.Emulators.Slack.Faults;
using AlertBot.Emulators.Slack.Rules;
using AlertBot.Emulators.Slack.World;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Slack.Web;

/// <summary>Takes each request past faults, tokens, scopes and limits to its method.</summary>
internal sealed class WebServer(SlackWorld world, IEnumerable<WebMethod> methods, SendLimits limits, WebFaults faults, SlackLog log, Changes changes)
{
    private readonly Dictionary<string, WebMethod> _methods = methods.ToDictionary(method => method.Name);

    public async Task ServeAsync(HttpContext context, string method)
    {
        JsonObject arguments;
        SlackError? unread = null;
        try
        {
            arguments = await ArgumentReader.ReadAsync(context.Request).ConfigureAwait(false);
        }
        catch (SlackError error)
        {
            (arguments, unread) = ([], error);
        }

        var header = context.Request.Headers.Authorization.ToString();
        var token = header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..].Trim() : arguments.Text("token");
        var fault = faults.Outage is null ? faults.Take(method) : null;
        if (fault?.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, world.Options.Clock, CancellationToken.None).ConfigureAwait(false);
        }

        var reply = Decide(new SlackCall(method, arguments, token), fault, unread);
        log.Keep(method, arguments, reply.IsCut ? null : reply.Status, reply.Json);
        changes.Raise();
        await reply.WriteAsync(context).ConfigureAwait(false);
    }

    private Reply Decide(SlackCall call, WebFault? fault, SlackError? unread)
    {
        if (faults.Outage is { } outage)
        {
            return outage == Outage.Drop ? Reply.Cut : Refused(503, "service_unavailable");
        }

        if (fault is null)
        {
            return unread is null ? Work(call, isLate: false) : Error(unread);
        }

        var breaks = fault.Drop || fault.Status is not null || fault.Error is not null;
        var worked = !breaks || fault.AcceptFirst ? Work(call, isLate: fault.Delay > TimeSpan.Zero) : null;
        return (breaks ? Injected(fault) : worked!) with { Spoiled = fault.Body };
    }

    private static Reply Injected(WebFault fault)
    {
        if (fault.Drop)
        {
            return Reply.Cut;
        }

        return fault.Status == 429 ? Limited(fault.RetryAfter) : Refused(fault.Status ?? 200, fault.Error ?? "internal_error");
    }

    private static Reply Refused(int status, string error) => new(status) { Json = new SlackError(error).Body() };

    private static Reply Error(SlackError error) => new(200) { Json = error.Body() };

    private static Reply Limited(int? seconds)
    {
        var reply = Refused(429, "ratelimited");
        if (seconds is { } wait)
        {
            reply.Headers["Retry-After"] = wait.ToString(CultureInfo.InvariantCulture);
        }

        return reply;
    }

    private Reply Work(SlackCall call, bool isLate)
    {
        lock (world.Gate)
        {
            try
            {
                var method = _methods.GetValueOrDefault(call.Method) ?? throw new SlackError("unknown_method");
                Admit(method, call.Token);
                if (limits.Take(call, isLate) is { } seconds)
                {
                    return Limited(seconds);
                }

                Judge(call);
                var answer = method.Handle(call);
                answer.Insert(0, "ok", true);
                return new Reply(200) { Json = answer };
            }
            catch (SlackError error)
            {
                return Error(error);
            }
        }
    }

    private void Admit(WebMethod method, string? token)
    {
        if (method.Open)
        {
            return;
        }

        if (string.IsNullOrEmpty(token))
        {
            throw new SlackError("not_authed");
        }

        var isApp = token == world.Options.AppToken;
        if (!isApp && !world.Tokens.Contains(token))
        {
            throw new SlackError(token.StartsWith("xoxb-emulated-", StringComparison.Ordinal) ? "token_revoked" : "invalid_auth");
        }

        if (isApp != method.ForApp)
        {
            throw new SlackError("not_allowed_token_type");
        }

        if (!isApp && faults.Revoked is { } revoked)
        {
            throw new SlackError(revoked);
        }

        if (ScopeRules.Check(method.Name, [.. world.Options.Scopes]) is var (needed, provided))
        {
            throw new SlackError("missing_scope") { Needed = needed, Provided = provided };
        }
    }

    private void Judge(SlackCall call)
    {
        if (!call.Method.StartsWith("chat.", StringComparison.Ordinal) && !call.Method.StartsWith("views.", StringComparison.Ordinal))
        {
            return;
        }

        var broken = world.Options.Rules(call.Method, call.Arguments);
        log.Note(broken.Select(fault => $"{call.Method}: {fault}"));
        if (broken.Count > 0)
        {
            throw new SlackError(call.Method.StartsWith("chat.", StringComparison.Ordinal) ? "invalid_blocks" : "invalid_arguments", broken);
        }

        if (MessageRules.BlockText(call.Arguments.List("blocks")) > MessageRules.MostBlockText)
        {
            log.Note([$"{call.Method}: the text of all blocks is over {MessageRules.MostBlockText} characters"]);
            throw new SlackError("msg_blocks_too_long");
        }
    }
}
