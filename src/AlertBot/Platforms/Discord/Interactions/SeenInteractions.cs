namespace AlertBot.Platforms.Discord.Interactions;

/// <summary>Remembers the newest interactions, since a resumed connection may bring one again.</summary>
internal sealed class SeenInteractions
{
    private const int Kept = 10_000;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];
    private readonly Lock _lock = new();

    /// <returns>False if it was added before.</returns>
    public bool Add(string id)
    {
        lock (_lock)
        {
            if (!_ids.Add(id))
            {
                return false;
            }

            _order.Enqueue(id);
            if (_order.Count > Kept)
            {
                _ids.Remove(_order.Dequeue());
            }

            return true;
        }
    }
}
