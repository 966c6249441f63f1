namespace AlertBot.Tests.Tagging;

public sealed class QuoteTests
{
    [Theory]
    [InlineData("\"It rains,\" Kim Yung-ho said.", "It rains,|kim-yung-ho")]
    [InlineData("“It rains,” said Kim Yung-ho, the minister.", "It rains,|kim-yung-ho")]
    [InlineData("“It rains,” Mr. Biden told Japan.", "It rains,|joe-biden")]
    [InlineData("Putin said that Russia was \"ready\" for rain.", "ready|vladimir-putin")]
    [InlineData("Vladimir Putin left. “It rains,” he said.", "It rains,|vladimir-putin")]
    [InlineData("“It rains,” Putin said. “It pours.”", "It rains,|vladimir-putin / It pours.|vladimir-putin")]
    [InlineData("Putin “was late,” Biden said, “but he came.”", "was late,|joe-biden / but he came.|joe-biden")]
    [InlineData("“He said ‘never’ to us,” Biden said.", "He said ‘never’ to us,|joe-biden")]
    [InlineData("China said it was “not amused.”", "not amused.|china")]
    [InlineData("“It rains,” said White House spokesman John Doe.", "It rains,|John Doe")]
    [InlineData("“It rains,” said Adam Smith, a cook.", "It rains,|Adam Smith")]
    [InlineData("“It rains,” an official said.", "It rains,|an official")]
    public void A_quote_has_its_speaker(string body, string quotes) => Assert.Equal(quotes, QuotesOf(body));

    [Fact]
    public void A_speech_of_several_paragraphs_keeps_its_speaker() =>
        Assert.Equal(
            "First it rained.|vladimir-putin / Then it poured.|vladimir-putin",
            QuotesOf("Putin said: “First it rained.\n\n“Then it poured.”"));

    [Theory]
    [InlineData("Maps show the \"nine-dash line\" off Japan.")]
    [InlineData("She hummed the song “Rocket Man” in Japan.")]
    [InlineData("At dinner in Japan he sang \"American Pie.\" Putin listened.")]
    [InlineData("Japan has a word for \"trade war\" too.")]
    public void Terms_and_titles_are_no_quotes(string body) => Assert.Equal("", QuotesOf(body));

    private static string QuotesOf(string body)
    {
        var tagged = Tagged.Body(body);
        Assert.All(tagged.Quotes, quote => Assert.Equal(quote.Text, body.Substring(quote.Start, quote.Text.Length)));
        return string.Join(" / ", tagged.Quotes.Select(quote => $"{quote.Text}|{quote.Speaker ?? quote.SpeakerName}"));
    }
}
