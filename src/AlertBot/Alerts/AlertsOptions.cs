using System.ComponentModel.DataAnnotations;

namespace AlertBot.Alerts;

/// <summary>How alerts are sent.</summary>
internal sealed class AlertsOptions
{
    public const string Section = "Alerts";

    /// <summary>How often the outbox is looked through.</summary>
    [Range(typeof(TimeSpan), "00:00:00.02", "00:01:00")]
    public TimeSpan Sweep { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Channels that are sent to at the same time; within a channel alerts go one by one.</summary>
    [Range(1, 500)]
    public int ParallelChannels { get; set; } = 50;

    /// <summary>How often an hour the alerts of a channel may call roles, where the channel chose nothing else; 0: never.</summary>
    [Range(0, 60)]
    public int PingsPerHour { get; set; } = 4;

    /// <summary>Alerts of a channel that could not be sent for so long are told together, on one card.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "2.00:00:00")]
    public TimeSpan FoldAfter { get; set; } = TimeSpan.FromHours(6);
}
