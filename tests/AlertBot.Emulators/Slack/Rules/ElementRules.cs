using System.Text.Json.Nodes;
using static AlertBot.Emulators.Slack.Rules.ObjectRules;
using static AlertBot.Emulators.Slack.Rules.Shape;

namespace AlertBot.Emulators.Slack.Rules;

/// <summary>What can be pressed, chosen or typed in. https://docs.slack.dev/reference/block-kit/block-elements</summary>
internal static class ElementRules
{
    private static readonly string[] Selects =
    [
        "static_select", "external_select", "conversations_select", "users_select", "channels_select",
        "multi_static_select", "multi_external_select", "multi_conversations_select", "multi_users_select", "multi_channels_select",
    ];

    private static readonly string[] Pickers = ["checkboxes", "radio_buttons", "datepicker", "timepicker"];

    private static readonly Field ActionId = May("action_id", Text(255));
    private static readonly Shape Pressed = new(ActionId, May("confirm", Confirm));
    private static readonly Shape Chosen = Pressed.With(May("focus_on_load", Flag));
    private static readonly Shape Picked = Chosen.With(May("placeholder", Plain(150)));
    private static readonly Shape Many = Picked.With(May("max_selected_items", Number(1, 100)));
    private static readonly Field Options = May("options", Each(1, 100, Option));
    private static readonly Field Groups = May("option_groups", Each(1, 100, Group));
    private static readonly Field AskedFrom = May("min_query_length", Number(0, 255));
    private static readonly Field Here = May("default_to_current_conversation", Flag);
    private static readonly Field Reply = May("response_url_enabled", Flag);

    private static readonly Field Filter = May("filter", new Shape(
        May("include", Each(1, 4, OneOf("im", "mpim", "private", "public"))), May("exclude_external_shared_channels", Flag), May("exclude_bot_users", Flag)).Look);

    private static readonly Dictionary<string, Shape> Shapes = new()
    {
        ["image"] = ObjectRules.Picture,
        ["button"] = Pressed.With(
            Must("text", Plain(75)), May("value", Text(2000, least: 0)), May("url", Url), May("style", OneOf("primary", "danger")), May("accessibility_label", Text(75))),
        ["overflow"] = Pressed.With(Must("options", Each(1, 5, LinkOption))),
        ["checkboxes"] = Chosen.With(Must("options", Each(1, 10, RichOption)), May("initial_options", Each(1, 10, RichOption))),
        ["radio_buttons"] = Chosen.With(Must("options", Each(1, 10, RichOption)), May("initial_option", RichOption)),
        ["datepicker"] = Picked.With(May("initial_date", Text(10, least: 10))),
        ["timepicker"] = Picked.With(May("initial_time", Text(5, least: 5)), May("timezone", Text(100))),
        ["static_select"] = Picked.With(Options, Groups, May("initial_option", Option)),
        ["external_select"] = Picked.With(AskedFrom, May("initial_option", Option)),
        ["conversations_select"] = Picked.With(May("initial_conversation", Text(255)), Here, Filter, Reply),
        ["users_select"] = Picked.With(May("initial_user", Text(255))),
        ["channels_select"] = Picked.With(May("initial_channel", Text(255)), Reply),
        ["multi_static_select"] = Many.With(Options, Groups, May("initial_options", Each(1, 100, Option))),
        ["multi_external_select"] = Many.With(AskedFrom, May("initial_options", Each(1, 100, Option))),
        ["multi_conversations_select"] = Many.With(May("initial_conversations", Each(1, 100, Text(255))), Here, Filter),
        ["multi_users_select"] = Many.With(May("initial_users", Each(1, 100, Text(255)))),
        ["multi_channels_select"] = Many.With(May("initial_channels", Each(1, 100, Text(255)))),
        // https://docs.slack.dev/reference/block-kit/block-elements/file-input-element
        ["file_input"] = new(ActionId, May("filetypes", Each(1, 100, Text(20))), May("max_files", Number(1, 10))),
        ["plain_text_input"] = new(
            ActionId, May("focus_on_load", Flag), May("placeholder", Plain(150)), May("initial_value", Text(3000, least: 0)), May("multiline", Flag),
            May("min_length", Number(0, 3000)), May("max_length", Number(1, 3000)),
            May("dispatch_action_config", new Shape(Must("trigger_actions_on", Each(1, 2, OneOf("on_enter_pressed", "on_character_entered")))).Look)),
    };

    public static Check Accessory { get; } = Any(["image", "button", "overflow", .. Selects, .. Pickers]);

    public static Check Action { get; } = Any(["button", "overflow", .. Selects, .. Pickers]);

    public static Check Input { get; } = Any(["plain_text_input", "file_input", .. Selects, .. Pickers]);

    public static Check Picture { get; } = Any(["image"]);

    private static Check Any(string[] allowed) => (faults, value, at) =>
    {
        Typed(Shapes, allowed)(faults, value, at);
        switch (value.Text("type"))
        {
            case "image":
                Either(faults, value, at, "image_url", "slack_file");
                break;
            case "static_select" or "multi_static_select":
                Either(faults, value, at, "options", "option_groups");
                CheckInitial(faults, value, at);
                break;
            case "checkboxes" or "radio_buttons":
                CheckInitial(faults, value, at);
                break;
            case "plain_text_input":
                CheckLengths(faults, value, at);
                break;
        }
    };

    /// <summary>What is chosen at first must be among the options, to the letter.</summary>
    private static void CheckInitial(SlackFaults faults, JsonNode? value, string at)
    {
        var options = (value.List("options") ?? []).Concat((value.List("option_groups") ?? []).SelectMany(group => group.List("options") ?? [])).ToList();
        var initial = (value.List("initial_options") ?? []).Append(value.Member("initial_option")).Where(option => option is not null);
        if (initial.Any(chosen => !options.Any(option => JsonNode.DeepEquals(option, chosen))))
        {
            faults.Add(at, "initial_option was not found in the options");
        }
    }

    private static void CheckLengths(SlackFaults faults, JsonNode? input, string at)
    {
        var (least, most) = (input.Integer("min_length") ?? 0, input.Integer("max_length") ?? 3000);
        if (least > most)
        {
            faults.Add(at, "min_length must not be more than max_length");
        }

        if (input.Text("initial_value") is { Length: > 0 } text && (text.Length < least || text.Length > most))
        {
            faults.Add($"{at}/initial_value", $"must be from {least} to {most} characters");
        }
    }
}
