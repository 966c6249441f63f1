namespace AlertBot.Tests.Tagging;

public sealed class SectionTests
{
    [Theory]
    [InlineData("By Park Jin in Seoul")]
    [InlineData("Reporting by Park Jin in Seoul; Editing by Joe Biden")]
    [InlineData("Additional reporting by Park Jin")]
    [InlineData("The hall was empty. © Park Jin/Pool")]
    [InlineData("The hall was empty. Park Jin/Agency")]
    [InlineData("The hall was empty. (Park Jin/Agency)")]
    [InlineData("The hall was empty. [Park Jin via AGENCY]")]
    [InlineData("Photo: Park Jin")]
    [InlineData("Read more: Putin meets Kim Jong Un")]
    public void Bylines_credits_and_links_tag_nobody(string line) =>
        Assert.Equal("japan", Tagged.ActorsOf($"Japan warned of rain on Monday, and nobody listened.\n\n{line}"));

    [Fact]
    public void A_list_of_other_stories_ends_where_the_story_goes_on() =>
        Assert.Equal("germany japan", Tagged.ActorsOf("Japan warned of rain.\n\nRelated:\nPutin calls Biden\nKim Jong Un on the phone\n\nGermany agreed with that."));

    [Theory]
    [InlineData("SEOUL, March 3 (Example) — Rain fell.")]
    [InlineData("SEOUL — Rain fell.")]
    [InlineData("AMMAN, Jordan — Rain fell.")]
    public void A_dateline_is_a_place(string body) => Assert.Equal("", Tagged.ActorsOf(body));

    [Fact]
    public void A_name_in_a_credit_is_kept_as_naming_nobody() =>
        Assert.Equal("park-jin nobody", Tagged.Meanings(Tagged.Body("Park Jin spoke.\n\nThe minister's hands. © Park Jin/Pool"), "Park Jin"));
}
