using AlertBot.Knowledge;
using AlertBot.Tests.Support;

namespace AlertBot.Tests.Knowledge;

public sealed class SeverityTests
{
    private static readonly KnowledgeSnapshot Known = new([], [Topic("sport", Severity.Routine), Topic("summits", null), Topic("missiles", Severity.Urgent)]);

    [Theory]
    [InlineData("north-korea", "routine")]
    [InlineData("topic:sport", "routine")]
    [InlineData("topic:summits", "notable")]
    [InlineData("topic:sport topic:missiles topic:summits", "urgent")]
    [InlineData("missiles", "routine")]
    public void A_story_is_as_urgent_as_its_most_urgent_topic(string tags, string severity) =>
        Assert.Equal(severity, Known.SeverityOf(tags.Split(' ').Select(TagName.Parse)).Word());

    [Fact]
    public void A_topic_that_becomes_urgent_makes_no_archive_old() =>
        Assert.Equal(Known.Hash, Known.With(Topic("sport", Severity.Urgent)).Hash);

    [Fact]
    public async Task A_moderator_says_how_urgent_a_topic_is_and_takes_it_back()
    {
        await using var bot = await BotHarness.StartAsync();
        var knowledge = bot.Get<KnowledgeBase>();

        Assert.StartsWith("sanctions was not edited", (await bot.SayAsync("/topics severity sanctions huge")).Title, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Edited Sanctions", (await bot.SayAsync("/topics severity sanctions urgent")).Title);
        Assert.Equal(Severity.Urgent, knowledge.FindTopic("sanctions")!.Severity);
        await bot.RestartAsync();
        Assert.Equal(Severity.Urgent, bot.Get<KnowledgeBase>().FindTopic("sanctions")!.Severity);
        await bot.SayAsync("/undo 1");
        Assert.Null(bot.Get<KnowledgeBase>().FindTopic("sanctions")!.Severity);
    }

    private static Topic Topic(string slug, Severity? severity) => new(slug, slug, "", [slug]) { Severity = severity };
}
