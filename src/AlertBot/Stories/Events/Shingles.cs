namespace AlertBot.Stories.Events;

/// <summary>
/// What a text is made of, five words at a time: enough of its hashes to tell how much of it stood in an earlier text. A
/// quarter of them is kept, always the same quarter, so that a copy that was cut or added to is still known.
/// </summary>
internal sealed class Shingles
{
    private const int Width = 5;
    private const uint KeepOneIn = 4;
    private const int TooFew = 8;
    private const double MostlyCopied = 0.5;

    private readonly HashSet<uint> _kept;

    private Shingles(HashSet<uint> kept) => _kept = kept;

    public static Shingles Of(IReadOnlyList<Word> words)
    {
        var kept = new HashSet<uint>();
        for (var i = 0; i + Width <= words.Count; i++)
        {
            var hash = 0u;
            for (var j = i; j < i + Width; j++)
            {
                hash = TermHash.Continue(hash, words[j].Form.Id);
            }

            if (hash % KeepOneIn == 0)
            {
                kept.Add(hash);
            }
        }

        return new Shingles(kept);
    }

    /// <summary>Whether most of this text stands in the earlier one. Of too short a text nobody can say.</summary>
    public bool IsCopyOf(Shingles earlier) => _kept.Count >= TooFew && _kept.Count(earlier._kept.Contains) >= MostlyCopied * _kept.Count;
}
