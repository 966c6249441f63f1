using System.ComponentModel.DataAnnotations;

namespace AlertBot.Storage;

/// <summary>Where the bot keeps its database, and the keys to what is secret in it.</summary>
internal sealed class StorageOptions : IValidatableObject
{
    public const string Section = "Storage";

    /// <summary><c>sqlite</c>, a file for one process, or <c>postgres</c>, a server for any number of them.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>The SQLite file; made with its folder on the first start.</summary>
    [Required]
    public string Path { get; set; } = "data/alertbot.db";

    /// <summary>Of PostgreSQL: <c>Host=...;Database=...;Username=...;Password=...</c>. A secret.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The folder of the keys that encrypt what is secret in the database. Without them a copy of it reveals nothing.</summary>
    [Required]
    public string Keys { get; set; } = "data/keys";

    /// <summary>How long a replica may be silent before the others take what it held for theirs.</summary>
    [Range(typeof(TimeSpan), "00:00:03", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether other processes may use the database, too.</summary>
    public bool IsShared => Provider == StorageProvider.Postgres;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        const string Form = "Give it as Host=db;Database=alertbot;Username=alertbot;Password=...";
        if (IsShared && (ConnectionString.Length == 0 ? "PostgreSQL needs one" : PostgresDatabase.Fault(ConnectionString)) is { } fault)
        {
            yield return new ValidationResult($"{fault}. {Form}", [nameof(ConnectionString)]);
        }
    }
}

internal enum StorageProvider
{
    Sqlite,
    Postgres,
}
