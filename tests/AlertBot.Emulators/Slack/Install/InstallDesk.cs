using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using AlertBot.Emulators.Slack.Web;
using AlertBot.Emulators.Slack.World;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Emulators.Slack.Install;

/// <summary>OAuth v2: the page that asks, codes that are good once, tokens that come and go. https://docs.slack.dev/authentication/installing-with-oauth</summary>
internal sealed class InstallDesk(SlackWorld world)
{
    public const string Path = "/oauth/v2/authorize";

    /// <summary>Bot scopes that an app may ask for: https://docs.slack.dev/reference/scopes. Only those that bots of this kind use.</summary>
    private static readonly string[] Scopes =
    [
        "app_mentions:read", "channels:history", "channels:join", "channels:manage", "channels:read", "chat:write", "chat:write.customize", "chat:write.public", "commands", "files:read", "files:write",
        "groups:history", "groups:read", "groups:write", "im:history", "im:read", "im:write", "links:read", "links:write", "mpim:history", "mpim:read", "mpim:write", "pins:read", "pins:write",
        "reactions:read", "reactions:write", "team:read", "usergroups:read", "usergroups:write", "users.profile:read", "users:read", "users:read.email", "users:write",
    ];

    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, (string Scope, string Redirect, string User, DateTimeOffset Until)> _codes = [];

    public IEnumerable<WebMethod> All() =>
    [
        new("oauth.v2.access", Exchange) { Open = true },
        new("auth.revoke", call => new JsonObject { ["revoked"] = Revoke(call.Token!) }),
        new("apps.uninstall", Uninstall),
    ];

    /// <summary>Shows what the app wants, with Allow and Cancel, each a link back to the app.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (Fault(query) is { } fault)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync(fault, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var (redirect, state, scope) = (query["redirect_uri"].ToString(), query["state"].ToString(), query["scope"].ToString());
        string code;
        lock (world.Gate)
        {
            code = world.NextId("code");
            _codes[code] = (scope, redirect, world.Admin.Id, world.Now + CodeLife);
        }

        var back = $"{redirect}{(redirect.Contains('?', StringComparison.Ordinal) ? '&' : '?')}state={Uri.EscapeDataString(state)}";
        var rows = string.Concat(scope.Split(',').Select(wanted => $"<li>{HtmlEncoder.Default.Encode(wanted)}</li>"));
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Emulated Slack</title>
            <body style="font:16px system-ui;max-width:32rem;margin:3rem auto"><h1>AlertBot asks for access to {HtmlEncoder.Default.Encode(world.Name)}</h1><ul>{rows}</ul>
            <a id="allow" href="{HtmlEncoder.Default.Encode($"{back}&code={code}")}">Allow</a> <a id="cancel" href="{HtmlEncoder.Default.Encode($"{back}&error=access_denied")}">Cancel</a></body></html>
            """,
            context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Ends every token of the workspace.</summary>
    public void RevokeAll() => world.Tokens.Clear();

    private bool Revoke(string token) => world.Tokens.Remove(token);

    private string? Fault(IQueryCollection query) =>
        query["client_id"] != world.Options.ClientId ? "Invalid client_id parameter"
        : !Uri.TryCreate(query["redirect_uri"], UriKind.Absolute, out _) ? "redirect_uri did not match any configured URIs."
        : query["scope"].ToString().Split(',').FirstOrDefault(scope => !Scopes.Contains(scope)) is { } unknown ? $"Invalid permissions requested: {unknown}"
        : null;

    private bool Known(SlackCall call) => call.Text("client_id") == world.Options.ClientId && call.Text("client_secret") == world.Options.ClientSecret;

    private JsonObject Uninstall(SlackCall call)
    {
        if (!Known(call))
        {
            throw new SlackError("bad_client_secret");
        }

        RevokeAll();
        return [];
    }

    private JsonObject Exchange(SlackCall call)
    {
        if (!Known(call))
        {
            throw new SlackError(call.Text("client_id") == world.Options.ClientId ? "bad_client_secret" : "invalid_client_id");
        }

        if (call.Text("code") is not { } code || !_codes.Remove(code, out var given) || world.Now > given.Until)
        {
            throw new SlackError("invalid_code");
        }

        if (call.Text("redirect_uri") != given.Redirect)
        {
            throw new SlackError("bad_redirect_uri");
        }

        var token = $"xoxb-emulated-{world.NextId("t")}";
        world.Tokens.Add(token);
        return new JsonObject
        {
            ["app_id"] = SlackWorld.App,
            ["token_type"] = "bot",
            ["access_token"] = token,
            ["scope"] = given.Scope,
            ["bot_user_id"] = world.Bot.Id,
            ["team"] = new JsonObject { ["id"] = world.TeamId, ["name"] = world.Name },
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
            ["authed_user"] = new JsonObject { ["id"] = given.User },
        };
    }
}
