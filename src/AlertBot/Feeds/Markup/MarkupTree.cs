namespace AlertBot.Feeds.Markup;

/// <summary>Builds a tree from opening tags, text and closing tags, and holds the limits while doing so.</summary>
internal sealed class MarkupTree
{
    private readonly List<MarkupElement> _open = [];
    private int _elements;

    public MarkupTree() => _open.Add(Document);

    /// <summary>Stands above the root, as feeds in the wild have more than one.</summary>
    public MarkupElement Document { get; } = new("", "", Vocabulary.Other, []);

    public bool IsFull => _elements >= MarkupLimits.Elements;

    public bool IsDeep => _open.Count > MarkupLimits.Depth;

    /// <summary>The open elements, outermost first, the document at their head.</summary>
    public IReadOnlyList<MarkupElement> Open => _open;

    public MarkupElement Current => _open[^1];

    public void Push(MarkupElement element)
    {
        _elements++;
        Current.Add(element);
        _open.Add(element);
    }

    public void AddText(string text)
    {
        if (text.Length > 0)
        {
            Current.Add(text);
        }
    }

    public void PopTo(int depth) => _open.RemoveRange(depth, _open.Count - depth);
}
