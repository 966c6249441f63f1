using System.Text.Json.Serialization;

namespace AlertBot.Platforms.Slack.Wire;

/// <summary>
/// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
/// Every property that holds one is declared with this type, also where Slack takes plain text only: its kind is written only then.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(PlainText), "plain_text")]
[JsonDerivedType(typeof(Mrkdwn), "mrkdwn")]
internal abstract record TextObject(string Text);

internal sealed record PlainText(string Text) : TextObject(Text)
{
    /// <summary>False: <c>:smile:</c> stays as it was typed.</summary>
    public bool Emoji { get; init; }
}

/// <summary>Text with Slack's markup; what is foreign in it is escaped.</summary>
internal sealed record Mrkdwn(string Text) : TextObject(Text)
{
    /// <summary>True: addresses, channels and names in it are not made into links.</summary>
    public bool Verbatim { get; init; } = true;
}
