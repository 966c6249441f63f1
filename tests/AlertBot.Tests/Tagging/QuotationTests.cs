namespace AlertBot.Tests.Tagging;

/// <summary>Marks of every kind, and who speaks between them, in the ways of newspapers.</summary>
public sealed class QuotationTests
{
    [Theory]
    [InlineData("‘It rains,’ said Adam Smith. ‘The workers’ pay is late.’", "It rains, / The workers’ pay is late.")]
    [InlineData("'It rains,' said Adam Smith. 'It's late.'", "It rains, / It's late.")]
    [InlineData("«It rains,» said Adam Smith.", "It rains,")]
    [InlineData("``It rains,'' said Adam Smith. ``I said, 'Go home.\'\'\'", "It rains, / I said, 'Go home.'")]
    [InlineData("\" It rains , \" said Adam Smith . \" It 's late . \"", "It rains , / It 's late .")]
    [InlineData("`` It rains , '' said Adam Smith .", "It rains ,")]
    [InlineData("“It rains,” Adam Smith said, “and it pours.”", "It rains, / and it pours.")]
    public void Marks_of_every_kind_are_read(string body, string quotes) =>
        Assert.Equal(quotes, string.Join(" / ", Tagged.Body(body).Quotes.Select(quote => quote.Text)));

    [Theory]
    [InlineData("Frank \"Biscuit\" Delahunt left the field.")]
    [InlineData("In her memoir, \"Strings Attached,\" she tells of snow.")]
    [InlineData("The two agreed to a truce in their “trade war.”")]
    [InlineData("He feeds a crock that he calls \"Otis.\" It bubbles.")]
    [InlineData("The so-called “road diet” begins in May.")]
    public void Names_titles_and_terms_are_nobody_s_words(string body) => Assert.Empty(Tagged.Body(body).Quotes);

    [Theory]
    [InlineData("“It rains,” said Mr. Alvarez.", "Mr. Alvarez")]
    [InlineData("“It rains,” Ana Ruiz, 42, a baker, said.", "Ana Ruiz")]
    [InlineData("“It rains,” the school's principal, Ana Ruiz, said.", "Ana Ruiz")]
    [InlineData("“It rains,” according to Ana Ruiz, the mayor.", "Ana Ruiz")]
    [InlineData("According to Ana Ruiz, “it rains until the evening.”", "Ana Ruiz")]
    [InlineData("Mayor Ana Ruiz arrived. “It rains,” the mayor said.", "Ana Ruiz")]
    [InlineData("Ana Ruiz met Paul Stone. “It rains,” she said.", "Ana Ruiz")]
    [InlineData("Ana Ruiz met Paul Stone. “It rains,” he said.", "Paul Stone")]
    [InlineData("Paul Stone left early and told them that it was “about to rain.”", "Paul Stone")]
    [InlineData("Paul Stone was told by Ana Ruiz to wait. He was blunt: “It rains.”", "Paul Stone")]
    [InlineData("Paul Stone was quoted by a paper as saying “it rains.”", "Paul Stone")]
    [InlineData("A retired officer who keeps bees came first. “It rains,” he said.", "A retired officer")]
    [InlineData("Her cardiologist was against it. “It rains,” he said.", "Her cardiologist")]
    [InlineData("A government inspector, who said that it was “raining cats,” left.", "A government inspector")]
    [InlineData("“It rains,” a spokesman for Paul Stone said.", "a spokesman for Paul Stone")]
    [InlineData("Paul Stone was gloomy. “It rains.”", "Paul Stone")]
    [InlineData("Ana Ruiz, a lawyer, lost her house.\n\n“It rains all the time.”", "Ana Ruiz")]
    [InlineData("“It rains,” said Orlando Pacheco, agronomist at a farm. He shrugged. “It pours.”", "Orlando Pacheco")]
    public void The_speaker_is_found_in_the_ways_of_newspapers(string body, string speaker) =>
        Assert.All(Tagged.Body(body).Quotes, quote => Assert.Equal(speaker, quote.SpeakerName));

    [Fact]
    public void Two_who_take_turns_speak_in_turn() =>
        Assert.Equal(
            ["Ana Ruiz", "Paul Stone", "Ana Ruiz", "Paul Stone"],
            Tagged.Body("“It rains,” Ana Ruiz said.\n\n“It pours,” said Paul Stone.\n\n“You have no umbrella.”\n\n“I never had one.”").Quotes.Select(quote => quote.SpeakerName));

    [Fact]
    public void Who_utters_words_goes_before_who_relays_them() =>
        Assert.Equal("joe-biden", Assert.Single(Tagged.Body("Joe Biden told the two that they should “make it happen,” the White House said.").Quotes).Speaker);

    [Theory]
    [InlineData("Vladimir Putin said that it would rain in Japan.", "it would rain in Japan")]
    [InlineData("Vladimir Putin said it would rain in Japan.", "it would rain in Japan")]
    [InlineData("It would rain in Japan, Vladimir Putin said.", "It would rain in Japan")]
    [InlineData("Vladimir Putin told reporters that it would rain.", "it would rain")]
    public void What_is_told_in_other_words_is_a_statement(string body, string words)
    {
        var tagged = Tagged.Body(body);

        Assert.Empty(tagged.Quotes);
        var statement = Assert.Single(tagged.Statements);
        Assert.Equal((words, "vladimir-putin", "reported in other words"), (statement.Text, statement.Speaker, statement.Rule));
    }

    [Fact]
    public void Each_quote_tells_the_rule_that_made_it_the_speaker_s() =>
        Assert.Equal(
            ["told behind the quote", "whom the paragraph is about", "told before the quote"],
            Tagged.Body("“It rains,” Ana Ruiz said. “It pours.”\n\nPaul Stone said: “It snows.”").Quotes.Select(quote => quote.Rule));
}
