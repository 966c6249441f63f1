namespace AlertBot.Feeds.Markup;

/// <summary>The names of one document in lower case, and the vocabularies of its namespaces; each is worked out once.</summary>
internal sealed class MarkupNames
{
    private readonly Dictionary<string, string> _lower = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Vocabulary> _vocabularies = new(StringComparer.Ordinal);

    public string Lower(ReadOnlySpan<char> name)
    {
        if (_lower.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var lower))
        {
            return lower;
        }

        var written = name.ToString();
        lower = written.ToLowerInvariant();
        Remember(_lower, written, lower);
        return lower;
    }

    public Vocabulary VocabularyOf(string space)
    {
        if (!_vocabularies.TryGetValue(space, out var vocabulary))
        {
            vocabulary = Vocabularies.OfNamespace(space);
            Remember(_vocabularies, space, vocabulary);
        }

        return vocabulary;
    }

    /// <summary>The vocabulary of a namespace; one that nobody knows is a slip of the pen, and the prefix tells what was meant.</summary>
    public Vocabulary VocabularyOf(string space, ReadOnlySpan<char> prefix)
    {
        var known = VocabularyOf(space);
        return known == Vocabulary.Other ? Vocabularies.OfPrefix(Lower(prefix)) : known;
    }

    private static void Remember<T>(Dictionary<string, T> known, string name, T value)
    {
        if (known.Count < MarkupLimits.Names)
        {
            known[name] = value;
        }
    }
}
