using System.ComponentModel.DataAnnotations;

namespace AlertBot.Storage;

/// <summary>Where the bot keeps its database, and the keys to what is secret in it.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>The SQLite file; made with its folder on the first start.</summary>
    [Required]
    public string Path { get; set; } = "data/alertbot.db";

    /// <summary>The folder of the keys that encrypt what is secret in the database. Without them a copy of it reveals nothing.</summary>
    [Required]
    public string Keys { get; set; } = "data/keys";

    /// <summary>How long a replica may be silent before the others take what it held for theirs.</summary>
    [Range(typeof(TimeSpan), "00:00:03", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);
}
