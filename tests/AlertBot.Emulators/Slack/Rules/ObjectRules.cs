using static AlertBot.Emulators.Slack.Rules.Shape;

namespace AlertBot.Emulators.Slack.Rules;

/// <summary>Texts, options and confirmations. https://docs.slack.dev/reference/block-kit/composition-objects</summary>
internal static class ObjectRules
{
    public static Check Plain(int most) => Typed(Texts(most), "plain_text");

    public static Check Words(int most) => Typed(Texts(most), "plain_text", "mrkdwn");

    public static Check Option { get; } = OptionOf(Plain(75)).Look;

    public static Check RichOption { get; } = OptionOf(Words(75)).Look;

    public static Check LinkOption { get; } = OptionOf(Plain(75)).With(May("url", Url)).Look;

    public static Check Group { get; } = new Shape(Must("label", Plain(75)), Must("options", Each(1, 100, Option))).Look;

    public static Check Confirm { get; } = new Shape(
        Must("title", Plain(100)), Must("text", Words(300)), Must("confirm", Plain(30)), Must("deny", Plain(30)), May("style", OneOf("primary", "danger"))).Look;

    public static Check SlackFile { get; } = (faults, value, at) =>
    {
        new Shape(May("id", Text(255)), May("url", Url)).Look(faults, value, at);
        Either(faults, value, at, "id", "url");
    };

    /// <summary>A picture: of a web address or of a file that was uploaded.</summary>
    public static Shape Picture { get; } = new(Must("alt_text", Text(2000)), May("image_url", Url), May("slack_file", SlackFile));

    private static Dictionary<string, Shape> Texts(int most) => new()
    {
        ["plain_text"] = new(Must("text", Text(most)), May("emoji", Flag)),
        ["mrkdwn"] = new(Must("text", Text(most)), May("verbatim", Flag)),
    };

    private static Shape OptionOf(Check text) => new(Must("text", text), Must("value", Text(150)), May("description", text));
}
