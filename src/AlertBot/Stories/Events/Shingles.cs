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

    private readonly uint[] _kept;

    private Shingles(uint[] kept) => _kept = kept;

    public static Shingles Of(IReadOnlyList<Word> words)
    {
        var kept = new List<uint>();
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

        kept.Sort();
        return new Shingles([.. kept]);
    }

    /// <summary>Whether most of this text stands in the earlier one. Of too short a text nobody can say.</summary>
    public bool IsCopyOf(Shingles earlier) => _kept.Length >= TooFew && _kept.Count(shingle => Array.BinarySearch(earlier._kept, shingle) >= 0) >= MostlyCopied * _kept.Length;
}
