using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using AlertBot.Alerts;
using AlertBot.Checkups;
using AlertBot.Feeds;
using AlertBot.Knowledge;
using AlertBot.Lookups.Answers;
using AlertBot.Platforms.Discord;
using AlertBot.Platforms.Local;
using AlertBot.Platforms.Slack;
using AlertBot.Storage;
using AlertBot.Stories;
using AlertBot.Web;

namespace AlertBot;

/// <summary>
/// Checks every setting before anything starts, so that all the faults are told at once, each with its key. A setting is
/// a public property of one of these option types.
/// </summary>
internal static class Settings
{
    private static readonly (string Section, Type Options)[] Sections =
    [
        (StorageOptions.Section, typeof(StorageOptions)),
        (KnowledgeOptions.Section, typeof(KnowledgeOptions)),
        (FeedsOptions.Section, typeof(FeedsOptions)),
        (RetentionOptions.Section, typeof(RetentionOptions)),
        (AlertsOptions.Section, typeof(AlertsOptions)),
        (ModelOptions.Section, typeof(ModelOptions)),
        (LocalOptions.Section, typeof(LocalOptions)),
        (DiscordOptions.Section, typeof(DiscordOptions)),
        (SlackOptions.Section, typeof(SlackOptions)),
        (WebOptions.Section, typeof(WebOptions)),
    ];

    /// <summary>Every key with its default, for the documentation.</summary>
    public static IEnumerable<(string Key, Type Type, object? Default)> All => Sections.SelectMany(
        s => Properties(s.Options).Select(p => ($"{s.Section}:{p.Name}", p.PropertyType, p.GetValue(Activator.CreateInstance(s.Options)))));

    /// <summary>The secrets that switch platforms on.</summary>
    public static IReadOnlyList<PlatformSwitch> Switches(IConfiguration settings) =>
    [
        new("Discord", ["Discord:Token"], settings.GetSection(DiscordOptions.Section).Get<DiscordOptions>() is { IsOn: true }),
        new("Slack", ["Slack:BotToken", "Slack:ClientId"], settings.GetSection(SlackOptions.Section).Get<SlackOptions>() is { IsOn: true }),
    ];

    public static IReadOnlyList<string> Faults(IConfiguration settings) =>
    [
        .. Sections.SelectMany(s => Faults(settings.GetSection(s.Section), s.Options)),
    ];

    private static IEnumerable<string> Faults(IConfigurationSection section, Type type)
    {
        var options = Activator.CreateInstance(type)!;
        var unreadable = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in section.GetChildren())
        {
            if (Properties(type).FirstOrDefault(p => string.Equals(p.Name, setting.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                yield return $"{setting.Path}: there is no such setting. {type.Name[..^"Options".Length]} has {string.Join(", ", Properties(type).Select(p => p.Name))}.";
            }
            else if (Fault(setting, property, options) is { } fault)
            {
                unreadable.Add(property.Name);
                yield return fault;
            }
        }

        var invalid = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), invalid, validateAllProperties: true);
        foreach (var result in invalid.Where(r => !r.MemberNames.Any(unreadable.Contains)))
        {
            yield return $"{section.Path}:{string.Join(",", result.MemberNames)}: {result.ErrorMessage}";
        }
    }

    /// <summary>Reads one setting into the options, or says why it can't be read.</summary>
    private static string? Fault(IConfigurationSection setting, PropertyInfo property, object options)
    {
        var (value, wanted) = Read(setting, property.PropertyType);
        if (value is null)
        {
            return $"{setting.Path}: '{setting.Value}' is no {wanted}.";
        }

        property.SetValue(options, value);
        return null;
    }

    private static (object? Value, string Wanted) Read(IConfigurationSection setting, Type type)
    {
        var text = setting.Value ?? "";
        return type switch
        {
            _ when type == typeof(string) => (text, "text"),
            _ when type == typeof(int) => (int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null, "whole number"),
            _ when type.IsEnum => (Enum.TryParse(type, text, ignoreCase: true, out var named) && Enum.IsDefined(type, named) ? named : null, string.Join(" or ", Enum.GetNames(type).Select(n => n.ToLowerInvariant()))),
            _ when type == typeof(bool) => (bool.TryParse(text, out var flag) ? flag : null, "true or false"),
            _ when type == typeof(TimeSpan) => (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null, "duration such as 00:10:00 (hours:minutes:seconds)"),
            _ => (setting.GetChildren().Select(c => c.Value ?? "").ToList(), "list"),
        };
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties().Where(p => p.CanWrite);
}
