using AlertBot.Platforms.Local;

namespace AlertBot.Commands;

/// <summary><c>alertbot health</c>: asks a running bot how it is. Made for containers that have no shell.</summary>
internal static class HealthVerb
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var target = AddressIn(ProgramSettings.Read(args));
        using var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(3) };
        using var http = new HttpMessageInvoker(handler);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, target);
            using var response = await http.SendAsync(request, cancellationToken);
            await output.WriteLineAsync(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (HttpRequestException exception)
        {
            await error.WriteLineAsync($"No AlertBot answers at {target}: {exception.Message}");
            return 1;
        }
    }

    /// <summary>Where the bot of these settings tells how it is.</summary>
    public static Uri AddressIn(IConfiguration settings)
    {
        var target = new UriBuilder(settings.GetSection(LocalOptions.Section).Get<LocalOptions>()?.Address ?? new LocalOptions().Address) { Path = "/health" };
        if (target.Host is "0.0.0.0" or "[::]" or "*" or "+")
        {
            target.Host = "127.0.0.1";
        }

        return target.Uri;
    }
}
