using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace AlertBot.Feeds.Hubs;

/// <summary>Asks hubs to push, or to stop. Their addresses come from strangers' feeds: every connection goes through the guard.</summary>
internal sealed class HubClient(HttpClient http, IOptions<FeedsOptions> options, TimeProvider time)
{
    /// <summary>How long a subscription shall last; a hub may give another time.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromDays(10);

    private const int MaxRedirects = 3;

    /// <returns>Null if the hub took the request, which says nothing of whether it will confirm it; else why not.</returns>
    public async Task<string?> AskAsync(HubSubscription subscription, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return FeedAddress.TryParse(subscription.Hub, out var hub, out var why) ? await AskAsync(hub, FieldsOf(subscription), linked.Token) : why;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "the hub does not answer";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return exception is ClosedAddressException || exception.InnerException is ClosedAddressException ? "the hub is on a private network" : "no connection to the hub";
        }
    }

    // Only these two redirects keep the method and the body. https://www.w3.org/TR/websub/#subscriber-sends-subscription-request
    private async Task<string?> AskAsync(Uri hub, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        for (var hop = 0; hop <= MaxRedirects; hop++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, hub) { Content = new FormUrlEncodedContent(fields) };
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect) || response.Headers.Location is not { } location)
            {
                return response.IsSuccessStatusCode ? null : $"the hub answered {((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)}";
            }

            if (!FeedAddress.TryParse(new Uri(hub, location).AbsoluteUri, out hub, out var why))
            {
                return why;
            }
        }

        return "the hub redirected too often";
    }

    private static Dictionary<string, string> FieldsOf(HubSubscription subscription)
    {
        var fields = new Dictionary<string, string> { ["hub.callback"] = subscription.Callback, ["hub.topic"] = subscription.Topic };
        if (subscription.State == HubState.Leaving)
        {
            fields["hub.mode"] = "unsubscribe";
            return fields;
        }

        fields["hub.mode"] = "subscribe";
        fields["hub.secret"] = subscription.Secret;
        fields["hub.lease_seconds"] = Lease.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return fields;
    }
}
