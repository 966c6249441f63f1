using System.Text.Encodings.Web;
using System.Text.Json;
using AlertBot.Platforms;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Discord.Wire;

namespace AlertBot.Tests.Platforms.Discord;

public sealed class DiscordCardRendererTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly DateTimeOffset At = new(2024, 6, 3, 18, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void An_alert_is_one_embed_with_its_buttons() => Approved.Text("discord-message.json", Pretty(new Card("Kim [visits] *plant*")
    {
        Tone = CardTone.Alert,
        Link = "https://site.example/a(b)",
        At = At,
        Topic = "missiles",
        Image = new CardImage([1], "Stories per day"),
        Footer = "Daily *News* · because this channel follows missiles",
        Blocks =
        [
            new CardBlock.Paragraph("One.\n\nTwo."),
            new CardBlock.Excerpt("The leader Kim Yung-ho spoke.", 11, 11),
            new CardBlock.Items("Latest", [new CardItem("[단독] A_b", "https://site.example/1", "Daily", At), new CardItem("No link")]),
            new CardBlock.Facts([new CardFact("Office", "President"), new CardFact("Born", new string('x', 60))]),
        ],
        Menu = new CardMenu("Which Kim?", [new CardAction("Kim A", "/who kim-a") { Detail = "President" }, new CardAction("Kim B", "/who kim-b") { Replaces = true }]),
        Actions = [new CardAction("Who: Kim", "/who kim"), new CardAction("Next", "/latest kim 2") { Replaces = true }, new CardAction("Again", "/who kim")],
    }));

    [Fact]
    public void A_card_without_anything_still_says_that_it_calls_nobody_and_takes_away_what_was_there() =>
        Assert.Equal(
            """{"embeds":[{"title":"Done","color":5793266}],"components":[],"attachments":[],"allowed_mentions":{"parse":[]}}""",
            JsonSerializer.Serialize(DiscordCardRenderer.Render(new Card("Done")).Message, MessageJson.Default.DiscordMessage));

    [Fact]
    public void A_form_is_a_window_of_labelled_inputs()
    {
        var form = new CardForm("Edit the feed", "/feed set 12", [new FormField("title", "Title", "Old") { Required = true, MaxLength = 2 }, new FormField("about", "About") { Multiline = true }]);

        Assert.Equal(
            """
            {"custom_id":"f:/feed set 12","title":"Edit the feed","components":[{"type":18,"label":"Title","component":{"type":4,"custom_id":"title","style":1,"value":"Old","required":true,"max_length":3}},{"type":18,"label":"About","component":{"type":4,"custom_id":"about","style":2,"required":false,"max_length":200}}]}
            """,
            JsonSerializer.Serialize(DiscordCardRenderer.Render(form).Modal, MessageJson.Default.Modal));
    }

    [Theory]
    [InlineData("one two three", 8, "one two…")]
    [InlineData("one two three", 7, "one…")]
    [InlineData("one two three", 13, "one two three")]
    [InlineData("supercalifragilistic", 6, "super…")]
    [InlineData("a *b* c", 5, @"a…")]
    [InlineData("****", 4, @"\*…")]
    [InlineData("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 14, "👨‍👩‍👧‍👦…")]
    [InlineData("👨‍👩‍👧‍👦", 5, "…")]
    [InlineData("가각간갇", 3, "가각…")]
    public void Text_is_cut_at_the_end_of_a_word_and_never_inside_a_character(string text, int most, string cut) =>
        Assert.Equal(cut, DiscordText.Markdown(text).Cut(most));

    [Theory]
    [InlineData("@everyone", "@\u200Beveryone")]
    [InlineData("@\u202Ehere", "@\u200Bhere")]
    [InlineData("a <@1> <t:1:R>", @"a \<@1> \<t\:1\:R>")]
    [InlineData("# no - heading", @"\# no - heading")]
    [InlineData("1. no list 2. none", @"1\. no list 2. none")]
    [InlineData("At 12:30: https://a.example", @"At 12\:30: https\://a.example")]
    [InlineData("[a](b) (c)", @"\[a\]\(b) (c)")]
    [InlineData("one\r\n\ttwo", "one two")]
    public void Foreign_text_is_shown_as_it_is(string text, string markdown) =>
        Assert.Equal(markdown, DiscordText.Markdown(text).Cut(100));

    [Theory]
    [InlineData("https://a.example/x(1)", "https://a.example/x%281%29")]
    [InlineData("https://a.example/x y>z", "https://a.example/x%20y%3Ez")]
    [InlineData("https://뉴스.example/", "https://xn--vg1b002a.example/")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("https://bank.example@evil.example/", null)]
    [InlineData("//a.example", null)]
    [InlineData("https://\uFFFF.example/", null)]
    public void Only_web_addresses_are_links(string address, string? link) =>
        Assert.Equal(link, DiscordCardRenderer.Render(new Card("x") { Link = address }).Message.Embeds[0].Url);

    [Fact]
    public void A_link_to_another_place_than_it_shows_is_shown_as_text()
    {
        var line = Description(new CardBlock.Items(null, [new CardItem("https://bank.example", "https://evil.example")]));

        Assert.Equal("- [https\\:\u200B//bank.example](<https://evil.example/>)", line);
    }

    [Fact]
    public void What_is_too_long_gives_way_from_the_end_and_the_reader_is_told()
    {
        var item = new CardItem(new string('x', 190));

        var text = Description(new CardBlock.Paragraph("First"), new CardBlock.Items("List", [.. Enumerable.Repeat(item, 30)]), new CardBlock.Paragraph("Last"));

        Assert.StartsWith("First\n\n**List**\n- xxx", text, StringComparison.Ordinal);
        var shown = text.Split('\n').Count(l => l.StartsWith("- x", StringComparison.Ordinal));
        Assert.Equal(20, shown);
        Assert.EndsWith($"\n-# … and {30 - shown + 1} more lines", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_in_the_middle_of_a_card_keep_their_place_as_lines() =>
        Assert.Equal("**Office** President\n\nLast", Description(new CardBlock.Facts([new CardFact("Office", "President")]), new CardBlock.Paragraph("Last")));

    [Fact]
    public void More_facts_than_there_are_fields_are_lines()
    {
        var embed = Embed(new CardBlock.Facts([.. Enumerable.Range(1, 26).Select(i => new CardFact($"Fact {i}", "yes"))]));

        Assert.Null(embed.Fields);
        Assert.EndsWith("\n**Fact 26** yes", embed.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_outside_of_a_text_or_inside_a_character_do_no_harm() =>
        Assert.Equal(["> ab", "> a**b**", "> **👨‍👩‍👧**"], new CardBlock[] { new CardBlock.Excerpt("ab", 9, 9), new CardBlock.Excerpt("ab", 1, int.MaxValue), new CardBlock.Excerpt("👨‍👩‍👧", 1, 1) }.Select(b => Description(b)));

    [Fact]
    public void Buttons_that_there_is_no_room_for_are_dropped()
    {
        var card = new Card("x") { Actions = [.. Enumerable.Range(1, 30).Select(i => new CardAction($"{i}", $"/who {i}"))] };
        var menu = new CardMenu("Which?", [new CardAction("One", "/who 1"), new CardAction("Two", "/who 1")]);

        Assert.Equal([5, 5, 5, 5, 5], Rows(card).Select(r => r.Components.Count));
        Assert.Equal([1, 5, 5, 5, 5], Rows(card with { Menu = menu }).Select(r => r.Components.Count));
        Assert.Single(Assert.IsType<SelectMenu>(Rows(card with { Menu = menu })[0].Components[0]).Options);

        static List<ActionRow> Rows(Card card) => [.. DiscordCardRenderer.Render(card).Message.Components.Cast<ActionRow>()];
    }

    private static Embed Embed(params CardBlock[] blocks) => DiscordCardRenderer.Render(Card.Answer("x", blocks)).Message.Embeds[0];

    private static string Description(params CardBlock[] blocks) => Embed(blocks).Description!;

    private static string Pretty(Card card)
    {
        var json = JsonSerializer.SerializeToElement(DiscordCardRenderer.Render(card).Message, MessageJson.Default.DiscordMessage);
        return JsonSerializer.Serialize(json, Readable) + "\n";
    }
}
