namespace AlertBot.Stories.Events;

/// <summary>Terms with their weights, in the order of the terms: the shape in which texts are compared.</summary>
internal sealed class TermVector
{
    public static readonly TermVector Empty = new([], []);

    private readonly uint[] _terms;
    private readonly float[] _weights;

    private TermVector(uint[] terms, float[] weights)
    {
        _terms = terms;
        _weights = weights;
        Norm = Math.Sqrt(weights.Sum(w => (double)w * w));
    }

    public double Norm { get; }

    public int Count => _terms.Length;

    public static TermVector Of(IEnumerable<KeyValuePair<uint, float>> weights)
    {
        var pairs = weights.Where(p => p.Value > 0).ToArray();
        Array.Sort(pairs, (a, b) => a.Key.CompareTo(b.Key));
        return pairs.Length == 0 ? Empty : new TermVector(Array.ConvertAll(pairs, p => p.Key), Array.ConvertAll(pairs, p => p.Value));
    }

    /// <summary>The same direction at length one.</summary>
    public TermVector Unit() => Norm == 0 ? this : new TermVector(_terms, Array.ConvertAll(_weights, w => (float)(w / Norm)));

    /// <summary>1 where the two say the same in the same measure, 0 where they share nothing.</summary>
    public double Cosine(TermVector other) => Norm == 0 || other.Norm == 0 ? 0 : Dot(other) / (Norm * other.Norm);

    private double Dot(TermVector other)
    {
        var (sum, i, j) = (0.0, 0, 0);
        while (i < _terms.Length && j < other._terms.Length)
        {
            if (_terms[i] == other._terms[j])
            {
                sum += _weights[i++] * other._weights[j++];
            }
            else if (_terms[i] < other._terms[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return sum;
    }

    /// <summary>The sum of both, without its lightest terms where there are more than <paramref name="most"/>.</summary>
    public TermVector Plus(TermVector other, int most)
    {
        var sum = new List<KeyValuePair<uint, float>>(_terms.Length + other._terms.Length);
        var (i, j) = (0, 0);
        while (i < _terms.Length || j < other._terms.Length)
        {
            var mine = i < _terms.Length ? _terms[i] : uint.MaxValue;
            var theirs = j < other._terms.Length ? other._terms[j] : uint.MaxValue;
            var weight = (mine <= theirs ? _weights[i++] : 0) + (theirs <= mine ? other._weights[j++] : 0);
            sum.Add(new(Math.Min(mine, theirs), weight));
        }

        return sum.Count > most ? Of(sum.OrderByDescending(p => p.Value).Take(most)) : new TermVector([.. sum.Select(p => p.Key)], [.. sum.Select(p => p.Value)]);
    }

    /// <summary>The weight of the heaviest term that the other lacks, as a share of the heaviest of all: 0 where it has them all.</summary>
    public double LackedBy(TermVector other)
    {
        var (lacked, heaviest) = (0f, 0f);
        for (var i = 0; i < _terms.Length; i++)
        {
            heaviest = Math.Max(heaviest, _weights[i]);
            lacked = _weights[i] > lacked && Array.BinarySearch(other._terms, _terms[i]) < 0 ? _weights[i] : lacked;
        }

        return heaviest == 0 ? 0 : lacked / heaviest;
    }

    /// <summary>Its heaviest terms, the heaviest first.</summary>
    public uint[] Heaviest(int count)
    {
        var (terms, weights) = ((uint[])_terms.Clone(), Array.ConvertAll(_weights, w => -w));
        Array.Sort(weights, terms);
        return terms.Length <= count ? terms : terms[..count];
    }
}
