using System.Runtime.CompilerServices;

namespace AlertBot.Feeds.Markup;

/// <summary>The names of one document in lower case, and the vocabularies of its namespaces; each is worked out once.</summary>
internal sealed class MarkupNames
{
    private readonly Dictionary<string, string> _lower = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Local, string Space, string Prefix), (string Name, Vocabulary Vocabulary)> _elements = new(SameStrings.Instance);
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

    /// <summary>The name and vocabulary of an element. The same strings, as a reader's name table gives them, are found the fastest.</summary>
    public (string Name, Vocabulary Vocabulary) Element(string local, string space, string prefix)
    {
        if (!_elements.TryGetValue((local, space, prefix), out var element))
        {
            element = (Lower(local), VocabularyOf(space, prefix));
            Remember(_elements, (local, space, prefix), element);
        }

        return element;
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

    private static void Remember<TKey, T>(Dictionary<TKey, T> known, TKey name, T value)
        where TKey : notnull
    {
        if (known.Count < MarkupLimits.Names)
        {
            known[name] = value;
        }
    }

    // By identity: an equal name that is another string is worked out once more.
    private sealed class SameStrings : IEqualityComparer<(string Local, string Space, string Prefix)>
    {
        public static SameStrings Instance { get; } = new();

        public bool Equals((string Local, string Space, string Prefix) x, (string Local, string Space, string Prefix) y) =>
            ReferenceEquals(x.Local, y.Local) && ReferenceEquals(x.Space, y.Space) && ReferenceEquals(x.Prefix, y.Prefix);

        public int GetHashCode((string Local, string Space, string Prefix) names) =>
            RuntimeHelpers.GetHashCode(names.Local) ^ RuntimeHelpers.GetHashCode(names.Space);
    }
}
