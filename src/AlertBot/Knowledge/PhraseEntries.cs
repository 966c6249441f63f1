namespace AlertBot.Knowledge;

/// <summary>Turns the YAML of weighted phrases into values, and reports what does not fit.</summary>
/// <param name="usual">The weight of a phrase that says none.</param>
internal sealed class PhraseEntries(string file, PhraseGrammar grammar, double usual, List<KnowledgeFault> faults)
{
    private static readonly string[] Keys = ["text", "weight", "near", "not", "within", "countries"];

    public IReadOnlyList<TopicPhrase> Read(YamlFields owner, string key)
    {
        var phrases = new List<TopicPhrase>();
        foreach (var item in owner.List(key))
        {
            if (item is YamlMapping mapping)
            {
                phrases.Add(ReadPhrase(new YamlFields(file, mapping, Keys, faults)));
            }
            else if (item is YamlText text && text.Text.Trim().Length > 0)
            {
                phrases.Add(new TopicPhrase(Checked(text.Text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => text with { Text = part })), usual));
            }
            else
            {
                owner.Fault(item.Line, $"'{key}' must hold phrases: \"words\", or {{text: \"words\", weight: 0.5, near: [\"other words\"]}}");
            }
        }

        return phrases;
    }

    private TopicPhrase ReadPhrase(YamlFields fields)
    {
        var texts = fields.Parts("text");
        if (texts.Count == 0)
        {
            fields.Fault(fields.LineOf("text"), "'text' is missing: add the words of the phrase");
        }

        return new TopicPhrase(Checked(texts), fields.Number("weight", TopicScale.Largest) ?? usual)
        {
            Near = Checked(fields.Parts("near")),
            Not = Checked(fields.Parts("not")),
            Within = ReadScope(fields),
            NeedsCountries = fields.Flag("countries"),
        };
    }

    private static PhraseScope ReadScope(YamlFields fields)
    {
        var within = fields.Optional("within");
        if (within is not (null or "sentence" or "story"))
        {
            fields.Fault(fields.LineOf("within"), $"'within' is '{within}': write sentence or story");
        }

        return within == "story" ? PhraseScope.Story : PhraseScope.Sentence;
    }

    private string[] Checked(IEnumerable<YamlText> texts)
    {
        var sound = new List<string>();
        foreach (var text in texts)
        {
            if (grammar.FaultOf(text.Text) is { } fault)
            {
                faults.Add(new KnowledgeFault(file, text.Line, fault));
            }
            else
            {
                sound.Add(text.Text);
            }
        }

        return [.. sound];
    }
}
