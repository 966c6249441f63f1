namespace AlertBot.Platforms.Discord;

/// <summary>An address that a masked link can lead to and that can't be used to break out of it.</summary>
internal static class WebLink
{
    private const int MaxLength = 1024;

    /// <summary>Null for anything but an http or https address of a host. Names and passwords in front of a host pass for hosts: such an address is none.</summary>
    public static string? Of(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.Host.Length == 0
            || uri.UserInfo.Length > 0)
        {
            return null;
        }

        var link = (uri.HostNameType == UriHostNameType.Dns ? new UriBuilder(uri) { Host = uri.IdnHost }.Uri : uri).AbsoluteUri
            .Replace("(", "%28", StringComparison.Ordinal)
            .Replace(")", "%29", StringComparison.Ordinal)
            .Replace("<", "%3C", StringComparison.Ordinal)
            .Replace(">", "%3E", StringComparison.Ordinal)
            .Replace("\\", "%5C", StringComparison.Ordinal)
            .Replace(" ", "%20", StringComparison.Ordinal);
        return link.Length <= MaxLength ? link : null;
    }
}
