namespace AlertBot.Tests.Tagging;

public sealed class CountryTests
{
    [Theory]
    [InlineData("Seoul was pushing Beijing.", "china south-korea")]
    [InlineData("Analysts in Seoul shrugged.", "")]
    [InlineData("Talks with Tokyo broke down.", "japan")]
    [InlineData("She flew on to Tokyo.", "")]
    [InlineData("The delegation will travel to Beijing and to Tokyo.", "")]
    [InlineData("Weapons were sold to Pyongyang for years.", "north-korea")]
    [InlineData("A message from Pyongyang arrived.", "north-korea")]
    [InlineData("Buyers came from Tokyo.", "")]
    [InlineData("Washington, Tokyo and Berlin could agree.", "germany japan united-states")]
    [InlineData("Moscow's intelligence services were blamed.", "russia")]
    [InlineData("He lives in central Seoul.", "")]
    public void A_capital_is_a_government_or_a_place(string body, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body));

    [Theory]
    [InlineData("Fishing boats met in the South China Sea.")]
    [InlineData("The Bank of China opened a branch.")]
    [InlineData("The Washington Post wrote of it.")]
    [InlineData("The Beijing Olympics began.")]
    [InlineData("There is a parade in Moscow, Idaho.")]
    [InlineData("Growers in Washington state wait.")]
    [InlineData("A drummer from Waycross, Georgia, won. Georgia celebrated him.")]
    [InlineData("Jordan Park, a subway driver, won.")]
    [InlineData("Michael Jordan, the player, opened a shop. Jordan sold it.")]
    public void A_part_of_another_name_is_no_country(string body) => Assert.Equal("", Tagged.ActorsOf(body));

    [Theory]
    [InlineData("Chinese troops crossed the river.", "china")]
    [InlineData("A Chinese grocer crossed the river.", "")]
    [InlineData("The American envoy smiled.", "united-states")]
    [InlineData("The Americans want a deal.", "united-states")]
    [InlineData("An American won the race.", "")]
    [InlineData("The Japanese electronics maker fell.", "")]
    public void A_nationality_counts_where_a_state_acts(string body, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body));

    [Theory]
    [InlineData("The White House said no.", "white-house")]
    [InlineData("He told reporters at the White House that it rained.", "")]
    [InlineData("Nobody named China. Its foreign ministry named itself.", "china chinese-foreign-ministry")]
    public void A_body_acts_and_its_building_does_not(string body, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body));

    [Theory]
    [InlineData("In Japan rain fell.", "")]
    [InlineData("In Japan the government fell.", "japan")]
    public void A_country_as_a_scene_counts_where_its_state_acts(string body, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body));

    [Fact]
    public void In_sport_countries_are_teams() =>
        Assert.Equal("", Tagged.ActorsOf("Germany beat Japan at the World Cup. The coach praised the goalkeeper, and fans in the stadium sang."));

    [Fact]
    public void A_body_inside_a_longer_name_is_another() =>
        Assert.Equal("south-korea", Tagged.ActorsOf("South Korea's National Security Council met."));

    [Fact]
    public void The_north_is_a_state_only_in_a_Korean_story()
    {
        Assert.Equal("", Tagged.ActorsOf("The North lost the game."));
        Assert.Equal("north-korea south-korea", Tagged.ActorsOf("South Korea said the North lost the game."));
    }
}
