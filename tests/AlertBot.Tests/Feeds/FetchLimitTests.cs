using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AlertBot.Feeds;
using AlertBot.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace AlertBot.Tests.Feeds;

/// <summary>What a site may cost, each limit over real HTTP.</summary>
public sealed class FetchLimitTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task Five_redirects_are_followed_and_a_sixth_is_one_too_many(int redirects, bool isRead)
    {
        await using var bot = await BotHarness.StartAsync();
        for (var hop = 0; hop < redirects; hop++)
        {
            bot.Site.Answer($"/{hop}", 302, "Location", $"/{hop + 1}");
        }

        bot.Site.Serve($"/{redirects}", Rss.Feed());

        var result = await FetchAsync(bot, "/0");

        Assert.Equal(isRead, result is FetchResult.Fetched);
        Assert.Equal(6, bot.Site.Requests.Count);
    }

    [Fact]
    public async Task A_circle_of_redirects_is_told()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Answer("/feed", 301, "Location", "/feed");

        Assert.Contains("redirected more than 5 times", await WhyAsync(bot, "/feed", FetchFault.Redirects), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_larger_than_the_limit_is_left_whether_its_length_is_told_or_not(bool isTold)
    {
        await using var bot = await BotHarness.StartAsync(new Dictionary<string, string?> { ["Feeds:MaxBytes"] = "20000" });
        var left = new TaskCompletionSource();
        bot.Site.Handle("/feed", async context =>
        {
            context.Response.ContentLength = isTold ? long.MaxValue : null;
            await WriteUntilLeftAsync(context.Response.Body, new byte[10_000], context, left);
        });

        Assert.Contains("larger than 0 MB, the limit", await WhyAsync(bot, "/feed", FetchFault.TooLarge), StringComparison.Ordinal);
        await left.Task.WaitAsync(bot.Token);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_bomb_without_end_is_left_as_soon_as_it_unpacks_to_more_than_the_limit(string encoding)
    {
        await using var bot = await BotHarness.StartAsync();
        var left = new TaskCompletionSource();
        bot.Site.Handle("/feed", async context =>
        {
            context.Response.Headers.ContentEncoding = encoding;
            await using var packing = Packing(encoding, context.Response.Body);
            await WriteUntilLeftAsync(packing, new byte[1_000_000], context, left);
        });

        Assert.Contains("larger than 10 MB", await WhyAsync(bot, "/feed", FetchFault.TooLarge), StringComparison.Ordinal);
        await left.Task.WaitAsync(bot.Token);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("x-gzip")]
    [InlineData("GZIP")]
    public async Task A_packed_feed_is_unpacked(string encoding)
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Handle("/feed", context => WriteAsync(context, encoding, Packed(encoding, Encoding.UTF8.GetBytes(Rss.Feed(Rss.AboutNorthKorea(1))))));

        Assert.Contains("missile number 1", Text(await FetchAsync(bot, "/feed")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", false)]
    [InlineData("identity", false)]
    [InlineData("utf-8", false)]
    [InlineData("", true)]
    public async Task A_site_that_lies_about_packing_is_read_by_its_bytes(string said, bool isPacked)
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = Encoding.UTF8.GetBytes(Rss.Feed(Rss.AboutNorthKorea(1)));
        bot.Site.Handle("/feed", context => WriteAsync(context, said, isPacked ? Packed("gzip", feed) : feed));

        Assert.Contains("missile number 1", Text(await FetchAsync(bot, "/feed")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip", "damaged")]
    [InlineData("br", "damaged")]
    [InlineData("deflate", "damaged")]
    [InlineData("zstd", "did not ask for")]
    [InlineData("gzip, br", "did not ask for")]
    public async Task Damaged_and_strange_packing_is_a_failure_that_says_so_and_stops_nothing_else(string encoding, string why)
    {
        await using var bot = await BotHarness.StartAsync();
        byte[] damaged = [.. Packed(encoding, Encoding.UTF8.GetBytes(Rss.Feed(Rss.AboutNorthKorea(1))))[..12], .. Enumerable.Repeat((byte)0xEE, 400)];
        var feed = await bot.AddFeedAsync("/damaged", "");
        var other = await bot.AddFeedAsync("/good", Rss.Feed());
        bot.Site.Handle("/damaged", context => WriteAsync(context, encoding, encoding is "gzip, br" or "zstd" ? [1, 2, 3] : damaged));

        await bot.TurnAsync();

        Assert.Contains(why, (await bot.FeedAsync(feed)).LastError, StringComparison.Ordinal);
        Assert.Equal(FetchFault.Broken, (await bot.FeedAsync(feed)).Fault);
        Assert.NotNull((await bot.FeedAsync(other)).SucceededAt);
    }

    [Fact]
    public async Task Headers_without_end_are_a_failure_that_says_so()
    {
        await using var site = await RawSite.StartAsync(async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray());
            var line = Encoding.ASCII.GetBytes($"X-Filler: {new string('x', 1000)}\r\n");
            for (var i = 0; i < 1000; i++)
            {
                await stream.WriteAsync(line);
            }
        });
        await using var bot = await BotHarness.StartAsync(site.Opened);

        var failed = Assert.IsType<FetchResult.Failed>(await bot.Get<FeedFetcher>().FetchAsync(site.Address, null, null, bot.Token));

        Assert.Equal((FetchFault.TooLarge, "the headers of the site's answer are too large"), (failed.Fault, failed.Why));
    }

    [Fact]
    public async Task A_site_that_drips_is_left_after_the_time_for_one_feed()
    {
        await using var bot = await BotHarness.StartAsync();
        var (started, drips) = (new TaskCompletionSource(), 0);
        bot.Site.Handle("/feed", async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync("<"u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (++drips == 3)
                {
                    started.SetResult();
                }

                // Each byte comes in time; all of them together do not.
                await Task.Delay(TimeSpan.FromMilliseconds(20), context.RequestAborted);
            }
        });

        var fetch = FetchAsync(bot, "/feed");
        await started.Task.WaitAsync(bot.Token);
        bot.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(fetch.IsCompleted);
        bot.Time.Advance(TimeSpan.FromSeconds(2));

        var failed = Assert.IsType<FetchResult.Failed>(await fetch);
        Assert.Equal((FetchFault.Slow, "no complete answer within 30 seconds"), (failed.Fault, failed.Why));
    }

    [Fact]
    public async Task A_site_that_says_nothing_at_all_is_left_too()
    {
        await using var bot = await BotHarness.StartAsync();
        var asked = new TaskCompletionSource();
        bot.Site.Handle("/feed", async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var fetch = FetchAsync(bot, "/feed");
        await asked.Task.WaitAsync(bot.Token);
        bot.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(FetchFault.Slow, Assert.IsType<FetchResult.Failed>(await fetch).Fault);
    }

    [Fact]
    public async Task Of_more_items_than_the_limit_the_first_are_taken()
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Serve("/feed", $"<rss><channel><title>Flood</title>{string.Concat(Enumerable.Range(1, FeedParser.MostEntries + 500).Select(i => $"<item><title>{i}</title></item>"))}</channel></rss>");

        var fetched = Assert.IsType<FetchResult.Fetched>(await FetchAsync(bot, "/feed"));

        Assert.Equal(FeedParser.MostEntries, Assert.IsType<FeedReading.Parsed>(FeedParser.Parse(fetched.Document)).Feed.Entries.Count);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\nzzzz\r\n")]
    [InlineData("HTTP/1.1 999999 What\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("\0\0\0\0\0\0")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://[::\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: \r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n")]
    [InlineData("")]
    public async Task Whatever_a_server_answers_is_a_failure_in_words_and_no_fault_of_ours(string answer)
    {
        await using var site = await RawSite.StartAsync(stream => stream.WriteAsync(Encoding.Latin1.GetBytes(answer)).AsTask());
        await using var bot = await BotHarness.StartAsync(site.Opened);

        var failed = Assert.IsType<FetchResult.Failed>(await bot.Get<FeedFetcher>().FetchAsync(site.Address, null, null, bot.Token));

        Assert.NotEmpty(failed.Why);
        Assert.NotEqual(FetchFault.Own, failed.Fault);
    }

    [Fact]
    public async Task A_validator_goes_back_byte_by_byte_and_a_giant_one_is_forgotten()
    {
        await using var bot = await BotHarness.StartAsync();
        var feed = await bot.AddFeedAsync("/feed", Rss.Feed(), "\"é-“v1”\"");
        await bot.TurnAsync();
        await bot.TurnAsync();
        Assert.Equal(0, (await bot.FeedAsync(feed)).Failures);
        Assert.Equal("\"é-“v1”\"", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bot.Site.Requests.Last().IfNoneMatch!)));

        bot.Site.Serve("/feed", Rss.Feed(), $"\"{new string('x', 5000)}\"");
        await bot.TurnAsync();
        Assert.Null((await bot.FeedAsync(feed)).ETag);
    }

    [Theory]
    [InlineData(403, "cf-mitigated", "challenge", "Cloudflare")]
    [InlineData(403, "Server", "cloudflare", "Cloudflare")]
    [InlineData(202, "x-amzn-waf-action", "challenge", "AWS WAF")]
    [InlineData(403, "x-datadome", "protected", "DataDome")]
    [InlineData(403, "Server", "AkamaiGHost", "Akamai")]
    [InlineData(503, "Server", "ddos-guard", "DDoS-Guard")]
    public async Task A_challenge_is_told_with_the_name_of_who_makes_it(int status, string header, string value, string protection)
    {
        await using var bot = await BotHarness.StartAsync();
        bot.Site.Answer("/feed", status, header, value);

        Assert.Equal($"{status}: blocked by the site's protection against robots ({protection})", await WhyAsync(bot, "/feed", FetchFault.Challenge));
    }

    private static Task<FetchResult> FetchAsync(BotHarness bot, string path) => bot.Get<FeedFetcher>().FetchAsync(bot.Site.Address(path), null, null, bot.Token);

    private static async Task<string> WhyAsync(BotHarness bot, string path, FetchFault fault)
    {
        var failed = Assert.IsType<FetchResult.Failed>(await FetchAsync(bot, path));
        Assert.Equal(fault, failed.Fault);
        return failed.Why;
    }

    private static string Text(FetchResult result) => Assert.IsType<FetchResult.Fetched>(result).Document.Text;

    private static async Task WriteAsync(HttpContext context, string encoding, byte[] body)
    {
        if (encoding.Length > 0)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Writes the same again and again: only whoever reads can end it.</summary>
    private static async Task WriteUntilLeftAsync(Stream body, byte[] chunk, HttpContext context, TaskCompletionSource left)
    {
        try
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await body.WriteAsync(chunk, context.RequestAborted);
                await body.FlushAsync(context.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Left in the middle of a chunk.
        }

        left.SetResult();
    }

    private static byte[] Packed(string encoding, byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var packing = Packing(encoding, packed))
        {
            packing.Write(plain);
        }

        return packed.ToArray();
    }

    private static Stream Packing(string encoding, Stream packed) => encoding.ToLowerInvariant() switch
    {
        "br" => new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        "deflate" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        _ => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
    };

    /// <summary>A server that writes the same bytes to whoever comes, and hangs up.</summary>
    private sealed class RawSite : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private Task _serving = Task.CompletedTask;

        public Uri Address => new($"http://{_listener.LocalEndpoint}/feed");

        public IReadOnlyDictionary<string, string?> Opened => new Dictionary<string, string?> { ["Feeds:AllowedPrivateEndpoints:1"] = _listener.LocalEndpoint.ToString() };

        public static Task<RawSite> StartAsync(Func<NetworkStream, Task> answer)
        {
            var site = new RawSite();
            site._listener.Start();
            site._serving = site.ServeAsync(answer);
            return Task.FromResult(site);
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
            _listener.Dispose();
        }

        private async Task ServeAsync(Func<NetworkStream, Task> answer)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    await using var stream = client.GetStream();
                    var request = new byte[4096];
                    await stream.ReadAtLeastAsync(request, 1, throwOnEndOfStream: false);
                    await answer(stream);
                }
            }
            catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
            {
                // Whoever asked went away, or the test is over.
            }
        }
    }
}
