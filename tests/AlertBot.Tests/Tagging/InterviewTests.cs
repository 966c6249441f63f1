namespace AlertBot.Tests.Tagging;

/// <summary>The hard case on one page: one surname for a minister, a foreign leader and a photographer.</summary>
public sealed class InterviewTests
{
    private const string Body = """
        SEOUL, Nov. 20 (Example Wire) — Unification Minister Kim Yung-ho said on Monday that Seoul was pushing Beijing to stop sending refugees back across the border.

        In an interview in his office in central Seoul, Kim said the government of President Yoon Suk Yeol would publish a report on rights in the North. “We will name names,” Kim said. “The law asks it of us.”

        Beijing has rejected the charge. Analysts in Beijing say the numbers are kept secret.

        When Vladimir Putin received the North Korean leader in September, the two men toured a spaceport. Kim Jong Un inspected rockets there, and Kim's large stockpile of shells was the price, officials in Seoul believe.

        “Moscow is paying in technology,” Kim said. He added that President Yoon Seok-yeol had told his ministers to prepare. Kim, a former professor, keeps a map on his wall.

        The minister rests between two calls. Kim Song/Example Wire

        Reporting by Kim Min-ji
        """;

    [Fact]
    public void Each_Kim_is_the_one_meant() =>
        Assert.Equal(
            "kim-yung-ho kim-yung-ho kim-jong-un kim-yung-ho kim-yung-ho nobody nobody",
            Tagged.Meanings(Tagged.Body(Body), "Kim"));

    [Fact]
    public void Capitals_are_governments_where_they_act_and_places_where_they_do_not()
    {
        var tagged = Tagged.Body(Body);

        Assert.Equal("south-korea nobody nobody", Tagged.Meanings(tagged, "Seoul"));
        Assert.Equal("china china nobody", Tagged.Meanings(tagged, "Beijing"));
        Assert.Equal("russia", Tagged.Meanings(tagged, "Moscow"));
    }

    [Fact]
    public void Everybody_is_tagged_once_and_the_minister_speaks()
    {
        var tagged = Tagged.Story("Minister says Seoul will not wait", Body);

        Assert.Equal("china kim-jong-un kim-yung-ho north-korea russia south-korea vladimir-putin yoon-suk-yeol", Tagged.Actors(tagged));
        Assert.Equal(["kim-yung-ho", "kim-yung-ho", "kim-yung-ho"], tagged.Quotes.Select(quote => quote.Speaker));
    }
}
