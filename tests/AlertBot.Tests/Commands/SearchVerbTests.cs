using AlertBot.Commands;

namespace AlertBot.Tests.Commands;

/// <summary>Questions are answered with the stories of a file.</summary>
public sealed class SearchVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-search-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_question_gets_the_stories_that_fit_best_and_a_faulty_line_its_fault()
    {
        var archive = Archive(
            """{"id":"fire","title":"Blaze in Lisbon","body":"A fire destroyed three houses in Lisbon. Nobody was hurt.","published":"2024-01-01"}""",
            """{"id":"vote","title":"Vote in Oslo","text":"The parliament of Norway voted on the budget in Oslo. The minister of finance, Anna Berg, was content. Later a fire alarm was heard."}""",
            """{"id":"match","title":"Cup","body":"The cup went to Lisbon after a long match in Oslo."}""");
        var (code, written, error) = await RunAsync(
            ["--archive", archive, "--top", "2"],
            """{"id":"1","question":"Which houses did the fire in Lisbon destroy?"}""",
            """{"id":"2","query":"Who is the finance minister of Norway?"}""",
            """{"id":"3","question":"What about quantum chromodynamics?"}""",
            """{"id":"4"}""",
            "no json");

        Assert.Equal((1, ""), (code, error));
        Assert.Equal(
            ["""{"id":"1","ranked":["fire","match"]}""", """{"id":"2","ranked":["vote"]}""", """{"id":"3","ranked":[]}""", """{"error":"'question' is missing","line":4}""", """{"error":"the line is no JSON object","line":5}"""],
            written);
    }

    [Fact]
    public async Task Who_is_named_is_found_under_all_names()
    {
        var knowledge = Path.Combine(_folder, "actors.yaml");
        await File.WriteAllTextAsync(knowledge, "actors:\n  - { slug: harbour-guard, name: Harbour Guard, kind: organization, aliases: [HGX] }\n", TestContext.Current.CancellationToken);
        var archive = Archive("""{"id":"a","body":"The HGX fired into the sea."}""", """{"id":"b","body":"The harbour has a new train, which runs every day but Sunday from early in the morning on."}""");
        const string Question = """{"id":"1","question":"What did Harbour Guard do?"}""";

        Assert.Equal(["""{"id":"1","ranked":["b"]}"""], (await RunAsync(["--archive", archive], Question)).Written);
        Assert.Equal(["""{"id":"1","ranked":["a"]}"""], (await RunAsync(["--archive", archive, "--knowledge", knowledge], Question)).Written);
    }

    [Theory]
    [InlineData("", "Usage:")]
    [InlineData("--archive", "--archive needs a value")]
    [InlineData("--archive x --top 0", "Usage:")]
    [InlineData("--archive /nowhere/at/all.jsonl", "all.jsonl")]
    [InlineData("--speed 3", "no option --speed")]
    public async Task Wrong_use_is_told(string line, string told)
    {
        var (code, _, error) = await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    private string Archive(params string[] lines)
    {
        var path = Path.Combine(_folder, "stories.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }

    private static async Task<(int Code, IReadOnlyList<string> Written, string Error)> RunAsync(IReadOnlyList<string> args, params string[] questions)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await SearchVerb.RunAsync(args, new StringReader(string.Join('\n', questions)), output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), error.ToString());
    }
}
