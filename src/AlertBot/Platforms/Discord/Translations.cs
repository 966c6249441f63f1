using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace AlertBot.Platforms.Discord;

/// <summary>
/// What the commands are called in other languages: one file for each of Discord's locales. People see and type these
/// words; what reaches the bot is always English.
/// </summary>
internal sealed class Translations
{
    private const string Folder = "Translations/";

    private static readonly HashSet<string> Locales =
    [
        "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl",
        "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
    ];

    private Translations(IReadOnlyDictionary<string, IReadOnlyDictionary<string, CommandWords>> words) => Words = words;

    public static Translations None { get; } = new(new Dictionary<string, IReadOnlyDictionary<string, CommandWords>>());

    /// <summary>By locale, then by the name of the command or of the group.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, CommandWords>> Words { get; }

    /// <summary>All that the program has with it.</summary>
    public static Translations Load()
    {
        var assembly = typeof(Translations).Assembly;
        var words = new SortedDictionary<string, IReadOnlyDictionary<string, CommandWords>>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            words.Add(Path.GetFileNameWithoutExtension(name[Folder.Length..]), Read(reader));
        }

        return Of(words);
    }

    /// <exception cref="ArgumentException">Discord has no such locale.</exception>
    public static Translations Of(IReadOnlyDictionary<string, IReadOnlyDictionary<string, CommandWords>> words) =>
        words.Keys.FirstOrDefault(l => !Locales.Contains(l)) is { } unknown ? throw new ArgumentException($"Discord has no locale {unknown}.", nameof(words)) : new Translations(words);

    /// <exception cref="YamlDotNet.Core.YamlException">It is no file of words.</exception>
    public static IReadOnlyDictionary<string, CommandWords> Read(TextReader yaml) =>
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build().Deserialize<Dictionary<string, CommandWords>>(yaml);

    /// <summary>One text of a command in every language that has it, by locale; null if none has.</summary>
    public IReadOnlyDictionary<string, string>? Of(string command, Func<CommandWords, string?> text)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (locale, words) in Words)
        {
            if (words.TryGetValue(command, out var word) && text(word) is { } translated)
            {
                found.Add(locale, translated);
            }
        }

        return found.Count > 0 ? found : null;
    }
}

/// <summary>A command or a group in one language.</summary>
internal sealed record CommandWords
{
    /// <summary>Its last word.</summary>
    public string? Name { get; init; }

    public string? Summary { get; init; }

    /// <summary>What it is called in a message's menu.</summary>
    public string? Menu { get; init; }

    public Dictionary<string, OptionWords> Options { get; init; } = [];
}

internal sealed record OptionWords
{
    public string? Name { get; init; }

    public string? Summary { get; init; }
}
