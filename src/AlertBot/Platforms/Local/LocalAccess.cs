using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace AlertBot.Platforms.Local;

/// <summary>
/// Decides who may call the web chat. While it is bound to loopback it answers only to this machine's own names, so that
/// no foreign page can reach it through a name of its own that resolves here, and whoever calls is a moderator.
/// </summary>
internal sealed class LocalAccess(LocalOptions options, IServer server)
{
    /// <summary>Why a request is turned away, with its status; null if it may pass.</summary>
    public (int Status, string Why)? Refusal(HttpRequest request)
    {
        if (options.IsLoopback && !LocalOptions.IsLoopbackHost(request.Host.Host))
        {
            return (StatusCodes.Status403Forbidden, "This chat answers only to localhost.");
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return null;
        }

        if (request.Headers.Origin is [var origin, ..] && !IsOwn(origin, request))
        {
            return (StatusCodes.Status403Forbidden, "This came from another site.");
        }

        // A form of another site can send everything but this type without being asked first.
        return request.HasJsonContentType() ? null : (StatusCodes.Status415UnsupportedMediaType, "The content type must be application/json.");
    }

    public bool IsModerator(HttpContext context) =>
        options.IsLoopback
        && ListensOnLoopbackOnly()
        && context.Connection.RemoteIpAddress is { } remote
        && IPAddress.IsLoopback(remote)
        // A proxy on this machine speaks for somebody else.
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded");

    private static bool IsOwn(string? origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && HostString.FromUriComponent(address).Equals(request.Host);

    private bool ListensOnLoopbackOnly() =>
        server.Features.Get<IServerAddressesFeature>()?.Addresses is { Count: > 0 } addresses
        && addresses.All(a => LocalOptions.IsLoopbackHost(BindingAddress.Parse(a).Host));
}
