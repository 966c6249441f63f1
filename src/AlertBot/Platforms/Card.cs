using System.Text.Json.Serialization;

namespace AlertBot.Platforms;

/// <summary>
/// A message in a form that every platform can show. All text is plain text: a renderer escapes it, cuts it to
/// its platform's limits and never reads markup or mentions from it.
/// </summary>
internal sealed record Card(string Title)
{
    public CardTone Tone { get; init; } = CardTone.Answer;

    /// <summary>Where the title leads: an absolute http or https address.</summary>
    public string? Link { get; init; }

    /// <summary>From top to bottom. A list with nothing in it is left out, with its heading.</summary>
    public IReadOnlyList<CardBlock> Blocks
    {
        get;
        init => field = [.. value.Where(b => b is not CardBlock.Items { Rows.Count: 0 })];
    } = [];

    /// <summary>One small line under the card, such as the source and the reason of an alert.</summary>
    public string? Footer { get; init; }

    /// <summary>The time that the card is about, shown in the reader's own time zone.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Commands that the reader may want next.</summary>
    public IReadOnlyList<CardAction> Actions { get; init; } = [];

    /// <summary>One choice out of several, such as the people who bear a name or the pages of a list.</summary>
    public CardMenu? Menu { get; init; }

    /// <summary>
    /// Fields for the reader to fill in. A platform that has forms shows it in place of the card; the others show the
    /// card, which tells how to type the same.
    /// </summary>
    public CardForm? Form { get; init; }

    /// <summary>
    /// Fields that complete the line which this problem speaks of. A platform where lines are typed without any help can
    /// offer it beside the card, never in its place.
    /// </summary>
    public CardForm? Correction { get; init; }

    public CardImage? Image { get; init; }

    /// <summary>A file for the reader to keep.</summary>
    public CardFile? File { get; init; }

    /// <summary>The slug of the topic that it is about; a platform that has colours gives each topic its own.</summary>
    public string? Topic { get; init; }

    public static Card Answer(string title, params CardBlock[] blocks) => new(title) { Blocks = blocks };

    public static Card Problem(string title, params CardBlock[] blocks) => new(title) { Tone = CardTone.Problem, Blocks = blocks };
}

[JsonConverter(typeof(JsonStringEnumConverter<CardTone>))]
internal enum CardTone
{
    /// <summary>An answer to a command.</summary>
    Answer,

    /// <summary>A story that a follow matched.</summary>
    Alert,

    /// <summary>What was asked could not be done; the card says why and what to do.</summary>
    Problem,
}

/// <summary>One part of a card, from top to bottom.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Paragraph), "paragraph")]
[JsonDerivedType(typeof(Excerpt), "excerpt")]
[JsonDerivedType(typeof(Facts), "facts")]
[JsonDerivedType(typeof(Items), "items")]
internal abstract record CardBlock
{
    /// <summary>Running text.</summary>
    public sealed record Paragraph(string Text) : CardBlock;

    /// <summary>Words of a story, with the characters that matter marked.</summary>
    /// <param name="Start">Offset of the marked stretch in <paramref name="Text"/>, in UTF-16 units.</param>
    /// <param name="Length">Its length; 0 marks nothing.</param>
    public sealed record Excerpt(string Text, int Start = 0, int Length = 0) : CardBlock;

    /// <summary>Labelled values, such as the offices of a person.</summary>
    public sealed record Facts(IReadOnlyList<CardFact> Rows) : CardBlock;

    /// <summary>A list of things, each with its link where it has one.</summary>
    public sealed record Items(string? Heading, IReadOnlyList<CardItem> Rows) : CardBlock;
}

internal sealed record CardFact(string Label, string Value);

/// <param name="Text">What it is.</param>
/// <param name="Link">Absolute http or https address, if any.</param>
/// <param name="Detail">A second, quieter piece of text, such as the outlet.</param>
/// <param name="At">When it happened.</param>
internal sealed record CardItem(string Text, string? Link = null, string? Detail = null, DateTimeOffset? At = null);

/// <param name="Label">What the button says.</param>
/// <param name="Command">The command as a person would type it, e.g. <c>/who kim-yung-ho</c>.</param>
internal sealed record CardAction(string Label, string Command)
{
    /// <summary>A second, quieter piece of text, where there is room for one.</summary>
    public string? Detail { get; init; }

    /// <summary>The answer takes the place of this card, as when turning a page; otherwise it is a message of its own.</summary>
    public bool Replaces { get; init; }
}

/// <param name="Prompt">What to choose, such as <c>Which Kim?</c>.</param>
/// <param name="Choices">At most 25 are shown.</param>
internal sealed record CardMenu(string Prompt, IReadOnlyList<CardAction> Choices);

/// <param name="Title">At most 45 characters.</param>
/// <param name="Command">The command that takes the fields, with the options that stay as they are: <c>/feed set 12</c>.</param>
/// <param name="Fields">One or more, five at most where the form takes the card's place; each fills the option of its name.</param>
internal sealed record CardForm(string Title, string Command, IReadOnlyList<FormField> Fields);

/// <param name="Option">The option of the form's command that it fills.</param>
/// <param name="Label">At most 45 characters.</param>
/// <param name="Value">What stands in it at first.</param>
internal sealed record FormField(string Option, string Label, string Value = "")
{
    public bool Required { get; init; }

    public bool Multiline { get; init; }

    public int MaxLength { get; init; } = 200;

    /// <summary>It takes a file where the platform's forms can, else the file's text or its address.</summary>
    public bool IsFile { get; init; }
}

/// <param name="Png">The bytes of a PNG file.</param>
/// <param name="Description">What it shows, for those who can't see it; at most 1,000 characters.</param>
internal sealed record CardImage(byte[] Png, string Description);

/// <param name="Name">What it is saved as: letters, digits, dots and dashes.</param>
/// <param name="MediaType">Such as <c>text/x-opml</c>.</param>
internal sealed record CardFile(string Name, string MediaType, byte[] Bytes);
