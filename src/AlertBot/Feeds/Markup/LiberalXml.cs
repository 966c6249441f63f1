namespace AlertBot.Feeds.Markup;

/// <summary>
/// Reads whatever resembles XML into a tree: never fails, takes time in proportion to the text, fetches nothing. Missing closing tags
/// are supplied where a feed's shape shows that they are missing; closing tags of nothing are passed over.
/// </summary>
internal sealed class LiberalXml
{
    private readonly MarkupTree _tree = new();
    private readonly MarkupNames _names = new();
    private readonly XmlEntities _entities = new();
    private readonly List<(int Depth, string Prefix, string Space)> _namespaces = [];

    // For each open tag, where the one of the same name outside it stands, and the same for containers: no tag costs a search.
    private readonly List<(string Name, int Outer, int Container)> _openTags = [("", 0, 0)];
    private readonly Dictionary<string, int> _depths = [];
    private int _flattened;

    private LiberalXml()
    {
    }

    private int LastContainer => _openTags[^1].Container;

    public static MarkupElement Read(string text)
    {
        var reader = new LiberalXml();
        var scanner = new TagScanner(text);
        while (!reader._tree.IsFull && scanner.Next())
        {
            reader.Take(scanner);
        }

        reader.CloseTo(1);

        return reader._tree.Document;
    }

    private void Take(TagScanner scanner)
    {
        switch (scanner.Kind)
        {
            case TagKind.Text when FeedShape.IsContainer(_tree.Current.Name) && scanner.Value.IsWhiteSpace():
                break;
            case TagKind.Text:
                _tree.AddText(_entities.Decode(scanner.Value));
                break;
            case TagKind.Raw:
                _tree.AddText(scanner.Value.ToString());
                break;
            case TagKind.Doctype:
                _entities.Declare(scanner.Value.ToString());
                break;
            case TagKind.Start:
                Start(scanner);
                break;
            case TagKind.End:
                End(_names.Lower(scanner.Value));
                break;
        }
    }

    private void Start(TagScanner scanner)
    {
        var name = _names.Lower(scanner.Value);
        var local = _names.Lower(Local(name));
        Mend(local);
        if (_tree.IsDeep)
        {
            _flattened += scanner.IsSelfClosing ? 0 : 1;
            return;
        }

        var attributes = Attributes(scanner);
        var (space, vocabulary) = Resolve(Prefix(name));
        var element = new MarkupElement(local, space, vocabulary, attributes);
        _tree.Push(element);
        var depth = _openTags.Count;
        _openTags.Add((name, _depths.GetValueOrDefault(name), FeedShape.IsContainer(element.Name) ? depth : LastContainer));
        _depths[name] = depth;
        if (scanner.IsSelfClosing || (vocabulary is Vocabulary.Rss or Vocabulary.Atom or Vocabulary.Xhtml && FeedShape.IsVoid(element.Name)))
        {
            CloseTo(depth, isClosed: true);
        }
    }

    private List<MarkupAttribute> Attributes(TagScanner scanner)
    {
        var attributes = new List<MarkupAttribute>();
        foreach (var (rawName, rawValue) in scanner.Attributes)
        {
            var name = _names.Lower(rawName);
            if (name == "xmlns" || Prefix(name) is "xmlns")
            {
                Declare(name == "xmlns" ? "" : _names.Lower(Local(name)), _entities.Decode(rawValue));
            }
            else if (!attributes.Exists(attribute => attribute.Name == name))
            {
                attributes.Add(new MarkupAttribute(name, _entities.Decode(rawValue)));
            }
        }

        return attributes.ConvertAll(Known);

        MarkupAttribute Known(MarkupAttribute attribute) => Prefix(attribute.Name) is { Length: > 0 } prefix && Resolve(prefix).Vocabulary == Vocabulary.Rdf
            ? attribute with { Name = _names.Lower(Local(attribute.Name)) }
            : attribute;
    }

    private void Declare(string prefix, string space)
    {
        if (_namespaces.Count < MarkupLimits.Namespaces)
        {
            _namespaces.Add((_openTags.Count, prefix, space));
        }
    }

    private (string Space, Vocabulary Vocabulary) Resolve(ReadOnlySpan<char> prefix)
    {
        for (var i = _namespaces.Count - 1; i >= 0; i--)
        {
            if (prefix.SequenceEqual(_namespaces[i].Prefix))
            {
                return (_namespaces[i].Space, _names.VocabularyOf(_namespaces[i].Space, prefix));
            }
        }

        return prefix.Length == 0 ? ("", Vocabulary.Rss) : (string.Concat(prefix, ":"), Vocabularies.OfPrefix(prefix.ToString()));
    }

    /// <summary>Closes what must have ended before an element of this name starts.</summary>
    private void Mend(string starting)
    {
        var container = LastContainer;
        var field = container + 1;
        if (FeedShape.IsItem(starting) && _tree.Open[container].Name == starting)
        {
            CloseTo(container);
        }
        else if (field < _tree.Open.Count
            && _tree.Open[field].Vocabulary is Vocabulary.Rss or Vocabulary.Atom or Vocabulary.DublinCore or Vocabulary.Content or Vocabulary.FeedBurner
            && FeedShape.EndsWhen(_tree.Open[field].Name, starting))
        {
            CloseTo(field);
        }
    }

    private void End(string name)
    {
        if (_flattened > 0)
        {
            _flattened--;
            return;
        }

        var depth = _depths.GetValueOrDefault(name);
        if (depth == 0 && (_tree.Current.Name.AsSpan().SequenceEqual(Local(name)) || IsSlip(name)))
        {
            // A closing tag with the wrong prefix still closes the element it stands in.
            depth = _openTags.Count - 1;
        }

        if (depth > 0 && (depth >= LastContainer || FeedShape.IsContainer(_tree.Open[depth].Name)))
        {
            CloseTo(depth, isClosed: true);
        }
    }

    /// <summary>Whether a field is closed that was opened under a garbled name, straight in an item.</summary>
    private bool IsSlip(string name) => FeedShape.IsField(_names.Lower(Local(name)))
        && LastContainer == _openTags.Count - 2 && FeedShape.IsItem(_tree.Open[LastContainer].Name);

    private void CloseTo(int depth, bool isClosed = false)
    {
        for (var last = _openTags.Count - 1; last >= depth; last--)
        {
            _tree.Open[last].IsUnclosed = !isClosed || last > depth;
            _depths[_openTags[last].Name] = _openTags[last].Outer;
            _openTags.RemoveAt(last);
        }

        _tree.PopTo(depth);
        _flattened = 0;
        while (_namespaces.Count > 0 && _namespaces[^1].Depth >= depth)
        {
            _namespaces.RemoveAt(_namespaces.Count - 1);
        }
    }

    private static ReadOnlySpan<char> Prefix(string name) => name.AsSpan(0, Math.Max(0, name.IndexOf(':', StringComparison.Ordinal)));

    private static ReadOnlySpan<char> Local(string name) => name.AsSpan(name.IndexOf(':', StringComparison.Ordinal) + 1);
}
