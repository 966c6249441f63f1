using AlertBot.Platforms;
using AlertBot.Platforms.Discord;

namespace AlertBot.Tests.Platforms.Discord;

public sealed class TopicColourTests
{
    private static readonly int[] Grounds = [0x1A1A1E, 0x313338, 0xF2F3F5, 0xFFFFFF];

    [Fact]
    public void A_topic_has_the_same_colour_for_ever() =>
        Assert.Equal(
            "728B10 12926F 128D94 139645",
            $"{Colour("sanctions"):X6} {Colour("missiles"):X6} {Colour("nuclear"):X6} {Colour("elections"):X6}");

    [Fact]
    public void Topics_are_spread_over_the_whole_palette() =>
        Assert.Equal(TopicColour.Palette.Order(), Enumerable.Range(0, 300).Select(i => Colour($"topic-{i}")).Distinct().Order());

    [Fact]
    public void A_problem_is_red_whatever_it_is_about() =>
        Assert.Equal(TopicColour.Problem, TopicColour.Of(Card.Problem("No") with { Topic = "sanctions" }));

    [Fact]
    public void Answers_and_alerts_without_a_topic_have_colours_of_their_own() =>
        Assert.Equal([TopicColour.Answer, TopicColour.Alert], new[] { CardTone.Answer, CardTone.Alert }.Select(t => TopicColour.Of(new Card("x") { Tone = t })));

    [Fact]
    public void Every_colour_stands_out_from_a_dark_and_a_light_ground() =>
        Assert.All(
            TopicColour.Palette.Concat([TopicColour.Answer, TopicColour.Alert, TopicColour.Problem]),
            colour => Assert.All(Grounds, ground => Assert.InRange(Contrast(colour, ground), 2.5, 21)));

    private static int Colour(string topic) => TopicColour.Of(new Card("x") { Topic = topic });

    // WCAG 2, contrast ratio.
    private static double Contrast(int one, int other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(int colour) => 0.2126 * Linear(colour >> 16) + 0.7152 * Linear(colour >> 8) + 0.0722 * Linear(colour);

    private static double Linear(int channel)
    {
        var value = (channel & 0xFF) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
