using System.Globalization;
using System.Text.Json;

namespace AlertBot.Platforms.Local;

/// <summary>
/// Every new message of all channels, and every edited one anew, as server-sent events. It reads the table by change and
/// is only woken by one, so a browser that comes back with the last one it saw gets all that it missed, in order. What another
/// process wrote wakes nobody: the table is looked at once a second.
/// </summary>
internal sealed class LocalStream(LocalMessages messages, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const int Batch = 100;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public async Task WriteAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var after = LastSeen(context.Request) ?? await messages.NewestChangeAsync(either.Token);
            context.Response.ContentType = "text/event-stream";
            await SendAsync(context.Response, "retry: 1000\n: connected\n\n", either.Token);
            await FollowAsync(context.Response, after, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The reader left or the program stops: that is how a stream ends.
        }
    }

    /// <summary>What the browser saw last: after a break it says so itself, and knows better than the address of the page.</summary>
    private static long? LastSeen(HttpRequest request)
    {
        foreach (var text in new[] { request.Headers["Last-Event-ID"].ToString(), request.Query["after"].ToString() })
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                return id;
            }
        }

        return null;
    }

    private async Task FollowAsync(HttpResponse response, long after, CancellationToken cancellationToken)
    {
        var saidAt = time.GetTimestamp();
        while (true)
        {
            var changed = messages.Changed;
            var batch = await messages.ChangedAfterAsync(after, Batch, cancellationToken);
            foreach (var message in batch)
            {
                await SendAsync(response, $"id: {message.Change}\ndata: {JsonSerializer.Serialize(message, LocalMessages.Json)}\n\n", cancellationToken);
                (after, saidAt) = (message.Change, time.GetTimestamp());
            }

            if (batch.Count < Batch && !await IsDueAsync(changed, cancellationToken) && time.GetElapsedTime(saidAt) >= KeepAlive)
            {
                await SendAsync(response, ": still here\n\n", cancellationToken);
                saidAt = time.GetTimestamp();
            }
        }
    }

    private async Task<bool> IsDueAsync(Task changed, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(Look, time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
