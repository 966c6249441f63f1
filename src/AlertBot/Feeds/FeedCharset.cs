using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace AlertBot.Feeds;

/// <summary>
/// Turns a feed's bytes into text. In order of trust: a byte order mark, the pattern of zero bytes, UTF-8 that proves itself, the
/// charset of the HTTP header, that of the XML declaration, UTF-8. A declaration that the bytes do not bear out loses no text: bytes
/// that fit nothing are read as windows-1252, one by one.
/// </summary>
internal static partial class FeedCharset
{
    private const int DeclarationReach = 1024;

    // A few two-byte sequences can be a coincidence in a double-byte charset; more of them are UTF-8.
    private const int Proof = 4;

    // Browsers read these names as the superset that publishers mean.
    private static readonly Dictionary<string, int> CodePages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = 65001, ["utf-8"] = 65001, ["unicode-1-1-utf-8"] = 65001,
        ["us-ascii"] = 1252, ["ascii"] = 1252, ["iso-8859-1"] = 1252, ["iso8859-1"] = 1252, ["latin1"] = 1252, ["latin-1"] = 1252,
        ["iso-8859-9"] = 1254, ["latin5"] = 1254, ["iso-8859-11"] = 874, ["tis-620"] = 874,
        ["cp1250"] = 1250, ["cp1251"] = 1251, ["cp1252"] = 1252, ["cp1253"] = 1253, ["cp1254"] = 1254, ["cp1255"] = 1255,
        ["cp1256"] = 1256, ["cp1257"] = 1257, ["cp1258"] = 1258, ["win-1251"] = 1251, ["win1251"] = 1251,
        ["gb2312"] = 54936, ["gbk"] = 54936, ["x-gbk"] = 54936, ["gb_2312-80"] = 54936, ["cp936"] = 54936, ["gb18030"] = 54936,
        ["big5"] = 950, ["big5-hkscs"] = 950, ["cp950"] = 950,
        ["shift_jis"] = 932, ["shift-jis"] = 932, ["sjis"] = 932, ["x-sjis"] = 932, ["windows-31j"] = 932, ["cp932"] = 932,
        ["euc-jp"] = 51932, ["x-euc-jp"] = 51932,
        ["euc-kr"] = 949, ["cp949"] = 949, ["ks_c_5601-1987"] = 949, ["ksc5601"] = 949, ["windows-949"] = 949, ["x-windows-949"] = 949,
    };

    static FeedCharset()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Windows1252 = Encoding.GetEncoding(1252);
        StrayBytes = Windows1252.GetString([.. Enumerable.Range(0, 256).Select(b => (byte)b)]);
    }

    /// <summary>What may stand before the first character of a feed.</summary>
    public static char[] Marks { get; } = [.. "\uFEFF \t\r\n\0"];

    /// <inheritdoc cref="Marks"/>
    public static ReadOnlySpan<byte> MarkBytes => [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0];

    public static Encoding Windows1252 { get; }

    private static string StrayBytes { get; }

    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            return Utf8WithStrays(bytes[3..]);
        }

        if (Unmistakable(bytes) is { } certain)
        {
            return certain.Encoding.GetString(bytes[certain.Skip..]);
        }

        // ASCII and Latin-1 are what servers say of everything: the author's own word is worth more.
        Encoding[] declared =
        [
            .. new[] { CharsetOf(contentType), DeclaredIn(bytes) }.OfType<string>().Select(Find).OfType<Encoding>().OrderBy(encoding => encoding.CodePage == 1252),
        ];
        var isUtf8 = Utf8.IsValid(bytes);
        if (isUtf8 && (declared.Length == 0 || declared[0].CodePage == 65001 || ProvesUtf8(bytes, declared[0])))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        foreach (var encoding in declared.Where(encoding => encoding.CodePage != 65001))
        {
            var text = encoding.GetString(bytes);
            if (Fits(text))
            {
                return text;
            }
        }

        return isUtf8 ? Encoding.UTF8.GetString(bytes) : Utf8WithStrays(bytes);
    }

    public static string? CharsetOf(string? contentType)
    {
        var match = HeaderCharset().Match(contentType ?? "");
        return match.Success ? match.Groups[1].Value : null;
    }

    private static (Encoding Encoding, int Skip)? Unmistakable(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4),
        [0, 0, 0xFE, 0xFF, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 4),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2),
        [not 0, 0, 0, 0, ..] => (Encoding.UTF32, 0),
        [0, 0, 0, not 0, ..] => (new UTF32Encoding(bigEndian: true, byteOrderMark: false), 0),
        [not 0, 0, not 0, 0, ..] => (Encoding.Unicode, 0),
        [0, not 0, 0, not 0, ..] => (Encoding.BigEndianUnicode, 0),
        [0x4C, 0x6F, 0xA7, 0x94, ..] => (Encoding.GetEncoding(37), 0),
        _ => null,
    };

    private static string? DeclaredIn(ReadOnlySpan<byte> bytes)
    {
        var match = XmlCharset().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationReach)]));
        return match.Success ? match.Groups[1].Value : null;
    }

    private static Encoding? Find(string name)
    {
        try
        {
            var found = CodePages.TryGetValue(name, out var codePage) ? Encoding.GetEncoding(codePage) : Encoding.GetEncoding(name);

            // Sixteen and thirty-two bits would have shown by their zero bytes.
            return found.CodePage is 1200 or 1201 or 12000 or 12001 or 65000 ? null : found;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool ProvesUtf8(ReadOnlySpan<byte> bytes, Encoding declared)
    {
        var leads = 0;
        var longLeads = 0;
        foreach (var b in bytes)
        {
            leads += b >= 0xC2 ? 1 : 0;
            longLeads += b >= 0xE0 ? 1 : 0;
        }

        return declared.IsSingleByte || longLeads > 0 || leads >= Proof ? leads > 0 : !Fits(declared.GetString(bytes));
    }

    /// <summary>Whether a decoded text has next to no characters that could not be decoded; a cut or a stray byte is forgiven.</summary>
    private static bool Fits(string text)
    {
        var broken = text.AsSpan().Count('\uFFFD');
        if (broken == 0)
        {
            return true;
        }

        var foreign = 0;
        foreach (var c in text)
        {
            foreign += c >= 0x80 ? 1 : 0;
        }

        return broken <= 1 || broken * 20 <= foreign;
    }

    /// <summary>Reads UTF-8, and as windows-1252 each byte that is none.</summary>
    private static string Utf8WithStrays(ReadOnlySpan<byte> bytes)
    {
        var characters = ArrayPool<char>.Shared.Rent(bytes.Length);
        var length = 0;
        while (!bytes.IsEmpty)
        {
            var status = Utf8.ToUtf16(bytes, characters.AsSpan(length), out var read, out var written, replaceInvalidSequences: false);
            length += written;
            bytes = bytes[read..];
            if (status != OperationStatus.Done)
            {
                characters[length++] = StrayBytes[bytes[0]];
                bytes = bytes[1..];
            }
        }

        var text = new string(characters, 0, length);
        ArrayPool<char>.Shared.Return(characters);
        return text;
    }

    [GeneratedRegex("""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeaderCharset();

    [GeneratedRegex("""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{2,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex XmlCharset();
}
