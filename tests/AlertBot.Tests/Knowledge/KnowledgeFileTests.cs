using AlertBot.Knowledge;

namespace AlertBot.Tests.Knowledge;

public sealed class KnowledgeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertbot-knowledge").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_whole_actor_is_read_with_all_its_fields()
    {
        var knowledge = KnowledgeFile.Load(Written("all.yaml", """
            actors:
              - slug: south-korea
                name: "South Korea"
                kind: "country"
                aliases: ["South Korea", "한국"]
                demonyms: ["South Korean"]
                capital: "Seoul"
                metonyms: ["Seoul", "the South"]
              - slug: kim-yung-ho
                name: "Kim Yung-ho"
                kind: "person"
                surname: "Kim"
                aliases:
                  - "Kim Yung-ho"
                  - "김영호"
                roles:
                  - {"title": "unification minister", "of": "south-korea", "from": "2023-07-28", "to": null}
            topics:
              - slug: sanctions
                name: "Sanctions"
                definition: "Imposing or easing them."
                keywords: ["sanctions", "embargo"]
            """));

        var minister = knowledge.FindActor("kim-yung-ho");
        Assert.NotNull(minister);
        Assert.Equal((ActorKind.Person, "Kim"), (minister.Kind, minister.Surname));
        Assert.Equal(["Kim Yung-ho", "김영호"], minister.Aliases);
        Assert.Equal(new Role("unification minister", "south-korea", new DateOnly(2023, 7, 28), null), Assert.Single(minister.Roles));
        Assert.Equal(("Seoul", 2), (knowledge.FindActor("south-korea")!.Capital, knowledge.FindActor("south-korea")!.Metonyms.Count));
        Assert.Equal(["sanctions", "embargo"], knowledge.FindTopic("sanctions")!.Keywords);
    }

    [Fact]
    public void A_topic_may_weigh_its_phrases_by_context()
    {
        var topic = KnowledgeFile.Load(Written("topics.yaml", """
            topics:
              - slug: chips
                name: Chips
                threshold: 3
                matters: [trade]
                phrases:
                  - chipmaker; wafer
                  - {text: [fab, plant], weight: 0.5, near: [chip, wafer], not: "potato; casino", within: story}
            """)).FindTopic("chips")!;

        Assert.Equal((3, "trade"), (topic.Threshold, Assert.Single(topic.Matters!)));
        Assert.Equal(["chipmaker", "wafer"], topic.Phrases[0].Texts);
        var plant = topic.Phrases[1];
        Assert.Equal((0.5, PhraseScope.Story), (plant.Weight, plant.Within));
        Assert.Equal(["fab plant", "chip wafer", "potato casino"], [string.Join(' ', plant.Texts), string.Join(' ', plant.Near), string.Join(' ', plant.Not)]);
    }

    [Theory]
    [InlineData("topics:\n  - slug: a\n    name: A\n    keywords: [a]\n    definitions: x", 5, "unknown key 'definitions': did you mean 'definition'?")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    phrases: [{text: b, wieght: 1}]", 4, "unknown key 'wieght': did you mean 'weight'?")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    phrases:\n      - {text: b}\n      - {weight: 2}", 6, "'text' is missing")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    phrases:\n      - {text: b, weight: heavy}", 5, "'weight' is 'heavy': write a number above 0")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    phrases:\n      - {text: b, weight: -1}", 5, "'weight' is '-1': write a number above 0")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    phrases:\n      - {text: b, within: page}", 5, "'within' is 'page': write sentence or story")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    phrases:\n      - {text: b, countries: maybe}", 5, "'countries' is 'maybe': write true or false")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    phrases:\n      - {text: <rulers> meet}", 5, "there is no list <rulers>: known are <leaders>")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    phrases:\n      - {text: b, near: [\"…\"]}", 5, "holds no word")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    phrases:\n      - [b]", 5, "'phrases' must hold phrases")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    keywords: [b]\n    threshold: zero", 5, "'threshold' is 'zero': write a number above 0")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    keywords: [b]\n    matters: [sanction]", 5, "'sanction' is no matter of the phrase book: did you mean 'sanctions'?")]
    [InlineData("topics:\n  - slug: a\n    name: A\n    definition: Nothing to find it by.", 2, "'keywords' is empty")]
    [InlineData("people: []", 1, "unknown key 'people'")]
    [InlineData("actors:\n  - slug: a\n    name: A\n    kind: person\n    name: B", 5, "key 'name' stands here twice")]
    [InlineData("actors:\n  - slug: Kim_1\n    name: A\n    kind: person", 2, "slug 'Kim_1' must be")]
    [InlineData("actors:\n  - slug: a\n    kind: person", 2, "'name' is missing")]
    [InlineData("actors:\n  - slug: a\n    name: A\n    kind: planet", 4, "kind 'planet' is unknown")]
    [InlineData("actors:\n  - slug: a\n    name: A\n    kind: country\n    surname: B", 5, "only persons have a surname")]
    [InlineData("actors:\n  - slug: a\n    name: A\n    kind: person\n    scripts: [Hangul]", 5, "only countries have scripts")]
    [InlineData("actors:\n  - slug: a\n    name: A\n    kind: country\n    scripts: [Hangeul]", 5, "'Hangeul' is no script that is known")]
    [InlineData("actors:\n  - slug: a\n    name: A\n    kind: person\n    aliases: x", 5, "'aliases' must be a list")]
    [InlineData("actors:\n  - slug: a\n    name: A\n    kind: person\n    aliases: [x, [y]]", 5, "'aliases' must hold texts")]
    [InlineData("actors:\n  - slug: a\n    name: [A]\n    kind: person", 3, "'name' must be a text")]
    [InlineData("actors:\n  - just words", 2, "an actor must be a mapping")]
    [InlineData("- a\n- b", 1, "the file must be a mapping")]
    [InlineData("actors:\n  - slug: a\n    name: A\n    kind: person\n    roles:\n      - {title: head, of: a, from: 28.7.2023}", 6, "'from' is '28.7.2023', which is no day")]
    [InlineData("actors:\n  - slug: a\n    name: A\n    kind: person\n    roles:\n      - {title: head, of: a, from: 2024-01-01, to: 2023-01-01}", 6, "'from' lies after 'to'")]
    [InlineData("topics:\n  - slug: t\n    name: T\n    keywords: []", 4, "'keywords' is empty")]
    [InlineData("topics:\n  - slug: t\n    name: T", 2, "'keywords' is empty")]
    [InlineData("topics:\n  - slug: t\n    name: T\n    keywords: [a]\n  - slug: t\n    name: U\n    keywords: [b]", 5, "topic 't' is already at")]
    [InlineData("actors:\n  - slug: a\n    name: \"A\n", 3, "this is no YAML that can be read")]
    [InlineData("actors: &all []\n", 1, "anchors (&name) and tags (!name) are not read here")]
    [InlineData("actors: *all\n", 1, "aliases (*name) are not read here")]
    [InlineData("actors: !!seq []\n", 1, "anchors (&name) and tags (!name) are not read here")]
    [InlineData("actors: [[[[[[[[[[[]]]]]]]]]]]\n", 1, "nested deeper than 8 levels")]
    [InlineData("actors: []\n---\ntopics: []\n", 2, "a second document begins here")]
    [InlineData("", 1, "the file is empty")]
    [InlineData("# nothing but words\n", 1, "the file is empty")]
    public void A_fault_is_told_with_file_and_line(string yaml, int line, string reason)
    {
        var path = Written("faulty.yaml", yaml);

        var fault = Assert.Single(Assert.Throws<KnowledgeException>(() => KnowledgeFile.Load(path)).Faults);

        Assert.Equal((path, line), (fault.File, fault.Line));
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.StartsWith($"{path}:{line}: ", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_all_files_are_told_at_once()
    {
        Written("a.yaml", "actors:\n  - slug: a\n    name: A\n    kind: planet\n    aliases: x\n");
        Written("b.yml", "actors:\n  - slug: a\n    name: B\n    kind: person\n");
        Written("notes.txt", "not knowledge");

        var thrown = Assert.Throws<KnowledgeException>(() => KnowledgeFile.Load(_folder));

        Assert.Equal(["a.yaml:4", "a.yaml:5", "b.yml:2"], thrown.Faults.Select(fault => $"{Path.GetFileName(fault.File)}:{fault.Line}"));
        Assert.Equal(3, thrown.Message.Split('\n').Length);
    }

    [Theory]
    [InlineData("aliasses: [x]", 5, "unknown key 'aliasses': did you mean 'aliases'?")]
    [InlineData("population: 3", 5, "unknown key 'population': known are slug, name, kind")]
    [InlineData("roles: [{title: head, of: aa}]", 5, "'aa', which is no actor: did you mean 'a'? Else add that actor")]
    [InlineData("roles: [{title: head, of: far-away}]", 5, "'far-away', which is no actor: add that actor or correct the slug")]
    public void What_is_only_suspicious_is_told_and_stops_nothing(string field, int line, string reason)
    {
        var path = Written("odd.yaml", $"actors:\n  - slug: a\n    name: A\n    kind: person\n    {field}\n");
        var warnings = new List<KnowledgeFault>();

        var knowledge = KnowledgeFile.Load(path, warnings.Add);

        Assert.NotNull(knowledge.FindActor("a"));
        var warning = Assert.Single(warnings);
        Assert.Equal((path, line), (warning.File, warning.Line));
        Assert.Contains(reason, warning.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aliases: [Georgia]")]
    [InlineData("demonyms: [GEORGIA]")]
    [InlineData("metonyms: [georgia]")]
    [InlineData("aliases: [\"Georgia (US)\"]")]
    public void Several_actors_may_bear_one_name(string second)
    {
        var knowledge = KnowledgeFile.Load(Written("two.yaml", $"""
            actors:
              - slug: georgia
                name: Georgia
                kind: country
              - slug: georgia-state
                name: "Georgia (US)"
                kind: country
                {second}
            """));

        Assert.Equal(["georgia", "georgia-state"], knowledge.Actors.Select(actor => actor.Slug));
    }

    [Fact]
    public void A_slug_has_up_to_100_characters()
    {
        var longest = new string('a', 100);

        Assert.NotNull(KnowledgeFile.Load(Written("long.yaml", $"actors:\n  - {{slug: {longest}, name: A, kind: person}}\n")).FindActor(longest));
        Assert.Throws<KnowledgeException>(() => KnowledgeFile.Load(Written("longer.yaml", $"actors:\n  - {{slug: {longest}a, name: A, kind: person}}\n")));
    }

    [Fact]
    public void One_actor_may_write_its_name_in_several_cases()
    {
        var knowledge = KnowledgeFile.Load(Written("who.yaml", "actors:\n  - slug: who\n    name: WHO\n    kind: organization\n    aliases: [WHO, Who]\n"));

        Assert.Single(knowledge.Actors);
    }

    [Fact]
    public void The_files_of_a_folder_are_one_knowledge_base()
    {
        Written("1-countries.yaml", "actors:\n  - slug: japan\n    name: Japan\n    kind: country\n");
        Written("2-persons.yml", "actors:\n  - slug: shinzo-abe\n    name: Shinzo Abe\n    kind: person\n    roles: [{title: prime minister, of: japan}]\n");

        Assert.Equal(["japan", "shinzo-abe"], KnowledgeFile.Load(_folder).Actors.Select(actor => actor.Slug));
    }

    [Fact]
    public void A_folder_without_files_and_a_missing_file_are_faults()
    {
        Assert.Contains("holds no .yaml file", Assert.Throws<KnowledgeException>(() => KnowledgeFile.Load(_folder)).Message, StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<KnowledgeException>(() => KnowledgeFile.Load(Path.Combine(_folder, "no.yaml"))).Message, StringComparison.Ordinal);
    }

    private string Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
