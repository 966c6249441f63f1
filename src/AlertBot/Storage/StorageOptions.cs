using System.ComponentModel.DataAnnotations;

namespace AlertBot.Storage;

/// <summary>Where the bot keeps its database.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The SQLite file; made with its folder on the first start.</summary>
    [Required]
    public string Path { get; set; } = "data/alertbot.db";
}
