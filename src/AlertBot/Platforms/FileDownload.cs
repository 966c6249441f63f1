using System.Net;
using System.Net.Http.Headers;

namespace AlertBot.Platforms;

/// <summary>
/// Gets files that people gave to a platform, from that platform's own hosts and nowhere else: over https, without following
/// anybody elsewhere, within limits of size and time.
/// </summary>
/// <param name="hosts">The platform's hosts of files; one that begins with a dot stands for all below it.</param>
/// <param name="own">The API of the platform, as the settings name it: its origin counts, too, also where it is no https one.</param>
internal sealed class FileDownload(IReadOnlyList<string> hosts, Uri own, string userAgent, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        UseCookies = false,
    });

    public bool Allows(Uri address) =>
        address.UserInfo.Length == 0
        && (address.GetLeftPart(UriPartial.Authority) == own.GetLeftPart(UriPartial.Authority)
            || (address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && hosts.Any(h => h[0] == '.' ? address.IdnHost.EndsWith(h, StringComparison.OrdinalIgnoreCase) : address.IdnHost.Equals(h, StringComparison.OrdinalIgnoreCase))));

    /// <param name="token">Goes along; null where none is needed.</param>
    public async Task<FileContent> GetAsync(string? text, string? token, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !Allows(address))
        {
            return new FileContent.Failed("it lies on no host of the platform");
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var timeout = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? await ReadAsync(response.Content, either.Token)
                : new FileContent.Failed($"the platform answered {(int)response.StatusCode} when asked for it");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new FileContent.Failed("the platform gave no complete answer when asked for it; try again");
        }
    }

    public void Dispose() => _http.Dispose();

    private static async Task<FileContent> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        using var bytes = new MemoryStream();
        var part = new byte[64 * 1024];
        while (await body.ReadAsync(part, cancellationToken) is > 0 and var count)
        {
            if (bytes.Length + count > GivenFile.MostBytes)
            {
                return FileContent.TooLarge;
            }

            bytes.Write(part, 0, count);
        }

        return FileContent.Of(bytes.ToArray());
    }
}
