using System.ComponentModel.DataAnnotations;

namespace AlertBot.Stories;

/// <summary>How long the archive keeps what.</summary>
internal sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>Age at which a story's text, quotes and evidence are forgotten. Its identity and its tags stay.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Text { get; set; } = TimeSpan.FromDays(365);
}
