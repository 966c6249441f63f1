using System.ComponentModel.DataAnnotations;

namespace AlertBot.Knowledge;

/// <summary>Where the knowledge base is.</summary>
internal sealed class KnowledgeOptions
{
    public const string Section = "Knowledge";

    /// <summary>A YAML file or a folder of them, relative to the program's folder.</summary>
    [Required]
    public string Path { get; set; } = "appsettings/knowledge";

    public string FullPath => System.IO.Path.Combine(AppContext.BaseDirectory, Path);
}
