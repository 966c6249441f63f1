using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace AlertBot.Stories;

/// <summary>How long the archive keeps what. The identity of what was seen, and its tags, are kept for ever.</summary>
internal sealed class RetentionOptions : IValidatableObject
{
    public const string Section = "Retention";

    private const long Smallest = 100_000_000;

    private static readonly (string Unit, double Bytes)[] Units = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6)];

    /// <summary>Age at which a story's text, quotes and evidence are forgotten. Its identity and its tags stay.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "36500.00:00:00")]
    public TimeSpan Text { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Age at which a message that was sent or given up is forgotten, with what befell it; and a button's long command.</summary>
    [Range(typeof(TimeSpan), "30.00:00:00", "36500.00:00:00")]
    public TimeSpan Alerts { get; set; } = TimeSpan.FromDays(365);

    /// <summary>What the rows of the database may take with their indexes, such as <c>20 GB</c>: the oldest texts are forgotten earlier where it is more. Empty: whatever it needs.</summary>
    public string MaxSize { get; set; } = "";

    /// <summary><see cref="MaxSize"/> in bytes; null where there is none.</summary>
    public long? MaxBytes => MaxSize.Trim().Length == 0 ? null : Read(MaxSize);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxSize.Trim().Length > 0 && !(Read(MaxSize) >= Smallest))
        {
            yield return new ValidationResult($"'{MaxSize}' is no size of at least 100 MB. Give a number and MB, GB or TB, such as 20 GB; leave it empty for no limit.", [nameof(MaxSize)]);
        }
    }

    private static long? Read(string text)
    {
        var (unit, bytes) = Units.FirstOrDefault(u => text.TrimEnd().EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        return unit is not null && double.TryParse(text.AsSpan().TrimEnd()[..^unit.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)
            && number * bytes < long.MaxValue ? (long)(number * bytes) : null;
    }
}
