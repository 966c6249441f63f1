using System.Text;
using System.Text.RegularExpressions;

namespace AlertBot.Platforms;

/// <summary>An address that a link under other words can lead to and that can't be used to break out of it.</summary>
internal static partial class WebLink
{
    private const int MaxLength = 1024;
    private const string Acting = "()<>[]\\\"`";

    /// <summary>Null for anything but an http or https address of a host. Names and passwords in front of a host pass for hosts: such an address is none.</summary>
    public static string? Of(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            || uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6)
            || uri.UserInfo.Length > 0
            || InAscii(uri) is not { } ascii)
        {
            return null;
        }

        var site = ascii.GetLeftPart(UriPartial.Authority);
        var link = site + string.Concat(Encoding.UTF8.GetBytes(ascii.AbsoluteUri[site.Length..]).Select(b => IsPlain((char)b) ? ((char)b).ToString() : Uri.HexEscape((char)b)));
        return link.Length <= MaxLength ? link : null;
    }

    /// <summary>A text with a mask in the place of the user names and passwords that stand in its addresses.</summary>
    public static string WithoutLogins(string text, string mask) => Logins().Replace(text, mask.Length == 0 ? "" : $"{mask}@");

    // A host may pass for one until its letters have to be written in ASCII.
    private static Uri? InAscii(Uri uri)
    {
        try
        {
            return uri.HostNameType == UriHostNameType.Dns ? new UriBuilder(uri) { Host = uri.IdnHost }.Uri : uri;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static bool IsPlain(char character) => character is > ' ' and < '\u007F' && !Acting.Contains(character, StringComparison.Ordinal);

    [GeneratedRegex(@"(?<=://)[^/?#\s]*@")]
    private static partial Regex Logins();
}
