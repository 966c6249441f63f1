using AlertBot.Knowledge;
using AlertBot.Tagging;
using AlertBot.Tagging.Reading;
using CsCheck;

namespace AlertBot.Tests.Tagging;

/// <summary>One name in many spellings, and many people with one name.</summary>
public sealed class NameTests
{
    private static readonly StoryTagger Tagger = new(new KnowledgeBase(
        [
            Person("yoon-suk-yeol", "Yoon Suk Yeol"), Person("volodymyr-zelensky", "Volodymyr Zelensky"), Person("william-stone", "William Stone"),
            Person("paul-reed", "Paul Reed"), Person("ann-market", "Ann Market"), Person("park-jin", "Park Jin"), Person("ada-frost", "Ada Frost", "Frost"), Person("max-frost", "Max Frost", "Frost"),
            new Actor("wagner-group", "Wagner Group", ActorKind.Organization, null, ["Wagner"], [], [], null, []),
            new Actor("taiwan", "Taiwan", ActorKind.Country, null, [], [], ["Taiwanese"], "Taipei", ["Taipei"]),
            new Actor("georgia", "Georgia", ActorKind.Country, null, [], [], ["Georgian"], "Tbilisi", ["Tbilisi"]),
        ],
        []));

    [Theory]
    [InlineData("Yoon Seok-yeol spoke.", "yoon-suk-yeol")]
    [InlineData("Yun Sukyeol spoke.", "yoon-suk-yeol")]
    [InlineData("President Volodymyr Zelenskiy spoke.", "volodymyr-zelensky")]
    [InlineData("President Sergei Zelensky spoke.", "")]
    [InlineData("Senator Bill Stone spoke.", "william-stone")]
    [InlineData("Senator Paula Reed spoke.", "")]
    [InlineData("The programmer Park Jin Hyok spoke.", "")]
    public void A_name_is_known_by_its_sound(string body, string slug) => Assert.Equal(slug, ActorsOf(body));

    [Theory]
    [InlineData("Paul Reed left. Reed said no.", "paul-reed paul-reed")]
    [InlineData("Max Frost left. Frost said no.", "max-frost max-frost")]
    [InlineData("Ada Frost left. Frost said no.", "ada-frost ada-frost")]
    [InlineData("Jenny Frost, a baker, left. Frost said no. Paul Reed spoke.", "nobody nobody paul-reed")]
    public void A_bare_name_is_whoever_the_story_introduced(string body, string meanings) =>
        Assert.Equal(meanings, string.Join(' ', Tag(body).Mentions.Select(mention => mention.Slug ?? "nobody")));

    [Theory]
    [InlineData("Ashley Wagner, a skater, fell. Wagner said so.")]
    [InlineData("“It rains,” said Georgia Price, the clerk. Price laughed.")]
    [InlineData("Aja Huang, who is from Taiwan, bowed.")]
    [InlineData("Market prices rose. Rent prices did too.")]
    public void Namesakes_of_bodies_and_countries_tag_nothing(string body) => Assert.Equal("", ActorsOf(body));

    [Fact]
    public void A_bare_name_keeps_who_was_weighed_and_why()
    {
        var mention = Tag("Max Frost met Ada Frost. Frost said no.").Mentions[^1];

        Assert.Equal(2, mention.Candidates.Count);
        Assert.Equal(mention.Slug, mention.Candidates[0].Slug);
        Assert.True(mention.Candidates[0].Score >= mention.Candidates[1].Score);
        Assert.Contains("introduced in this paragraph", mention.Candidates[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_headline_that_shouts_in_the_text_names_the_one_named_below() =>
        Assert.Equal("max-frost", Tag("FROST BEATS RIVAL\n\nMax Frost won again on Monday.").Mentions[0].Slug);

    [Theory]
    [InlineData("Kim Yung-ho", "Kim")]
    [InlineData("Lee Kuan Yew", "Lee")]
    [InlineData("Xi Jinping", "Xi")]
    [InlineData("Ana Ruiz (politician)", "Ruiz")]
    [InlineData("Sammy Davis Jr.", "Davis")]
    [InlineData("Lee Harvey Oswald", "Oswald")]
    [InlineData("Pele", null)]
    public void A_family_name_follows_from_how_the_name_is_built(string name, string? family) => Assert.Equal(family, FamilyName.Of(Person("a", name)));

    [Fact]
    public void Half_a_surrogate_pair_in_a_name_is_passed_over() =>
        Assert.Equal("paul-reed", ActorsOf("“It rains,” said Ana Rui\ud800z Stone. Paul Reed left."));

    [Fact]
    public void No_text_is_too_odd_for_the_sounds_of_names() =>
        Gen.String.Sample(name => NameVariants.OfEastAsian(name) is not null && NameVariants.OfEuropean(name) is not null && NameVariants.OfSurname(name) is not null);

    private static TaggedText Tag(string body) => Tagger.Tag(new StoryText("", body, null));

    private static string ActorsOf(string body) => Tagged.Actors(Tag(body));

    private static Actor Person(string slug, string name, params string[] aliases) => new(slug, name, ActorKind.Person, null, aliases, [], [], null, []);
}
