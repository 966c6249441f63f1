using System.Text.Json;
using AlertBot.Commands;

namespace AlertBot.Tests.Commands;

/// <summary>Questions are answered from the stories of a file, with the place of each sentence.</summary>
public sealed class AskVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-ask-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_answer_comes_with_the_place_of_its_sentences_or_not_at_all()
    {
        const string Body = "By Anna Berg\n\n😀 Crowds came. A fire destroyed three houses in Lisbon on Monday. Nobody was hurt, the mayor said.";
        var archive = Path.Combine(_folder, "stories.jsonl");
        await File.WriteAllLinesAsync(
            archive,
            [
                JsonSerializer.Serialize(new { id = "fire", title = "Blaze in Lisbon", body = Body, published = "2024-01-01" }),
                """{"id":"vote","title":"Vote in Oslo","text":"The parliament of Norway voted on the budget in Oslo."}""",
                """{"id":"head","title":"Penguins escape from zoo in Riga","body":""}""",
            ],
            TestContext.Current.CancellationToken);
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await AskVerb.RunAsync(
            ["--archive", archive],
            new StringReader("""
                {"id":"1","question":"How many houses did the fire in Lisbon destroy?"}
                {"id":"2","question":"Who won the chess championship in Madrid?"}
                {"id":"3","question":"Where did penguins escape from the zoo?"}
                {"id":"4"}
                """),
            output,
            error,
            TestContext.Current.CancellationToken);
        var lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        var answers = lines.Select(l => JsonDocument.Parse(l).RootElement).ToList();

        Assert.Equal((1, ""), (code, error.ToString()));
        Assert.StartsWith("A fire destroyed three houses in Lisbon on Monday. [1]", answers[0].GetProperty("answer").GetString(), StringComparison.Ordinal);
        var citation = answers[0].GetProperty("citations")[0];
        // Code points, as in a language that counts these.
        var points = Body.EnumerateRunes().Skip(citation.GetProperty("start").GetInt32()).Take(citation.GetProperty("end").GetInt32() - citation.GetProperty("start").GetInt32());
        Assert.Equal(("fire", "A fire destroyed three houses in Lisbon on Monday."), (citation.GetProperty("story").GetString(), string.Concat(points)));
        Assert.Equal(("fire", false), (answers[0].GetProperty("ranked")[0].GetString(), answers[0].GetProperty("abstained").GetBoolean()));
        Assert.Equal("""{"id":"2","answer":"The archive does not say.","citations":[],"ranked":[],"abstained":true}""", lines[1]);
        Assert.Equal("""[{"story":"head","start":0,"end":32,"section":"title"}]""", answers[2].GetProperty("citations").GetRawText());
        Assert.Equal("""{"error":"'question' is missing","line":4}""", lines[3]);
    }
}
