using AlertBot.Storage;
using AlertBot.Stories.Search;

namespace AlertBot.Tests.Stories.Search;

/// <summary>What typed text means, and how text is folded.</summary>
public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("missile test", "missile + test")]
    [InlineData("  Missile,TEST!  ", "missile test")]
    [InlineData("\"missile test\" launch", "missile test + launch")]
    [InlineData("“missile test”", "missile test")]
    [InlineData("missile -test -\"long range\"", "missile - test - long range")]
    [InlineData("missile OR rocket launch", "missile/rocket + launch")]
    [InlineData("a | b | c", "a/b/c")]
    [InlineData("missil* \"north kor\"*", "missil* + north kor*")]
    [InlineData("or OR and", "or/and")]
    [InlineData("OR missile OR", "missile")]
    [InlineData("missile - test", "missile + test")]
    [InlineData("5\" screen", "5 + screen")]
    [InlineData("title:missile NEAR(a b) ^x {y}", "title missile + near a + b + x + y")]
    [InlineData("'); DROP TABLE stories; --", "drop + table + stories")]
    [InlineData("대통령 회담", "대통령* + 회담*")]
    [InlineData("日本政府", "日 本 政 府")]
    [InlineData("São PAULO's Müller", "sao + paulo s + muller")]
    public void Typed_text_is_read(string typed, string meant) => Assert.Equal(meant, Written(SearchWords.Parse(typed)));

    [Theory]
    [InlineData("", "no word to look for")]
    [InlineData("!!! ...", "no word to look for")]
    [InlineData("-test", "only words that must not stand")]
    [InlineData("a OR -b", "OR stands before -b")]
    [InlineData("mi* x", "at least 3 letters")]
    [InlineData("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33", "33 words; at most 32")]
    public void What_can_not_be_looked_for_is_refused(string typed, string why) => Assert.Contains(why, SearchWords.Parse(typed).Fault, StringComparison.Ordinal);

    [Theory]
    [InlineData("Kim Jong-un’s “TEST”\n\nNo. 5", "kim jong un s test no 5")]
    [InlineData("Łódź, Ørsted, Straße, İstanbul, ŒUVRE", "lodz orsted strasse istanbul oeuvre")]
    [InlineData("ＡＢＣ１２３ ﬁn", "abc123 fin")]
    [InlineData("2026년 북한이 AI기술을", "2026 년 북한이 ai 기술을")]
    [InlineData("習近平 and ミサイル", "習 近 平 and ミ サ イ ル")]
    [InlineData("Київ й Мосвка", "киів и мосвка")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("Plain: ASCII, No. 5!", "plain ascii no 5")]
    [InlineData("a\0b\uD800c", "a b c")]
    public void Text_is_folded(string text, string folded) => Assert.Equal(folded, string.Join(' ', FoldedText.WordsOf(text)));

    private static string Written((TextQuery? Query, string? Fault) read)
    {
        Assert.Null(read.Fault);
        var needed = string.Join(" + ", read.Query!.Needed.Select(group => string.Join('/', group.Select(Written))));
        return needed + string.Concat(read.Query.Excluded.Select(phrase => $" - {Written(phrase)}"));
    }

    private static string Written(TextPhrase phrase) => string.Join(' ', phrase.Words) + (phrase.IsPrefix ? "*" : "");
}
