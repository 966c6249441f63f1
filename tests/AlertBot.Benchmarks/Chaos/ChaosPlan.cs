namespace AlertBot.Benchmarks.Chaos;

/// <summary>What a run of chaos does.</summary>
internal sealed record ChaosPlan
{
    private const int MostChannels = 20;

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

    /// <summary>How long nothing may happen before the rest counts as lost.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Each of them gets each story.</summary>
    public int Channels => Enumerable.Range(1, MostChannels).Last(c => Alerts % c == 0);

    public int Stories => Alerts / Channels;

    /// <exception cref="InvalidDataException">Says what is wrong.</exception>
    public static ChaosPlan Of(Options options)
    {
        var plan = new ChaosPlan
        {
            Platform = options.Text("--platform") ?? "discord",
            Storage = options.Text("--storage") ?? "sqlite",
            Connection = options.Text("--connection"),
            Replicas = options.Number("--replicas", 1),
            Kills = options.Number("--kills", 200),
            Alerts = options.Number("--alerts", 2000),
            DatabaseRestarts = options.Number("--restart-database", 0),
            Drop = double.Parse(options.Text("--drop") ?? "0", System.Globalization.CultureInfo.InvariantCulture),
            Seed = options.Number("--seed", 1),
            Plant = options.Text("--plant"),
        };
        return plan switch
        {
            { Platform: not ("discord" or "slack") } => throw new InvalidDataException("--platform is discord or slack"),
            { Storage: not ("sqlite" or "postgres") } => throw new InvalidDataException("--storage is sqlite or postgres"),
            { Storage: "sqlite", Replicas: > 1 } => throw new InvalidDataException("one process alone may use a SQLite file: take --storage postgres for several replicas"),
            { Storage: "sqlite", DatabaseRestarts: > 0 } => throw new InvalidDataException("SQLite has no server to restart: take --storage postgres"),
            { Plant: not (null or "double" or "lost" or "order") } => throw new InvalidDataException("--plant is double, lost or order"),
            _ => plan,
        };
    }
}
