using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Discord.Wire;

/// <summary>Something to press, choose or fill in. Its <c>type</c> is written only where it is declared as a component, not as what it is.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ActionRow), 1)]
[JsonDerivedType(typeof(Button), 2)]
[JsonDerivedType(typeof(SelectMenu), 3)]
[JsonDerivedType(typeof(TextInput), 4)]
[JsonDerivedType(typeof(Label), 18)]
internal abstract record Component;

/// <param name="Components">Up to five buttons, or one menu.</param>
internal sealed record ActionRow(IReadOnlyList<Component> Components) : Component;

internal sealed record Button(ButtonStyle Style, string Label, string CustomId) : Component;

[JsonConverter(typeof(JsonNumberEnumConverter<ButtonStyle>))]
internal enum ButtonStyle
{
    Secondary = 2,
}

internal sealed record SelectMenu(string CustomId, string? Placeholder, IReadOnlyList<SelectOption> Options) : Component;

internal sealed record SelectOption(string Label, string Value, string? Description);

/// <summary>A form in a window of its own.</summary>
/// <param name="Components">Up to five <see cref="Label"/>s.</param>
internal sealed record Modal(string CustomId, string Title, IReadOnlyList<Component> Components);

/// <summary>One labelled field of a form.</summary>
/// <param name="Component">A <see cref="TextInput"/>.</param>
internal sealed record Label([property: JsonPropertyName("label")] string Text, Component Component) : Component;

internal sealed record TextInput(string CustomId, TextInputStyle Style) : Component
{
    public string? Value { get; init; }

    public bool Required { get; init; }

    public int MaxLength { get; init; }
}

[JsonConverter(typeof(JsonNumberEnumConverter<TextInputStyle>))]
internal enum TextInputStyle
{
    Short = 1,
    Paragraph = 2,
}
