using System.Text;
using AlertBot.Feeds.Markup;

namespace AlertBot.Tests.Feeds.Markup;

public sealed class LiberalXmlTests
{
    public static TheoryData<string> Fixtures => [.. FeedFixture.Names];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Well_formed_documents_give_the_same_tree_on_both_paths(string name)
    {
        var document = FeedFixture.Load(name).Document;
        var text = document.Text;

        if (StrictXml.TryRead(document) is { } strict && !text.Contains("<script>", StringComparison.Ordinal))
        {
            Assert.Equal(Print(strict), Print(LiberalXml.Read(text)));
        }
    }

    [Theory]
    [InlineData("<a><b>1<c>2</b>3</a>", "<a><b>1<c>2</c></b>3</a>")]
    [InlineData("<a>x</b></c>y</a>", "<a>xy</a>")]
    [InlineData("<item><title>a<item><title>b", "<item><title>a</title></item><item><title>b</title></item>")]
    [InlineData("<A x=1 X=2 y='<3'>&lt;&Amp;&amp;</a>", "<a x=1 y=<3><&Amp;&</a>")]
    [InlineData("1 < 2 <3 <b>x</b>", "1 < 2 <3 <b>x</b>")]
    [InlineData("<a b=\"c>d</a>", "<a b=c>d</a>")]
    [InlineData("<a b=c/><d/>", "<a b=c></a><d></d>")]
    [InlineData("<a <b>x", "<a><b>x</b></a>")]
    [InlineData("<![CDATA[<x>]]><a><![CDATA[ & ]]></a>", "<x><a> & </a>")]
    [InlineData("<!DOCTYPE x [<!ENTITY y \"z&#33;\"> ]><a>&y;&y</a>", "<a>z!&y</a>")]
    [InlineData("<!DOCTYPE x [ <a>b</a>", "<a>b</a>")]
    [InlineData("<item><titlo>a</title><x>b</x></item>", "<item><titlo>a</titlo><x>b</x></item>")]
    [InlineData("<!-- open <a>b</a>", "b")]
    [InlineData("<?php echo 1 ?><a>b", "<a>b</a>")]
    public void Broken_documents_are_mended(string text, string expected) => Assert.Equal(expected, Print(LiberalXml.Read(text)));

    [Fact]
    public void Entities_that_grow_are_left_as_they_are_past_a_limit()
    {
        var text = $"<!DOCTYPE a [<!ENTITY b \"{new string('b', 1000)}\">]><a>{string.Concat(Enumerable.Repeat("&b;", 5000))}</a>";

        Assert.InRange(LiberalXml.Read(text).Text.Length, MarkupLimits.EntityExpansion / 2, MarkupLimits.EntityExpansion * 2);
    }

    private static string Print(MarkupElement document)
    {
        var printed = new StringBuilder();
        foreach (var node in document.Nodes)
        {
            Print(node, printed);
        }

        return printed.ToString();

        static void Print(MarkupNode node, StringBuilder into)
        {
            if (node.Element is not { } element)
            {
                into.Append(string.IsNullOrWhiteSpace(node.Text) ? " " : node.Text!.ReplaceLineEndings("\n"));
                return;
            }

            into.Append('<').Append(element.Name);
            foreach (var name in new[] { "x", "y", "b", "href", "rel", "type", "xml:base", "about", "version" })
            {
                into.Append(element.Attribute(name) is { } value ? $" {name}={value}" : "");
            }

            into.Append(element.Vocabulary is Vocabulary.Rss or Vocabulary.Other ? "" : $" {element.Vocabulary}").Append('>');
            foreach (var child in element.Nodes)
            {
                Print(child, into);
            }

            into.Append("</").Append(element.Name).Append('>');
        }
    }
}
