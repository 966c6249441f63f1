using System.Collections.Concurrent;
using System.Net;
using AlertBot.Feeds;
using AlertBot.Feeds.Health;
using AlertBot.Storage;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Options;

namespace AlertBot.Tests.Feeds;

/// <summary>
/// Addresses as strangers write them, each asked for with the real fetcher and its real connections. A site stands on loopback, which is
/// closed unless a test opens it: what is refused must never have reached it.
/// </summary>
public sealed class RefusedAddressTests
{
    private const string Private = "private network";

    [Theory]
    // This machine, in every way to write it.
    [InlineData("http://127.0.0.1/feed", "this machine itself")]
    [InlineData("http://127.0.0.1:8080/feed", "this machine itself")]
    [InlineData("https://127.0.0.1/feed", "this machine itself")]
    [InlineData("http://127.255.255.254/", "this machine itself")]
    [InlineData("http://127.1/", "this machine itself")]
    [InlineData("http://127.0.1/", "this machine itself")]
    [InlineData("http://0/", "this machine itself")]
    [InlineData("http://0.0.0.0/", "this machine itself")]
    [InlineData("http://0.1.2.3/", "this machine itself")]
    [InlineData("http://2130706433/", "leads to|is 127.0.0.1|this machine itself")]
    [InlineData("http://0x7f000001/", "this machine itself")]
    [InlineData("http://0x7f.0.0.1/", "this machine itself")]
    [InlineData("http://0X7F.0x0.0x0.0x1/", "this machine itself")]
    [InlineData("http://0177.0.0.1/", "this machine itself")]
    [InlineData("http://017700000001/", "this machine itself")]
    [InlineData("http://0000177.0x0.1/", "this machine itself")]
    [InlineData("http://127.0.0.1./", "this machine itself")]
    [InlineData("http://localhost/", "this machine itself")]
    [InlineData("http://LocalHost:3000/", "this machine itself")]
    [InlineData("http://localhost./", "this machine itself")]
    [InlineData("http://feeds.localhost/", "this machine itself")]
    [InlineData("http://a.b.LOCALHOST./", "this machine itself")]
    [InlineData("http://localhost.localdomain/", "this machine itself")]
    [InlineData("http://ip6-localhost/", "this machine itself")]
    [InlineData("http://[::1]/", "this machine itself")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/", "this machine itself")]
    [InlineData("http://[0000::0001]:8080/", "this machine itself")]
    [InlineData("http://[::]/", "this machine itself")]
    // The same in other scripts and shapes of letters.
    [InlineData("http://１２７.０.０.１/", "this machine itself")]
    [InlineData("http://127。0。0。1/", "this machine itself")]
    [InlineData("http://127．0．0．1/", "this machine itself")]
    [InlineData("http://127｡0｡0｡1/", "this machine itself")]
    [InlineData("http://①②⑦.⓪.⓪.①/", "this machine itself")]
    [InlineData("http://０ｘ７ｆ.１/", "this machine itself")]
    [InlineData("http://ｌｏｃａｌｈｏｓｔ/", "this machine itself")]
    [InlineData("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "this machine itself")]
    [InlineData("http://loc\u00ADalhost/", "this machine itself")]
    [InlineData("http://127.0.0.1\u200B/", "this machine itself")]
    // Private, inner and special networks.
    [InlineData("http://10.0.0.1/", "in a private network")]
    [InlineData("http://10.255.255.255/", "in a private network")]
    [InlineData("http://172.16.0.1/", "in a private network")]
    [InlineData("http://172.31.255.255/", "in a private network")]
    [InlineData("http://192.168.0.1/", "in a private network")]
    [InlineData("http://3232235521/", "in a private network")]
    [InlineData("http://0300.0250.0.1/", "in a private network")]
    [InlineData("http://0xc0.0xa8.1/", "in a private network")]
    [InlineData("http://192.168.257/", "in a private network")]
    [InlineData("http://100.64.0.1/", "provider's inner network")]
    [InlineData("http://100.127.255.255/", "provider's inner network")]
    [InlineData("http://169.254.1.1/", "local link")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "cloud keeps its metadata")]
    [InlineData("http://2852039166/latest/meta-data/", "cloud keeps its metadata")]
    [InlineData("http://0xA9FEA9FE/", "cloud keeps its metadata")]
    [InlineData("http://100.100.100.200/", "cloud keeps its metadata")]
    [InlineData("http://168.63.129.16/", "cloud keeps its metadata")]
    [InlineData("http://192.0.0.192/", "cloud keeps its metadata")]
    [InlineData("http://[fd00:ec2::254]/", "cloud keeps its metadata")]
    [InlineData("http://192.0.0.1/", "reserved")]
    [InlineData("http://192.0.2.1/", "reserved for examples")]
    [InlineData("http://198.51.100.1/", "reserved for examples")]
    [InlineData("http://203.0.113.1/", "reserved for examples")]
    [InlineData("http://198.18.0.1/", "reserved for measurements")]
    [InlineData("http://198.19.255.255/", "reserved for measurements")]
    [InlineData("http://192.88.99.1/", "tunnel (6to4)")]
    [InlineData("http://192.31.196.1/", "reserved")]
    [InlineData("http://192.52.193.1/", "reserved")]
    [InlineData("http://192.175.48.1/", "reserved")]
    [InlineData("http://224.0.0.1/", "multicast")]
    [InlineData("http://239.255.255.250/", "multicast")]
    [InlineData("http://240.0.0.1/", "reserved")]
    [InlineData("http://255.255.255.255/", "broadcast")]
    [InlineData("http://4294967295/", "broadcast")]
    // IPv6 that is private itself, or carries IPv4 that is.
    [InlineData("http://[fc00::1]/", "in a private network")]
    [InlineData("http://[fd12:3456:789a::1]/", "in a private network")]
    [InlineData("http://[fe80::1]/", "local link")]
    [InlineData("http://[fec0::1]/", "in a private network")]
    [InlineData("http://[ff02::1]/", "multicast")]
    [InlineData("http://[2001:db8::1]/", "reserved for examples")]
    [InlineData("http://[3fff::1]/", "reserved for examples")]
    [InlineData("http://[100::1]/", "no address of the public internet")]
    [InlineData("http://[5f00::1]/", "no address of the public internet")]
    [InlineData("http://[4000::1]/", "no address of the public internet")]
    [InlineData("http://[2001:2::1]/", "reserved")]
    [InlineData("http://[2620:4f:8000::1]/", "reserved")]
    [InlineData("http://[::ffff:127.0.0.1]/", "this machine itself")]
    [InlineData("http://[::ffff:7f00:1]/", "this machine itself")]
    [InlineData("http://[0:0:0:0:0:ffff:c0a8:1]/", "in a private network")]
    [InlineData("http://[::ffff:169.254.169.254]/", "cloud keeps its metadata")]
    [InlineData("http://[::127.0.0.1]/", "no address of the public internet")]
    [InlineData("http://[::10.0.0.1]/", "no address of the public internet")]
    [InlineData("http://[::ffff:0:127.0.0.1]/", "no address of the public internet")]
    [InlineData("http://[64:ff9b::127.0.0.1]/", "this machine itself")]
    [InlineData("http://[64:ff9b::a00:1]/", "in a private network")]
    [InlineData("http://[64:ff9b:1::1]/", "gateway to IPv4")]
    [InlineData("http://[2002:7f00:1::]/", "this machine itself")]
    [InlineData("http://[2002:c0a8:1::1]/", "in a private network")]
    [InlineData("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "tunnel (Teredo)")]
    [InlineData("http://[2a00:1450:4001:800:0:5efe:10.0.0.1]/", "in a private network")]
    [InlineData("http://[2a00:1450:4001:800:200:5efe:7f00:1]/", "this machine itself")]
    // Names that lead inside, by what they resolve to.
    [InlineData("http://intranet/", "leads to 10.1.2.3, in a private network")]
    [InlineData("http://printer.local/", "leads to 192.168.1.9, in a private network")]
    [InlineData("http://wiki.internal/", "leads to 172.20.0.5, in a private network")]
    [InlineData("http://metadata.google.internal/computeMetadata/v1/", "leads to 169.254.169.254, where a cloud keeps its metadata")]
    [InlineData("http://127.0.0.1.nip.example/", "leads to 127.0.0.1, this machine itself")]
    [InlineData("http://six.example/", "leads to ::ffff:10.0.0.7, in a private network")]
    [InlineData("http://INTRANET./", "leads to 10.1.2.3, in a private network")]
    // Who seems to be there is only a user name.
    [InlineData("http://news.example@127.0.0.1/", "user name or password")]
    [InlineData("http://news.example:80@127.0.0.1/", "user name or password")]
    [InlineData("http://news.example%2F@127.0.0.1/", "user name or password")]
    [InlineData("http://@127.0.0.1/", "this machine itself")]
    [InlineData("http://127.0.0.1#@news.example/", "this machine itself")]
    [InlineData("http://127.0.0.1?@news.example/", "this machine itself")]
    public async Task An_address_that_leads_inside_is_refused_in_plain_words(string typed, string what)
    {
        using var internet = new Internet();

        var why = await internet.RefusalAsync(typed);

        Assert.Contains(what.Split('|')[^1], why, StringComparison.Ordinal);
        Assert.True(why.Contains(Private, StringComparison.Ordinal) || why.Contains("without them", StringComparison.Ordinal), why);
        Assert.Matches("Give (the feed's public address|it without them)", why);
    }

    [Theory]
    [InlineData("ftp://news.example/feed", "http:// or https://")]
    [InlineData("file:///etc/passwd", "http:// or https://")]
    [InlineData("FILE://localhost/etc/passwd", "http:// or https://")]
    [InlineData("gopher://127.0.0.1:70/", "http:// or https://")]
    [InlineData("javascript:alert(1)", "http:// or https://")]
    [InlineData("data:text/xml,<rss/>", "http:// or https://")]
    [InlineData("ws://127.0.0.1/", "http:// or https://")]
    [InlineData("unix:/var/run/docker.sock", "http:// or https://")]
    [InlineData("jar:http://127.0.0.1!/", "http:// or https://")]
    [InlineData("//127.0.0.1/feed", "http:// or https://")]
    [InlineData("http:127.0.0.1", "http:// or https://")]
    [InlineData("http:/127.0.0.1/", "http:// or https://")]
    [InlineData("http:///127.0.0.1/", "name of the site")]
    [InlineData("http://", "name of the site")]
    [InlineData("http://./", "name of the site")]
    [InlineData("http://\u202E/", "name of the site")]
    [InlineData("http:\\\\127.0.0.1\\", "a backslash")]
    [InlineData("http://news.example\\@127.0.0.1/", "a backslash")]
    [InlineData("http://news.example\\.127.0.0.1/", "a backslash")]
    [InlineData("http://127.0.0.1\t.news.example/", "a tab")]
    [InlineData("http://news.example/\t@127.0.0.1/", "a tab")]
    [InlineData("http://127.0.\n0.1/", "a line break")]
    [InlineData("http://news.example/\r\nHost: 127.0.0.1", "a line break")]
    [InlineData("ht\ttp://127.0.0.1/", "a tab")]
    [InlineData("http://127.0.0.1 .news.example/", "a space")]
    [InlineData("http://news.example\u00A0@127.0.0.1/", "a space")]
    [InlineData("http://127.0.0.1\0.news.example/", "a control character")]
    [InlineData("http://%31%32%37.0.0.1/", "holds a %")]
    [InlineData("http://127%2e0%2e0%2e1/", "holds a %")]
    [InlineData("http://127.0.0.1%00.news.example/", "holds a %")]
    [InlineData("http://127.0.0.1%2523@news.example%2f/", "holds a %")]
    [InlineData("http://localhost%E3%80%82/", "holds a %")]
    [InlineData("http://[fe80::1%25eth0]/", "network card")]
    [InlineData("http://[fe80::1%eth0]/", "network card")]
    [InlineData("http://[2a00:1450:4001:800::200e%251]/", "network card")]
    [InlineData("http://[::1/", "no web address")]
    [InlineData("http://[v1.fe80::a]/", "no web address")]
    [InlineData("http://127.0.0.1:99999/", "no web address")]
    [InlineData("http://news.example:feed/", "no web address")]
    public async Task What_is_no_plain_web_address_is_refused_with_what_is_wrong(string typed, string what)
    {
        using var internet = new Internet();

        Assert.Contains(what, await internet.RefusalAsync(typed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(22)]
    [InlineData(25)]
    [InlineData(53)]
    [InlineData(587)]
    [InlineData(2049)]
    [InlineData(6000)]
    [InlineData(6379)]
    [InlineData(6667)]
    [InlineData(11211)]
    public async Task A_port_of_another_service_is_refused_even_at_a_public_address(int port)
    {
        using var internet = new Internet();

        Assert.Contains($"port {port} is for another service", await internet.RefusalAsync($"http://public.example:{port}/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("256.256.256.256")]
    [InlineData("1.2.3.4.5")]
    [InlineData("4294967296")]
    [InlineData("١٢٧.٠.٠.١")]
    [InlineData("xn--")]
    public async Task A_number_that_is_no_address_is_a_name_that_nobody_has(string host)
    {
        using var internet = new Internet();

        Assert.Contains("no such host", await internet.RefusalAsync($"http://{host}/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://[::ffff:10.0.0.1]/")]
    [InlineData("http://intranet/")]
    [InlineData("//169.254.169.254/latest")]
    [InlineData("http://localhost:1/")]
    [InlineData("http://good.example@10.0.0.1/")]
    [InlineData("http://１０.0.0.1/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://news.example/feed")]
    [InlineData("gopher://10.0.0.1:70/_x")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/xml,<rss/>")]
    [InlineData("http://[fe80::1%25eth0]/")]
    [InlineData("http://%31%30.0.0.1/")]
    [InlineData("http://public.example:25/")]
    [InlineData("http://[")]
    [InlineData("http://")]
    public async Task A_redirect_to_it_is_refused_at_any_hop(string location)
    {
        await using var site = await FeedSite.StartAsync();
        using var internet = new Internet(site);
        site.Answer("/one", 302, "Location", "/two");
        site.Answer("/two", 301, "Location", location);

        var failed = Assert.IsType<FetchResult.Failed>(await internet.FetchAsync(site.Address("/one")));

        Assert.Contains(failed.Fault, new[] { FetchFault.PrivateNetwork, FetchFault.Redirects });
        Assert.Equal(["/one", "/two"], site.Requests.Select(r => r.Path));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_at_the_second_look_is_judged_by_where_it_leads_then()
    {
        await using var outside = await FeedSite.StartAsync();
        await using var inside = await FeedSite.StartAsync();
        outside.Serve("/feed", Rss.Feed());
        inside.Serve("/feed", "secret");
        var answers = new Queue<IPAddress>([IPAddress.Loopback, IPAddress.Parse("127.0.0.2")]);
        // Both stand on loopback; the operator opened the one as the internet, the other is private.
        using var internet = new Internet(outside) { Resolve = _ => [answers.Dequeue()] };
        var address = new Uri($"http://rebind.example:{outside.Endpoint.Port}/feed");
        outside.CloseAfterEach = true;

        Assert.IsType<FetchResult.Fetched>(await internet.FetchAsync(address));
        var second = Assert.IsType<FetchResult.Failed>(await internet.FetchAsync(address));

        Assert.Contains("leads to 127.0.0.2, this machine itself", second.Why, StringComparison.Ordinal);
        Assert.Empty(inside.Requests);
        Assert.Empty(answers);
    }

    [Fact]
    public async Task The_address_connected_to_is_the_one_that_was_judged_and_the_name_is_asked_for_once()
    {
        await using var site = await FeedSite.StartAsync();
        site.Serve("/feed", Rss.Feed());
        using var internet = new Internet(site) { Resolve = _ => [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("::1"), IPAddress.Loopback] };

        // Of several addresses only those are tried that are open.
        Assert.IsType<FetchResult.Fetched>(await internet.FetchAsync(new Uri($"http://mixed.example:{site.Endpoint.Port}/feed")));

        Assert.Equal(["mixed.example"], internet.Asked);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("feeds.localhost")]
    [InlineData("127.1")]
    [InlineData("0x7f.1")]
    [InlineData("wiki.internal")]
    [InlineData("printer.local")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("bücher.example")]
    public async Task What_the_operator_opened_is_fetched_under_any_name(string host)
    {
        await using var site = await FeedSite.StartAsync();
        site.Serve("/feed", Rss.Feed());
        using var internet = new Internet(site) { Resolve = _ => [IPAddress.Loopback] };

        Assert.IsType<FetchResult.Fetched>(await internet.FetchAsync(new Uri($"http://{host}:{site.Endpoint.Port}/feed")));
    }

    [Theory]
    [InlineData("1.1.1.1", 443)]
    [InlineData("93.184.215.14", 80)]
    [InlineData("8.8.8.8", 8080)]
    [InlineData("100.63.255.255", 80)]
    [InlineData("100.128.0.1", 80)]
    [InlineData("172.15.255.255", 80)]
    [InlineData("172.32.0.1", 80)]
    [InlineData("192.167.255.255", 80)]
    [InlineData("192.169.0.1", 80)]
    [InlineData("198.17.255.255", 443)]
    [InlineData("223.255.255.255", 443)]
    [InlineData("169.253.255.255", 443)]
    [InlineData("2606:4700::6810:85e5", 443)]
    [InlineData("2a00:1450:4001:800::200e", 443)]
    [InlineData("::ffff:1.1.1.1", 443)]
    [InlineData("64:ff9b::808:808", 443)]
    [InlineData("2002:808:808::1", 443)]
    public void A_public_address_stays_allowed(string address, int port) =>
        Assert.Null(new AddressGuard([]).Fault("news.example", IPAddress.Parse(address), port));

    [Theory]
    [InlineData("https://News.Example:443/Feed?a=1&b=%20#top", "https://news.example/Feed?a=1&b=%20")]
    [InlineData("  http://news.example./feed ", "http://news.example/feed")]
    [InlineData("http://news.example/a b", "http://news.example/a%20b")]
    [InlineData("https://bücher.example/ö", "https://xn--bcher-kva.example/%C3%B6")]
    [InlineData("http://ｎｅｗｓ。example/", "http://news.example/")]
    [InlineData("https://news.example:8443/@editor/feed?u=a@b", "https://news.example:8443/@editor/feed?u=a@b")]
    [InlineData("http://[2A00:1450:4001:800:0:0:0:200E]/", "http://[2a00:1450:4001:800::200e]/")]
    public void An_address_has_one_form(string typed, string expected)
    {
        Assert.True(FeedAddress.TryParse(typed, out var address, out var why), why);
        Assert.Equal(expected, address.AbsoluteUri);
    }

    /// <summary>The fetcher with its real connections and a DNS of the test's own.</summary>
    private sealed class Internet(FeedSite? open = null) : IDisposable
    {
        private static readonly Dictionary<string, string> Names = new()
        {
            ["public.example"] = "93.184.215.14",
            ["intranet"] = "10.1.2.3",
            ["printer.local"] = "192.168.1.9",
            ["wiki.internal"] = "172.20.0.5",
            ["metadata.google.internal"] = "169.254.169.254",
            ["127.0.0.1.nip.example"] = "127.0.0.1",
            ["six.example"] = "::ffff:10.0.0.7",
            ["localhost.localdomain"] = "127.0.0.1",
            ["ip6-localhost"] = "::1",
        };

        private readonly List<HttpClient> _clients = [];
        private FeedFetcher? _fetcher;

        public Func<string, IPAddress[]> Resolve { get; init; } = host => Names.TryGetValue(host, out var address) ? [IPAddress.Parse(address)] : [];

        public ConcurrentQueue<string> Asked { get; } = [];

        public Task<FetchResult> FetchAsync(Uri address) => Fetcher().FetchAsync(address, null, null, TestContext.Current.CancellationToken);

        /// <summary>What is told of an address as somebody typed it.</summary>
        public async Task<string> RefusalAsync(string typed)
        {
            // What a link on a page or a command hands over unread is refused by the fetcher itself.
            if (Uri.TryCreate(typed, UriKind.Absolute, out var unread))
            {
                Assert.IsType<FetchResult.Failed>(await FetchAsync(unread));
            }

            return FeedAddress.TryParse(typed, out var address, out var why) ? Assert.IsType<FetchResult.Failed>(await FetchAsync(address)).Why : why;
        }

        public void Dispose() => _clients.ForEach(c => c.Dispose());

        private FeedFetcher Fetcher()
        {
            if (_fetcher is null)
            {
                var (options, database) = (new FeedsOptions(), new SqliteDatabase(""));
                var client = FeedHttp.Create(options, new AddressGuard(open is null ? [] : [open.Endpoint.ToString()]), (host, _) =>
                {
                    Asked.Enqueue(host);
                    return Task.FromResult(Resolve(host));
                }, new SiteClocks(TimeProvider.System));
                _clients.Add(client);
                _fetcher = new FeedFetcher(client, new FeedSecrets(database, new SecretVault(""), new ChangeLog(database, TimeProvider.System), TimeProvider.System), Options.Create(options), TimeProvider.System);
            }

            return _fetcher;
        }
    }
}
