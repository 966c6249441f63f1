using System.Collections;

namespace AlertBot.Feeds.Markup;

/// <summary>The elements among the nodes of one. Going through them costs nothing.</summary>
internal readonly struct MarkupElements(MarkupNode[] nodes, int count) : IEnumerable<MarkupElement>
{
    public Enumerator GetEnumerator() => new(nodes, count);

    IEnumerator<MarkupElement> IEnumerable<MarkupElement>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public struct Enumerator(MarkupNode[] nodes, int count) : IEnumerator<MarkupElement>
    {
        private int _at = -1;

        public readonly MarkupElement Current => nodes[_at].Element!;

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            while (++_at < count)
            {
                if (nodes[_at].Element is not null)
                {
                    return true;
                }
            }

            return false;
        }

        public void Reset() => _at = -1;

        public readonly void Dispose()
        {
        }
    }
}
