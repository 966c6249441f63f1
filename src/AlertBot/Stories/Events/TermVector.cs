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
        var square = 0.0;
        foreach (var weight in weights)
        {
            square += weight * weight;
        }

        Norm = Math.Sqrt(square);
    }

    public double Norm { get; }

    public int Count => _terms.Length;

    /// <summary>The same direction at length one.</summary>
    public TermVector Unit()
    {
        var unit = new float[_weights.Length];
        for (var i = 0; i < unit.Length; i++)
        {
            unit[i] = (float)(_weights[i] / Norm);
        }

        return new TermVector(_terms, unit);
    }

    /// <summary>1 where the two say the same in the same measure, 0 where they share nothing.</summary>
    public double Cosine(TermVector other) => Norm == 0 || other.Norm == 0 ? 0 : Dot(other) / (Norm * other.Norm);

    public bool Has(uint term) => Array.BinarySearch(_terms, term) >= 0;

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

    /// <summary>The sum of both, without its lightest terms where there are many more than <paramref name="most"/>.</summary>
    public TermVector Plus(TermVector other, int most)
    {
        if (Count == 0)
        {
            return other;
        }

        var sum = new Builder(_terms.Length + other._terms.Length);
        var (i, j) = (0, 0);
        while (i < _terms.Length || j < other._terms.Length)
        {
            var mine = i < _terms.Length ? _terms[i] : uint.MaxValue;
            var theirs = j < other._terms.Length ? other._terms[j] : uint.MaxValue;
            sum.Add(Math.Min(mine, theirs), (mine <= theirs ? _weights[i++] : 0) + (theirs <= mine ? other._weights[j++] : 0));
        }

        var whole = sum.Build();
        return whole.Count <= 2 * most ? whole : whole.WithoutLightest(most);
    }

    private TermVector WithoutLightest(int most)
    {
        var weights = (float[])_weights.Clone();
        Array.Sort(weights);
        var least = weights[^most];
        var kept = new Builder(_terms.Length);
        for (var i = 0; i < _terms.Length; i++)
        {
            if (_weights[i] >= least)
            {
                kept.Add(_terms[i], _weights[i]);
            }
        }

        return kept.Build();
    }

    /// <summary>How much of its few heaviest terms the other lacks: from 0, where it has them all, to 1.</summary>
    public double LackedBy(TermVector other, int heaviest)
    {
        var (lacked, all) = (0.0, 0.0);
        foreach (var term in Heaviest(heaviest))
        {
            var weight = _weights[Array.BinarySearch(_terms, term)];
            all += weight;
            lacked += other.Has(term) ? 0 : weight;
        }

        return all == 0 ? 0 : lacked / all;
    }

    /// <summary>Its heaviest terms, the heaviest first.</summary>
    public uint[] Heaviest(int count)
    {
        var (terms, weights) = ((uint[])_terms.Clone(), Array.ConvertAll(_weights, w => -w));
        Array.Sort(weights, terms);
        return terms.Length <= count ? terms : terms[..count];
    }

    /// <summary>Takes terms in their order.</summary>
    public sealed class Builder(int capacity)
    {
        private readonly uint[] _terms = new uint[capacity];
        private readonly float[] _weights = new float[capacity];
        private int _count;

        public void Add(uint term, float weight)
        {
            _terms[_count] = term;
            _weights[_count++] = weight;
        }

        public TermVector Build() => new(_terms[.._count], _weights[.._count]);
    }
}
