using AlertBot.Commands;
using AlertBot.Tests.Tagging;

namespace AlertBot.Tests.Commands;

public sealed class KnowledgeCheckVerbTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("alertbot-check").FullName, "k.yaml");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public async Task Files_without_a_blemish_are_counted_and_pass()
    {
        var (exit, lines) = await Check("""
            actors:
              - {slug: japan, name: Japan, kind: country, demonyms: [Japanese]}
              - {slug: turkey, name: Turkey, kind: country}
              - {slug: group-of-seven, name: G7, kind: organization}
              - slug: shinzo-abe
                name: Shinzo Abe
                kind: person
                surname: Abe
                aliases: [Shinzo Abe, Abe Shinzo]
                roles: [{title: prime minister, of: japan, from: 2012-12-26, to: 2020-09-16}]
              - slug: yoshihide-suga
                name: Yoshihide Suga
                kind: person
                roles: [{title: prime minister, of: japan, from: 2020-09-16, to: 2021-10-04}]
            topics:
              - {slug: sport, name: Sport, keywords: [goalkeeper]}
            """);

        Assert.Equal(0, exit);
        Assert.Equal("0 errors, 0 warnings", lines[^1]);
        Assert.Equal(
            ["persons 2", "organizations 1", "countries 2", "names and aliases 7", "offices 2", "topics 1"],
            lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0));
    }

    [Theory]
    [InlineData("size: 3", 5, "unknown key 'size'")]
    [InlineData("roles: [{title: head, of: nowhere, from: 2020-01-01}]", 5, "'nowhere', which is no actor")]
    [InlineData("roles: [{title: head, of: un}]", 5, "the office \"head\" of ann-other has no days and counts for every story: add 'from'")]
    [InlineData("roles: [{title: Chief, of: un, from: 2020-01-01}]", 5, "the office \"Chief\" of 'un' is held by bo-ring (k.yaml:8) and by ann-other at the same time")]
    [InlineData("aliases: [bo-RING]", 9, "\"Bo Ring\" names ann-other (k.yaml:5) as well as bo-ring")]
    [InlineData("aliases: [apple]", 5, "\"apple\" of ann-other is an everyday word and is found wherever it stands")]
    [InlineData("aliases: [Moon]", 5, "\"Moon\" of ann-other is an everyday word too")]
    [InlineData("aliases: [President]", 5, "\"President\" of ann-other is an everyday word too")]
    [InlineData("aliases: [A]", 5, "\"A\" of ann-other is a single letter")]
    [InlineData("aliases: [\"…\"]", 5, "\"…\" of ann-other is never found")]
    [InlineData("aliases: [a b c d e f g h i j k l m n o p]", 5, "is never found: a name has 1 to 15 words")]
    public async Task What_may_make_wrong_tags_is_told_with_its_place(string field, int line, string reason)
    {
        var (exit, lines) = await Check($$"""
            actors:
              - slug: ann-other
                name: Ann Other
                kind: person
                {{field}}
              - slug: bo-ring
                kind: person
                roles: [{title: chief, of: un, from: 2019-01-01, to: 2020-01-03}]
                name: Bo Ring
              - {slug: un, name: United Nations, kind: organization}
            """);

        Assert.Equal(1, exit);
        var warning = Assert.Single(lines, text => text.Contains(": warning: ", StringComparison.Ordinal));
        Assert.StartsWith($"{_path}:{line}: warning: ", warning, StringComparison.Ordinal);
        Assert.Contains(reason.Replace("k.yaml", _path, StringComparison.Ordinal), warning, StringComparison.Ordinal);
        Assert.Equal("0 errors, 1 warnings", lines[^1]);
    }

    [Fact]
    public async Task Faults_and_warnings_are_told_together()
    {
        var (exit, lines) = await Check("actors:\n  - {slug: A, name: Ann, kind: planet}\n  - {slug: b, name: ann, kind: person}\n");

        Assert.Equal(2, exit);
        Assert.StartsWith($"{_path}:2: error: slug 'A' must be", lines[0], StringComparison.Ordinal);
        Assert.StartsWith($"{_path}:2: error: kind 'planet' is unknown", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{_path}:3: warning: \"ann\" names A ", lines[2], StringComparison.Ordinal);
        Assert.Equal("2 errors, 1 warnings", lines[^1]);
    }

    [Fact]
    public async Task Names_of_many_are_counted_and_the_warnings_are_cut()
    {
        var smiths = string.Concat(Enumerable.Range(0, 30).Select(n => $"  - {{slug: smith-{n}, name: John Smith, kind: person, surname: Smith}}\n"));

        var (exit, lines) = await Check($"actors:\n{smiths}");
        var (_, all) = await Check($"actors:\n{smiths}", "--all");

        Assert.Equal(1, exit);
        Assert.Equal(20, lines.Count(line => line.Contains(": warning: ", StringComparison.Ordinal)));
        Assert.Contains("… and 9 more warnings like these (--all tells them)", lines);
        Assert.Equal(29, all.Count(line => line.Contains(": warning: ", StringComparison.Ordinal)));
        Assert.Contains(lines, line => line.Contains("1 names of several actors", StringComparison.Ordinal));
        Assert.Matches("(?m)^  John Smith +30 +smith-0, smith-1, smith-2, smith-3, smith-4, 25 more", string.Join('\n', lines));
        Assert.Matches("(?m)^  Smith +30 +smith-0", string.Join('\n', lines));
    }

    [Fact]
    public async Task An_office_of_many_seats_is_told_once()
    {
        var members = string.Concat(Enumerable.Range(0, 30).Select(n => $"  - {{slug: m-{n}, name: Member {n}, kind: person, roles: [{{title: member, of: un, from: 20{10 + (n % 10)}-01-01}}]}}\n"));

        var (_, lines) = await Check($"actors:\n  - {{slug: un, name: United Nations, kind: organization}}\n{members}");

        Assert.Contains("the office \"member\" of 'un' has 30 holders at one time or another", Assert.Single(lines, line => line.Contains(": warning: ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Knowledge_for_the_tests_has_no_faults() =>
        Assert.NotEqual(2, await KnowledgeCheckVerb.RunAsync([Tagged.KnowledgePath], TextWriter.Null, TextWriter.Null, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("Give one file or folder.")]
    [InlineData("Give one file or folder.", "a", "b")]
    [InlineData("There is no option --al.", "a", "--al")]
    public async Task Wrong_usage_says_what_is_wrong(string reason, params string[] args)
    {
        using var error = new StringWriter();

        Assert.Equal(2, await KnowledgeCheckVerb.RunAsync(args, TextWriter.Null, error, TestContext.Current.CancellationToken));
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
    }

    private async Task<(int Exit, string[] Lines)> Check(string yaml, params string[] options)
    {
        await File.WriteAllTextAsync(_path, yaml, TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        var exit = await KnowledgeCheckVerb.RunAsync([.. options, _path], output, TextWriter.Null, TestContext.Current.CancellationToken);
        return (exit, output.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
