using AlertBot.Lookups.Answers;
using AlertBot.Tagging;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Lookups.Answers;

public sealed class FollowUpTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("What did Kim Yung-ho say about talks?", "and in 2022?", "What did Kim Yung-ho say about talks in 2022?")]
    [InlineData("What did Kim Yung-ho say in 2021?", "and in 2022?", "What did Kim Yung-ho say in 2022?")]
    [InlineData("What did Kim Yung-ho say last week?", "And since May 2024", "What did Kim Yung-ho say since May 2024?")]
    [InlineData("What does Japan want from North Korea?", "and China?", "What does Japan want from China?")]
    [InlineData("What does Japan sell?", "what about South Korea?", "What does South Korea sell?")]
    [InlineData("Who leads the party?", "and in Japan?", "Who leads the party in Japan?")]
    [InlineData("What did Kim Yung-ho say about talks?", "why does he want a museum?", "Why does he want a museum (Kim Yung-ho)?")]
    [InlineData("When did Anna Berg resign?", "and why did she leave?", "Why did she leave (Anna Berg)?")]
    [InlineData("What did Kim Yung-ho say?", "Who won the cup in Brazil?", "Who won the cup in Brazil?")]
    [InlineData("What did Kim Yung-ho say?", "What did Kim Jong Un say?", "What did Kim Jong Un say?")]
    public async Task A_question_goes_on_where_it_does_not_stand_for_itself(string before, string typed, string whole)
    {
        await using var bot = await BotHarness.StartAsync();
        Assert.Equal(whole, FollowUp.Resolve(before, typed, bot.Get<StoryTagger>(), Now));
    }

    [Theory]
    [InlineData("what happened in 2022?", "2022-01-01", "2023-01-01", true)]
    [InlineData("what happened since May 2024?", "2024-05-01", "2770-01-01", true)]
    [InlineData("what was said before 2020-03-05?", "1770-01-01", "2020-03-05", true)]
    [InlineData("what happened on 5 March 2020", "2020-03-05", "2020-03-06", true)]
    [InlineData("what happened yesterday?", "2024-05-31", "2024-06-01", false)]
    [InlineData("what did he say over the last 3 days?", "2024-05-29", "2024-06-01", false)]
    public void The_time_of_a_question_is_read(string question, string from, string to, bool isWritten)
    {
        var time = QuestionTime.Of(question, Now)!;

        Assert.Equal((from, to, isWritten), (Day(time.Period.From), Day(time.Period.To), time.IsWritten));
        Assert.DoesNotContain(time.Words, QuestionTime.Without(question, time), StringComparison.Ordinal);
        static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("how many people came in may?")]
    [InlineData("who won 3 medals?")]
    public void A_question_without_a_time_has_none(string question) => Assert.Null(QuestionTime.Of(question, Now));
}
