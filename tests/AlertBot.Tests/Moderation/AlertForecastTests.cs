using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Moderation;
using AlertBot.Platforms;
using AlertBot.Subscriptions;
using AlertBot.Tagging;

namespace AlertBot.Tests.Moderation;

public sealed class AlertForecastTests
{
    private static readonly DateTimeOffset Now = new(2024, 6, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly ChannelAddress Here = new("local", "desk");
    private static readonly ChannelAddress There = new("local", "other");
    private static readonly Subscription[] Both = [Follow(1, Here, "north-korea"), Follow(2, There, "north-korea"), Follow(3, There, "topic:sanctions")];

    [Fact]
    public void A_week_is_counted_from_the_dates_of_the_items()
    {
        // Two weeks, ten items, four of which name North Korea and one of those sanctions as well.
        var entries = Enumerable.Range(0, 10).Select(i => Entry(i < 3 ? "north" : i == 3 ? "north sanctions" : "", Now.AddDays(-14 + i)));

        var forecast = Of([.. entries], Both);

        Assert.Equal(new AlertForecast(TimeSpan.FromDays(14), 10, 0, 4, 8, 2), forecast);
        Assert.Equal(2, forecast.PerWeek(forecast.Here));
        Assert.Equal(4, forecast.PerWeek(forecast.Everywhere));
        Assert.Equal("Alerts in this channel: about 2 a week (4 in that time)\nAlerts in all channels: about 4 a week (8 in that time), in 2 channels\nThat rests on: its 10 items of the last 14 days", Facts(forecast));
    }

    [Fact]
    public void Only_the_last_four_weeks_count_where_the_feed_reaches_further_back()
    {
        var forecast = Of([Entry("north", Now.AddDays(-1)), Entry("north", Now.AddDays(-27)), Entry("north", Now.AddDays(-29)), Entry("north", Now.AddYears(-3))], Both);

        Assert.Equal(new AlertForecast(TimeSpan.FromDays(28), 2, 0, 2, 4, 2), forecast);
        Assert.Equal(0.5, forecast.PerWeek(2));
        Assert.Contains("less than one a week (2 in that time)", Facts(forecast), StringComparison.Ordinal);
    }

    [Fact]
    public void Items_without_a_past_date_are_left_out_and_told()
    {
        var forecast = Of([Entry("north", Now.AddDays(-7)), Entry("north", null), Entry("north", Now.AddDays(2))], Both);

        Assert.Equal(new AlertForecast(TimeSpan.FromDays(7), 1, 2, 1, 2, 2), forecast);
        Assert.Contains("its 1 item of the last 7 days; 2 items without a past date are not counted", Facts(forecast), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_item_has_a_date_no_week_is_made_up()
    {
        var forecast = Of([Entry("north", null), Entry("north", null), Entry("", null)], Both);

        Assert.Equal(new AlertForecast(null, 3, 0, 2, 4, 2), forecast);
        Assert.Null(forecast.PerWeek(2));
        Assert.Contains("2 alerts from its 3 items; a week can't be told", Facts(forecast), StringComparison.Ordinal);
        Assert.Contains("none of them has a past date", Facts(forecast), StringComparison.Ordinal);
    }

    [Fact]
    public void A_short_span_is_called_a_rough_guess()
    {
        var forecast = Of([Entry("north", Now.AddHours(-3)), Entry("north", Now.AddHours(-6))], Both);

        Assert.Equal(56, forecast.PerWeek(forecast.Here));
        Assert.Contains("about 56 a week (2 in that time)", Facts(forecast), StringComparison.Ordinal);
        Assert.Contains("its 2 items of the last 6 hours, so it is a rough guess", Facts(forecast), StringComparison.Ordinal);
    }

    [Fact]
    public void One_item_just_now_does_not_make_thousands_a_week() => Assert.Equal(168, Of([Entry("north", Now.AddSeconds(-1))], Both).PerWeek(1));

    [Fact]
    public void A_channel_without_follows_gets_none_and_is_told_why()
    {
        var forecast = Of([Entry("north", Now.AddDays(-7))], [Follow(1, There, "north-korea")]);

        Assert.Equal((0, 1, 1), (forecast.Here, forecast.Everywhere, forecast.Channels));
        Assert.Contains("this channel follows nothing yet", string.Join('\n', ForecastWords.Of(forecast, hasFollows: false).OfType<CardBlock.Facts>().SelectMany(f => f.Rows).Select(r => r.Value)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, "less than a minute")]
    [InlineData(59, "59 minutes")]
    [InlineData(60 * 47, "47 hours")]
    [InlineData(60 * 24 * 3, "3 days")]
    [InlineData(60 * 24 * 200, "6 months")]
    [InlineData(60 * 24 * 800, "2 years")]
    public void Stretches_of_time_are_told_in_their_largest_unit(double minutes, string words) => Assert.Equal(words, ForecastWords.Words(TimeSpan.FromMinutes(minutes)));

    private static string Facts(AlertForecast forecast) =>
        string.Join('\n', ForecastWords.Of(forecast, hasFollows: true).OfType<CardBlock.Facts>().SelectMany(f => f.Rows).Select(r => $"{r.Label}: {r.Value}"));

    private static AlertForecast Of(IReadOnlyList<FeedEntry> entries, Subscription[] follows) => AlertForecast.Of(entries, Tag, follows, Here, Now);

    // The words of an item are its tags, so that what is tagged plays no part here.
    private static TaggedText Tag(FeedEntry entry) => new(
        [.. entry.Title.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => new Tag(word == "north" ? new TagName(TagKind.Actor, "north-korea") : new TagName(TagKind.Topic, word), Salience.Main, []))], [], []) { Knowledge = null! };

    private static FeedEntry Entry(string words, DateTimeOffset? at) => new(null, null, words, null, at, null, null, null);

    private static Subscription Follow(long id, ChannelAddress channel, string expression) => new(id, channel, FollowParser.ParseStored(expression), "test", Now, null);
}
