namespace AlertBot.Tests.Tagging;

/// <summary>Who speaks, told in each of the ways that a reporter has.</summary>
public sealed class SpeakerTests
{
    [Theory]
    [InlineData("“It rains,” Nora Whitfield said.", "Nora Whitfield")]
    [InlineData("“It rains,” said Nora Whitfield.", "Nora Whitfield")]
    [InlineData("Nora Whitfield said, “It rains.”", "Nora Whitfield")]
    [InlineData("Nora Whitfield: “It rains.”", "Nora Whitfield")]
    [InlineData("“It rains,” Nora Whitfield told the council on Monday.", "Nora Whitfield")]
    [InlineData("“It rains,” explained Nora Whitfield, who runs the mill.", "Nora Whitfield")]
    [InlineData("“It rains!” Nora Whitfield shouted.", "Nora Whitfield")]
    [InlineData("“Does it rain?” asked Nora Whitfield.", "Nora Whitfield")]
    [InlineData("In an interview, Nora Whitfield said that “rain is near.”", "Nora Whitfield")]
    [InlineData("“It rains,” Nora Whitfield of the weather office said.", "Nora Whitfield")]
    public void A_name_stands_before_or_behind(string body, string speaker) => Assert.Equal(speaker, SpeakersOf(body));

    [Theory]
    [InlineData("“It rains,” Nora Whitfield, the miller, said.", "Nora Whitfield")]
    [InlineData("“It rains,” said the miller, Nora Whitfield.", "Nora Whitfield")]
    [InlineData("“It rains,” Nora Whitfield, 51, said.", "Nora Whitfield")]
    [InlineData("“It rains,” said Nora Whitfield, the sister of Paul Stone.", "Nora Whitfield")]
    [InlineData("“It rains,” Nora Whitfield, Paul Stone's sister, said.", "Nora Whitfield")]
    [InlineData("“It rains,” Paul Stone's sister, Nora Whitfield, said.", "Nora Whitfield")]
    public void Words_between_commas_do_not_hide_the_name(string body, string speaker) => Assert.Equal(speaker, SpeakersOf(body));

    [Theory]
    [InlineData("“It rains,” according to Nora Whitfield.", "Nora Whitfield")]
    [InlineData("It is “raining hard,” according to Nora Whitfield.", "Nora Whitfield")]
    [InlineData("According to Nora Whitfield, it is “raining hard.”", "Nora Whitfield")]
    [InlineData("Nora Whitfield was quoted as saying: “It rains.”", "Nora Whitfield")]
    public void Words_may_be_handed_on(string body, string speaker) => Assert.Equal(speaker, SpeakersOf(body));

    [Theory]
    [InlineData("Nora Whitfield met Paul Stone. “It rains,” she said.", "Nora Whitfield")]
    [InlineData("Nora Whitfield met Paul Stone. “It rains,” he said.", "Paul Stone")]
    [InlineData("Mr. Okafor met Ms. Lindqvist. “It rains,” she said.", "Ms. Lindqvist")]
    [InlineData("Ms. Lindqvist met Mr. Okafor. “It rains,” he said.", "Mr. Okafor")]
    [InlineData("Paul Stone knew Peter Hale well. “It rains,” he said.", "Paul Stone")]
    [InlineData("Paul Stone waited. Peter Hale's dog barked. “It rains,” he said.", "Paul Stone")]
    [InlineData("Nora Whitfield waited. The mill was shut. “It rains,” said she.", "Nora Whitfield")]
    public void A_pronoun_is_the_one_of_its_sex_whom_the_story_is_about(string body, string speaker) => Assert.Equal(speaker, SpeakersOf(body));

    [Theory]
    [InlineData("Mayor Ana Ruiz arrived with Paul Stone. “It rains,” the mayor said.", "Ana Ruiz")]
    [InlineData("Paul Stone, a lawyer, met Ana Ruiz. “It rains,” the lawyer said.", "Paul Stone")]
    public void A_description_is_whom_the_story_described_so(string body, string speaker) => Assert.Equal(speaker, SpeakersOf(body));

    [Theory]
    [InlineData("Nora Whitfield told them to “wait for rain,” the White House said.", "Nora Whitfield")]
    [InlineData("Nora Whitfield told them to “wait for rain,” her office said.", "Nora Whitfield")]
    public void Who_uttered_it_goes_before_who_relays_it(string body, string speaker) => Assert.Equal(speaker, SpeakersOf(body));

    [Theory]
    [InlineData("“It rains,” an officer said.", "an officer")]
    [InlineData("“It rains,” said one officer, who asked not to be named.", "one officer")]
    [InlineData("“It rains,” the department said in a statement.", "the department")]
    [InlineData("The department said in a statement that rain was “very likely.”", "The department")]
    [InlineData("“It rains,” police said.", "police")]
    public void The_unnamed_keep_the_story_s_words(string body, string speaker) => Assert.Equal(speaker, SpeakersOf(body));

    [Theory]
    [InlineData("“It rains,” Nora Whitfield said.\n\n“It pours,” said Paul Stone.\n\n“You are wet.”\n\n“So are you.”", "Nora Whitfield / Paul Stone / Nora Whitfield / Paul Stone")]
    [InlineData("Nora Whitfield built the mill alone.\n\n“It took nine years.”", "Nora Whitfield")]
    [InlineData("“It rains,” Nora Whitfield said. She sat down. “It pours.”", "Nora Whitfield / Nora Whitfield")]
    [InlineData("Nora Whitfield said: “First it rained.\n\n“Then it poured.”\n\nPaul Stone said: “It snows.”", "Nora Whitfield / Nora Whitfield / Paul Stone")]
    public void A_quote_without_a_name_belongs_to_the_talk_around_it(string body, string speakers) => Assert.Equal(speakers, SpeakersOf(body));

    [Theory]
    [InlineData("Nora Whitfield said that rain was near.", "rain was near|Nora Whitfield")]
    [InlineData("Nora Whitfield said rain was near.", "rain was near|Nora Whitfield")]
    [InlineData("Rain was near, Nora Whitfield said.", "Rain was near|Nora Whitfield")]
    [InlineData("Nora Whitfield warned Paul Stone that rain was near.", "rain was near|Nora Whitfield")]
    [InlineData("Nora Whitfield came late. She said that rain was near.", "rain was near|Nora Whitfield")]
    public void Reported_words_are_a_statement(string body, string statement) =>
        Assert.Equal(statement, string.Join(" / ", Tagged.Body(body).Statements.Select(said => $"{said.Text}|{said.SpeakerName}")));

    [Theory]
    [InlineData("“It rains,” Nora Whitfield said.")]
    [InlineData("Nora Whitfield said: “It rains all day long.”")]
    [InlineData("Nora Whitfield said that “it rains all day long.”")]
    [InlineData("Nora Whitfield said no.")]
    [InlineData("An officer said that rain was near.")]
    public void A_quote_or_a_word_or_the_unnamed_make_no_statement(string body) => Assert.Empty(Tagged.Body(body).Statements);

    private static string SpeakersOf(string body)
    {
        var tagged = Tagged.Body(body);
        Assert.NotEmpty(tagged.Quotes);
        return string.Join(" / ", tagged.Quotes.Select(quote => quote.SpeakerName));
    }
}
