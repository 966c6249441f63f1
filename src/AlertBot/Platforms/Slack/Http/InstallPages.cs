using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Platforms.Slack.Web;
using AlertBot.Platforms.Slack.Workspaces;
using Microsoft.AspNetCore.Http.Extensions;

namespace AlertBot.Platforms.Slack.Http;

/// <summary>
/// Installs the app in a workspace, or in a whole organisation, for whoever asks and may. An installation ends in the
/// browser where it began, or not at all. https://docs.slack.dev/authentication/installing-with-oauth
/// </summary>
internal sealed partial class InstallPages(
    SlackOptions options, SlackClient client, WorkspaceDirectory workspaces, SlackPlatform platform, InstallStates states, Greeting greeting, ILogger<InstallPages> logger)
{
    public const string StartPath = "/slack/install";
    public const string ReturnPath = "/slack/oauth_redirect";

    private const string Cookie = "alertbot-slack-install";

    // Relative, so that it leads there behind a proxy, too.
    private static readonly (string, string) Anew = ("install", "Begin anew");

    public async Task StartAsync(HttpContext context)
    {
        var state = await states.IssueAsync(context.RequestAborted);
        context.Response.Cookies.Append(Cookie, state, CookieOptions(context.Request));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        var query = new QueryBuilder
        {
            { "client_id", options.ClientId },
            { "scope", string.Join(',', SlackScopes.Bot) },
            { "state", state },
            { "redirect_uri", ReturnAddress(context.Request) },
        };
        context.Response.Redirect(new Uri(new Uri(options.ApiBase), "/oauth/v2/authorize").AbsoluteUri + query);
    }

    public async Task ReturnAsync(HttpContext context)
    {
        var page = await InstallAsync(context.Request, context.RequestAborted);
        context.Response.Cookies.Delete(Cookie, CookieOptions(context.Request));
        await page.WriteAsync(context.Response, context.RequestAborted);
    }

    private async Task<InstallPage> InstallAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (state, code, error) = (request.Query["state"].ToString(), request.Query["code"].ToString(), request.Query["error"].ToString());
        if (!IsOfThisBrowser(request.Cookies[Cookie], state))
        {
            return Fault("This installation was not begun here", "It has to end in the browser in which it began, within ten minutes. Nothing was installed.");
        }

        if (!await states.UseAsync(state, cancellationToken))
        {
            return Fault("This page is no longer good", "It works once, and for ten minutes. If AlertBot is not in your workspace yet, begin anew.");
        }

        if (error.Length > 0)
        {
            return error == "access_denied"
                ? new InstallPage(StatusCodes.Status200OK, "Nothing was installed", "You chose not to give AlertBot access, which is fine. If you change your mind, or an admin has to approve it first, come back later.") { Link = Anew }
                : Fault("Slack did not allow it", $"Slack says: {error}. An admin of the workspace can tell why.");
        }

        if (code.Length == 0)
        {
            return Fault("Slack sent no code", "Without it nothing can be installed.");
        }

        var arguments = new JsonObject { ["client_id"] = options.ClientId, ["client_secret"] = options.ClientSecret, ["code"] = code, ["redirect_uri"] = ReturnAddress(request) };
        switch (await client.CallAsync("oauth.v2.access", arguments, null, cancellationToken))
        {
            case SlackAnswer.Ok ok when ok.Body.TryGetProperty("refresh_token", out _):
                Log.Rotates(logger);
                return new InstallPage(StatusCodes.Status502BadGateway, "The app is set up in a way that AlertBot can't use", "Its tokens expire. Its owner has to make an app without token rotation. Nothing was installed.");
            case SlackAnswer.Ok ok when Read(ok) is { } installation:
                return await FinishAsync(installation, cancellationToken);
            case SlackAnswer.Refused { Error: var refused }:
                Log.Refused(logger, refused);
                return refused is "invalid_code" or "code_already_used" or "code_expired"
                    ? Fault("This page is no longer good", "Slack's code works once, and for ten minutes. If AlertBot is not in your workspace yet, begin anew.")
                    : Fault("Slack did not allow it", $"Slack says: {refused}. If it says so again, tell the one who runs this AlertBot.", StatusCodes.Status502BadGateway);
            case var answer:
                Log.Unanswered(logger, answer is SlackAnswer.Down down ? down.Why : answer.GetType().Name);
                return Fault("Slack gave no usable answer", "Try again in a minute.", StatusCodes.Status502BadGateway);
        }
    }

    private async Task<InstallPage> FinishAsync(Installation installation, CancellationToken cancellationToken)
    {
        var workspace = installation.Workspace;
        try
        {
            await workspaces.InstallAsync(installation, cancellationToken);
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            Log.NotEncrypted(logger, exception);
            return Fault("AlertBot could not keep the installation", "Tell the one who runs it: the folder Storage:Keys can't be written.", StatusCodes.Status500InternalServerError);
        }

        var to = new SlackAddress(workspace.Key, installation.InstalledBy).ToChannel();
        var greeted = await platform.SendAsync(new OutgoingMessage(to, greeting(), $"hi-{workspace.Key.ToLowerInvariant()}"), cancellationToken);
        Log.Installed(logger, workspace, greeted);
        var text = $"AlertBot is in {workspace.Name} now. Open a channel in Slack and type /alertbot setup there, or write to AlertBot in its direct messages. To have alerts in a private channel, invite it first.";
        return new InstallPage(StatusCodes.Status200OK, "AlertBot is installed", text)
        {
            Link = ("https://slack.com/app_redirect" + new QueryBuilder { { "app", installation.AppId }, { "team", workspace.Key } }, "Open Slack"),
        };
    }

    /// <summary>Null for an answer in which something is missing.</summary>
    private static Installation? Read(SlackAnswer.Ok answer)
    {
        var (team, enterprise, person) = (Part("team"), Part("enterprise"), Part("authed_user"));
        var home = answer.Body.TryGetProperty("is_enterprise_install", out var all) && all.ValueKind == JsonValueKind.True ? enterprise : team;
        var workspace = new Workspace(SlackAnswer.Text(home, "id"), SlackAnswer.Text(home, "name"), answer["access_token"], answer["bot_user_id"]);
        var installedBy = SlackAnswer.Text(person, "id");
        return workspace.Key.Length > 1 && workspace.Token.StartsWith("xoxb-", StringComparison.Ordinal) && workspace.BotUser.Length > 0 && installedBy.Length > 1
            ? new Installation(workspace, SlackAnswer.Text(enterprise, "id") is { Length: > 0 } id ? id : null, answer["app_id"], answer["scope"], installedBy)
            : null;

        JsonElement Part(string name) => answer.Body.TryGetProperty(name, out var part) ? part : default;
    }

    private static bool IsOfThisBrowser(string? cookie, string state) =>
        cookie is { Length: > 0 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(cookie), Encoding.UTF8.GetBytes(state));

    private static InstallPage Fault(string title, string text, int status = StatusCodes.Status400BadRequest) => new(status, title, text) { Link = Anew };

    private string ReturnAddress(HttpRequest request) =>
        (options.PublicUrl.Length > 0 ? options.PublicUrl.TrimEnd('/') : $"{request.Scheme}://{request.Host}{request.PathBase}") + ReturnPath;

    private CookieOptions CookieOptions(HttpRequest request) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = ReturnAddress(request).StartsWith("https:", StringComparison.OrdinalIgnoreCase),
        MaxAge = TimeSpan.FromMinutes(10),
        Path = "/",
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Installed in {Workspace}; the greeting: {Result}")]
        public static partial void Installed(ILogger logger, Workspace workspace, SendResult result);

        [LoggerMessage(2, LogLevel.Warning, "Slack refused an installation: {Error}")]
        public static partial void Refused(ILogger logger, string error);

        [LoggerMessage(3, LogLevel.Warning, "Slack gave no usable answer to an installation: {Why}")]
        public static partial void Unanswered(ILogger logger, string why);

        [LoggerMessage(4, LogLevel.Error, "The app's tokens expire (token rotation): it can't be installed")]
        public static partial void Rotates(ILogger logger);

        [LoggerMessage(5, LogLevel.Error, "A token could not be encrypted, so that nothing was installed")]
        public static partial void NotEncrypted(ILogger logger, Exception exception);
    }
}
