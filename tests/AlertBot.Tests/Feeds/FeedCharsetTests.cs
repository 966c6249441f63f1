using System.Text;
using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

public sealed class FeedCharsetTests
{
    static FeedCharsetTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    // The name that a publisher writes, the code page that the bytes are really in, and a text that only this page reads.
    public static TheoryData<string, int, string> Declared => new()
    {
        { "windows-1250", 1250, "Příliš žluťoučký kůň" },
        { "windows-1251", 1251, "Съешь ещё этих мягких булок" },
        { "cp1251", 1251, "Рік і вік" },
        { "windows-1252", 1252, "“Größe” – naïve €" },
        { "iso-8859-1", 1252, "L’été “indien”" },
        { "us-ascii", 1252, "café" },
        { "windows-1253", 1253, "Ξεσκεπάζω την ψυχοφθόρα" },
        { "windows-1254", 1254, "Pijamalı hasta yağız şoföre" },
        { "windows-1255", 1255, "דג סקרן שט בים" },
        { "windows-1256", 1256, "نص حكيم له سر قاطع" },
        { "windows-1257", 1257, "Glāžšķūņa rūķīši" },
        { "windows-1258", 1258, "Đêm qua nhà tôi" },
        { "iso-8859-2", 28592, "Zażółć gęślą jaźń" },
        { "iso-8859-5", 28595, "Широкая электрификация" },
        { "iso-8859-7", 28597, "Γαζίες και μυρτιές" },
        { "ISO-8859-9", 1254, "İstanbul’da ağaç" },
        { "iso-8859-15", 28605, "œuvre à 5 €" },
        { "koi8-r", 20866, "Эх, чужак, общий съём цен" },
        { "gb2312", 54936, "中文新闻朱镕基" },
        { "GBK", 936, "漢字與简体字" },
        { "gb18030", 54936, "𠀀𠮷 新闻" },
        { "big5", 950, "繁體中文新聞" },
        { "euc-kr", 949, "다람쥐 헌 쳇바퀴 똠방각하" },
        { "ks_c_5601-1987", 949, "한국어" },
        { "Shift_JIS", 932, "いろはにほへと ①髙" },
        { "euc-jp", 51932, "日本語のニュース" },
        { "iso-2022-jp", 50220, "日本語のニュース" },
        { "utf8", 65001, "naïve — 日本語" },
        { "ibm437", 437, "Ça coûte £5" },
        { "CP_866", 866, "Широкая" },
        { "cspc8codepage437", 437, "Ça coûte" },
        { "852", 852, "Zażółć" },
        { "ms-ansi", 1252, "“Größe”" },
        { "koi8_r", 20866, "Эх, чужак" },
        { "mac-cyrillic", 10007, "Эх, чужак" },
        { "x-windows-1251", 1251, "Рік і вік" },
    };

    [Theory]
    [InlineData("cp037", 37)]
    [InlineData("ebcdic_cp_be", 500)]
    [InlineData("IBM1140", 1140)]
    public void Mainframes_say_which_page_of_theirs_it_is(string name, int codePage)
    {
        var document = $"""<?xml version="1.0" encoding="{name}"?><rss><channel><title>[ç]!</title></channel></rss>""";

        Assert.Equal(document, FeedCharset.Decode(Encoding.GetEncoding(codePage).GetBytes(document), null));
    }

    [Fact]
    public void A_character_cut_short_in_much_utf8_is_marked_and_a_stray_byte_is_read()
    {
        byte[] cut = [.. "日本語のニュース "u8, 0xE6, 0x97, (byte)' ', 0x92, (byte)'!'];
        byte[] latin = [.. "caf"u8, 0xE9, 0xBB, (byte)' ', 0x92, (byte)'!'];

        Assert.Equal("日本語のニュース \uFFFD ’!", FeedCharset.Decode(cut, "text/xml; charset=utf-8"));
        Assert.Equal("café» ’!", FeedCharset.Decode(latin, "text/xml; charset=utf-8"));
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public void The_prolog_names_the_charset(string name, int codePage, string text)
    {
        var document = $"""<?xml version="1.0" encoding="{name}"?><rss><channel><title>{text}</title></channel></rss>""";

        Assert.Contains(text, FeedCharset.Decode(Encoding.GetEncoding(codePage).GetBytes(document), "text/xml"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public void The_header_names_the_charset(string name, int codePage, string text)
    {
        var bytes = Encoding.GetEncoding(codePage).GetBytes($"<rss><channel><title>{text}</title></channel></rss>");

        Assert.Contains(text, FeedCharset.Decode(bytes, $"application/xml; Charset='{name}'; q=1"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Declared))]
    public void A_declaration_that_lies_about_utf8_loses_nothing(string name, int codePage, string text)
    {
        var document = $"""<?xml version="1.0" encoding="{name}"?><rss><title>{text} – ünï – {text}</title></rss>""";

        Assert.True(codePage > 0);
        Assert.Equal(document, FeedCharset.Decode(Encoding.UTF8.GetBytes(document), $"text/xml; charset={name}"));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void A_mark_or_the_zero_bytes_tell_the_width_whatever_is_declared(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = """<?xml version="1.0" encoding="iso-8859-5"?><rss><title>Ключ – 日本</title></rss>""";

        Assert.Equal(text, FeedCharset.Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], "text/xml; charset=koi8-r"));
        Assert.Equal(text, new FeedDocument(encoding.GetBytes(text), null, null).Text);
    }

    [Fact]
    public void The_header_is_believed_before_the_prolog()
    {
        var bytes = Encoding.GetEncoding(1251).GetBytes("""<?xml version="1.0" encoding="windows-1252"?><rss>Привет</rss>""");

        Assert.EndsWith("<rss>Привет</rss>", FeedCharset.Decode(bytes, "text/xml; charset=windows-1251"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_prolog_is_believed_where_the_header_does_not_fit()
    {
        var bytes = Encoding.GetEncoding(936).GetBytes("""<?xml version="1.0" encoding="gbk"?><rss>中文新闻报道</rss>""");

        Assert.EndsWith("<rss>中文新闻报道</rss>", FeedCharset.Decode(bytes, "text/xml; charset=utf-8"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("no-such-charset")]
    [InlineData("utf-16")]
    public void An_unknown_or_impossible_charset_is_passed_over(string name)
    {
        var text = $"""<?xml version="1.0" encoding="{name}"?><rss>Grüße +AD4-</rss>""";

        Assert.Equal(text, FeedCharset.Decode(Encoding.UTF8.GetBytes(text), $"text/xml; charset={name}"));
        Assert.Equal(text, FeedCharset.Decode(Encoding.Latin1.GetBytes(text), $"text/xml; charset={name}"));
    }

    [Fact]
    public void A_cut_through_a_character_costs_only_that_character()
    {
        var utf8 = Encoding.UTF8.GetBytes("<rss>Привет, мир")[..^1];
        var gbk = Encoding.GetEncoding(936).GetBytes("""<?xml version="1.0" encoding="gbk"?><rss>中文新闻""")[..^1];

        Assert.StartsWith("<rss>Привет, ми", FeedCharset.Decode(utf8, null), StringComparison.Ordinal);
        Assert.Contains("中文新", FeedCharset.Decode(gbk, null), StringComparison.Ordinal);
    }
}
