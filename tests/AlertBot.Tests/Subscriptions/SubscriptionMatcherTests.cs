using AlertBot.Knowledge;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using CsCheck;

namespace AlertBot.Tests.Subscriptions;

public sealed class SubscriptionMatcherTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 3, 9, 0, 0, TimeSpan.Zero);

    private static readonly Gen<TagName> Name = Gen.Select(Gen.OneOfConst(TagKind.Actor, TagKind.Topic), Gen.Int[0, 5], (kind, n) => new TagName(kind, $"t{n}"));

    private static readonly Gen<FollowExpression> Leaf = Gen.Select(Name, Gen.Bool, FollowExpression (name, inPassing) => new FollowExpression.Name(name, inPassing && name.Kind == TagKind.Actor));

    private static readonly Gen<FollowExpression> Expression = Gen.Recursive<FollowExpression>((depth, inner) => depth > 3 ? Leaf : Gen.OneOf(
        Leaf,
        inner.Select(FollowExpression (e) => new FollowExpression.Not(e)),
        inner.Array[2, 4].Select(FollowExpression (parts) => new FollowExpression.And(parts)),
        inner.Array[2, 4].Select(FollowExpression (parts) => new FollowExpression.Or(parts))));

    private static readonly Gen<DateTimeOffset?> Muting = Gen.OneOfConst((DateTimeOffset?)null, null, Now.AddHours(-1), Now, Now.AddHours(1));

    private static readonly Gen<Subscription[]> Follows = Gen.Select(Expression, Muting).Array[0, 30].Select(all => all.Select(
        (f, i) => new Subscription(i, new ChannelAddress("local", $"c{i % 7}"), f.Item1, "test", Now, f.Item2)).ToArray());

    private static readonly Gen<StoryTags> Tags = Gen.Select(Name.HashSet[0, 6], Name.HashSet[0, 4], (main, mentioned) => new StoryTags(main, main.Union(mentioned).ToHashSet()));

    [Fact]
    public void What_is_found_by_names_is_what_trying_all_finds() => Gen.Select(Follows, Tags).Sample((follows, tags) =>
    {
        var tried = new List<(long, string)>();
        foreach (var follow in follows.Where(f => f.MutedUntil is null || f.MutedUntil <= Now))
        {
            var because = new List<TagName>();
            if (follow.Expression.Matches(tags, because))
            {
                tried.Add((follow.Id, string.Join(' ', because.Distinct())));
            }
        }

        return tried.SequenceEqual(new SubscriptionMatcher(follows).Match(tags, Now).Select(m => (m.Subscription.Id, string.Join(' ', m.Because))));
    });

    [Theory]
    [InlineData("north-korea", "north-korea")]
    [InlineData("north-korea and sanctions", "north-korea")]
    [InlineData("topic:sanctions and (north-korea or russia)", "north-korea russia")]
    [InlineData("topic:sanctions and topic:war not sport", "topic:sanctions")]
    [InlineData("north-korea or topic:war", "north-korea topic:war")]
    public void A_follow_is_tried_only_where_a_name_is_that_it_cannot_do_without(string follow, string names) =>
        Assert.Equal(names, string.Join(' ', FollowParser.ParseStored(follow).OneOf!.Select(n => n.ToString()).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("not (not north-korea and not russia)")]
    [InlineData("not (not north-korea and not russia) or sanctions")]
    public void A_follow_that_does_not_tell_what_it_needs_is_always_tried(string follow) => Assert.Null(FollowParser.ParseStored(follow).OneOf);
}
