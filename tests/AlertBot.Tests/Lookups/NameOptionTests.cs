using AlertBot.Knowledge;
using AlertBot.Lookups;

namespace AlertBot.Tests.Lookups;

/// <summary>Names as people type them, against the knowledge that ships with the program.</summary>
public sealed class NameOptionTests
{
    private static readonly KnowledgeBase Knowledge = KnowledgeFile.Load(new KnowledgeOptions().FullPath);

    [Theory]
    [InlineData("Kim Yung-ho", "kim-yung-ho")]
    [InlineData("김영호", "kim-yung-ho")]
    [InlineData("KIM YUNG HO", "kim-yung-ho")]
    [InlineData("Kim Jong-eun", "kim-jong-un")]
    [InlineData("Kim Jongun", "kim-jong-un")]
    [InlineData("Xi Jinping", "xi-jinping")]
    [InlineData("習近平", "xi-jinping")]
    [InlineData("Владимир Путин", "vladimir-putin")]
    [InlineData("Tarō Asō", "taro-aso")]
    public void A_name_that_is_known_is_found_without_a_word(string typed, string slug)
    {
        var (found, problem) = Find(typed);

        Assert.Equal((slug, null, null), (found?.Tag.Slug, found?.Guess, problem));
    }

    [Theory]
    [InlineData("Kim Yong Ho", "kim-yung-ho")]
    [InlineData("Kim Young-ho", "kim-yung-ho")]
    [InlineData("Kim Yeong Ho", "kim-yung-ho")]
    [InlineData("Gim Yeongho", "kim-yung-ho")]
    [InlineData("Yung-ho Kim", "kim-yung-ho")]
    [InlineData("kim yung hoo", "kim-yung-ho")]
    [InlineData("Kim Jung Un", "kim-jong-un")]
    [InlineData("Kim Jeong Eun", "kim-jong-un")]
    [InlineData("Gim Jeong-eun", "kim-jong-un")]
    [InlineData("Jong-un Kim", "kim-jong-un")]
    [InlineData("Kim Jeong-il", "kim-jong-il")]
    [InlineData("Kim Il Seong", "kim-il-sung")]
    [InlineData("Kim Yeo Jeong", "kim-yo-jong")]
    [InlineData("Kim Kyung-hee", "kim-kyong-hui")]
    [InlineData("Pak Gunhye", "park-geun-hye")]
    [InlineData("Bak Geun-hye", "park-geun-hye")]
    [InlineData("Jae-in Moon", "moon-jae-in")]
    [InlineData("Yune Seok-yeol", "yoon-suk-yeol")]
    [InlineData("Yoon Sok-yol", "yoon-suk-yeol")]
    [InlineData("Ri Jae-myong", "lee-jae-myung")]
    [InlineData("Lee Jae-myeong", "lee-jae-myung")]
    [InlineData("Rhee Myeong Bak", "lee-myung-bak")]
    [InlineData("Xi Jingping", "xi-jinping")]
    [InlineData("Jinping Xi", "xi-jinping")]
    [InlineData("Vladmir Putin", "vladimir-putin")]
    [InlineData("Wladimir Putin", "vladimir-putin")]
    [InlineData("Putin Vladimir", "vladimir-putin")]
    [InlineData("Sergej Lavrov", "sergei-lavrov")]
    [InlineData("Angela Merkle", "angela-merkel")]
    [InlineData("Barak Obama", "barack-obama")]
    [InlineData("Donald Trumpp", "donald-trump")]
    [InlineData("Fumio Kishidda", "fumio-kishida")]
    [InlineData("Junichiro Koizummi", "junichiro-koizumi")]
    [InlineData("Nort Korea", "north-korea")]
    public void One_that_is_all_but_surely_meant_is_shown_with_a_word(string typed, string slug)
    {
        var (found, problem) = Find(typed);

        Assert.Null(problem);
        Assert.Equal((slug, typed), (found?.Tag.Slug, found?.Guess?.Typed));
    }

    [Theory]
    [InlineData("Kim Jong-in")]
    [InlineData("Lee Jae-yong")]
    [InlineData("Kim Soon-ja")]
    [InlineData("Korea")]
    [InlineData("Wang Li")]
    [InlineData("Kim Dong-un")]
    [InlineData("NATU")]
    [InlineData("kim")]
    [InlineData("Joe Trump")]
    [InlineData("nobody at all")]
    public void Where_another_may_be_meant_one_is_asked(string typed)
    {
        var (found, problem) = Find(typed);

        Assert.Null(found);
        Assert.NotNull(problem);
    }

    [Fact]
    public void Hangul_is_read_aloud_where_only_Latin_letters_are_known()
    {
        var known = new KnowledgeBase(
            [Person("hong-gil-dong", "Hong Gil-dong"), Person("im-kkeok-jeong", "Im Kkeok-jeong"), Person("yun-dong-ju", "윤동주")], []);

        Assert.Equal("hong-gil-dong", NameOption.FindActor("홍길동", known, default, n => n.Slug).Found?.Tag.Slug);
        Assert.Equal("im-kkeok-jeong", NameOption.FindActor("임꺽정", known, default, n => n.Slug).Found?.Tag.Slug);
        Assert.Equal("yun-dong-ju", NameOption.FindActor("Yoon Dong Joo", known, default, n => n.Slug).Found?.Tag.Slug);
    }

    [Fact]
    public void Two_who_are_as_like_are_both_offered()
    {
        var known = new KnowledgeBase([Person("kim-min-su", "Kim Min-su"), Person("kim-min-soo", "Kim Min-soo")], []);
        var (found, problem) = NameOption.FindActor("Kim Min Sou", known, default, n => $"/who {n.Slug}");

        Assert.Null(found);
        Assert.Equal(["/who kim-min-su", "/who kim-min-soo"], problem!.Actions.Select(a => a.Command).OrderByDescending(c => c, StringComparer.Ordinal));
    }

    private static (NamedTag? Found, AlertBot.Platforms.Card? Problem) Find(string typed) =>
        NameOption.FindActor(typed, Knowledge, new DateOnly(2026, 1, 1), n => $"/who {n.Slug}");

    private static Actor Person(string slug, string name) => new(slug, name, ActorKind.Person, null, [], [], [], null, []);
}
