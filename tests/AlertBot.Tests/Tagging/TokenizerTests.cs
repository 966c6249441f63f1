using AlertBot.Tagging.Reading;
using CsCheck;

namespace AlertBot.Tests.Tagging;

public sealed class TokenizerTests
{
    private static readonly Gen<string> Texts = Gen.OneOfConst(
        "a", "B", "s", "word", "longerwords", "CAPITALS", "x9", "7", "U.S.", "J. ", ".", ",", "'", "’", "'s", "-", "‑", " ", "\n", "\u00A0", "é", "É", "ı", "\u0301", "김", "는", "中", "ア", "Ж", "🙂", "—", "“", "\u05B0")
        .Array[0, 40].Select(parts => string.Concat(parts));

    // Short of the text's end words are read eight letters at a time, elsewhere one by one.
    [Fact]
    public void A_word_is_read_the_same_wherever_in_a_text_it_stands() =>
        Texts.Sample(text =>
        {
            var inside = Tokenizer.Read(text + new string('\n', 16));
            return Tokenizer.Read(text).SequenceEqual(inside) && inside.Where(token => token.IsWord).All(word => word.Hash == WordHash.Of(text.AsSpan(word.Start, word.Length)));
        });

    [Fact]
    public void Every_letter_and_digit_is_in_one_token() =>
        Texts.Sample(text =>
        {
            var owners = new int[text.Length];
            foreach (var token in Tokenizer.Read(text))
            {
                for (var at = token.Start; at < token.End; at++)
                {
                    owners[at]++;
                }
            }

            return text.Select((c, at) => char.IsLetterOrDigit(c) ? owners[at] == 1 : owners[at] <= 1).All(isRight => isRight);
        });

    [Theory]
    [InlineData("Türkiye", "TURKIYE")]
    [InlineData("Türkiye", "Tu\u0308rkiye")]
    [InlineData("U.S.", "us")]
    [InlineData("internationalisation", "INTERNATIONALISATION")]
    public void Case_marks_and_dots_make_no_other_word(string one, string other) => Assert.Equal(WordHash.Of(one), WordHash.Of(other));

    [Theory]
    [InlineData("abcdefgh", "abcdefg")]
    [InlineData("abcdefgh", "abcdefghi")]
    [InlineData("abcdefgh12345678", "12345678abcdefgh")]
    [InlineData("中国", "国中")]
    [InlineData("김", "긴")]
    public void Other_letters_make_another_word(string one, string other) => Assert.NotEqual(WordHash.Of(one), WordHash.Of(other));

    [Fact]
    public void A_text_longer_than_any_before_is_read_to_its_end()
    {
        var tokens = Tokenizer.Read(string.Concat(Enumerable.Repeat("a , ", 5_000)));

        Assert.Equal(10_000, tokens.Length);
        Assert.Equal(19_998, tokens[^1].Start);
    }
}
