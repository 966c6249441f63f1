using AlertBot.Commands;

namespace AlertBot.Tests.Commands;

public sealed class EventsVerbTests
{
    [Fact]
    public async Task Each_story_is_answered_in_its_order_and_a_faulty_line_in_its_place()
    {
        var (exit, lines, _) = await Run("""
            {"id":"a","title":"Mine collapses in Olvera","body":"Nine miners are trapped in the Olvera copper mine, minister Paula Fuentes said.","published":"2031-05-05T08:00:00Z","source":"Post"}
            no json
            {"id":"b","text":"A cup final in Rome was won by Leipzig.","url":"https://sport.example/1"}
            {"id":"c","title":"Olvera mine: nine trapped","body":"Rescuers drill for nine miners at the copper mine of Olvera. Paula Fuentes, the minister, is there.","published":"2031-05-05"}
            {"id":"d"}
            """);

        Assert.Equal(1, exit);
        Assert.Equal(
            [
                """{"id":"a","event":"a"}""",
                """{"error":"the line is no JSON object","line":2}""",
                """{"id":"b","event":"b"}""",
                """{"id":"c","event":"a"}""",
                """{"error":"'body' is missing","line":5}""",
            ],
            lines);
    }

    [Fact]
    public async Task It_takes_no_options_and_says_how_it_is_used()
    {
        var (helped, text, _) = await Run("", "--help");
        var (refused, _, error) = await Run("", "--window", "3");

        Assert.Equal((0, 2), (helped, refused));
        Assert.StartsWith("Usage: alertbot events", text[0], StringComparison.Ordinal);
        Assert.StartsWith("Usage: alertbot events", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string[] Lines, string Error)> Run(string input, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await EventsVerb.RunAsync(args, new StringReader(input), output, error, TestContext.Current.CancellationToken);
        return (exit, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), error.ToString());
    }
}
