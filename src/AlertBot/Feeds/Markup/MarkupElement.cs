using System.Text;

namespace AlertBot.Feeds.Markup;

/// <summary>A run of text or an element, never both.</summary>
internal readonly record struct MarkupNode(string? Text, MarkupElement? Element);

/// <summary>An attribute under its name in lower case; only foreign prefixes are kept, as in <c>xml:base</c>.</summary>
internal readonly record struct MarkupAttribute(string Name, string Value);

/// <summary>
/// One element of a feed's tree, the same whether the strict or the liberal reader made it. Names are local and in lower case.
/// No tree is deeper than <see cref="MarkupLimits.Depth"/>, so that walking one by recursion is safe.
/// </summary>
internal sealed class MarkupElement(string name, string space, Vocabulary vocabulary, IReadOnlyList<MarkupAttribute> attributes)
{
    private MarkupNode[] _nodes = [];
    private int _count;

    public string Name { get; } = name;

    /// <summary>The namespace as written, or the prefix followed by a colon where it was never declared.</summary>
    public string Space { get; } = space;

    public Vocabulary Vocabulary { get; } = vocabulary;

    /// <summary>Whether its closing tag was never written, so that what lies in it may belong beside it.</summary>
    public bool IsUnclosed { get; internal set; }

    public ReadOnlySpan<MarkupNode> Nodes => _nodes.AsSpan(0, _count);

    public MarkupElements Elements => new(_nodes, _count);

    public bool HasAttributes => attributes.Count > 0;

    public bool HasElements => Elements.GetEnumerator().MoveNext();

    /// <summary>All text in the element and below it, as it stands.</summary>
    public string Text => Nodes switch
    {
        [] => "",
        [{ Text: { } only }] => only,
        _ => AllText(),
    };

    public string? Attribute(string name)
    {
        foreach (var attribute in attributes)
        {
            if (attribute.Name == name)
            {
                return attribute.Value;
            }
        }

        return null;
    }

    public MarkupElement? First(string name)
    {
        foreach (var element in Elements)
        {
            if (element.Name == name)
            {
                return element;
            }
        }

        return null;
    }

    internal void Add(string text) => Add(new MarkupNode(text, null));

    internal void Add(MarkupElement element) => Add(new MarkupNode(null, element));

    private string AllText()
    {
        var text = new StringBuilder();
        Append(this);
        return text.ToString();

        void Append(MarkupElement element)
        {
            foreach (var node in element.Nodes)
            {
                if (node.Element is { } inner)
                {
                    Append(inner);
                }
                else
                {
                    text.Append(node.Text);
                }
            }
        }
    }

    private void Add(MarkupNode node)
    {
        if (_count == _nodes.Length)
        {
            // Most have one text and no more.
            Array.Resize(ref _nodes, _count == 0 ? 1 : _count * 4);
        }

        _nodes[_count++] = node;
    }
}

/// <summary>What a hostile document may cost. Past a limit the rest is flattened or left out, never refused.</summary>
internal static class MarkupLimits
{
    public const int Depth = 200;
    public const int Elements = 400_000;
    public const int Attributes = 64;
    public const int Namespaces = 128;
    public const int Names = 10_000;
    public const int EntityExpansion = 1_000_000;
}
