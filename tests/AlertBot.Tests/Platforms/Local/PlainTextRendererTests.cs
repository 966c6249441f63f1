using AlertBot.Platforms;
using AlertBot.Platforms.Local;

namespace AlertBot.Tests.Platforms.Local;

public sealed class PlainTextRendererTests
{
    private readonly PlainTextRenderer _renderer = new(TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(9), "east", "east"));

    [Fact]
    public void An_alert_shows_all_its_parts()
    {
        var card = new Card("Storm over the sea")
        {
            Tone = CardTone.Alert,
            Link = "https://news.example/storm",
            Footer = "Example News, because you follow weather",
            At = new DateTimeOffset(2026, 1, 2, 20, 30, 0, TimeSpan.Zero),
            Blocks =
            [
                new CardBlock.Paragraph("First line.\nSecond line."),
                new CardBlock.Excerpt("a great storm came", 8, 5),
                new CardBlock.Facts([new CardFact("Office", "Minister")]),
                new CardBlock.Items("Latest", [new CardItem("Rain", "https://news.example/rain", "Other News", DateTimeOffset.UnixEpoch)]),
            ],
            Actions = [new CardAction("Who is this", "/who kim")],
            Menu = new CardMenu("Which storm?", [new CardAction("The first", "/latest storm")]),
        };

        Assert.Equal(
            """
            [#general] ALERT Storm over the sea
              https://news.example/storm
              First line.
              Second line.
              “a great *storm* came”
              Office: Minister
              Latest
              - Rain · Other News · 1970-01-01 09:00 · https://news.example/rain
              Example News, because you follow weather · 2026-01-03 05:30
              Who is this: /who kim
              Which storm?
              - The first: /latest storm

            """.ReplaceLineEndings("\n"),
            _renderer.Render("[#general] ", card));
    }

    [Fact]
    public void Menus_forms_and_pictures_are_told_in_words()
    {
        var card = Card.Answer("Kim") with
        {
            Image = new CardImage([1, 2], "Stories per day"),
            Form = new CardForm("Edit", "/feed set 12", [new FormField("title", "Title", "Old") { Required = true }, new FormField("hours", "Hours")]),
            Menu = new CardMenu("Which Kim?", [new CardAction("Kim A", "/who kim-a") { Detail = "President" }, new CardAction("Kim B", "/who kim-b")]),
        };

        Assert.Equal(
            """
            Kim
              [Picture: Stories per day]
              Edit: /feed set 12 title:"…" hours:"…"
              - title: Title, now “Old”
              - hours: Hours (optional)
              Which Kim?
              - Kim A · President: /who kim-a
              - Kim B: /who kim-b

            """.ReplaceLineEndings("\n"),
            _renderer.Render("", card));
    }

    [Fact]
    public void A_problem_says_so_in_front() =>
        Assert.Equal("PROBLEM No such thing\n", _renderer.Render("", Card.Problem("No such thing")));

    [Fact]
    public void Long_lines_are_wrapped_and_addresses_are_not()
    {
        var address = "https://news.example/" + new string('x', 150);
        var card = Card.Answer("T", new CardBlock.Paragraph(string.Join(' ', Enumerable.Repeat("words", 60)))) with { Link = address };

        var lines = _renderer.Render("", card).Split('\n');

        Assert.Contains("  " + address, lines);
        Assert.All(lines.Where(l => !l.Contains(address, StringComparison.Ordinal)), l => Assert.InRange(l.Length, 0, 100));
        Assert.Equal(60, lines.Sum(l => l.Split(' ').Count(w => w == "words")));
    }

    [Fact]
    public void What_could_steer_a_terminal_is_left_out()
    {
        const string Hostile = "a\u001b[31mb\u009bc\u0007\u202Ed\u2066e\u200Ff\r\ng";

        var text = _renderer.Render("", Card.Answer(Hostile, new CardBlock.Excerpt(Hostile, 99, 5)) with { Footer = Hostile })
            + PlainTextRenderer.Render("", Hostile, Hostile);

        Assert.Contains("a[31mbcdef g", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, c => (char.IsControl(c) && c != '\n') || c is '\u202E' or '\u2066' or '\u200F');
    }
}
