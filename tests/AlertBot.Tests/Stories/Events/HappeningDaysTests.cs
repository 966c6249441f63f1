using AlertBot.Stories.Events;

namespace AlertBot.Tests.Stories.Events;

public sealed class HappeningDaysTests
{
    // A Wednesday.
    private static readonly DateTimeOffset Published = new(2031, 3, 5, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("The missile flew on Monday.", -2)]
    [InlineData("The missile flew on Wednesday.", 0)]
    [InlineData("It is Thursday morning in Seoul.", 1)]
    [InlineData("The missile flew yesterday.", -1)]
    [InlineData("The missile flew on March 3.", -2)]
    [InlineData("The missile flew on 28 February 2031.", -5)]
    [InlineData("Officials said on Wednesday that the missile flew on Sunday.", -3)]
    [InlineData("They told reporters late Wednesday what happened.", null)]
    [InlineData("They meet every Monday and next Friday, the Sunday Times wrote.", null)]
    [InlineData("Nobody names a day.", null)]
    public void The_first_day_told_is_reckoned_from_the_publish_date(string text, int? daysFromPublishing)
    {
        var days = HappeningDays.Of(new WordReader().Read(text, 100), Published);
        var today = HappeningDays.Of(new WordReader().Read("today", 1), Published).First!.Value;

        Assert.Equal(daysFromPublishing, days.First - today);
    }

    [Fact]
    public void Without_a_publish_date_weekdays_are_compared_as_names()
    {
        var monday = HappeningDays.Of(new WordReader().Read("On Monday", 2), null).First!.Value;
        var sunday = HappeningDays.Of(new WordReader().Read("On Sunday", 2), null).First!.Value;
        var date = HappeningDays.Of(new WordReader().Read("On March 3", 3), null).First!.Value;

        Assert.Equal(1, HappeningDays.Between(monday, sunday));
        Assert.Null(HappeningDays.Between(monday, date));
    }
}
