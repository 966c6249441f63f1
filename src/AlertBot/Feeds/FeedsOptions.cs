using System.ComponentModel.DataAnnotations;

namespace AlertBot.Feeds;

/// <summary>How feeds are fetched and how often.</summary>
internal sealed class FeedsOptions
{
    public const string Section = "Feeds";

    /// <summary>The list of curated feeds, relative to the program's folder.</summary>
    [Required]
    public string Catalog { get; set; } = "appsettings/feeds.yaml";

    /// <summary>Time between two polls of one feed that has no interval of its own.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "7.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the bot looks for feeds that are due.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:10:00")]
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Hosts that are asked at the same time; one host is asked one thing at a time.</summary>
    [Range(1, 256)]
    public int ParallelHosts { get; set; } = 16;

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
}
