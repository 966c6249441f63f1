using System.Buffers;
using System.Globalization;
using System.Text;

namespace AlertBot.Feeds;

/// <summary>Makes the addresses that feeds carry absolute. Only http and https come through; anything else is no link.</summary>
internal static class FeedLinks
{
    private const int Longest = 4000;

    private static readonly SearchValues<char> SchemeLetters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    /// <summary>The address as published where it is absolute and plain, else resolved against the base and escaped.</summary>
    public static string? Resolve(string? written, Uri? baseAddress)
    {
        var text = Clean(written);
        if (text.Length is 0 or > Longest)
        {
            return null;
        }

        if (text.StartsWith("//", StringComparison.Ordinal) && baseAddress is null)
        {
            text = $"https:{text}";
        }
        else if (text.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
        {
            text = $"http://{text}";
        }

        if (HasScheme(text))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var absolute) && IsWeb(absolute) ? (IsPlain(text) ? text : Escaped(absolute)) : null;
        }

        return baseAddress is not null && Uri.TryCreate(baseAddress, text, out var resolved) && IsWeb(resolved) ? Escaped(resolved) : null;
    }

    /// <inheritdoc cref="Resolve"/>
    public static Uri? Address(string? written, Uri? baseAddress) =>
        Resolve(written, baseAddress) is { } link && Uri.TryCreate(link, UriKind.Absolute, out var address) ? address : null;

    /// <summary>A base for what lies inside; the outer one where the written one is none.</summary>
    public static Uri? Base(string? written, Uri? outer) => Address(written, outer) ?? outer;

    private static bool IsWeb(Uri address) => (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) && address.Host.Length > 0;

    private static string? Escaped(Uri address) => address.AbsoluteUri.Length <= Longest ? address.AbsoluteUri : null;

    // A scheme is letters before the first colon, and that before any slash, query or fragment (RFC 3986, section 3.1).
    private static bool HasScheme(string text)
    {
        var end = text.AsSpan().IndexOfAny(":/?#");
        return end > 0 && text[end] == ':' && char.IsAsciiLetter(text[0])
            && !text.AsSpan(0, end).ContainsAnyExcept(SchemeLetters);
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c is <= ' ' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or '\u007f' || (c > '\u007f' && !char.IsLetterOrDigit(c)))
            {
                return false;
            }
        }

        return true;
    }

    private static string Clean(string? written)
    {
        var text = (written ?? "").Trim();
        if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 || (!Ascii.IsValid(text) && text.Any(c => char.GetUnicodeCategory(c) == UnicodeCategory.Format)))
        {
            text = string.Concat(text.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)).Trim();
        }

        // Many publishers escape the ampersands of their links twice.
        return text.Contains('&', StringComparison.Ordinal)
            ? text.Replace("&amp;", "&", StringComparison.OrdinalIgnoreCase).Replace("&#038;", "&", StringComparison.Ordinal).Replace("&#38;", "&", StringComparison.Ordinal)
            : text;
    }
}
