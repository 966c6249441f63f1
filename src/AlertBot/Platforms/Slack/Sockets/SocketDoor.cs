using System.Net.WebSockets;
using AlertBot.Platforms.Slack.Web;

namespace AlertBot.Platforms.Slack.Sockets;

/// <summary>
/// Opens connections to Slack, one at a time, for as long as that takes. What only a person can mend is told by
/// <see cref="SocketState"/> and tried again every ten minutes.
/// </summary>
internal sealed partial class SocketDoor(SlackOptions options, SlackClient client, Deliveries deliveries, SocketState state, TimeProvider time, ILogger<SocketDoor> logger) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilMended = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile Closing? _closed;

    /// <param name="backoff">Of whoever wants the connection.</param>
    public async Task<(SlackSocket Socket, Frame.Hello Hello)> OpenAsync(Backoff backoff, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                await Task.Delay(Longer(backoff.Next(LongestWait), (_closed?.Until - time.GetUtcNow()) ?? TimeSpan.Zero), time, cancellationToken);
                if (await AskAsync(cancellationToken) is { } address && await ConnectAsync(address, cancellationToken) is { } opened)
                {
                    return opened;
                }
            }
        }
        finally
        {
            _turn.Release();
        }

        static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
    }

    /// <summary>Socket Mode was turned off.</summary>
    public void Disable() => Close("Socket Mode is off for this app at Slack. Turn it on at api.slack.com/apps, page Socket Mode.");

    public void Dispose() => _turn.Dispose();

    /// <summary>Asks where to connect to. https://docs.slack.dev/reference/methods/apps.connections.open</summary>
    private async Task<Uri?> AskAsync(CancellationToken cancellationToken)
    {
        switch (await client.CallAsync("apps.connections.open", [], options.AppToken, cancellationToken))
        {
            case SlackAnswer.Ok answer when AddressOf(answer["url"]) is { } address:
                return address;
            case SlackAnswer.Ok:
                Fail("it named no wss address");
                break;
            case SlackAnswer.Limited(var wait, var why):
                _closed = new Closing(time.GetUtcNow() + wait);
                Fail(why);
                break;
            case SlackAnswer.Down(var why, _):
                Fail(why);
                break;
            case SlackAnswer.Refused(var error, var details):
                Close(Told(error, details));
                break;
        }

        return null;
    }

    private async Task<(SlackSocket Socket, Frame.Hello Hello)?> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await SlackSocket.OpenAsync(address, deliveries, time, logger, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or TimeoutException)
        {
            // Its address is good for one connection and stays out of the log.
            Fail(exception.Message);
            return null;
        }
    }

    // Unencrypted only where the Web API is, too: that is somebody's own server.
    private Uri? AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeWss || (address.Scheme == Uri.UriSchemeWs && options.ApiBase.StartsWith("http:", StringComparison.OrdinalIgnoreCase)))
            ? address : null;

    private void Fail(string why)
    {
        state.Failed($"There is no connection to Slack: {why}. It is tried again by itself.");
        Log.Failed(logger, why);
    }

    private void Close(string why)
    {
        _closed = new Closing(time.GetUtcNow() + UntilMended);
        state.Failed($"{why} It is tried again every ten minutes.");
        Log.Closed(logger, why);
    }

    private static string Told(string error, string details) => error switch
    {
        "invalid_auth" or "not_authed" or "token_revoked" or "account_inactive" or "token_expired" => $"Slack refuses the app token ({error}). Make a new one on the app's page Basic Information, App-Level Tokens, and set Slack__AppToken.",
        "not_allowed_token_type" => "Slack__AppToken is no app-level token. It begins with xapp- and is on the app's page Basic Information, App-Level Tokens.",
        "missing_scope" or "no_permission" => "The app token lacks the scope connections:write. Make one with it on the app's page Basic Information, App-Level Tokens.",
        _ => $"Slack opens no connection ({error}{(details.Length > 0 ? $": {details}" : "")}). See that Socket Mode is on at api.slack.com/apps, page Socket Mode.",
    };

    private sealed record Closing(DateTimeOffset Until);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "There is no connection to Slack: {Why}. It is tried again")]
        public static partial void Failed(ILogger logger, string why);

        [LoggerMessage(2, LogLevel.Error, "{Why} It is tried again every ten minutes")]
        public static partial void Closed(ILogger logger, string why);
    }
}
