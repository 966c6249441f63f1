namespace AlertBot.Commands.Evaluation;

/// <summary>Labels that stories have against labels that were answered: over all of them, the mean over stories, the mean over labels.</summary>
internal sealed class SetScore
{
    private readonly Dictionary<string, (int Right, int Wrong, int Missed)> _byLabel = new(StringComparer.Ordinal);
    private int _right;
    private int _wrong;
    private int _missed;
    private Prf _sum;

    public int Stories { get; private set; }

    public Prf Micro => Prf.Of(_right, _wrong, _missed);

    public Prf Macro => _sum / Stories;

    /// <summary>Null where no label occurs.</summary>
    public double? LabelF1 => _byLabel.Count == 0 ? null : _byLabel.Values.Average(counts => Prf.Of(counts.Right, counts.Wrong, counts.Missed).F1);

    public int Gold => _right + _missed;

    public int System => _right + _wrong;

    public void Add(IReadOnlySet<string> gold, IReadOnlySet<string> answer)
    {
        var right = 0;
        foreach (var label in answer)
        {
            var counts = _byLabel.GetValueOrDefault(label);
            right += gold.Contains(label) ? 1 : 0;
            _byLabel[label] = gold.Contains(label) ? counts with { Right = counts.Right + 1 } : counts with { Wrong = counts.Wrong + 1 };
        }

        foreach (var label in gold.Where(label => !answer.Contains(label)))
        {
            var counts = _byLabel.GetValueOrDefault(label);
            _byLabel[label] = counts with { Missed = counts.Missed + 1 };
        }

        var (wrong, missed) = (answer.Count - right, gold.Count - right);
        (_right, _wrong, _missed) = (_right + right, _wrong + wrong, _missed + missed);
        _sum += Prf.Of(right, wrong, missed);
        Stories++;
    }
}
