using AlertBot.Lookups.Answers;
using AlertBot.Stories;
using AlertBot.Stories.Search;
using AlertBot.Tagging;

namespace AlertBot.Tests.Lookups.Answers;

/// <summary>What a model writes is kept only where its sources say it.</summary>
public sealed class AnswerCheckTests
{
    private static readonly IReadOnlyList<Passage> Sources =
    [
        Of("Kim Jong Un opened a hospital with 500 beds in Pyongyang on Sunday.", "Hospital opens"),
        Of("North Korea had built it in nine months, the agency said.", "Hospital opens"),
        Of("The museum will cost 26 billion won and open in 2026.", "Minister plans a museum"),
    ];

    [Theory]
    [InlineData("The hospital in Pyongyang has 500 beds [1].", "The hospital in Pyongyang has 500 beds [1]")]
    [InlineData("Kim Jong Un opened the hospital on Sunday. It was built in nine months. [1][2]", "Kim Jong Un opened the hospital on Sunday. [1] It was built in nine months. [2]")]
    [InlineData("The hospital has 700 beds [1].", "")]
    [InlineData("The hospital in Seoul has 500 beds [1].", "")]
    [InlineData("The hospital has 500 beds.", "")]
    [InlineData("The hospital has 500 beds [4].", "")]
    [InlineData("The hospital has 500 beds [0].", "")]
    [InlineData("The museum will cost 26 billion won [1].", "")]
    [InlineData("The museum will open in 2026 [3]. The hospital was a gift of aliens [1].", "The museum will open in 2026 [1]")]
    [InlineData("The hospital has 500 beds, see https://evil.example [1].", "")]
    [InlineData("@everyone the hospital has 500 beds [1].", "")]
    [InlineData("The hospital [has 500 beds](https://evil.example) [1].", "")]
    [InlineData("", "")]
    [InlineData("[1]", "")]
    [InlineData("The [hospital] has 500 beds", "")]
    public void Each_sentence_must_be_in_what_it_cites(string written, string kept)
    {
        var (sentences, sources) = AnswerCheck.Keep(written, Sources, Question.TermsOf("What is known of the hospital and the museum? Was it built?"));

        Assert.Equal(kept, string.Join(' ', sentences));
        Assert.Equal(kept.Length > 0, sources.Count > 0);
    }

    [Fact]
    public void What_does_not_speak_of_the_question_is_dropped() =>
        Assert.Empty(AnswerCheck.Keep("The museum will cost 26 billion won [3].", Sources, Question.TermsOf("How many beds has the hospital?")).Sentences);

    [Fact]
    public void Five_sentences_are_enough()
    {
        var source = Of(string.Join(' ', Enumerable.Range(1, 9).Select(n => $"Hospital number {n} opened.")), "");
        var (sentences, _) = AnswerCheck.Keep(string.Join(' ', Enumerable.Range(1, 9).Select(n => $"Hospital number {n} opened [1].")), [source], Question.TermsOf("Which hospital opened?"));

        Assert.Equal(5, sentences.Count);
    }

    private static Passage Of(string text, string title) => new(
        new Story(new StoryId(1), new StoryKey("x"), "https://one.example/1", title, null, text, "One", null, DateTimeOffset.UnixEpoch), TextSection.Body, 0, text.Length);
}
