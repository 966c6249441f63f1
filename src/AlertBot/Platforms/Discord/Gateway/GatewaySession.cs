namespace AlertBot.Platforms.Discord.Gateway;

/// <summary>
/// A session that Discord keeps for a shard. Whoever knows it can RESUME it, in this process or another, and gets the
/// events that were missed. Any thread may read and move it on.
/// </summary>
/// <param name="sequence">Of the last event that was handled.</param>
internal sealed class GatewaySession(string id, Uri resumeUrl, long sequence, DateTimeOffset aliveAt)
{
    private long _received = sequence;
    private long _handled = sequence;
    private long _aliveAt = aliveAt.ToUnixTimeMilliseconds();

    public string Id => id;

    public Uri ResumeUrl => resumeUrl;

    /// <summary>What this process resumes from: events up to here wait in its own queue, if they were not handled.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>What another process resumes from.</summary>
    public long Handled => Volatile.Read(ref _handled);

    public DateTimeOffset AliveAt => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _aliveAt));

    public void Heard(DateTimeOffset at) => Volatile.Write(ref _aliveAt, at.ToUnixTimeMilliseconds());

    // Replayed events may come in another order: the highest number counts.
    public void Receive(long sequence) => Volatile.Write(ref _received, Math.Max(_received, sequence));

    public void Handle(long sequence) => Volatile.Write(ref _handled, Math.Max(_handled, sequence));
}
