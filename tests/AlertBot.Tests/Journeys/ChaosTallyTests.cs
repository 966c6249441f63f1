using AlertBot.Benchmarks.Chaos;
using CsCheck;

namespace AlertBot.Tests.Journeys;

/// <summary>The count at the end of chaos sees each fault.</summary>
public sealed class ChaosTallyTests
{
    private static readonly int[] Due = [.. Enumerable.Range(0, 12)];

    [Fact]
    public void What_is_shown_as_it_was_published_is_clean() => Assert.Equal(ChaosTally.Clean, Tally(Due));

    [Fact]
    public void Stories_of_different_feeds_have_no_order() => Assert.Equal(ChaosTally.Clean, Tally([1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10]));

    [Fact]
    public void A_later_story_of_a_feed_before_an_earlier_one_is_out_of_order() => Assert.Equal(new ChaosTally(0, 0, 1, 0), Tally([3, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11]));

    [Fact]
    public void What_was_never_published_is_unexpected() => Assert.Equal(new ChaosTally(0, 0, 0, 1), Tally([.. Due, 99]));

    [Fact]
    public void Each_missing_one_is_lost_and_each_repeat_is_double() =>
        Gen.Select(Gen.Int[0, 3].Array[Due.Length], Gen.Int).Sample((times, seed) =>
        {
            var shown = Due.SelectMany(story => Enumerable.Repeat(story, times[story])).ToArray();
            new Random(seed).Shuffle(shown);
            var tally = Tally(shown);
            return tally.Lost == times.Count(t => t == 0) && tally.Double == times.Sum(t => Math.Max(0, t - 1));
        });

    private static ChaosTally Tally(int[] shown) => ChaosTally.Of(Due, story => story % 3, shown);
}
