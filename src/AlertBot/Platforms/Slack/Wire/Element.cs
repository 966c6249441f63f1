using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Slack.Wire;

/// <summary>Something to press, choose or type in. https://docs.slack.dev/reference/block-kit/block-elements</summary>
/// <param name="ActionId">At most 255 characters, unlike any other in its block.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Button), "button")]
[JsonDerivedType(typeof(StaticSelect), "static_select")]
[JsonDerivedType(typeof(ExternalSelect), "external_select")]
[JsonDerivedType(typeof(ConversationsSelect), "conversations_select")]
[JsonDerivedType(typeof(TextInput), "plain_text_input")]
[JsonDerivedType(typeof(FileInput), "file_input")]
internal abstract record Element(string ActionId)
{
    /// <param name="Text">At most 75 characters.</param>
    public sealed record Button(string ActionId, TextObject Text) : Element(ActionId)
    {
        /// <summary>At most 2,000 characters.</summary>
        public string? Value { get; init; }

        /// <summary>At most 3,000 characters.</summary>
        public string? Url { get; init; }

        /// <summary><c>primary</c> or <c>danger</c>.</summary>
        public string? Style { get; init; }
    }

    /// <param name="Options">At most 100.</param>
    public sealed record StaticSelect(string ActionId, TextObject Placeholder, IReadOnlyList<Option> Options) : Element(ActionId);

    /// <summary>Its options are asked for while the person types.</summary>
    public sealed record ExternalSelect(string ActionId, TextObject Placeholder) : Element(ActionId)
    {
        public int MinQueryLength { get; init; }

        public Option? InitialOption { get; init; }
    }

    public sealed record ConversationsSelect(string ActionId, TextObject Placeholder) : Element(ActionId)
    {
        public string? InitialConversation { get; init; }

        public bool? DefaultToCurrentConversation { get; init; }
    }

    /// <summary>Takes uploads; only in modals.</summary>
    /// <param name="MaxFiles">At most 10.</param>
    public sealed record FileInput(string ActionId, int MaxFiles) : Element(ActionId);

    /// <param name="MaxLength">At most 3,000.</param>
    public sealed record TextInput(string ActionId, bool Multiline, int MaxLength) : Element(ActionId)
    {
        public string? InitialValue { get; init; }

        public TextObject? Placeholder { get; init; }
    }
}

/// <param name="Text">At most 75 characters.</param>
/// <param name="Value">At most 150 characters.</param>
internal sealed record Option(TextObject Text, string Value)
{
    /// <summary>At most 75 characters.</summary>
    public TextObject? Description { get; init; }
}
