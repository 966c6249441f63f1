using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Slack.Wire;

/// <summary>One block of Block Kit. https://docs.slack.dev/reference/block-kit/blocks</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Section), "section")]
[JsonDerivedType(typeof(Header), "header")]
[JsonDerivedType(typeof(Context), "context")]
[JsonDerivedType(typeof(Actions), "actions")]
[JsonDerivedType(typeof(Divider), "divider")]
[JsonDerivedType(typeof(Image), "image")]
[JsonDerivedType(typeof(Input), "input")]
internal abstract record Block
{
    public string? BlockId { get; init; }

    /// <param name="Text">At most 3,000 characters.</param>
    public sealed record Section(TextObject? Text) : Block
    {
        /// <summary>At most 10, of 2,000 characters each.</summary>
        public IReadOnlyList<TextObject>? Fields { get; init; }

        public Element? Accessory { get; init; }
    }

    /// <param name="Text">At most 150 characters.</param>
    public sealed record Header(TextObject Text) : Block;

    /// <param name="Elements">At most 10.</param>
    public sealed record Context(IReadOnlyList<TextObject> Elements) : Block;

    /// <param name="Elements">At most 25.</param>
    public sealed record Actions(IReadOnlyList<Element> Elements) : Block;

    public sealed record Divider : Block;

    /// <param name="SlackFile">A file that was uploaded.</param>
    /// <param name="AltText">At most 2,000 characters.</param>
    public sealed record Image(SlackFile SlackFile, string AltText) : Block;

    /// <param name="Label">At most 2,000 characters.</param>
    public sealed record Input(TextObject Label, Element Element) : Block
    {
        public bool Optional { get; init; }

        public TextObject? Hint { get; init; }
    }
}

internal sealed record SlackFile(string Id);
