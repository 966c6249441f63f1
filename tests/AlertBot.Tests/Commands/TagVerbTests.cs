using System.Text.Json;
using AlertBot.Commands;
using AlertBot.Tests.Tagging;

namespace AlertBot.Tests.Commands;

public sealed class TagVerbTests
{
    [Fact]
    public async Task A_story_is_answered_with_everything_that_was_found()
    {
        var (exit, lines, _) = await Run("""{"id":"a","title":"Kishida calls Putin","body":"🙂 Kishida said: “Enough.” Putin heard Japan’s call.","published":"2023-11-20"}""");

        Assert.Equal(0, exit);
        using var answer = JsonDocument.Parse(Assert.Single(lines));
        Assert.Equal("a", answer.RootElement.GetProperty("id").GetString());
        Assert.Contains("\"slug\":\"fumio-kishida\",\"salience\":\"main\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("{\"start\":2,\"end\":9,\"text\":\"Kishida\",\"slug\":\"fumio-kishida\",\"rule\":\"surname of Fumio Kishida, in office\",\"candidates\":[{\"name\":\"Fumio Kishida\",\"slug\":\"fumio-kishida\",\"score\":", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"quotes\":[{\"start\":17,\"end\":24,\"text\":\"Enough.\",\"speaker\":\"fumio-kishida\",\"speaker_name\":\"Fumio Kishida\",\"rule\":\"told before the quote\"}]", lines[0], StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, answer.RootElement.GetProperty("topics").ValueKind);
        Assert.Contains("{\"tag\":\"japan\",\"section\":\"body\",\"start\":38,\"end\":43,\"text\":\"Japan\",\"rule\":\"alias\"}", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_told_in_other_words_is_a_statement_and_no_quote()
    {
        var (_, lines, _) = await Run("""{"id":"a","body":"Putin said that Japan would wait.","published":"2023-11-20"}""");

        Assert.Contains("\"quotes\":[],\"statements\":[{\"start\":16,\"end\":32,\"text\":\"Japan would wait\",\"speaker\":\"vladimir-putin\",\"speaker_name\":\"Vladimir Putin\",\"rule\":\"reported in other words\"}]", lines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2023-11-20", "fumio-kishida")]
    [InlineData("2024-11-20T08:00:00+09:00", "shigeru-ishiba")]
    public async Task The_day_may_have_an_hour(string published, string slug)
    {
        var (_, lines, _) = await Run($$"""{"id":"a","body":"Japan's prime minister left.","published":"{{published}}"}""");

        Assert.Contains(slug, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"a","body":"The prime minister of Japan left.","published":null}""")]
    [InlineData("""{"id":"a","title":null,"body":"The prime minister of Japan left."}""")]
    public async Task Without_a_day_an_office_without_end_counts(string line)
    {
        var (exit, lines, _) = await Run(line);

        Assert.Equal(0, exit);
        Assert.Contains("shigeru-ishiba", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_faulty_line_is_answered_in_its_place()
    {
        var (exit, lines, _) = await Run("""

            no json
            {"id":"a","body":"Rain."}
            {"id":"b"}
            {"body":"Rain."}
            {"id":"c","body":7}
            {"id":"d","body":"Rain.","published":"soon"}
            [1]
            """);

        Assert.Equal(1, exit);
        Assert.Equal(7, lines.Length);
        Assert.Equal("{\"error\":\"the line is no JSON object\",\"line\":2}", lines[0]);
        Assert.StartsWith("{\"id\":\"a\"", lines[1], StringComparison.Ordinal);
        Assert.Equal("{\"error\":\"'body' is missing\",\"line\":4}", lines[2]);
        Assert.Equal("{\"error\":\"'id' is missing\",\"line\":5}", lines[3]);
        Assert.Equal("{\"error\":\"'body' must be a text\",\"line\":6}", lines[4]);
        Assert.Equal("{\"error\":\"'published' is 'soon', which is no date\",\"line\":7}", lines[5]);
        Assert.Equal("{\"error\":\"the line is no JSON object\",\"line\":8}", lines[6]);
    }

    [Fact]
    public async Task Letters_of_all_scripts_are_written_as_they_are()
    {
        var (_, lines, _) = await Run("""{"id":"é","body":"김영호는 말했다."}""");

        Assert.Contains("\"id\":\"é\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"text\":\"김영호는\"", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_is_no_error_and_wrong_usage_is()
    {
        var (help, text, _) = await Run("", "--help");
        var (wrong, _, error) = await Run("", "--knwoledge", "x");

        Assert.Equal((0, 2), (help, wrong));
        Assert.StartsWith("Usage: alertbot tag", text[0], StringComparison.Ordinal);
        Assert.StartsWith("Usage: alertbot tag", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faulty_knowledge_is_told_in_full_before_any_story_is_read()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("alertbot-tag").FullName, "k.yaml");
        await File.WriteAllTextAsync(path, "actors:\n  - slug: A\n    kind: person\n", TestContext.Current.CancellationToken);

        var (exit, lines, error) = await Run("""{"id":"a","body":"Rain."}""", "--knowledge", path);

        Assert.Equal(2, exit);
        Assert.Empty(lines);
        Assert.Contains($"{path}:2: 'name' is missing: add it\n", error, StringComparison.Ordinal);
        Assert.Contains($"{path}:2: slug 'A' must be", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string[] Lines, string Error)> Run(string input, params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = await TagVerb.RunAsync(
            args.Length > 0 ? args : ["--knowledge", Tagged.KnowledgePath], new StringReader(input), output, error, TestContext.Current.CancellationToken);
        return (exit, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), error.ToString());
    }
}
