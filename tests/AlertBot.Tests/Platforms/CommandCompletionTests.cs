using System.Globalization;
using AlertBot.Platforms;
using AlertBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertBot.Tests.Platforms;

public sealed class CommandCompletionTests
{
    private readonly CommandRouter _router = new(SampleCommand.All(), new ModeratorRoles(), NullLogger<CommandRouter>.Instance);

    [Theory]
    [InlineData("/", "/echo |/feed add |/feed remove |/follow |/help |/latest |/who ")]
    [InlineData("/fe", "/feed add |/feed remove ")]
    [InlineData("/FEED ", "/feed add |/feed remove ")]
    [InlineData("/feed r", "/feed remove ")]
    [InlineData("fo", "/follow ")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("/xyz", "")]
    [InlineData("/who kim", "/who kim-yung-ho|/who kim-yo-jong")]
    [InlineData("who LEE", "/who lee-jae")]
    [InlineData("/who ", "/who kim-yung-ho|/who kim-yo-jong|/who lee-jae")]
    [InlineData("/who Kim Yo", "/who kim-yo-jong")]
    [InlineData("/feed remove ", "/feed remove news|/feed remove \"my weather\"")]
    [InlineData("/feed remove feed:my", "/feed remove feed:\"my weather\"")]
    [InlineData("/feed remove \"my w", "/feed remove \"my weather\"")]
    [InlineData("/feed remove news ", "")]
    [InlineData("/feed add ", "")]
    [InlineData("/follow kim AND (no", "/follow kim AND (north-korea")]
    [InlineData("/follow north-korea topic:s", "/follow north-korea topic:sanctions")]
    [InlineData("/help fe", "/help feed add|/help feed remove")]
    [InlineData("/help feed r", "/help feed remove")]
    public void A_line_is_gone_on_with(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', _router.Complete(text).Select(c => c.Line)));

    [Fact]
    public void A_name_comes_with_its_usage_and_summary() =>
        Assert.Equal([new Completion("/echo ", "/echo <text>", "Says the same again.")], _router.Complete("/ec"));

    [Fact]
    public void A_choice_comes_with_its_label_and_value() =>
        Assert.Equal([new Completion("/who lee-jae", "Lee Jae, speaker", "lee-jae")], _router.Complete("/who le"));

    [Fact]
    public void At_most_25_are_given()
    {
        var many = Enumerable.Range(0, 60).Select(n => new Choice(n.ToString(CultureInfo.InvariantCulture), "many"));
        var command = new SampleCommand(new CommandDescription("pick", "Picks.", new CommandOption("one", "One.") { Suggest = _ => many }) { Example = "pick 1" });

        Assert.Equal(25, new CommandRouter([command], new ModeratorRoles(), NullLogger<CommandRouter>.Instance).Complete("/pick ").Count);
    }
}
