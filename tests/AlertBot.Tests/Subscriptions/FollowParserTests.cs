using AlertBot.Knowledge;
using AlertBot.Subscriptions;
using CsCheck;

namespace AlertBot.Tests.Subscriptions;

public sealed class FollowParserTests
{
    private static readonly KnowledgeBase Knowledge = KnowledgeFile.Load(new KnowledgeOptions().FullPath);

    [Theory]
    [InlineData("north-korea", "north-korea")]
    [InlineData("North Korea", "north-korea")]
    [InlineData("DPRK", "north-korea")]
    [InlineData("kim yung ho", "kim-yung-ho")]
    [InlineData("김영호", "kim-yung-ho")]
    [InlineData("topic:sanctions", "topic:sanctions")]
    [InlineData("sanctions", "topic:sanctions")]
    [InlineData("mentions:north-korea", "mentions:north-korea")]
    [InlineData("north-korea and sanctions not sport", "north-korea and topic:sanctions and not topic:sport")]
    [InlineData("north-korea or china and russia", "north-korea or china and russia")]
    [InlineData("(north-korea or china) and sanctions", "(north-korea or china) and topic:sanctions")]
    [InlineData("NORTH-KOREA AND NOT (sport OR economy)", "north-korea and not (topic:sport or topic:economy)")]
    [InlineData("north-korea, china", "north-korea or china")]
    [InlineData("north-korea & sanctions", "north-korea and topic:sanctions")]
    [InlineData("not not north-korea", "north-korea")]
    public void What_people_type_gets_its_normal_form(string typed, string normal) =>
        Assert.Equal(normal, Assert.IsType<FollowResult.Understood>(FollowParser.Parse(typed, Knowledge)).Expression.ToString());

    [Theory]
    [InlineData("nort-korea", "no actor and no topic", "north-korea")]
    [InlineData("topic:sanction-list", "no actor and no topic", "topic:sanctions")]
    [InlineData("kim", "Which one?", "kim-yung-ho")]
    public void A_name_that_is_not_clear_gets_suggestions(string typed, string why, string suggestion)
    {
        var fault = Assert.IsType<FollowResult.Misunderstood>(FollowParser.Parse(typed, Knowledge));
        Assert.Contains(why, fault.Why, StringComparison.Ordinal);
        Assert.True(suggestion == "kim-yung-ho" ? fault.Suggestions.All(s => s.StartsWith("kim-", StringComparison.Ordinal)) : fault.Suggestions.Contains(suggestion), string.Join(", ", fault.Suggestions));
    }

    [Theory]
    [InlineData("", "missing")]
    [InlineData("and north-korea", "missing before 'and'")]
    [InlineData("north-korea and", "missing at the end")]
    [InlineData("(north-korea", "closing parenthesis")]
    [InlineData("north-korea)", "a ')' too many")]
    [InlineData("not sport", "nearly every story")]
    [InlineData("north-korea or not sport", "nearly every story")]
    public void What_makes_no_sense_is_told(string typed, string why) =>
        Assert.Contains(why, Assert.IsType<FollowResult.Misunderstood>(FollowParser.Parse(typed, Knowledge)).Why, StringComparison.Ordinal);

    [Fact]
    public void Nesting_is_bounded() =>
        Assert.Contains("deep", Assert.IsType<FollowResult.Misunderstood>(FollowParser.Parse(new string('(', 200) + "china" + new string(')', 200), Knowledge)).Why, StringComparison.Ordinal);

    [Fact]
    public void A_normal_form_reads_back_to_itself_and_means_the_same()
    {
        var names = new[] { "north-korea", "china", "topic:sanctions", "topic:sport", "mentions:russia" };
        var leaf = Gen.Int[0, names.Length - 1].Select(i => names[i]);
        var typed = Gen.Recursive<string>((depth, inner) => depth > 3
            ? leaf
            : Gen.OneOf(leaf, Gen.Select(inner, inner, (a, b) => $"({a} and {b})"), Gen.Select(inner, inner, (a, b) => $"({a} or {b})"), inner.Select(a => $"not ({a})")));
        var tags = Gen.Int[0, names.Length - 1].HashSet[0, names.Length].Select(s => s.Select(i => Tag(names[i])).ToHashSet());
        Gen.Select(typed, tags).Sample((text, story) =>
        {
            if (FollowParser.Parse(text, Knowledge) is not FollowResult.Understood(var expression))
            {
                return;
            }

            var again = FollowParser.ParseStored(expression.ToString()!);
            var seen = new StoryTags(story, story);
            Assert.Equal(expression.ToString(), again.ToString());
            Assert.Equal(expression.Matches(seen, []), again.Matches(seen, []));
        });
    }

    [Fact]
    public void An_actor_in_passing_counts_only_where_that_is_asked_for()
    {
        var northKorea = new HashSet<TagName> { Tag("north-korea") };
        var passing = new StoryTags(new HashSet<TagName>(), northKorea);

        Assert.False(FollowParser.ParseStored("north-korea").Matches(passing, []));
        Assert.True(FollowParser.ParseStored("mentions:north-korea").Matches(passing, []));
        Assert.False(FollowParser.ParseStored("mentions:north-korea and not north-korea").Matches(passing, []));
    }

    private static TagName Tag(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return new TagName(text.StartsWith("topic:", StringComparison.Ordinal) ? TagKind.Topic : TagKind.Actor, text[(colon + 1)..]);
    }
}
