using System.Text.Json;
using AlertBot.Commands;
using AlertBot.Commands.Evaluation;
using AlertBot.Tests.Support;
using AlertBot.Tests.Tagging;
using CsCheck;

namespace AlertBot.Tests.Commands;

public sealed class EvalVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-eval").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Figures_agree_with_the_scorer_of_the_gold_set_to_the_digit()
    {
        var (gold, python) = RequireScorer();
        var system = Path.Combine(_folder, "system.jsonl");
        using (var answers = new StreamWriter(system))
        {
            await TagVerb.RunAsync(["--knowledge", Path.Combine(gold, "knowledge.yaml")], File.OpenText(Path.Combine(gold, "dev.jsonl")), answers, TextWriter.Null, Token);
        }

        var printed = await ScorerOracle.RunAsync(python, Path.Combine(gold, "dev.jsonl"), system, Token);

        using var tagged = await FiguresAsync("--gold", Path.Combine(gold, "dev.jsonl"), "--knowledge", Path.Combine(gold, "knowledge.yaml"));
        using var judged = await FiguresAsync("--gold", Path.Combine(gold, "dev.jsonl"), "--system", system);
        Assert.Equal(printed, ScorerOracle.Printed(tagged.RootElement));
        Assert.Equal(printed, ScorerOracle.Printed(judged.RootElement));
    }

    [Fact]
    public async Task Figures_of_any_answers_agree_with_the_scorer()
    {
        var (_, python) = RequireScorer();
        var salience = Gen.OneOfConst("main", "mentioned");
        var slug = Gen.OneOfConst("a", "b", "c", "d");
        var nobody = Gen.OneOf(slug, Gen.Const((string?)null)!);
        var actors = Gen.Dictionary(slug, salience)[0, 4].Select(pairs => pairs.Select(pair => new { slug = pair.Key, salience = pair.Value }).ToArray());
        var spoken = Gen.OneOfConst("One.", "Two.", "“Two.”", "Three");
        var mention = Gen.Select(Gen.Int[0, 5], nobody).Select((start, who) => new { start, text = "x", slug = who });
        var quote = Gen.Select(Gen.Int[0, 5], spoken, nobody).Select((start, text, who) => new { start, text, speaker = who });
        var labels = Gen.Select(actors, slug.Array[0, 3], mention.Array[0, 4], quote.Array[0, 4], Gen.OneOfConst("t1", "t2", "t3").Array[0, 3]);
        var story = Gen.Select(labels, labels, Gen.Bool);

        await Gen.Select(story.Array[1, 12], Gen.Bool).SampleAsync(async (stories, hasSalience) =>
        {
            var gold = Written("gold.jsonl", stories.Select((pair, i) => new { id = $"s{i}", title = "T", actors = pair.Item1.Item1, topics = pair.Item1.Item2, mentions = pair.Item1.Item3, quotes = pair.Item1.Item4, traps = pair.Item1.Item5 }));
            var system = Written("system.jsonl", stories.Select((pair, i) => new
            {
                id = pair.Item3 ? $"s{i}" : $"stray{i}",
                actors = pair.Item2.Item1.Select(actor => hasSalience ? (object)actor : actor.slug),
                topics = pair.Item2.Item2,
                mentions = pair.Item2.Item3,
                quotes = pair.Item2.Item4,
            }));

            using var figures = await FiguresAsync("--gold", gold, "--system", system);

            Assert.Equal(await ScorerOracle.RunAsync(python, gold, system, Token), ScorerOracle.Printed(figures.RootElement));
        }, iter: 15, threads: 1);
    }

    [Theory]
    [InlineData(0.0625, "0.062")]
    [InlineData(0.1875, "0.188")]
    [InlineData(0.5005, "0.500")]
    [InlineData(0.0005, "0.001")]
    [InlineData(1.0, "1.000")]
    [InlineData(2 / 3.0, "0.667")]
    public void A_half_of_the_last_digit_is_rounded_as_the_scorer_does(double value, string text) => Assert.Equal(text, Digits.Three(value));

    [Fact]
    public async Task The_table_tells_the_figures_the_traps_and_the_speed()
    {
        var (exit, table, error) = await Run("--gold", Stories(), "--knowledge", Tagged.KnowledgePath);

        Assert.Equal((0, ""), (exit, error));
        Assert.Matches(@"actors +0\.667 +1\.000 +0\.500 +0\.667 +1\.000 +0\.500 +0\.500 +2 +1 +1 ", table);
        Assert.Matches(@"mentions +1\.000 \(1/1\)", table);
        Assert.Matches(@"quotes found +1\.000 +1\.000 +1\.000", table);
        Assert.Matches(@"two-\[kims\] +0\.667", table);
        Assert.Matches(@"1 stories tagged in .* a second", table);
    }

    [Fact]
    public async Task Verbose_lists_the_errors_of_each_story()
    {
        var system = Path.Combine(_folder, "system.jsonl");
        await File.WriteAllTextAsync(system, """{"id":"a","actors":["china","japan"],"topics":["sport"],"quotes":[{"start":50,"text":"Never."}],"mentions":[{"start":2,"slug":"japan"}]}""", Token);

        var (_, table, _) = await Run("--gold", Stories(), "--system", system, "--verbose");

        Assert.Contains(
            """
            a  Kishida calls
              actors missed: fumio-kishida
              actors wrong: china
              topics wrong: sport
              mention “Fumio Kishida” at 2: gold fumio-kishida, system japan
              quote not in gold: “Never.”
              quote missed: “Enough.”
            """, table, StringComparison.Ordinal);
        Assert.Contains("the answers give no salience", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_that_a_story_lacks_are_not_judged()
    {
        var gold = Path.Combine(_folder, "mentions-only.jsonl");
        await File.WriteAllTextAsync(gold, """{"id":"a","body":"Fumio Kishida said: “Enough.”","published":"2023-11-20","mentions":[{"start":0,"text":"Fumio Kishida","slug":"fumio-kishida"}]}""", Token);

        using var figures = await FiguresAsync("--gold", gold, "--knowledge", Tagged.KnowledgePath);

        Assert.Equal(1, figures.RootElement.GetProperty("mentions").GetProperty("accuracy").GetProperty("right").GetInt32());
        Assert.Equal(0, figures.RootElement.GetProperty("actors").GetProperty("system").GetInt32());
        Assert.Equal(0, figures.RootElement.GetProperty("no_actor_untagged").GetProperty("of").GetInt32());
    }

    [Fact]
    public async Task Lines_that_cannot_be_read_are_told_with_their_place_and_the_rest_is_judged()
    {
        var gold = Path.Combine(_folder, "gold.jsonl");
        await File.WriteAllTextAsync(
            gold,
            """
            no json
            {"title":"T","actors":[]}

            {"id":"b","body":"Rain."}
            {"id":"c","actors":[]}
            {"id":"d","body":"Rain.","actors":[{"name":"x"}]}
            {"id":"e","body":"Rain.","mentions":[{"start":"far","text":"x"}]}
            {"id":"f","body":"Rain.","quotes":[{"text":"x"}]}
            {"id":"g","body":"Rain.","topics":7}
            {"id":"h","body":"Rain.","actors":[]}
            {"id":"h","body":"Rain.","actors":[]}
            """, Token);

        var (exit, table, error) = await Run("--gold", gold, "--knowledge", Tagged.KnowledgePath);

        Assert.Equal(1, exit);
        Assert.Equal(
            [
                $"{gold}:1: the line is no JSON object",
                $"{gold}:2: 'id' is missing",
                $"{gold}:4: the story has no labels: give it 'actors', 'topics', 'mentions' or 'quotes'",
                $"{gold}:5: 'body' is missing",
                $"{gold}:6: 'actors[0]' must be a text or an object with a 'slug'",
                $"{gold}:7: 'mentions[0].start' must be a whole number",
                $"{gold}:8: a mention or quote lacks its 'start' or 'text'",
                $"{gold}:9: 'topics' must be a list",
                $"{gold}:11: id 'h' stands there twice: keep one",
            ],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("1 stories tagged", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_file_tells_how_far_it_is()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        await EvalVerb.RunAsync(["--gold", Stories(), "--knowledge", Tagged.KnowledgePath], output, error, new HastyTime(), Token);

        Assert.Matches(@"^1 stories, \d+ a second …", error.ToString());
    }

    [Fact]
    public async Task Json_can_go_to_a_file_beside_the_table()
    {
        var file = Path.Combine(_folder, "figures.json");

        var (_, table, _) = await Run("--gold", Stories(), "--knowledge", Tagged.KnowledgePath, $"--json={file}");

        Assert.Contains("micro F1", table, StringComparison.Ordinal);
        using var figures = JsonDocument.Parse(await File.ReadAllTextAsync(file, Token));
        Assert.Equal(0.5, figures.RootElement.GetProperty("actors").GetProperty("micro").GetProperty("recall").GetDouble());
        Assert.True(figures.RootElement.GetProperty("stories_per_second").GetDouble() > 0);
    }

    [Theory]
    [InlineData("Give --gold, and either --knowledge or --system.")]
    [InlineData("Give --gold, and either --knowledge or --system.", "--gold", "x")]
    [InlineData("Give --gold, and either --knowledge or --system.", "--gold", "x", "--knowledge", "y", "--system", "z")]
    [InlineData("There is no option --golden.", "--golden", "x")]
    [InlineData("--gold needs a value.", "--gold")]
    [InlineData("--gold is given twice.", "--gold", "x", "--gold", "y")]
    [InlineData("'more' is no option of this verb.", "--gold", "x", "--knowledge", "y", "more")]
    [InlineData("Could not find file", "--gold", "no-such-file", "--system", "no-such-file")]
    [InlineData("no-such-file:1: there is no such file or folder", "--gold", "no-such-file", "--knowledge", "no-such-file")]
    public async Task Wrong_usage_says_what_is_wrong(string reason, params string[] args)
    {
        var (exit, table, error) = await Run(args);

        Assert.Equal((2, ""), (exit, table));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (string Gold, string Python) RequireScorer()
    {
        var (gold, python) = (ScorerOracle.FindGold(), ScorerOracle.FindPython());
        Assert.SkipWhen(gold is null, "the labelled stories (shared/gold) are not beside this repository");
        Assert.SkipWhen(python is null, "python3 is not installed: apt-get install python3");
        return (gold!, python!);
    }

    /// <summary>One story of two actors, of whom the tagger can find one.</summary>
    private string Stories()
    {
        var path = Path.Combine(_folder, "stories.jsonl");
        File.WriteAllText(path, """
            {"id":"a","title":"Kishida calls","body":"🙂 Fumio Kishida said: “Enough.”","published":"2023-11-20","actors":[{"slug":"fumio-kishida","salience":"main"},{"slug":"japan","salience":"mentioned"}],"topics":[],"mentions":[{"start":2,"text":"Fumio Kishida","slug":"fumio-kishida"}],"quotes":[{"start":23,"text":"Enough.","speaker":"fumio-kishida"}],"traps":["two-[kims]"]}
            """);
        return path;
    }

    private string Written(string name, IEnumerable<object> lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines.Select(line => JsonSerializer.Serialize(line)));
        return path;
    }

    private static async Task<JsonDocument> FiguresAsync(params string[] args)
    {
        var (exit, json, error) = await Run([.. args, "--json", "-"]);
        Assert.Equal((0, ""), (exit, error));
        return JsonDocument.Parse(json);
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await EvalVerb.RunAsync(args, output, error, TimeProvider.System, Token);
        return (exit, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    /// <summary>A clock that is a second further each time somebody looks.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _looks++;
    }
}
