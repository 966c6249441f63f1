using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AlertBot.Emulators.Discord.Rules;

/// <summary>What Discord demands of an application command.</summary>
internal static partial class CommandRules
{
    private const int Subcommand = 1;
    private const int Group = 2;
    private const int Text = 3;

    /// <param name="path">Of the command in the form: its index in a bulk overwrite, else empty.</param>
    /// <param name="inGuild">Guild commands take no contexts and no integration types.</param>
    public static void Check(FormErrors errors, JsonNode? command, string path, bool inGuild)
    {
        var at = path.Length == 0 ? "" : path + ".";
        var type = command.Integer("type") ?? 1;
        if (type is < 1 or > 3)
        {
            errors.BadChoice(at + "type", "1, 2, 3");
        }

        CheckName(errors, command, at, anyName: type != 1);
        CheckDescription(errors, command, at, type);
        CheckPermissions(errors, command, at);
        if (inGuild && (command.Has("contexts") || command.Has("integration_types")))
        {
            errors.Add(at + "contexts", "APPLICATION_COMMAND_CONTEXTS_NOT_ALLOWED", "Only global commands have contexts and integration types.");
        }

        if (type != 1 && command.List("options") is { Count: > 0 })
        {
            errors.Add(at + "options", "APPLICATION_COMMAND_OPTIONS_NOT_ALLOWED", "Only chat input commands have options.");
        }

        CheckOptions(errors, command, at + "options", depth: 0);
        if (Characters(command) > 8000)
        {
            errors.Add(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)");
        }
    }

    private static void CheckName(FormErrors errors, JsonNode? named, string at, bool anyName = false)
    {
        var name = named.Text("name");
        if (name is null)
        {
            errors.Required(at + "name");
            return;
        }

        CheckOneName(errors, name, at + "name", anyName);
        foreach (var (locale, text) in named.Map("name_localizations") ?? [])
        {
            CheckOneName(errors, text.AsText() ?? "", $"{at}name_localizations.{locale}", anyName);
        }
    }

    private static void CheckOneName(FormErrors errors, string name, string path, bool anyName)
    {
        if (name.EnumerateRunes().Count() is < 1 or > 32)
        {
            errors.BadLength(path, 1, 32);
        }
        else if (!anyName && (!NamePattern().IsMatch(name) || !string.Equals(name, name.ToLowerInvariant(), StringComparison.Ordinal)))
        {
            errors.Add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
    }

    private static void CheckDescription(FormErrors errors, JsonNode? described, string at, int type)
    {
        var description = described.Text("description") ?? "";
        if (type != 1 && description.Length > 0)
        {
            errors.Add(at + "description", "APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED", "Only chat input commands have a description.");
        }
        else if (type == 1 && MessageRules.Length(description) is < 1 or > 100)
        {
            errors.BadLength(at + "description", 1, 100);
        }

        foreach (var (locale, text) in described.Map("description_localizations") ?? [])
        {
            if (MessageRules.Length(text.AsText() ?? "") is < 1 or > 100)
            {
                errors.BadLength($"{at}description_localizations.{locale}", 1, 100);
            }
        }
    }

    private static void CheckPermissions(FormErrors errors, JsonNode? command, string at)
    {
        var bits = command.Member("default_member_permissions");
        if (bits is not null && (bits.AsText() is not { } text || !text.All(char.IsAsciiDigit) || text.Length == 0))
        {
            errors.Add(at + "default_member_permissions", "NUMBER_TYPE_COERCE", "Value is not a string of digits.");
        }
    }

    private static void CheckOptions(FormErrors errors, JsonNode? of, string path, int depth)
    {
        var options = of.List("options") ?? [];
        if (options.Count > 25)
        {
            errors.TooLong(path, 25);
        }

        var kinds = options.Select(option => option.Integer("type") ?? 0).ToList();
        if (kinds.Any(kind => kind <= Group) && kinds.Any(kind => kind > Group))
        {
            errors.Add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types");
        }

        var names = new HashSet<string>();
        var optional = false;
        foreach (var (index, option) in options.Index())
        {
            var at = $"{path}.{index}";
            CheckOption(errors, option, at, depth);
            if (!names.Add(option.Text("name") ?? ""))
            {
                errors.Add(at + ".name", "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option name is already used");
            }

            if (optional && option.Flag("required") == true)
            {
                errors.Add(at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options");
            }

            optional |= option.Flag("required") != true && kinds[index] > Group;
        }
    }

    private static void CheckOption(FormErrors errors, JsonNode? option, string path, int depth)
    {
        CheckName(errors, option, path + ".");
        CheckDescription(errors, option, path + ".", type: 1);
        var type = option.Integer("type") ?? 0;
        if (type is < 1 or > 11 || (depth > 0 && type == Group) || (depth > 1 && type == Subcommand))
        {
            errors.BadChoice(path + ".type", "1 to 11, groups only at the top, subcommands at most two deep");
            return;
        }

        if (type <= Group)
        {
            CheckOptions(errors, option, path + ".options", depth + (type == Group ? 1 : 2));
            return;
        }

        CheckChoices(errors, option, path);
        foreach (var (key, least) in new[] { ("min_length", 0), ("max_length", 1) }.Where(limit => option.Has(limit.Item1)))
        {
            if (type != Text || option.Number(key) is not { } length || length < least || length > 6000)
            {
                errors.Add($"{path}.{key}", "NUMBER_TYPE_MAX", $"From {least} to 6000, on text options only.");
            }
        }
    }

    private static void CheckChoices(FormErrors errors, JsonNode? option, string path)
    {
        var choices = option.List("choices") ?? [];
        if (choices.Count > 25)
        {
            errors.TooLong(path + ".choices", 25);
        }

        if (option.Flag("autocomplete") == true && (choices.Count > 0 || option.Integer("type") is not (Text or 4 or 10)))
        {
            errors.Add(path + ".autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", "Autocomplete is for text and numbers without choices.");
        }

        CheckChoiceValues(errors, choices, path + ".choices", option.Integer("type") == Text);
    }

    /// <summary>Choices of an option or of an autocomplete answer.</summary>
    public static void CheckChoiceValues(FormErrors errors, JsonArray choices, string path, bool text)
    {
        foreach (var (at, choice) in choices.Index())
        {
            if (MessageRules.Length(choice.Text("name") ?? "") is < 1 or > 100)
            {
                errors.BadLength($"{path}.{at}.name", 1, 100);
            }

            var value = choice.Member("value");
            if (value is null || (text && (value.AsText() is not { } written || written.EnumerateRunes().Count() > 100)))
            {
                errors.BadLength($"{path}.{at}.value", 0, 100);
            }
        }
    }

    /// <summary>Names, descriptions and values, the longest localisation of each counting.</summary>
    private static int Characters(JsonNode? of) =>
        Longest(of, "name") + Longest(of, "description") + (of.Text("value")?.Length ?? 0)
        + (of.List("options") ?? []).Sum(Characters) + (of.List("choices") ?? []).Sum(Characters);

    private static int Longest(JsonNode? of, string key) =>
        (of.Map(key + "_localizations") ?? []).Select(pair => pair.Value.AsText()?.Length ?? 0).Append(of.Text(key)?.Length ?? 0).Max();

    // .NET has no \p{sc=}: the Devanagari and Thai blocks are written out.
    [GeneratedRegex(@"^[-_'\p{L}\p{N}\u0900-\u097F\uA8E0-\uA8FF\u0E00-\u0E7F]{1,32}$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
