using AlertBot.Knowledge;
using AlertBot.Tagging;
using AlertBot.Tagging.Reading;

namespace AlertBot.Tests.Tagging;

/// <summary>Names in the spellings of other papers, and those who only look alike.</summary>
public sealed class SpellingTests
{
    [Theory]
    [InlineData("Yoon Suk-yeol left.")]
    [InlineData("Yoon Sok Yol left.")]
    [InlineData("Yun Sok-yol left.")]
    [InlineData("Yoon Sukyeol left.")]
    [InlineData("Yoon Seokyeol left.")]
    public void A_Korean_name_is_known_in_every_romanisation(string body) => Assert.Equal("yoon-suk-yeol", Tagged.ActorsOf(body));

    [Theory]
    [InlineData("Yoon Seok-min left.")]
    [InlineData("Yoon Sang-hyun left.")]
    [InlineData("Park Jin Hyok left.")]
    [InlineData("Park Jin-hyok left.")]
    [InlineData("Moon Jae-sung left.")]
    [InlineData("Kim Yung-chul left.")]
    public void Another_given_name_is_another_person(string body) => Assert.Equal("germany", Tagged.ActorsOf("Germany waits. " + body));

    [Theory]
    [InlineData("Senator William Oakes left.", "bill-oakes")]
    [InlineData("Senator Bill Oakes left.", "bill-oakes")]
    [InlineData("Governor Mykhailo Doroshenko left.", "mykhailo-doroshenko")]
    [InlineData("Governor Mykhaylo Doroshenko left.", "mykhailo-doroshenko")]
    [InlineData("Minister Yevgeny Rublyovskiy left.", "evgeny-rublyovsky")]
    [InlineData("Minister Evgeni Rublyovskyy left.", "evgeny-rublyovsky")]
    [InlineData("Senator Paul Tanner left.", "paul-tanner")]
    [InlineData("Senator Paula Tanner left.", "")]
    [InlineData("Minister Viktor Rublyovsky left.", "")]
    [InlineData("Oakes left.", "bill-oakes")]
    public void A_name_is_known_in_another_transcription_and_by_its_short_form(string body, string slug)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(
                path,
                """
                actors:
                  - {slug: bill-oakes, name: Bill Oakes, kind: person}
                  - {slug: mykhailo-doroshenko, name: Mykhailo Doroshenko, kind: person}
                  - {slug: evgeny-rublyovsky, name: Evgeny Rublyovsky, kind: person}
                  - {slug: paul-tanner, name: Paul Tanner, kind: person}
                  - {slug: germany, name: Germany, kind: country}
                topics: []
                """);
            var tagger = new StoryTagger(KnowledgeFile.Load(path));

            Assert.Equal(slug, Tagged.Actors(tagger.Tag(new StoryText("", $"Germany waits. {body}", null))).Replace("germany", "", StringComparison.Ordinal).Trim());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("Georgia Price, a clerk, left. Price was tired. Georgia Price slept.")]
    [InlineData("Brian May, the guitarist, bowed. May smiled.")]
    [InlineData("Michael Jordan, the player, bowed. Jordan smiled.")]
    [InlineData("Chelsea Clinton-Hale, a nurse, left.")]
    public void Who_is_unknown_is_no_namesake(string body) => Assert.Equal("germany", Tagged.ActorsOf("Germany waits. " + body, "2018-05-01"));

    [Theory]
    [InlineData("Mr. Biden left.", "joe-biden")]
    [InlineData("Theresa May left. Mrs. May was tired.", "theresa-may")]
    [InlineData("President Joe Biden left. In May he came back.", "joe-biden")]
    public void A_courtesy_title_goes_with_a_known_name(string body, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf("Germany waits. " + body).Replace("germany ", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("Kim Yung-ho spoke first. Kim said it would rain.", "kim-yung-ho")]
    [InlineData("Kim Jong Un waved. Kim Yung-ho watched. Kim said nothing.", "kim-yung-ho")]
    [InlineData("Park Geun-hye waved at Park Jin. Park Jin bowed. Park said nothing.", "park-jin")]
    public void Of_all_who_were_weighed_the_highest_is_taken(string body, string slug)
    {
        var bare = Tagged.Body(body).Mentions[^1];

        Assert.Equal(slug, bare.Slug);
        Assert.Equal(slug, bare.Candidates[0].Slug);
        Assert.Equal(bare.Candidates.OrderByDescending(candidate => candidate.Score), bare.Candidates);
        Assert.All(bare.Candidates.Take(1), candidate => Assert.NotEmpty(candidate.Why));
    }

    [Fact]
    public void A_stranger_is_weighed_too()
    {
        var bare = Tagged.Body("South Korea waits. Kim Soon-ja, a cook, left. Kim was tired.").Mentions[^1];

        Assert.Null(bare.Slug);
        Assert.Equal(("Kim Soon-ja", null), (bare.Candidates[0].Name, bare.Candidates[0].Slug));
        Assert.Contains(bare.Candidates, candidate => candidate.Slug == "kim-jong-un");
    }

    [Fact]
    public void A_name_of_marks_alone_has_a_sound_too() =>
        Assert.All(["", " ", "'", ".", "\u0301", "-"], name => Assert.All(
            [NameVariants.OfEastAsian(name), NameVariants.OfEuropean(name), NameVariants.OfSurname(name), NameVariants.OfFamily(name)], Assert.NotNull));
}
