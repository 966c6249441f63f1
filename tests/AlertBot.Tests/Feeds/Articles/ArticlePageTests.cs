using System.Diagnostics;
using System.Text;
using AlertBot.Feeds;
using AlertBot.Feeds.Articles;
using CsCheck;

namespace AlertBot.Tests.Feeds.Articles;

public sealed class ArticlePageTests
{
    public static readonly string Paragraphs = string.Concat(Enumerable.Range(1, 8).Select(i =>
        $"<p>Paragraph {i}: the ministry said on Monday that the talks had ended, that nobody had agreed to anything, and that the ships would stay where they are for now.</p>"));

    [Fact]
    public async Task The_article_is_told_from_what_stands_around_it()
    {
        var (text, _) = await ReadAsync($"""
            <!doctype html><html><head><title>Talks end - The Wire</title><style>p {'{'} color: red {'}'}</style></head><body>
            <nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
            <aside class="sidebar">Most read: ten recipes</aside>
            <article><h1>Talks end</h1>{Paragraphs}<script>alert("x")</script></article>
            <footer>All rights reserved. Subscribe to our newsletter</footer></body></html>
            """);

        Assert.StartsWith("Paragraph 1: the ministry said", text, StringComparison.Ordinal);
        Assert.Contains("\n\nParagraph 8:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("recipes", text, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("newsletter", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("noarchive")]
    [InlineData("index, NOARCHIVE, follow")]
    [InlineData("noai, noimageai")]
    [InlineData("none")]
    [InlineData("nosnippet")]
    public async Task A_page_that_forbids_it_in_its_head_is_left_alone(string wishes)
    {
        var (text, why) = await ReadAsync($"<html><head><meta content='{wishes}' name='ROBOTS'></head><body><article>{Paragraphs}</article></body></html>");

        Assert.Null(text);
        Assert.Contains("the page forbids it", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("noai", false)]
    [InlineData("alertbot: noarchive", false)]
    [InlineData("otherbot: noarchive, noindex", true)]
    [InlineData("otherbot: noindex, alertbot: noindex", false)]
    [InlineData("max-snippet: 20, nofollow", true)]
    [InlineData("unavailable_after: 25 Jun 2030 15:00:00 PST", true)]
    [InlineData(null, true)]
    public async Task What_the_header_says_counts_as_much_where_it_speaks_to_us(string? header, bool isRead)
    {
        var (text, _) = await ReadAsync($"<html><body><article>{Paragraphs}</article></body></html>", f => f with { RobotsTag = header });

        Assert.Equal(isRead, text is not null);
    }

    [Fact]
    public async Task A_reservation_of_mining_is_heeded()
    {
        Assert.Null((await ReadAsync($"<html><body><article>{Paragraphs}</article></body></html>", f => f with { ReservesMining = true })).Text);
        Assert.Null((await ReadAsync($"<html><head><meta name='tdm-reservation' content='1'></head><body><article>{Paragraphs}</article></body></html>")).Text);
        Assert.NotNull((await ReadAsync($"<html><head><meta name='tdm-reservation' content='0'></head><body><article>{Paragraphs}</article></body></html>")).Text);
    }

    [Theory]
    [InlineData("<html><body><p>Short.</p></body></html>", "no article")]
    [InlineData("", "no article")]
    [InlineData("<html></html>", "no article")]
    public async Task A_page_without_an_article_is_told(string html, string why) => Assert.Contains(why, (await ReadAsync(html)).Why, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_no_page_is_told()
    {
        var fetched = new FetchResult.Fetched(new FeedDocument("%PDF-1.7"u8.ToArray(), "application/pdf", new Uri("https://wire.example/a.pdf")), null, null, null);

        Assert.Equal((null, "what is there is no web page"), await ArticlePage.ReadAsync(fetched, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<p><b>")]
    [InlineData("<b><p>")]
    [InlineData("<a href=x><div>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<ul><li>")]
    [InlineData("<svg><g>")]
    [InlineData("<select><option>")]
    [InlineData("<i><b><u><s><div></div>")]
    [InlineData("</p>")]
    [InlineData("<!--")]
    [InlineData("<x-y>")]
    [InlineData("<p>")]
    [InlineData("<script><")]
    public async Task A_page_that_is_built_to_cost_costs_little(string piece)
    {
        var clock = Stopwatch.StartNew();
        await ReadAsync($"<html><body>{string.Concat(Enumerable.Repeat(piece, 2_500_000 / piece.Length))}");

        // The goal is two seconds; the machine of the tests has other work.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Any_markup_is_read() => await Gen.OneOf(
            Gen.OneOfConst("<div>", "</div>", "<p>", "<article>", "</article>", "<table>", "<td>", "<a href='javascript:x'>", "<img src='//x/y'>", "<b>", "</i>", "<svg>", "<math>", "<template>", "<noscript>", "<iframe>", "<script type='application/ld+json'>{\"@type\":", "</script>", "<meta name=robots content=", "<base href='::'>", "<br><br>"),
            Gen.Const(Paragraphs), Gen.String)
        .Array[0, 40]
        .SampleAsync(async parts => Assert.NotNull((await ReadAsync($"<html><body>{string.Concat(parts)}")).Why), iter: 200);

    private static Task<(string? Text, string Why)> ReadAsync(string html, Func<FetchResult.Fetched, FetchResult.Fetched>? with = null)
    {
        var fetched = new FetchResult.Fetched(new FeedDocument(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", new Uri("https://wire.example/story")), null, null, null);
        return ArticlePage.ReadAsync(with?.Invoke(fetched) ?? fetched, TestContext.Current.CancellationToken);
    }
}
