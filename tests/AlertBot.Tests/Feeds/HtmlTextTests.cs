using System.Diagnostics;
using AlertBot.Feeds;

namespace AlertBot.Tests.Feeds;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("no markup at  all\n here", "no markup at all here")]
    [InlineData("<p>One</p><p>Two</p>", "One\n\nTwo")]
    [InlineData("<p>One</p>\n\n  <div><p>Two</p></div>", "One\n\nTwo")]
    [InlineData("One<br>two<br/>three", "One\ntwo\nthree")]
    [InlineData("One<br><br />two", "One\n\ntwo")]
    [InlineData("<ul><li>a<li>b</ul>after", "- a\n- b\n\nafter")]
    [InlineData("<ol>\n<li><p>a</p></li>\n<li></li><li>b</li></ol>", "- a\n\n- b")]
    [InlineData("one<b>two</b>three <i>four</i> five", "onetwothree four five")]
    [InlineData("a<script>var x = '<p>no</p>';</script>b<style>p{}</style>c<noscript>no</noscript>d", "abcd")]
    [InlineData("a<img src=x alt='not me'>b", "ab")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("<pre>line 1\n  line 2</pre>", "line 1\nline 2")]
    [InlineData("a &amp; b &lt;c&gt; &eacute;&nbsp;&#8212; &#150; &#x1F600;", "a & b <c> é — – 😀")]
    [InlineData("AT&T <3 you & me, 5 < 6 > 4", "AT&T <3 you & me, 5 < 6 > 4")]
    [InlineData("<p>first\n\n\nsecond</p>", "first second")]
    [InlineData("first\n\nsecond &amp; third", "first\n\nsecond & third")]
    [InlineData("<![CDATA[in <b>CDATA</b> twice]]>", "in CDATA twice")]
    [InlineData("a<!-- not <b>this</b> -->b", "ab")]
    [InlineData("write to <ann@x.example> or <b>call</b>", "write to <ann@x.example> or call")]
    [InlineData("words<a href=\"http://x.example/cut", "words")]
    [InlineData("words <b", "words")]
    [InlineData("<style>p{} <p>the rest is read where a style never ends</p>", "p{}\n\nthe rest is read where a style never ends")]
    [InlineData("<svg><title>t</title><svg></svg><text>no</text></svg>yes", "yes")]
    [InlineData("<video>Your browser is old</video>yes<iframe src=x>old</iframe>", "yes")]
    [InlineData("<o:p>office</o:p> <my-tag>custom</my-tag> <font color=red>old</font>", "office custom old")]
    [InlineData("<h1>Head</h1>text<hr>more<blockquote>said</blockquote>", "Head\n\ntext\n\nmore\n\nsaid")]
    [InlineData("<dl><dt>term<dd>meaning</dl>", "term\nmeaning")]
    [InlineData("", "")]
    [InlineData(" <p> </p> <br> ", "")]
    public void Markup_becomes_paragraphs(string html, string expected) => Assert.Equal(expected, HtmlText.Plain(html));

    [Theory]
    [InlineData("  A\n title  ", "A title")]
    [InlineData("<p>One</p><p>Two</p>", "One Two")]
    [InlineData("A<br>B", "A B")]
    [InlineData("<b>Bold</b> and <I>italic</I>", "Bold and italic")]
    [InlineData("AT&T <3", "AT&T <3")]
    [InlineData("if a<b and c>d then", "if a<b and c>d then")]
    [InlineData("x < y", "x < y")]
    [InlineData("x <b", "x <b")]
    [InlineData("The <blink182> story of List<T>", "The <blink182> story of List<T>")]
    [InlineData("Tom &amp; Jerry &#8211; live", "Tom & Jerry – live")]
    [InlineData("R&D and Q&A&notanentity;", "R&D and Q&A¬anentity;")]
    [InlineData("<a href='x'>Link</a><br />", "Link")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "a b")]
    public void A_title_becomes_one_line(string html, string expected) => Assert.Equal(expected, HtmlText.Line(html));

    [Theory]
    [InlineData("a\u200Bb\u200Ec\u200Fd\u202Ae\u202Ef\u2066g\u2069h\u2060i\uFEFFj\u00ADk", "abcdefghijk")]
    [InlineData("a\0b\u0007c\u001Bd\u007Fe\u0090f", "abcdef")]
    [InlineData("a\u00A0b\u2003c\u3000d\u2028e f\tg", "a b c d e f g")]
    [InlineData("re\u200Djoin\u200Ced", "rejoined")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    [InlineData("don\u0092t\u0085", "don\u2019t\u2026")]
    public void What_cannot_be_seen_is_left_out(string text, string expected)
    {
        Assert.Equal(expected, HtmlText.Line(text));
        Assert.Equal(expected, HtmlText.Line($"<b>{text}</b>"));
        Assert.Equal(expected, FeedText.Literal(text, isLine: true, LineBreaks.Folded));
    }

    [Fact]
    public void A_tag_of_megabytes_is_passed_over_with_its_attributes_and_not_the_words_after_it()
    {
        var attributes = string.Concat(Enumerable.Repeat("a='1' b='2' ", 150_000));

        Assert.Equal("before after", HtmlText.Line($"before <a {attributes}>after</a>"));
        Assert.Equal("before", HtmlText.Line($"before <a {attributes}"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_left_out() =>
        Assert.Equal("half and whole \uD83D\uDE00", HtmlText.Line("half \uD83D and <b>whole</b> \uD83D\uDE00"));

    [Fact]
    public void Kept_line_breaks_stay()
    {
        Assert.Equal("a\nb\n\nc", FeedText.Literal("a \r\n b\n\n\n\nc\n", isLine: false, LineBreaks.Kept));
        Assert.Equal("a b\n\nc", FeedText.Literal("a \n b\n\n\n\nc\n", isLine: false, LineBreaks.BlankLines));
    }

    [Fact]
    public void Words_are_never_lost_whatever_surrounds_them()
    {
        string[] tags = ["<p>", "</p>", "<b>", "</i>", "<br>", "<li>", "<td>", "</div>", "<x-y>", "<unknown>", " & ", "&amp;", " < ", "<3", "</", "<!---->"];
        foreach (var first in tags)
        {
            foreach (var second in tags)
            {
                var text = HtmlText.Plain($"alpha {first} beta {second} gamma");

                Assert.True(text.Contains("alpha", StringComparison.Ordinal) && text.Contains("beta", StringComparison.Ordinal), text);
                Assert.True(text.Contains("gamma", StringComparison.Ordinal), text);
            }
        }
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<")]
    [InlineData("&")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("<svg>")]
    [InlineData("</p")]
    [InlineData("<a href=\"")]
    [InlineData("<![CDATA[")]
    [InlineData("<b a=1 ")]
    [InlineData("&#99999999999;")]
    [InlineData("<li>x")]
    [InlineData("\u200Dx ")]
    [InlineData("\uD800")]
    public void A_megabyte_of_anything_takes_no_time(string piece)
    {
        var html = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var watch = Stopwatch.StartNew();

        var text = HtmlText.Plain(html);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{piece} took {watch.Elapsed}");
        Assert.True(text.Length <= html.Length * 2);
    }
}
