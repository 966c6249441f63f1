using System.Text;

namespace AlertBot.Benchmarks;

/// <summary>
/// Makes documents that are broken or meant to break a reader: feeds spoilt by every accident and made-up attacks, one after another.
/// The same seed and samples give the same documents.
/// </summary>
internal sealed class HostileFeeds(int seed, IReadOnlyList<byte[]> samples)
{
    private const int Largest = 4 * 1024 * 1024;

    private static readonly string[] Pieces =
    [
        "<", ">", "&", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE rss [<!ENTITY a \"&a;&a;\">", "]>",
        "<item>", "</item>", "<entry>", "</entry>", "<channel>", "</channel>", "<title>", "</title>", "<link href='", "<description>", "<content type='xhtml'>",
        "<content type='application/octet-stream'>", "<a xmlns:b='c' b:d=\"", "&#x110000;", "&#0;", "&#55296;", "&amp;amp;lt;", "&nosuch;", "&lt;script&gt;", "\0",
        "\uFFFE", "\u202E", "\uD83D", "xmlns=''", "xml:base='http://[::1'", "xml:base='//'", "href='http://a b/\u00ad'", "<pubDate>", "99999999999999999999", "2024-W99-9T25:61:61+99:99",
        "{\"items\":[", "]}", "\"id\":1e999,", "\\ud83d", "NaN", "[[[[", "<guid isPermaLink='true'>", "<br", "<style>", "<plaintext>", "<svg><title>", "&ltimes", "<rdf:RDF>", "<ttl>1e9</ttl>",
    ];

    private static readonly string[] Encodings = ["utf-16", "utf-16BE", "utf-32", "windows-1251", "shift_jis", "gb18030", "euc-kr", "big5", "IBM037", "iso-2022-jp"];

    private readonly Random _random = new(seed);

    static HostileFeeds() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public byte[] Next()
    {
        var document = _random.Next(4) == 0 ? Attack() : Sample();
        for (var edits = _random.Next(1, 9); edits > 0; edits--)
        {
            document = Spoilt(document);
        }

        return document.Length <= Largest ? document : document[..Largest];
    }

    private byte[] Sample() => samples[_random.Next(samples.Count)];

    private byte[] Spoilt(byte[] document)
    {
        var at = _random.Next(document.Length + 1);
        var end = Math.Min(document.Length, at + (1 << _random.Next(14)));
        switch (_random.Next(13))
        {
            case 0 or 1:
                return Flipped(document);
            case 2:
                return document[..at];
            case 3:
                return [.. document.AsSpan(0, at), .. document.AsSpan(end)];
            case 4:
                return [.. document.AsSpan(0, at), .. Noise(), .. document.AsSpan(at)];
            case 5:
                return [.. document.AsSpan(0, end), .. Repeated(document.AsSpan(at, end - at)), .. document.AsSpan(end)];
            case 6:
                var other = Sample();
                return [.. document.AsSpan(0, at), .. other.AsSpan(_random.Next(other.Length + 1))];
            case 7:
                return Recoded(document);
            case 8:
                return Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(document).Replace(Piece(), Piece(), StringComparison.OrdinalIgnoreCase));
            default:
                return [.. document.AsSpan(0, at), .. Encoding.UTF8.GetBytes(Piece()), .. document.AsSpan(at)];
        }
    }

    private byte[] Flipped(byte[] document)
    {
        byte[] flipped = [.. document];
        for (var flips = flipped.Length == 0 ? 0 : _random.Next(1, 20); flips > 0; flips--)
        {
            flipped[_random.Next(flipped.Length)] ^= (byte)(1 << _random.Next(8));
        }

        return flipped;
    }

    private byte[] Noise()
    {
        var noise = new byte[_random.Next(40)];
        _random.NextBytes(noise);
        return noise;
    }

    private byte[] Repeated(ReadOnlySpan<byte> chunk)
    {
        var times = chunk.IsEmpty ? 0 : Math.Min(1 << _random.Next(17), Largest / 2 / chunk.Length);
        var repeated = new byte[chunk.Length * times];
        for (var i = 0; i < times; i++)
        {
            chunk.CopyTo(repeated.AsSpan(i * chunk.Length));
        }

        return repeated;
    }

    private byte[] Recoded(byte[] document)
    {
        var text = Encoding.UTF8.GetString(document);
        return Encoding.GetEncoding(Encodings[_random.Next(Encodings.Length)]).GetBytes(text.Length <= Largest / 4 ? text : text[..(Largest / 4)]);
    }

    private string Piece() => Pieces[_random.Next(Pieces.Length)];

    private byte[] Attack()
    {
        var times = 1 << _random.Next(4, 18);
        var body = _random.Next(12) switch
        {
            0 => Times("<div>", times) + "deep" + Times("</div>", times),
            1 => Times("<a b='c'>", times),
            2 => Times("&lt;b&gt;", times) + Times("&lt;/b&gt;", times),
            3 => $"<a b='{Times("x &amp; ", times)}'/>",
            4 => $"<a {Numbered(times, i => $"a{i}='{i}' ")}/>",
            5 => Numbered(times, i => $"<p{i} xmlns:p{i}='u{i}'>"),
            6 => Times(Piece(), times),
            7 => Numbered(Math.Min(times, 20_000), _ => Piece()),
            8 => $"<item><title>{Times("<![CDATA[<b>]]>", times)}</title></item>",
            9 => $"<item><description><![CDATA[{Times("<table><tr><td><font a=b ", times)}]]></description></item>",
            10 => $"<item><content type='application/octet-stream'>{Times("PGI+", times)}</content></item>",
            _ => Times("<item><title>a</title><link>/b</link></item>", times),
        };
        return Encoding.UTF8.GetBytes(Frame(body));
    }

    private string Frame(string body) => _random.Next(6) switch
    {
        0 => body,
        1 => $"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{body}</content></entry></feed>",
        2 => $"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><item rdf:about='x'>{body}</item></rdf:RDF>",
        3 => $"<!DOCTYPE rss [{Numbered(30, i => $"<!ENTITY l{i + 1} \"{Times($"&l{i};", 10)}\">")}<!ENTITY l0 \"lol\">]><rss><channel><title>&l30;{Times("&l1;", 1000)}</title>{body}",
        4 => $"{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{{\"id\":\"1\",\"content_html\":\"{body.Replace("\"", "\\\"", StringComparison.Ordinal)}\"}},{body}",
        _ => $"<rss version='2.0'><channel><title>T</title><item><title>I</title>{body}</item></channel></rss>",
    };

    private static string Times(string piece, int times) => string.Concat(Enumerable.Repeat(piece, Math.Min(times, Largest / 4 / piece.Length)));

    private static string Numbered(int times, Func<int, string> piece) => string.Concat(Enumerable.Range(0, times).Select(piece));
}
