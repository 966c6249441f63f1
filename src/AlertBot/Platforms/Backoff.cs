namespace AlertBot.Platforms;

/// <summary>How long to wait before the next try: none after success, then ever longer, and never the same for all.</summary>
internal sealed class Backoff(Random random)
{
    private int _failures;

    public void Succeed() => _failures = 0;

    /// <summary>Half to all of 0 s, 1 s, 2 s, 4 s and so on, at most <paramref name="most"/>.</summary>
    public TimeSpan Next(TimeSpan most)
    {
        var full = _failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Math.Pow(2, _failures - 1), most.TotalSeconds));
        _failures++;
        return full * (0.5 + random.NextDouble() / 2);
    }
}
