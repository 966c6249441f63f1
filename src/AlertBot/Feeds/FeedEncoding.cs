using System.Text;
using System.Text.RegularExpressions;

namespace AlertBot.Feeds;

/// <summary>
/// Turns a feed's bytes into text. What the bytes themselves show wins over what is said of them: byte order mark, zero
/// bytes of UTF-16 and 32, the XML prolog, the content type; then UTF-8 if it is valid, else windows-1252, which reads anything.
/// </summary>
internal static partial class FeedEncoding
{
    private const int PrologLength = 400;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (Marked(bytes) is var (marked, length))
        {
            return marked.GetString(bytes[length..]);
        }

        if (Wide(bytes) is { } wide)
        {
            return wide.GetString(bytes);
        }

        var (sent, written) = (Declared(contentType), DeclaredInProlog(bytes));
        // ASCII and Latin-1 are what servers say of everything: the author's own word is worth more.
        var declarations = sent?.CodePage == 1252 ? new[] { written, sent } : [sent, written];
        foreach (var declared in declarations)
        {
            // A declared encoding that the bytes break is a lie, but for one-byte encodings, which nothing breaks.
            if (declared is not null && (declared.IsSingleByte ? declared.GetString(bytes) : Strictly(declared, bytes)) is { } text)
            {
                return declared.IsSingleByte ? Strictly(StrictUtf8, bytes) ?? text : text;
            }
        }

        return Strictly(StrictUtf8, bytes) ?? Find("windows-1252")!.GetString(bytes);
    }

    private static (Encoding, int)? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        _ => null,
    };

    // The first character of a feed is ASCII, so zero bytes around it tell width and order.
    private static Encoding? Wide(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0, 0, 0, not 0, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: false),
        [not 0, 0, 0, 0, ..] => Encoding.UTF32,
        [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
        [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
        _ => null,
    };

    private static Encoding? Declared(string? contentType) =>
        contentType is not null && Charset().Match(contentType) is { Success: true } match ? Find(match.Groups[1].Value) : null;

    private static Encoding? DeclaredInProlog(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, PrologLength)]);
        // A prolog that can be read byte by byte declares no wide encoding, whatever it says.
        return Prolog().Match(head) is { Success: true } match && Find(match.Groups[1].Value) is { } found && !found.WebName.StartsWith("utf-16", StringComparison.Ordinal)
            && !found.WebName.StartsWith("utf-32", StringComparison.Ordinal)
            ? found
            : null;
    }

    private static string? Strictly(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var strict = (Encoding)encoding.Clone();
            strict.DecoderFallback = DecoderFallback.ExceptionFallback;
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding? Find(string name)
    {
        try
        {
            // As browsers do: what calls itself Latin-1 or plain Korean or Chinese is the larger code page.
            var wanted = name.ToLowerInvariant() switch
            {
                "iso-8859-1" or "latin1" or "latin-1" or "us-ascii" or "ascii" => "windows-1252",
                "euc-kr" or "ks_c_5601-1987" or "ksc5601" or "cp949" or "uhc" => "ks_c_5601-1987",
                "gb2312" or "gbk" or "x-gbk" => "gb18030",
                "sjis" or "x-sjis" or "cp932" or "windows-31j" => "shift_jis",
                "utf8" => "utf-8",
                var other => other,
            };
            return CodePagesEncodingProvider.Instance.GetEncoding(wanted) ?? Encoding.GetEncoding(wanted);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("""charset\s*=\s*["']?([\w.:-]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charset();

    [GeneratedRegex("""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prolog();
}
