namespace AlertBot.Benchmarks.Chaos;

/// <summary>What a run of chaos does.</summary>
internal sealed record ChaosPlan
{
    public string Platform { get; init; } = "discord";

    public string Storage { get; init; } = "sqlite";

    /// <summary>Where a PostgreSQL is; null starts one.</summary>
    public string? Connection { get; init; }

    public int Replicas { get; init; } = 1;

    public int Kills { get; init; } = 200;

    public int Alerts { get; init; } = 2000;

    /// <summary>How often the database is restarted at once, without leave of those who use it.</summary>
    public int DatabaseRestarts { get; init; }

    /// <summary>The part of messages whose answer is lost after the server took them.</summary>
    public double Drop { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>A fault that the end must show: <c>double</c>, <c>lost</c> or <c>order</c>.</summary>
    public string? Plant { get; init; }

    /// <summary>How long after its start a bot is killed, at least and at most.</summary>
    public (TimeSpan Least, TimeSpan Most) Life { get; init; } = (TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(3));

    /// <summary>Kills wait until messages are under way, so that none misses them.</summary>
    public bool IsAimed { get; init; }

    /// <summary>How long nothing may happen before the rest counts as lost.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);

    public int MostChannels { get; init; } = 20;

    /// <summary>Each of them gets each story.</summary>
    public int Channels => Enumerable.Range(1, MostChannels).Last(c => Alerts % c == 0);

    public int Stories => Alerts / Channels;
}
