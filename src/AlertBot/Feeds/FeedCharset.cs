using System.Buffers;
using System.Globalization;
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
        ["ms-ansi"] = 1252, ["ms-ee"] = 1250, ["ms-cyrl"] = 1251, ["ms-greek"] = 1253, ["ms-turk"] = 1254, ["ms-hebr"] = 1255, ["ms-arab"] = 1256,
        ["winbaltrim"] = 1257, ["cp-is"] = 861, ["cp1125"] = 866, ["macroman"] = 10000, ["mac-roman"] = 10000, ["macgreek"] = 10006,
        ["mac-greek"] = 10006, ["maccyrillic"] = 10007, ["mac-cyrillic"] = 10007, ["maclatin2"] = 10029, ["mac-latin2"] = 10029,
        ["maccentraleurope"] = 10029, ["mac-centeuro"] = 10029, ["maciceland"] = 10079, ["mac-iceland"] = 10079, ["macturkish"] = 10081,
        ["mac-turkish"] = 10081, ["iso-8859-8-i"] = 1255, ["cp-gr"] = 869,
        ["gb2312"] = 54936, ["gbk"] = 54936, ["x-gbk"] = 54936, ["gb-2312-80"] = 54936, ["cp936"] = 54936, ["gb18030"] = 54936,
        ["big5"] = 950, ["big5-hkscs"] = 950,
        ["shift-jis"] = 932, ["sjis"] = 932, ["x-sjis"] = 932, ["windows-31j"] = 932,
        ["euc-jp"] = 51932, ["x-euc-jp"] = 51932,
        ["euc-kr"] = 949, ["ks-c-5601-1987"] = 949, ["ksc5601"] = 949, ["x-windows-949"] = 949,
    };

    static FeedCharset()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        StrayBytes = Encoding.GetEncoding(1252).GetString([.. Enumerable.Range(0, 256).Select(b => (byte)b)]);
    }

    /// <summary>What may stand before the first character of a feed.</summary>
    public static char[] Marks { get; } = [.. "\uFEFF \t\r\n\0"];

    /// <inheritdoc cref="Marks"/>
    public static ReadOnlySpan<byte> MarkBytes => [0xEF, 0xBB, 0xBF, 0xFE, 0xFF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n', 0];

    private static string StrayBytes { get; }

    /// <summary>What a byte means in windows-1252; itself where it means nothing.</summary>
    public static char OfByte(int value) => StrayBytes[value];

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

        if (bytes is [0x4C, 0x6F, 0xA7, 0x94, ..])
        {
            return Ebcdic(bytes).GetString(bytes);
        }

        // ASCII and Latin-1 are what servers say of everything: the author's own word is worth more.
        Encoding[] declared =
        [
            .. new[] { CharsetOf(contentType), DeclaredIn(bytes, Encoding.Latin1) }.OfType<string>().Select(Find).OfType<Encoding>().OrderBy(encoding => encoding.CodePage == 1252),
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

    /// <summary>Whether the bytes are well-formed UTF-8 and say so or nothing else, so that any reader takes them for it.</summary>
    public static bool IsPlainUtf8(ReadOnlySpan<byte> bytes, string? contentType) =>
        IsUtf8OrNone(CharsetOf(contentType)) && Unmistakable(bytes) is null && IsUtf8OrNone(DeclaredIn(bytes, Encoding.Latin1)) && Utf8.IsValid(bytes);

    private static bool IsUtf8OrNone(string? charset) => charset is null || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

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
        _ => null,
    };

    // All of the family write the declaration alike, so that it says which one the rest is in.
    private static Encoding Ebcdic(ReadOnlySpan<byte> bytes)
    {
        var common = Encoding.GetEncoding(37);
        return DeclaredIn(bytes, common) is { } name && Find(name) is { } declared && declared.GetBytes("<?xm").AsSpan().SequenceEqual(bytes[..4]) ? declared : common;
    }

    private static string? DeclaredIn(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var match = XmlCharset().Match(encoding.GetString(bytes[..Math.Min(bytes.Length, DeclarationReach)]));
        return match.Success ? match.Groups[1].Value : null;
    }

    private static Encoding? Find(string name)
    {
        var plain = name.Replace('_', '-');
        var found = CodePages.TryGetValue(plain, out var codePage) ? Known(() => Encoding.GetEncoding(codePage))
            : CodePageNumber().Match(plain) is { Success: true } number ? Known(() => Encoding.GetEncoding(int.Parse(number.Groups[1].ValueSpan, CultureInfo.InvariantCulture)))
            : Known(() => Encoding.GetEncoding(plain)) ?? Known(() => Encoding.GetEncoding(name));

        // Sixteen and thirty-two bits would have shown by their zero bytes.
        return found?.CodePage is 1200 or 1201 or 12000 or 12001 or 65000 ? null : found;

        static Encoding? Known(Func<Encoding> get)
        {
            try
            {
                return get();
            }
            catch (Exception e) when (e is ArgumentException or NotSupportedException)
            {
                return null;
            }
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

    /// <summary>Reads UTF-8, and as windows-1252 each byte that is none. Where UTF-8 prevails, a character cut short is no letters of windows-1252.</summary>
    private static string Utf8WithStrays(ReadOnlySpan<byte> bytes)
    {
        var isMostlyUtf8 = IsMostlyUtf8(bytes);
        var characters = ArrayPool<char>.Shared.Rent(bytes.Length);
        var length = 0;
        while (!bytes.IsEmpty)
        {
            var status = Utf8.ToUtf16(bytes, characters.AsSpan(length), out var read, out var written, replaceInvalidSequences: false);
            length += written;
            bytes = bytes[read..];
            if (status != OperationStatus.Done)
            {
                Rune.DecodeFromUtf8(bytes, out _, out var broken);
                broken = isMostlyUtf8 ? broken : 1;
                characters[length++] = broken > 1 ? '\uFFFD' : StrayBytes[bytes[0]];
                bytes = bytes[broken..];
            }
        }

        var text = new string(characters, 0, length);
        ArrayPool<char>.Shared.Return(characters);
        return text;
    }

    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var whole = 0;
        var broken = 0;
        while (bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is var at and >= 0)
        {
            bytes = bytes[at..];
            var isWhole = Rune.DecodeFromUtf8(bytes, out _, out var length) == OperationStatus.Done;
            whole += isWhole ? 1 : 0;
            broken += isWhole ? 0 : 1;
            bytes = bytes[length..];
        }

        return whole >= Proof && whole >= broken * 2;
    }

    [GeneratedRegex("""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeaderCharset();

    // As in cp1251, windows-1251, win1251, ibm437, csibm866, cspc8codepage437 and 437.
    [GeneratedRegex("""^(?:x-)?(?:cs)?(?:ibm|pc8codepage|pcp?|cp|windows|win)?-?(\d{3,5})(?![\d-])""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CodePageNumber();

    [GeneratedRegex("""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{2,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex XmlCharset();
}
