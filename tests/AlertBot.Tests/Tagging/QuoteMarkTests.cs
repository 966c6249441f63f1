using AlertBot.Tagging;
using AlertBot.Tagging.Quotes;
using AlertBot.Tagging.Reading;
using CsCheck;

namespace AlertBot.Tests.Tagging;

/// <summary>Where a quotation begins and ends, whatever marks a paper sets.</summary>
public sealed class QuoteMarkTests
{
    private static readonly Gen<string> Texts = Gen.OneOfConst(
        "\"", "“", "”", "„", "«", "»", "‘", "’", "'", "``", "''", "`", "said", "Ana Ruiz", "workers", "It", "no", "5", ",", ".", "?", "(", ")", "—", "-", "\n\n", "\n", " ", "é", "🙂", "\u00ad", "\u200b")
        .Array[0, 40].Select(Gen.Bool, (parts, isSpaced) => string.Join(isSpaced ? " " : "", parts));

    [Theory]
    [InlineData("\"It rains,\" she said.", "It rains,")]
    [InlineData("“It rains,” she said.", "It rains,")]
    [InlineData("„It rains,“ she said.", "It rains,")]
    [InlineData("«It rains,» she said.", "It rains,")]
    [InlineData("« It rains, » she said.", "It rains,")]
    [InlineData("‘It rains,’ she said.", "It rains,")]
    [InlineData("'It rains,' she said.", "It rains,")]
    [InlineData("``It rains,'' she said.", "It rains,")]
    [InlineData("\" No , \" he said .", "No ,")]
    [InlineData("(“It rains,” she said.)", "It rains,")]
    [InlineData("She said—“It rains.”", "It rains.")]
    public void Every_kind_of_marks_holds_a_quote(string body, string quotes) => Assert.Equal(quotes, SpansOf(body));

    [Theory]
    [InlineData("“He said ‘never’ and left,” she said.", "He said ‘never’ and left,")]
    [InlineData("‘He said “never” and left,’ she said.", "He said “never” and left,")]
    [InlineData("\"He said 'never' and left,\" she said.", "He said 'never' and left,")]
    [InlineData("“He said, ‘Never.’” She left.", "He said, ‘Never.’")]
    public void The_outermost_marks_count(string body, string quotes) => Assert.Equal(quotes, SpansOf(body));

    [Theory]
    [InlineData("‘The workers’ pay isn’t late,’ he said.", "The workers’ pay isn’t late,")]
    [InlineData("It was the workers’ pay, and the miners’ too.", "")]
    [InlineData("They danced to rock ’n’ roll in the ’90s.", "")]
    [InlineData("He stood 6'2\" tall and 5'11\" wide.", "")]
    [InlineData("James' hat and the boss' coat are wet.", "")]
    public void An_apostrophe_is_no_mark(string body, string quotes) => Assert.Equal(quotes, SpansOf(body));

    [Theory]
    [InlineData("“It rains,” she said, “and it pours.”", "It rains, / and it pours.")]
    [InlineData("\"It rains,\" she said, \"and it pours.\"", "It rains, / and it pours.")]
    [InlineData("‘It rains,’ she said, ‘and it pours.’", "It rains, / and it pours.")]
    [InlineData("\" It rains , \" she said , \" and it pours . \"", "It rains , / and it pours .")]
    public void An_attribution_parts_a_quote_in_two(string body, string quotes) => Assert.Equal(quotes, SpansOf(body));

    [Theory]
    [InlineData("“First.\n\n“Second.\n\n“Third.” She left.", "First. / Second. / Third.")]
    [InlineData("\"First.\n\n\"Second.\" She left.", "First. / Second.")]
    [InlineData("«First.\n\n«Second.» She left.", "First. / Second.")]
    public void A_speech_of_several_paragraphs_closes_in_the_last(string body, string quotes) => Assert.Equal(quotes, SpansOf(body));

    [Theory]
    [InlineData("“It rains, she said.\n\nThe next day was dry. “It is dry,” he said.", "It is dry,")]
    [InlineData("\"It rains, she said.\n\nThe next day was dry. \"It is dry,\" he said.", "It is dry,")]
    [InlineData("It rains,” she said. “It is dry,” he said.", "It is dry,")]
    [InlineData("It rains,\" she said.\n\n\"It is dry,\" he said.", "It is dry,")]
    public void A_stray_mark_spoils_no_other_quote(string body, string quotes) => Assert.Equal(quotes, SpansOf(body));

    [Theory]
    [InlineData("Frank \"Biscuit\" Delahunt left the field.")]
    [InlineData("Rosa “La Pluma” Ortega left the field.")]
    [InlineData("The song “Rain On Tin” is old.")]
    [InlineData("Her novel, “The Long Field,” won a prize.")]
    [InlineData("The so-called “doughnut law” was passed.")]
    [InlineData("Farmers know the wind as the “widow.”")]
    public void Names_titles_and_terms_are_nobody_s_words(string body) => Assert.Empty(Tagged.Body(body).Quotes);

    [Theory]
    [InlineData("Her “friend” never came back.")]
    [InlineData("The “experts” of the village shrugged.")]
    public void A_single_word_at_arm_s_length_is_nobody_s(string body) => Assert.Empty(Tagged.Body(body).Quotes);

    [Fact]
    public void Whatever_the_marks_a_quote_stands_where_it_says() =>
        Texts.Sample(text =>
        {
            var reading = TextReading.Of(TextSection.Body, text);
            var end = 0;
            foreach (var span in QuoteSpan.FindAll(reading))
            {
                Assert.InRange(span.Start, end + 1, span.End - 1);
                Assert.InRange(span.Open, 0, span.Close - 2);
                Assert.InRange(span.Close, 0, reading.Tokens.Length - (span.IsClosed ? 1 : 0));
                Assert.Equal((reading.Tokens[span.Open + 1].Start, reading.Tokens[span.Close - 1].End), (span.Start, span.End));
                end = span.End;
            }
        });

    private static string SpansOf(string body) =>
        string.Join(" / ", QuoteSpan.FindAll(TextReading.Of(TextSection.Body, body)).Select(span => body[span.Start..span.End]));
}
