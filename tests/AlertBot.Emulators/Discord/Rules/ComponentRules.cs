using System.Text.Json.Nodes;

namespace AlertBot.Emulators.Discord.Rules;

/// <summary>The limits of rows, buttons and selects in a message, and of the inputs in a modal.</summary>
internal static class ComponentRules
{
    private const int Row = 1;
    private const int Button = 2;
    private const int StringSelect = 3;
    private const int Label = 18;

    public static void Check(FormErrors errors, JsonObject body, string path)
    {
        if (body.List("components") is not { } components)
        {
            return;
        }

        var ids = new HashSet<string>();
        if (((body.Integer("flags") ?? 0) & MessageRules.ComponentsV2) != 0)
        {
            CheckTree(errors, components, path, ids);
            return;
        }

        if (components.Count > 5)
        {
            errors.TooLong(path, 5);
        }

        foreach (var (at, row) in components.Index())
        {
            CheckRow(errors, row, $"{path}.{at}", ids);
        }
    }

    /// <summary>A modal: its title, its id and one to five inputs.</summary>
    public static void CheckModal(FormErrors errors, JsonObject data)
    {
        Sized(errors, data.Text("title"), "data.title", 1, 45);
        Sized(errors, data.Text("custom_id"), "data.custom_id", 1, 100);
        var components = data.List("components") ?? [];
        if (components.Count is < 1 or > 5)
        {
            errors.BadLength("data.components", 1, 5);
        }

        foreach (var (at, component) in components.Index())
        {
            var type = component.Integer("type");
            if (type is not (Row or Label or 10))
            {
                errors.BadChoice($"data.components.{at}.type", "1, 10, 18");
            }

            if (type == Label)
            {
                Sized(errors, component.Text("label"), $"data.components.{at}.label", 1, 45);
            }

            var input = type == Label ? component.Map("component") : component.List("components")?.FirstOrDefault();
            if (type != 10)
            {
                Sized(errors, input.Text("custom_id"), $"data.components.{at}.component.custom_id", 1, 100);
            }
        }
    }

    private static void CheckRow(FormErrors errors, JsonNode? row, string path, HashSet<string> ids)
    {
        if (row.Integer("type") != Row)
        {
            errors.BadChoice(path + ".type", "1");
            return;
        }

        var items = row.List("components") ?? [];
        var buttons = items.Count(item => item.Integer("type") == Button);
        if (items.Count is 0 or > 5 || (buttons < items.Count && items.Count > 1))
        {
            errors.Add(path + ".components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "A row holds one to five buttons or one select.");
        }

        foreach (var (at, item) in items.Index())
        {
            CheckItem(errors, item, $"{path}.components.{at}", ids);
        }
    }

    private static void CheckItem(FormErrors errors, JsonNode? item, string path, HashSet<string> ids)
    {
        switch (item.Integer("type"))
        {
            case Button:
                CheckButton(errors, item, path, ids);
                break;
            case StringSelect:
                CheckId(errors, item, path, ids);
                CheckSelect(errors, item, path);
                break;
            case 5 or 6 or 7 or 8:
                CheckId(errors, item, path, ids);
                break;
            default:
                errors.BadChoice(path + ".type", "2, 3, 5, 6, 7, 8");
                break;
        }
    }

    private static void CheckButton(FormErrors errors, JsonNode? button, string path, HashSet<string> ids)
    {
        if (MessageRules.Length(button.Text("label") ?? "") > 80)
        {
            errors.TooLong(path + ".label", 80);
        }

        if (!button.Has("label") && !button.Has("emoji") && button.Integer("style") != 6)
        {
            errors.Add(path, "BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI", "A button needs a label or an emoji.");
        }

        switch (button.Integer("style"))
        {
            case >= 1 and <= 4:
                CheckId(errors, button, path, ids);
                break;
            case 5:
                CheckLink(errors, button, path);
                break;
            case not 6:
                errors.BadChoice(path + ".style", "1, 2, 3, 4, 5, 6");
                break;
        }
    }

    private static void CheckLink(FormErrors errors, JsonNode? button, string path)
    {
        if (button.Has("custom_id"))
        {
            errors.Add(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified");
        }

        var url = button.Text("url") ?? "";
        Sized(errors, url, path + ".url", 1, 512);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "discord"))
        {
            errors.Add(path + ".url", "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https', 'discord').");
        }
    }

    private static void CheckSelect(FormErrors errors, JsonNode? select, string path)
    {
        var options = select.List("options") ?? [];
        if (options.Count is < 1 or > 25)
        {
            errors.BadLength(path + ".options", 1, 25);
        }

        if (MessageRules.Length(select.Text("placeholder") ?? "") > 150)
        {
            errors.TooLong(path + ".placeholder", 150);
        }

        var values = new HashSet<string>();
        foreach (var (at, option) in options.Index())
        {
            Sized(errors, option.Text("label"), $"{path}.options.{at}.label", 1, 100);
            Sized(errors, option.Text("value"), $"{path}.options.{at}.value", 1, 100);
            if (!values.Add(option.Text("value") ?? ""))
            {
                errors.Add($"{path}.options.{at}.value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used");
            }

            if (MessageRules.Length(option.Text("description") ?? "") > 100)
            {
                errors.TooLong($"{path}.options.{at}.description", 100);
            }
        }
    }

    private static void CheckId(FormErrors errors, JsonNode? item, string path, HashSet<string> ids)
    {
        var id = item.Text("custom_id");
        Sized(errors, id, path + ".custom_id", 1, 100);
        if (id is not null && !ids.Add(id))
        {
            errors.Add(path + ".custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated");
        }
    }

    private static void CheckTree(FormErrors errors, JsonArray components, string path, HashSet<string> ids)
    {
        var all = Everything(components).ToList();
        if (all.Count > 40)
        {
            errors.Add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "Must be 40 or fewer components in total.");
        }

        if (all.Where(item => item.Integer("type") == 10).Sum(item => MessageRules.Length(item.Text("content") ?? "")) > 4000)
        {
            errors.Add(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "The displayable text in components exceeds the maximum size of 4000");
        }

        foreach (var (at, item) in all.Index().Where(item => item.Item.Integer("type") is Row))
        {
            CheckRow(errors, item, $"{path}.{at}", ids);
        }
    }

    private static IEnumerable<JsonNode> Everything(JsonArray components) => components.OfType<JsonObject>().SelectMany(item =>
        new JsonNode[] { item }.Concat(Everything(item.List("components") ?? [])).Concat(item.Map("accessory") is { } accessory ? [accessory] : []));

    private static void Sized(FormErrors errors, string? text, string path, int least, int most)
    {
        if (text is null)
        {
            errors.Required(path);
        }
        else if (MessageRules.Length(text) < least || MessageRules.Length(text) > most)
        {
            errors.BadLength(path, least, most);
        }
    }
}
