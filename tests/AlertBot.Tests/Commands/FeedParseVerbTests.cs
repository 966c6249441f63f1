using System.Text;
using System.Text.Json;
using AlertBot.Commands;
using AlertBot.Feeds;

namespace AlertBot.Tests.Commands;

public sealed class FeedParseVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("feed-parse-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_file_gives_one_line_in_order()
    {
        var feed = Write("a.xml", """<rss version="2.0"><channel><title>Grüße “x”</title><link>http://a.example/</link><item><title>T &amp; U</title><guid isPermaLink="false">g</guid><pubDate>Fri, 01 Mar 2024 09:30:00 +0000</pubDate></item></channel></rss>""");
        var page = Write("b.html", "<html><body>x</body></html>");
        var missing = Path.Combine(_folder, "missing.xml");

        var (code, lines, _) = await RunAsync("", feed, page, missing, _folder);

        Assert.Equal(1, code);
        Assert.Equal(4, lines.Length);
        Assert.Equal(
            $$"""{"file":"{{feed}}","title":"Grüße “x”","link":"http://a.example/","items":[{"id":"g","title":"T & U","link":null,"published":"2024-03-01T09:30:00Z","author":null,"summary":null,"content":null}]}""",
            lines[0]);
        Assert.Equal($$"""{"file":"{{page}}","error":"an HTML page"}""", lines[1]);
        Assert.Equal($$"""{"file":"{{missing}}","error":"no such file"}""", lines[2]);
        Assert.StartsWith($$"""{"file":"{{_folder}}","error":"cannot be read""", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_alone_end_well()
    {
        var feed = Write("a.xml", "<rss><channel><title>T</title></channel></rss>");

        var (code, lines, error) = await RunAsync("", feed);

        Assert.Equal((0, 1, ""), (code, lines.Length, error));
    }

    [Fact]
    public async Task An_item_without_a_publish_date_shows_its_last_update()
    {
        var feed = Write("a.xml", """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>E</title><updated>2024-01-01T00:00:00Z</updated></entry></feed>""");

        var (_, lines, _) = await RunAsync("", feed);

        Assert.Equal("2024-01-01T00:00:00Z", JsonElement.Parse(lines[0]).Objects("items").Single().Text("published"));
    }

    [Fact]
    public async Task Requests_tell_the_charset_and_the_address()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("koi8-r")!.GetBytes("<rss><channel><title>Новости</title><link>/home</link></channel></rss>");
        var feed = Path.Combine(_folder, "k.xml");
        await File.WriteAllBytesAsync(feed, bytes, TestContext.Current.CancellationToken);
        var requests = Write("requests.jsonl", """
            {"file":"k.xml","contentType":"text/xml; charset=koi8-r","baseUrl":"https://k.example/feed"}

            not json
            {"contentType":"x"}
            ["k.xml"]
            """);

        var (code, lines, _) = await RunAsync("", "--requests", requests);
        var named = await RunAsync("", "--requests", requests, feed);

        Assert.Equal((1, 4), (code, lines.Length));
        Assert.Equal("""{"error":"line 3 of the requests is not JSON","line":3}""", lines[0]);
        Assert.Equal("""{"error":"line 4 of the requests names no file","line":4}""", lines[1]);
        Assert.Equal("""{"error":"line 5 of the requests names no file","line":5}""", lines[2]);
        Assert.Equal("""{"file":"k.xml","title":"Новости","link":"https://k.example/home","items":[]}""", lines[3]);
        Assert.Equal("Новости", JsonElement.Parse(named.Lines[3]).Text("title"));
    }

    [Fact]
    public async Task Requests_may_come_from_standard_input()
    {
        var feed = Write("a.xml", "<rss><channel><title>T</title></channel></rss>");

        var (code, lines, _) = await RunAsync($$"""{"file":"{{feed}}"}""", "--requests", "-");

        Assert.Equal((0, 1), (code, lines.Length));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_not_read()
    {
        var path = Path.Combine(_folder, "large.xml");
        await using (var file = File.Create(path))
        {
            file.SetLength(FeedParser.LargestBytes + 1);
        }

        var (_, lines, _) = await RunAsync("", path);

        Assert.Equal($$"""{"file":"{{path}}","error":"larger than 20 MiB"}""", lines[0]);
    }

    [Theory]
    [InlineData("name at least one FILE")]
    [InlineData("there is no option --what", "--what", "x")]
    [InlineData("--requests needs a file", "--requests")]
    [InlineData("cannot read /no/such/requests", "--requests", "/no/such/requests")]
    public async Task Wrong_usage_is_explained(string message, params string[] args)
    {
        var (code, lines, error) = await RunAsync("", args);

        Assert.Equal(2, code);
        Assert.Empty(lines);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_no_error()
    {
        var (code, lines, error) = await RunAsync("", "--help");

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("Usage: alertbot feed parse", lines[0], StringComparison.Ordinal);
    }

    private static async Task<(int Code, string[] Lines, string Error)> RunAsync(string input, params string[] args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        using var reader = new StringReader(input);
        var code = await FeedParseVerb.RunAsync(args, reader, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), error.ToString());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
