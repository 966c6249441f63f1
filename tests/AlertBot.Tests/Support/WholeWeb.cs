namespace AlertBot.Tests.Support;

/// <summary>Leads every address of the web to one site on loopback, where the host is the first part of the path.</summary>
internal static class WholeWeb
{
#pragma warning disable RS0030 // A client for tests that reaches nothing but loopback.
    public static HttpClient At(FeedSite site) => new(new Detour(site)) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore RS0030

    private sealed class Detour(FeedSite site) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = site.Address($"/{request.RequestUri!.Authority}{request.RequestUri.PathAndQuery}");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
