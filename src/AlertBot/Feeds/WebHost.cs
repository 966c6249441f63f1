namespace AlertBot.Feeds;

/// <summary>The host of an address in the one form that the DNS knows, in lower case.</summary>
internal static class WebHost
{
    /// <summary>Null where the name holds what no name in the DNS can hold; .NET finds that out only when it is asked.</summary>
    public static string? Of(Uri address)
    {
        try
        {
            return address.IdnHost.ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            return null;
        }
    }
}
