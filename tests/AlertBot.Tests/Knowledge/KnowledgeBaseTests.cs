using AlertBot.Knowledge;

namespace AlertBot.Tests.Knowledge;

public sealed class KnowledgeBaseTests
{
    private static readonly KnowledgeBase Knowledge = new(
        [
            Country("south-korea", "South Korea"),
            Country("turkey", "Türkiye"),
            Person("kim-yung-ho", "Kim Yung-ho", "Kim", "unification minister", "김영호"),
            Person("kim-jong-un", "Kim Jong Un", "Kim", "leader", "Kim Jong-un"),
            Person("park-geun-hye", "Park Geun-hye", "Park", "president", "박근혜"),
            Person("lee-seok-jun", "Lee Seok-jun", "Lee", "auditor"),
        ],
        [
            new Topic("sanctions", "Sanctions", "", ["embargo", "asset freeze"]),
            new Topic("military-exercises", "Military exercises", "", ["joint drills"]),
        ]);

    [Theory]
    [InlineData("kim-yung-ho", "kim-yung-ho")]
    [InlineData("Kim Yung-ho", "kim-yung-ho")]
    [InlineData("kim yung ho", "kim-yung-ho")]
    [InlineData("KimYungho", "kim-yung-ho")]
    [InlineData("김영호", "kim-yung-ho")]
    [InlineData("KIM JONG-UN", "kim-jong-un")]
    [InlineData("turkiye", "turkey")]
    [InlineData(" South-Korea ", "south-korea")]
    public void A_name_is_found_however_it_is_written(string typed, string slug) =>
        Assert.Equal([slug], Knowledge.ResolveActors(typed).Select(actor => actor.Slug));

    [Fact]
    public void A_surname_finds_everybody_who_bears_it() =>
        Assert.Equal(["kim-yung-ho", "kim-jong-un"], Knowledge.ResolveActors("kim").Select(actor => actor.Slug));

    [Fact]
    public void An_unknown_name_finds_nobody() => Assert.Empty(Knowledge.ResolveActors("Kim Soon-ja"));

    [Theory]
    [InlineData("sanctions")]
    [InlineData("Sanctions")]
    [InlineData("asset-freeze")]
    public void A_topic_is_found_by_slug_name_or_keyword(string typed) =>
        Assert.Equal("sanctions", Assert.Single(Knowledge.ResolveTopics(typed)).Slug);

    [Theory]
    [InlineData("kim", "kim-yung-ho kim-jong-un")]
    [InlineData("yung", "kim-yung-ho")]
    [InlineData("m", "military-exercises")]
    [InlineData("mil", "military-exercises")]
    [InlineData("driLLs", "military-exercises")]
    [InlineData("uth kor", "south-korea")]
    [InlineData("sancitons", "sanctions")]
    public void Suggestions_begin_with_what_was_typed_before_they_look_like_it(string typed, string slugs) =>
        Assert.Equal(slugs, string.Join(' ', Knowledge.SuggestNames(typed, 5).Select(suggestion => suggestion.Slug)));

    [Fact]
    public void A_suggestion_says_who_it_is() =>
        Assert.Equal(
            new Suggestion(TagKind.Actor, "kim-yung-ho", "Kim Yung-ho — unification minister, South Korea"),
            Assert.Single(Knowledge.SuggestNames("yung-ho", 1)));

    [Fact]
    public void No_more_suggestions_are_given_than_asked_for() => Assert.Single(Knowledge.SuggestNames("k", 1));

    [Theory]
    [InlineData("Kim Young-ho", "kim-yung-ho")]
    [InlineData("Kim Yeongho", "kim-yung-ho")]
    [InlineData("Pak Kun-hye", "park-geun-hye")]
    [InlineData("Yi Suk-jun", "lee-seok-jun")]
    [InlineData("Rhee Sok Jun", "lee-seok-jun")]
    [InlineData("Kim Jung Eun", "kim-jong-un")]
    [InlineData("millitary excercise", "military-exercises")]
    public void A_misspelt_name_leads_to_the_one_meant(string typed, string slug) =>
        Assert.Equal(slug, Knowledge.DidYouMean(typed, 3)[0].Slug);

    [Fact]
    public void What_resembles_nothing_leads_nowhere() => Assert.Empty(Knowledge.DidYouMean("qqqqqqqq", 3));

    private static Actor Country(string slug, string name) => new(slug, name, ActorKind.Country, null, [], [], [], null, []);

    private static Actor Person(string slug, string name, string surname, string title, params string[] aliases) =>
        new(slug, name, ActorKind.Person, surname, aliases, [new Role(title, "south-korea", null, null)], [], null, []);
}
