using AlertBot.Tagging;

namespace AlertBot.Tests.Tagging;

public sealed class OfficeAndSurnameTests
{
    [Theory]
    [InlineData("The North Korean leader left.", "2009-05-01", "kim-jong-il north-korea")]
    [InlineData("The North Korean leader left.", "2016-05-01", "kim-jong-un north-korea")]
    [InlineData("Japan's prime minister left.", "2023-05-01", "fumio-kishida japan")]
    [InlineData("Japan's prime minister-elect left.", "2024-09-28", "japan shigeru-ishiba")]
    [InlineData("South Korea waits. The unification minister left.", "2023-11-20", "kim-yung-ho south-korea")]
    [InlineData("Japan waits. The unification minister left.", "2023-11-20", "japan")]
    [InlineData("South Korea waits. The unification minister left.", "2015-11-20", "south-korea")]
    [InlineData("South Korea waits. The deputy unification minister left.", "2023-11-20", "south-korea")]
    [InlineData("Park Jin, the unification minister of South Korea, left.", "2023-11-20", "park-jin south-korea")]
    [InlineData("The president of South Korea left.", "2018-11-20", "moon-jae-in south-korea")]
    public void An_office_stands_for_who_holds_it_on_the_day(string body, string day, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body, day));

    [Fact]
    public void An_office_is_told_with_its_day()
    {
        var tag = Assert.Single(Tagged.Body("South Korea waits. The unification minister left.").Tags, tag => tag.Name.Slug == "kim-yung-ho");

        Assert.Equal(("The unification minister", "office: unification minister on 2023-11-20"), (tag.Evidence[0].Text, tag.Evidence[0].Rule));
    }

    [Theory]
    [InlineData("President Moon met lawmakers.", "2018-01-01", "moon-jae-in")]
    [InlineData("South Korean President Moon met lawmakers.", "2018-01-01", "moon-jae-in south-korea")]
    [InlineData("Former President Clinton came to South Korea's aid.", "2018-01-01", "bill-clinton south-korea")]
    [InlineData("Foreign Minister Park left.", "2023-01-01", "park-jin")]
    [InlineData("President Park left.", "2015-01-01", "park-geun-hye")]
    public void An_office_tells_which_bearer_of_a_surname_is_meant(string body, string day, string slugs) => Assert.Equal(slugs, Tagged.ActorsOf(body, day));

    [Theory]
    [InlineData("Kim Yung-ho spoke first. Kim said it would rain.", "kim-yung-ho")]
    [InlineData("Park Sung-ho, a banker, spoke of South Korea. Later Kim rose.", "kim-jong-un")]
    [InlineData("Kim Soon-ja, a cook, met South Korea's press. Kim said it was hot.", "nobody")]
    [InlineData("Three men named Kim came to South Korea.", "nobody")]
    [InlineData("Kim Jong Un waved. Kim Yung-ho watched. Kim said nothing.", "kim-yung-ho")]
    public void A_bare_surname_is_of_the_one_named_last(string body, string meanings) => Assert.Equal(meanings, Tagged.Meanings(Tagged.Body(body), "Kim"));

    [Fact]
    public void The_words_after_the_name_can_tell_who_it_is() =>
        Assert.Equal(
            "kim-yung-ho",
            Tagged.Meanings(Tagged.Body("Kim Yung-ho spoke.\n\nKim Jong Un waved. Kim, the unification minister of South Korea, did not."), "Kim"));

    [Theory]
    [InlineData("In May it rained on Japan.")]
    [InlineData("Grace Moon, a painter, told Japan's envoy. Moon smiled.")]
    [InlineData("Moon dust is fine.")]
    public void A_word_or_a_namesake_is_no_actor(string body) =>
        Assert.DoesNotContain(Tagged.Body(body, "2018-05-01").Tags, tag => tag.Name.Slug is "moon-jae-in" or "theresa-may");

    [Fact]
    public void A_passing_name_does_not_take_the_story_from_its_subject() =>
        Assert.Equal(
            "kim-yung-ho",
            Tagged.Meanings(Tagged.Body("Kim Yung-ho, who has never met North Korea's leader, Kim Jong Un, was ill on Monday.\n\nHe slept. Kim, 64, will rest."), "Kim"));

    [Fact]
    public void The_headline_is_read_with_what_the_body_says()
    {
        var tagged = Tagged.Story("Kim visits the market", "Unification Minister Kim Yung-ho bought fish in Seoul on Monday.");

        Assert.Equal("kim-yung-ho", Assert.Single(tagged.Mentions, mention => mention.Section == TextSection.Title).Slug);
    }
}
