using AlertBot.Tagging;

namespace AlertBot.Tests.Tagging;

public sealed class AliasTests
{
    [Theory]
    [InlineData("Kim Jong-un smiled.")]
    [InlineData("Kim Jong-Un smiled.")]
    [InlineData("Kim Jong‑un smiled.")]
    [InlineData("KIM JONG UN smiled.")]
    [InlineData("Aides of Kim Jong Un’s smiled.")]
    [InlineData("김정은은 웃었다.")]
    public void A_person_is_found_however_the_name_is_written(string body) => Assert.Equal("kim-jong-un", Tagged.ActorsOf(body));

    [Theory]
    [InlineData("김영호는 말했다.", "kim-yung-ho")]
    [InlineData("中国外交部发言人说。", "china")]
    [InlineData("Türkiye objected.", "turkey")]
    [InlineData("Turkiye objected.", "turkey")]
    [InlineData("The Workers’ Party met.", "workers-party")]
    [InlineData("The Workers' Party met.", "workers-party")]
    public void Scripts_marks_and_apostrophes_do_not_hide_a_name(string body, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body));

    [Theory]
    [InlineData("He told us who was ill.", "")]
    [InlineData("The WHO warned on Monday.", "who")]
    [InlineData("They ate turkey by the light of the moon.", "")]
    [InlineData("Park Jin-young sang.", "")]
    [InlineData("The north of the city was dark.", "")]
    public void Case_and_word_boundaries_decide(string body, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body));

    [Fact]
    public void A_shouting_headline_does_not_make_an_acronym_of_a_pronoun()
    {
        Assert.Equal("china", Tagged.Actors(Tagged.Story("CHINA WARNS US ALL ABOUT PRICES", "")));
        Assert.Equal("china united-states", Tagged.Actors(Tagged.Story("CHINA WARNS U.S. ABOUT PRICES", "")));
    }

    [Fact]
    public void The_longest_name_wins()
    {
        var tagged = Tagged.Body("The U.N. Security Council met.");

        Assert.Equal("un-security-council", Tagged.Actors(tagged));
        Assert.Equal("U.N. Security Council", Assert.Single(tagged.Mentions).Text);
    }

    [Fact]
    public void A_tag_says_what_it_rests_on()
    {
        var tag = Assert.Single(Tagged.Body("It rained. Vladimir Putin left.").Tags);

        Assert.Equal(new Evidence(TextSection.Body, 11, "Vladimir Putin", "alias", "Vladimir Putin left."), Assert.Single(tag.Evidence));
    }
}
