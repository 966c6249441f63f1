using System.ComponentModel.DataAnnotations;

namespace AlertBot.Feeds;

/// <summary>How feeds are fetched and how often.</summary>
internal sealed class FeedsOptions
{
    public const string Section = "Feeds";

    /// <summary>The list of curated feeds, relative to the program's folder.</summary>
    [Required]
    public string Catalog { get; set; } = "appsettings/feeds.yaml";

    /// <summary>Time between two polls of one feed whose rhythm is not known yet.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "7.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The shortest time that the rhythm of a feed leads to.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "7.00:00:00")]
    public TimeSpan MinInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest time that the rhythm of a feed leads to.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "7.00:00:00")]
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often the bot looks for feeds that are due.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Feeds that are asked for at the same time, of all hosts together.</summary>
    [Range(1, 256)]
    public int ParallelHosts { get; set; } = 64;

    /// <summary>Feeds of one host that are asked for at the same time; a platform with all its subdomains is one host.</summary>
    [Range(1, 16)]
    public int PerHost { get; set; } = 1;

    /// <summary>Time that one feed may take, redirects and body included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest feed that is read, in bytes, after decompression.</summary>
    [Range(10_000, 100_000_000)]
    public int MaxBytes { get; set; } = 10_000_000;

    /// <summary>What the bot calls itself. Name an address where its operator can be reached.</summary>
    [Required]
    public string UserAgent { get; set; } = "AlertBot/0.1 (news alerts; polls politely)";

    /// <summary>Private addresses that feeds may live on, as <c>address:port</c>; none by default.</summary>
    [Endpoints]
    public IReadOnlyList<string> AllowedPrivateEndpoints { get; set; } = [];

    /// <summary>Between which intervals feeds are asked; the usual one is always among them.</summary>
    public PollLimits Limits => new(MinInterval < Interval ? MinInterval : Interval, Interval, MaxInterval > Interval ? MaxInterval : Interval);
}
