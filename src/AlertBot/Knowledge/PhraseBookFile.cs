namespace AlertBot.Knowledge;

/// <summary>Reads the phrase book from the YAML files of a folder. The scale and the word lists stand in one of them, before the matters.</summary>
internal sealed class PhraseBookFile
{
    private static readonly string[] FileKeys = ["scale", "lists", "irregular", "negations", "negations-after", "background", "exclusions", "matters"];
    private static readonly string[] MatterKeys = ["name", "about", "needs", "silences", "meeting", "phrases"];

    private static readonly string[] ScaleKeys =
        ["threshold", "main", "near-miss", "beside", "most", "keyword", "headline", "first-sentence", "lead", "body", "repeated", "sentence", "scattered", "background", "countries", "silencing", "loudness"];

    private readonly List<KnowledgeFault> _faults = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _irregular = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _words = new(StringComparer.Ordinal);
    private readonly List<Matter> _matters = [];
    private TopicScale? _scale;

    /// <exception cref="KnowledgeException">Something is wrong in the files; it lists all of it.</exception>
    public static PhraseBook Load(string folder)
    {
        var book = new PhraseBookFile();
        foreach (var file in KnowledgeFile.FilesOf(folder, book._faults))
        {
            if (KnowledgeFile.ReadFile(file, book._faults) is { } root)
            {
                book.Read(file, root);
            }
        }

        if (book._scale is null)
        {
            book._faults.Add(new KnowledgeFault(folder, 1, "no file holds the 'scale': add it"));
        }

        return book._faults.Count > 0 ? throw new KnowledgeException(book._faults) : new PhraseBook(book._scale!, book._matters)
        {
            Grammar = new PhraseGrammar(book._lists, book._irregular),
            Negations = book.WordsOf("negations"),
            NegationsAfter = book.WordsOf("negations-after"),
            Background = book.WordsOf("background"),
            Exclusions = book.WordsOf("exclusions"),
        };
    }

    private void Read(string file, YamlValue root)
    {
        if (root is not YamlMapping mapping)
        {
            _faults.Add(new KnowledgeFault(file, root.Line, "the file must be a mapping with 'matters:'"));
            return;
        }

        var fields = new YamlFields(file, mapping, FileKeys, _faults);
        foreach (var entry in fields.Mapping("lists"))
        {
            _lists[entry.Key] = [.. new YamlFields(file, new YamlMapping(entry.Line, [entry]), [entry.Key], _faults).Parts(entry.Key).Select(part => part.Text)];
        }

        foreach (var verb in fields.Parts("irregular").Select(part => part.Text.Split(' ')))
        {
            _irregular[verb[0]] = verb[1..];
        }

        foreach (var key in FileKeys[3..^1])
        {
            _words[key] = [.. WordsOf(key), .. fields.Parts(key).Select(part => part.Text)];
        }

        if (fields.Mapping("scale") is { Count: > 0 } scale)
        {
            _scale = ReadScale(new YamlFields(file, new YamlMapping(fields.LineOf("scale"), scale), ScaleKeys, _faults));
        }

        foreach (var item in fields.List("matters"))
        {
            ReadMatter(file, item);
        }
    }

    private void ReadMatter(string file, YamlValue item)
    {
        if (item is not YamlMapping mapping)
        {
            _faults.Add(new KnowledgeFault(file, item.Line, "a matter must be a mapping with name, about, phrases"));
            return;
        }

        var fields = new YamlFields(file, mapping, MatterKeys, _faults);
        var phrases = new PhraseEntries(file, new PhraseGrammar(_lists, _irregular), 1, _faults);
        _matters.Add(new Matter(fields.Required("name"), [.. fields.Parts("about").Select(part => part.Text)], phrases.Read(fields, "phrases"))
        {
            Needs = (int)(fields.Number("needs", TopicScale.Largest) ?? 1),
            Silences = fields.Flag("silences"),
            Meeting = fields.Number("meeting", TopicScale.Largest) ?? 0,
        });
    }

    private static TopicScale ReadScale(YamlFields fields)
    {
        return new TopicScale
        {
            Threshold = Of("threshold"),
            Main = Of("main"),
            NearMiss = Of("near-miss"),
            Beside = Of("beside"),
            Most = (int)Of("most"),
            Keyword = Of("keyword"),
            Headline = Of("headline"),
            FirstSentence = Of("first-sentence"),
            Lead = Of("lead"),
            Body = Of("body"),
            Repeated = Of("repeated"),
            Sentence = Of("sentence"),
            Scattered = Of("scattered"),
            Background = Of("background"),
            Countries = Of("countries"),
            Silencing = Of("silencing"),
            Loudness = Of("loudness"),
        };

        double Of(string key)
        {
            _ = fields.Required(key);
            return fields.Number(key, TopicScale.Largest) ?? 1;
        }
    }

    private List<string> WordsOf(string key) => _words.GetValueOrDefault(key) ?? [];
}
