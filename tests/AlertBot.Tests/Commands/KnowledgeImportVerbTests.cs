using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using AlertBot.Commands;
using AlertBot.Commands.Registers;
using AlertBot.Knowledge;
using CsCheck;

namespace AlertBot.Tests.Commands;

public sealed class KnowledgeImportVerbTests : IDisposable
{
    private static readonly string Registers = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Registers");

    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-import").FullName;

    private string Target => Path.Combine(_folder, "register.yaml");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_table_of_a_spreadsheet_becomes_actors()
    {
        var csv = Written("a.csv", "\uFEFFName;kind;aliases;role;of;from;to;country\r\n\"Smith; John\";person;\"J. Smith;\"\"Johnny\"\" Smith\";prime minister;Ruritania;2020;;\r\n"
            + "\r\nRuritania;country;;;;;;\r\n\"Smith; John\";person;;president;Ruritania;2010-05;2012;\r\nÅsa \"Ace\" Łuk;Person;;;;;;Ruritania\r\nACME\r\n;org;;;;;;Ruritania\r\n"
            .Replace("ACME\r\n;", "\"ACME\r\nGroup\";", StringComparison.Ordinal));

        var (exit, _, error) = await Import("csv", csv, "--into", Target);

        Assert.Equal((0, ""), (exit, error));
        var knowledge = KnowledgeFile.Load(Target);
        Assert.Equal(["acme-group", "asa-ace-luk", "ruritania", "smith-john"], knowledge.Actors.Select(actor => actor.Slug));
        var smith = knowledge.FindActor("smith-john")!;
        Assert.Equal(["Smith; John", "J. Smith", "\"Johnny\" Smith"], smith.Aliases);
        Assert.Equal(
            [new Role("president", "ruritania", new DateOnly(2010, 5, 1), new DateOnly(2012, 12, 31)), new Role("prime minister", "ruritania", new DateOnly(2020, 1, 1), null)],
            smith.Roles);
        Assert.Equal(new Role("body", "ruritania", null, null), Assert.Single(knowledge.FindActor("acme-group")!.Roles));
    }

    [Theory]
    [InlineData("", 1, "the file is empty")]
    [InlineData("name\nx\n", 1, "has no column 'kind'")]
    [InlineData("name,kind,name\nx,person,x\n", 1, "the column 'name' stands there twice")]
    [InlineData("name,kind\n,person\n", 2, "'name' is empty")]
    [InlineData("name,kind\nx,planet\n", 2, "kind 'planet' is unknown")]
    [InlineData("name,kind\nx,person,y\n", 2, "the row has 3 fields and the header row 2")]
    [InlineData("name,kind\n\"x\"y,person\n", 2, "the quotation marks of this row do not fit")]
    [InlineData("name,kind,slug\nx,person,Not A Slug\n", 2, "slug 'Not A Slug' must be")]
    [InlineData("name,kind,role\nx,person,king\n", 2, "the role has no country or body")]
    [InlineData("name,kind,from\nx,person,28.7.2023\n", 2, "'from' is '28.7.2023', which is no day")]
    [InlineData("name,kind,from,to\nx,person,2024,2023\n", 2, "'from' lies after 'to'")]
    public async Task A_faulty_table_is_told_with_its_line_and_changes_nothing(string csv, int line, string reason)
    {
        await Import("csv", Written("good.csv", "name,kind\nGood,person\n"), "--into", Target);
        var before = await File.ReadAllTextAsync(Target, Token);
        var path = Written("bad.csv", csv);

        var (exit, _, error) = await Import("csv", path, "--into", Target);

        Assert.Equal(1, exit);
        Assert.Contains($"{path}:{line}: ", error, StringComparison.Ordinal);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.EndsWith("nothing was written\n", error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Target, Token));
        Assert.DoesNotContain(Directory.GetFiles(_folder), file => file.EndsWith(".next", StringComparison.Ordinal));
    }

    [Fact]
    public void Any_texts_survive_a_table_and_the_file_made_of_it() =>
        Gen.Select(Gen.String[1, 20], Gen.String.Array[0, 3]).Where((name, _) => RegisterNames.Tidy(name).Any(char.IsAsciiLetter)).Sample((name, others) =>
        {
            var clean = new[] { name }.Concat(others).Select(text => RegisterNames.Tidy(new string([.. text.Where(c => !char.IsSurrogate(c) && c is not ('\uFFFD' or '\0' or ';'))]))).ToList();
            var csv = Written("any.csv", $"name,kind,aliases\n{Quoted(clean[0])},person,{Quoted(string.Join(';', clean.Skip(1)))}\n");
            var notes = new RegisterNotes();
            var read = new CsvRegister().Read(csv, notes).ToList();
            Assert.Empty(notes.Faults);
            var actor = Assert.Single(read);
            Assert.Equal(clean[0], actor.Name);

            using var yaml = new StringWriter();
            var made = new Actor("a", actor.Name, ActorKind.Person, null, actor.Aliases, [], [], null, []);
            KnowledgeYaml.Write([(made, actor.Ids)], yaml);
            var entry = Assert.Single(KnowledgeFile.Read(Written("any.yaml", yaml.ToString())).Actors);
            Assert.Equal((actor.Name, actor.Ids[0]), (entry.Actor.Name, entry.Ids[0]));
            Assert.Equal(actor.Aliases, entry.Actor.Aliases);
        }, iter: 300, threads: 1);

    [Fact]
    public async Task A_dump_becomes_actors_with_their_offices_and_scripts()
    {
        await Import("wikidata", Path.Combine(Registers, "wikidata-dump.json"), "--into", Target);

        var knowledge = KnowledgeFile.Load(Target);
        var macron = knowledge.FindActor("emmanuel-macron")!;
        Assert.Equal((ActorKind.Person, "Macron"), (macron.Kind, macron.Surname));
        Assert.Equal(["Emmanuel Macron", "Эмманюэль Макрон", "Emmanuel Jean-Michel Frédéric Macron"], macron.Aliases);
        Assert.Equal(
            [new Role("economy minister", "france", new DateOnly(2014, 1, 1), new DateOnly(2016, 8, 31)), new Role("president", "france", new DateOnly(2017, 5, 14), null)],
            macron.Roles);
        var france = knowledge.FindActor("france")!;
        Assert.Equal((ActorKind.Country, "Paris", "French"), (france.Kind, france.Capital, Assert.Single(france.Demonyms)));
        Assert.Contains("{\"wikidata\": \"Q142\"}", await File.ReadAllTextAsync(Target, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_shape_of_the_same_entities_gives_the_same_file()
    {
        var entities = (await File.ReadAllLinesAsync(Path.Combine(Registers, "wikidata-dump.json"), Token)).Where(line => line.Length > 2).Select(line => line.TrimEnd(',')).ToList();
        var wrapped = new JsonObject { ["entities"] = new JsonObject(entities.Select(line => JsonNode.Parse(line)!).Select(node => KeyValuePair.Create((string)node["id"]!, (JsonNode?)node))), ["success"] = 1 };
        var list = new JsonArray([.. entities.Select(line => JsonNode.Parse(line))]);
        string[] shapes =
        [
            Written("lines.json", string.Join('\n', entities)),
            Written("commas.json", string.Join(",\r\n", entities) + ","),
            Written("list.json", list.ToJsonString()),
            Written("spread-list.json", list.ToJsonString(new JsonSerializerOptions { WriteIndented = true })),
            Written("wrapped.json", wrapped.ToJsonString()),
            Written("spread.json", "\uFEFF" + wrapped.ToJsonString(new JsonSerializerOptions { WriteIndented = true })),
            Packed("dump.json.gz", string.Join('\n', entities)),
        ];
        var (_, dump, _) = await Import("wikidata", Path.Combine(Registers, "wikidata-dump.json"));

        foreach (var shape in shapes)
        {
            Assert.Equal((0, dump), await Import("wikidata", shape) is var (exit, yaml, _) ? (exit, yaml) : default);
        }
    }

    [Fact]
    public async Task The_rows_of_a_query_become_actors()
    {
        await Import("wikidata", Path.Combine(Registers, "wikidata-rows.json"), "--into", Target);

        var trump = Assert.Single(KnowledgeFile.Load(Target).Actors);
        Assert.Equal(("donald-trump", "Trump"), (trump.Slug, trump.Surname));
        Assert.Equal(["Donald Trump", "Donald J. Trump", "The Donald"], trump.Aliases);
        Assert.Equal(["president 2017", "president 2025"], trump.Roles.Select(role => $"{role.Title} {role.From!.Value.Year}"));
        Assert.All(trump.Roles, role => Assert.Equal("united-states", role.Of));
    }

    [Fact]
    public async Task Entities_of_OpenSanctions_become_actors()
    {
        var (_, summary, _) = await Import("opensanctions", Path.Combine(Registers, "opensanctions.jsonl"), "--into", _folder);

        var knowledge = KnowledgeFile.Load(Path.Combine(_folder, "imported-opensanctions.yaml"));
        var putin = knowledge.FindActor("vladimir-putin")!;
        Assert.Equal(["Vladimir Putin", "Владимир Путин", "Grey Cardinal"], putin.Aliases);
        Assert.Equal(new Role("president", "russia", new DateOnly(2012, 5, 7), null), Assert.Single(putin.Roles));
        Assert.Equal(new Role("body", "russia", null, null), Assert.Single(knowledge.FindActor("rosneft")!.Roles));
        Assert.Contains("1   Vessel is neither person, organization nor country", summary, StringComparison.Ordinal);
        Assert.Contains("russia (2)", summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wikidata", "{\"id\":\"Q1\",\"labels\":{}}\n{\"id\":\"Q2\",\"la\n", 2)]
    [InlineData("wikidata", "{\"entities\":{\n\"Q1\":{\"id\":\"Q1\"},\n\"Q2\":{\"id\"", 3)]
    [InlineData("opensanctions", "<html>\n", 1)]
    public async Task A_file_that_is_cut_off_is_told_and_nothing_is_written(string register, string text, int line)
    {
        var path = Written("cut.json", text);

        var (exit, _, error) = await Import(register, path, "--into", Target);

        Assert.Equal(1, exit);
        Assert.StartsWith($"{path}:{line}: the ", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task A_slug_stays_whatever_the_actor_is_called_later()
    {
        await Import("csv", Written("1.csv", "id,name,kind\n7,Kim Min,person\n8,Lee Go,person\n9,Old Hand,person\n"), "--into", Target);

        var (_, dry, _) = await Import("csv", Written("2.csv", "id,name,kind\n8,Lee Go,person\n7,Kim Minister,person\n10,Kim Min,person\n"), "--into", Target, "--dry-run");
        Assert.Null(KnowledgeFile.Load(Target).FindActor("kim-min-person"));
        var (_, summary, _) = await Import("csv", Path.Combine(_folder, "2.csv"), "--into", Target);

        Assert.Contains("+ kim-min-person  Kim Min\n~ kim-min  name, aliases\n        1 added\n        1 changed\n        1 unchanged\n        1 kept as they are", dry, StringComparison.Ordinal);
        Assert.EndsWith("dry run: nothing was written\n", dry, StringComparison.Ordinal);
        Assert.EndsWith($"wrote {Target}: 4 actors\n", summary, StringComparison.Ordinal);
        Assert.Equal("Kim Minister", KnowledgeFile.Load(Target).FindActor("kim-min")!.Name);
    }

    [Fact]
    public void Slugs_do_not_depend_on_the_order_and_a_second_import_changes_nothing() =>
        Gen.Select(Gen.OneOfConst("Kim Min", "KIM MIN", "김민", "Ann Lee", "…"), Gen.OneOfConst("minister", "king", "")).Array[1, 12].SelectMany(rows => Gen.Select(Gen.Const(rows), Gen.Shuffle(Enumerable.Range(0, rows.Length).ToArray()))).Sample((rows, order) =>
        {
            var actors = rows.Select((row, i) => new RegisterActor([("test", $"Q{i}")], null, ActorKind.Person, row.Item1, null, [row.Item1], [], [], null, [], [row.Item2], "here")).ToList();
            var empty = new KnowledgeReading([], [], [], []);

            var first = Yaml(new RegisterMerge(empty, Target, new RegisterNotes()).Merge(actors));
            Assert.Equal(first, Yaml(new RegisterMerge(empty, Target, new RegisterNotes()).Merge([.. order.Select(i => actors[i])])));
            var again = new RegisterMerge(KnowledgeFile.Read(Written("register.yaml", first)), Target, new RegisterNotes()).Merge([.. order.Select(i => actors[i])]);

            Assert.Equal((rows.Length, first), (again.Unchanged, Yaml(again)));
        }, iter: 100, threads: 1);

    [Fact]
    public async Task What_is_kept_by_hand_stays_as_it_is()
    {
        var hand = Written("hand.yaml", "# mine\nactors:\n  - slug: the-president\n    name: Putin\n    kind: person\n    ids: {wikidata: Q7747}\n");

        var (_, summary, _) = await Import("opensanctions", Path.Combine(Registers, "opensanctions.jsonl"), "--into", _folder);
        var (refused, _, error) = await Import("opensanctions", Path.Combine(Registers, "opensanctions.jsonl"), "--into", hand);

        Assert.Contains("kept by hand in hand.yaml, as the-president", summary, StringComparison.Ordinal);
        Assert.Equal(["the-president", "rosneft"], KnowledgeFile.Load(_folder).Actors.Select(actor => actor.Slug));
        Assert.Equal(2, refused);
        Assert.Contains("was not written by an import, and its comments and order would be lost", error, StringComparison.Ordinal);
        Assert.StartsWith("# mine", await File.ReadAllTextAsync(hand, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_that_somebody_put_into_the_imported_file_are_not_lost()
    {
        await Import("csv", Written("1.csv", "name,kind\nX,person\n"), "--into", Target);
        await File.AppendAllTextAsync(Target, "topics:\n  - {slug: t, name: T, keywords: [t]}\n", Token);

        var (exit, _, error) = await Import("csv", Path.Combine(_folder, "1.csv"), "--into", Target);

        Assert.Equal(1, exit);
        Assert.Contains("the file holds topics, which an import does not write", error, StringComparison.Ordinal);
        Assert.NotNull(KnowledgeFile.Load(Target).FindTopic("t"));
    }

    [Theory]
    [InlineData("President of France", "president", "France")]
    [InlineData("President of the French Republic", "president", "France", "French Republic")]
    [InlineData("Prime Minister of the United Kingdom", "prime minister", "United Kingdom")]
    [InlineData("United States Secretary of State", "secretary of state", "United States")]
    [InlineData("Minister of Foreign Affairs", "foreign minister")]
    [InlineData("Minister for Finance (Ireland)", "finance minister", "Ireland")]
    public void An_office_gets_the_title_that_news_writes(string label, string title, params string[] of) => Assert.Equal(title, OfficeTitle.Of(label, of));

    [Theory]
    [InlineData("Kim Yung-ho", "kim-yung-ho")]
    [InlineData("Łukasz Žižek-Øre", "lukasz-zizek-ore")]
    [InlineData("J.R.R. O’Neill & Sons", "jrr-oneill-and-sons")]
    [InlineData("김영호", "")]
    public void A_slug_is_made_of_the_name(string name, string slug) => Assert.Equal(slug, Slugs.Of(name));

    [Theory]
    [InlineData("Give --from with one of csv, wikidata, opensanctions.", "x.csv")]
    [InlineData("Give --from with one of csv, wikidata, opensanctions.", "--from", "excel", "x.csv")]
    [InlineData("Give one file.", "--from", "csv")]
    [InlineData("There is no file 'no-such.csv'.", "--from", "csv", "no-such.csv")]
    public async Task Wrong_usage_says_what_is_wrong(string reason, params string[] args)
    {
        using var error = new StringWriter();

        Assert.Equal(2, await KnowledgeImportVerb.RunAsync(args, TextWriter.Null, error, TimeProvider.System, Token));
        Assert.Contains(reason, error.ToString(), StringComparison.Ordinal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Yaml(ImportPlan plan)
    {
        using var yaml = new StringWriter();
        KnowledgeYaml.Write(plan.Actors, yaml);
        return yaml.ToString();
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Packed(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        using var file = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest));
        file.Write(text);
        return path;
    }

    private static async Task<(int Exit, string Output, string Error)> Import(string register, string file, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await KnowledgeImportVerb.RunAsync(["--from", register, file, .. args], output, error, TimeProvider.System, Token);
        return (exit, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
