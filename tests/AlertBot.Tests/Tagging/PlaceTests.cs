namespace AlertBot.Tests.Tagging;

/// <summary>Capitals and countries that people come from, go to and live in, and those that act.</summary>
public sealed class PlaceTests
{
    [Theory]
    [InlineData("The envoy left for Moscow on Monday.")]
    [InlineData("She came home by way of Berlin.")]
    [InlineData("The train runs from Tokyo to Berlin.")]
    [InlineData("Their next stop is Ankara.")]
    [InlineData("The band arrived in Tokyo at noon.")]
    [InlineData("A baker in Moscow sells it.")]
    [InlineData("He was born near Tbilisi and raised outside Ankara.")]
    [InlineData("The flight landed at Tokyo airport.")]
    [InlineData("Lena Brandt, who is from Germany, bowed.")]
    [InlineData("Lena Brandt is originally from Japan.")]
    [InlineData("Residents of Moscow shovelled snow.")]
    public void Where_somebody_goes_comes_from_or_lives_is_a_place(string body) => Assert.Equal("", Tagged.ActorsOf(body));

    [Theory]
    [InlineData("Talks between Berlin and Moscow failed.", "germany russia")]
    [InlineData("Moscow warned Berlin.", "germany russia")]
    [InlineData("Ties with Ankara are cold.", "turkey")]
    [InlineData("Pressure from Moscow grew.", "russia")]
    [InlineData("Tokyo's foreign policy shifted.", "japan")]
    [InlineData("Berlin, Ankara and Moscow agreed.", "germany russia turkey")]
    [InlineData("Germany sent troops.", "germany")]
    [InlineData("The treaty binds Russia and Japan.", "japan russia")]
    public void Who_acts_or_is_acted_upon_is_a_government(string body, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body));

    [Theory]
    [InlineData("It rains, according to the White House.", "white-house")]
    [InlineData("It rains, according to the White House's spokesman.", "white-house")]
    [InlineData("The White House's spokesman left.", "white-house")]
    [InlineData("Tourists waited outside the White House.", "")]
    [InlineData("He was in the White House for an hour.", "")]
    public void A_building_s_spokesman_is_the_body_s(string body, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body));

    [Theory]
    [InlineData("The choir came from Japan and Germany for one concert. The singers wept, the audience cheered, and a guitar was sold at the museum.")]
    [InlineData("Russia lost to Germany in the semifinal. The goalkeeper saved a penalty, the coach shouted, and the fans in the stadium sang.")]
    [InlineData("Turkey won the match by three goals. The striker scored twice, and the referee showed the midfielder a red card before the tournament ended.")]
    public void A_story_of_sport_or_culture_names_no_country(string body) => Assert.Equal("", Tagged.ActorsOf(body));

    [Fact]
    public void A_politician_in_the_stadium_makes_it_politics() =>
        Assert.Equal(
            "japan vladimir-putin",
            Tagged.ActorsOf("Vladimir Putin met Japan's foreign minister in the stadium. The goalkeeper and the striker waved, the fans sang, and the referee smiled."));
}
